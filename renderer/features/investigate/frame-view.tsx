import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CaseView } from '../../../src/ipc/case-view.js';
import { client } from '../../client.js';
import { reportProblem } from '../../store.js';
import { fitView, type Size } from '../../logic/view-input.js';
import { CaptureWork } from './capture-work.js';
import { useDesk } from './desk.js';
import { FramePainter } from './frame-painter.js';
import { ElementPicker, RegionPicker } from './picker.js';
import { useHoldToLook } from './use-hold-to-look.js';
import { useViewInput } from './use-view-input.js';

/** The page as it reaches the reviewers: frames on a canvas. Nothing of the page itself is in this document. */
export function FrameView({ view }: { readonly view: CaseView }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const space = useRef<HTMLDivElement>(null);
  const size = useFit(space, view.viewport);
  const picking = useDesk((desk) => desk.picking);
  const [under, setUnder] = useState<HTMLElement | null>(null);
  useFrames(canvas);
  // Before the page's own input, which must not hear of what is held.
  useHoldToLook(canvas, view.viewport, view.looking.shielded);
  useViewInput(canvas, view.viewport);
  const title = view.page?.title ?? '';
  const empty = view.page === null || view.page.url === '' || view.page.url === 'about:blank';
  return (
    <div className="view">
      <div className="view-space" ref={space}>
        <canvas
          id="view" ref={canvas} className="view-canvas" tabIndex={0} role="application" aria-label={`The page${title === '' ? '' : `: ${title}`}. Press F6 to leave it.`}
          data-empty={empty ? '' : undefined} width={1} height={1} style={{ width: `${size.width}px`, height: `${size.height}px` }}
        />
        {empty && <p className="view-empty">{(view.reported ?? []).length === 0 ? 'Type an address above, or paste one from the report.' : 'Type an address above, or choose one under Reported.'}</p>}
        {picking === 'region' && <RegionPicker view={view.viewport} drawn={size} under={under} />}
        {picking === 'element' && <ElementPicker view={view.viewport} drawn={size} under={under} />}
        <div className="view-work"><CaptureWork series={view.series} /></div>
      </div>
      <div ref={setUnder} />
      {picking === null && <p className="view-keys">{view.looking.shielded && <span>Hold <kbd>F8</kbd> or the right mouse button to see a picture</span>}<span><kbd>F6</kbd> page or address</span><span><kbd>Shift</kbd> <kbd>F6</kbd> buttons</span><span><kbd>F9</kbd> or hold <kbd>Esc</kbd> to stop</span></p>}
    </div>
  );
}

function useFrames(canvas: React.RefObject<HTMLCanvasElement | null>): void {
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const painter = new FramePainter(canvas.current);
    const stopFrames = client.on('frame', (frame) => { painter.paint(frame); });
    const stopBlank = client.on('blank', () => { painter.blank(); });
    // A page that stands still sends no frame of its own.
    client.call('view.show', {}).catch(reportProblem);
    return () => {
      stopFrames();
      stopBlank();
      painter.blank();
    };
  }, [canvas]);
}

function useFit(space: React.RefObject<HTMLElement | null>, view: Size): Size {
  const { width, height } = view;
  const [size, setSize] = useState<Size>({ width: 1, height: 1 });
  useLayoutEffect(() => {
    const element = space.current;
    if (element === null) return undefined;
    const measure = (): void => { setSize(fitView({ width: element.clientWidth, height: element.clientHeight }, { width, height })); };
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, [space, width, height]);
  return size;
}
