import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { client } from '../../client.js';
import { number } from '../../logic/format.js';
import { arrowStep, between, middleOf, moved, movedPoint, resized, type Area, type Point } from '../../logic/region.js';
import { modifierBits, toView, wheelPixels, type Size } from '../../logic/view-input.js';
import { Button } from '../../ui/button.js';
import { capture, captureRegion } from './capture.js';
import { endPicking } from './desk.js';

/** Props of the two pickers: the page's view, how large it is drawn, and the place under it for what can be done. */
export interface PickerProps {
  readonly view: Size;
  readonly drawn: Size;
  readonly under: HTMLElement | null;
}

/** A rectangle on the page, drawn with the mouse or moved and sized with the arrow keys. */
export function RegionPicker({ view, drawn, under }: PickerProps) {
  const [area, setArea] = useState<Area>(() => middleOf(view));
  const from = useRef<Point | null>(null);
  const onArrow = (step: Point, size: boolean): void => { setArea((now) => (size ? resized(now, step, view) : moved(now, step, view))); };
  const done = (): void => { endPicking(); captureRegion(area); };
  return (
    <>
      <Overlay
        view={view} drawn={drawn} onArrow={onArrow} onDone={done}
        label="Choose a part of the page. Arrow keys move the frame, Shift with arrow keys changes its size, Control makes small steps. Enter captures it, Escape cancels."
        onDown={(point) => { from.current = point; }} onMove={(point) => { if (from.current !== null) setArea(between(from.current, point, view)); }} onUp={() => { from.current = null; }}
      >
        <span className="picker-area" style={boxOf(area, view)} />
      </Overlay>
      <PickerBar
        under={under} says={`The frame is ${number(area.width)} × ${number(area.height)} px.`} help={<>Drag over the page. Or <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd> to move, with <kbd>Shift</kbd> to size, with <kbd>Ctrl</kbd> in small steps.</>}
        submit="Capture this part" onDone={done}
      />
    </>
  );
}

/** A place on the page: what is drawn there is captured by itself. */
export function ElementPicker({ view, drawn, under }: PickerProps) {
  const [point, setPoint] = useState<Point>(() => ({ x: Math.round(view.width / 2), y: Math.round(view.height / 2) }));
  const take = (at: Point): void => {
    endPicking();
    capture({ form: 'element', point: at });
  };
  return (
    <>
      <Overlay
        view={view} drawn={drawn} onArrow={(step) => { setPoint((now) => movedPoint(now, step, view)); }} onDone={() => { take(point); }}
        label="Choose one element of the page. Arrow keys move the cross, Control makes small steps. Enter captures what lies under it, Escape cancels."
        onDown={setPoint} onMove={setPoint} onUp={take}
      >
        <span className="picker-cross" style={{ left: `${(point.x / view.width) * 100}%`, top: `${(point.y / view.height) * 100}%` }} />
      </Overlay>
      <PickerBar
        under={under} says="Point at a picture, a message or a box." help={<>Click it. Or move the cross with <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd>, with <kbd>Ctrl</kbd> in small steps.</>}
        submit="Capture what is under the cross" onDone={() => { take(point); }}
      />
    </>
  );
}

interface OverlayProps extends Omit<PickerProps, 'under'> {
  readonly label: string;
  readonly onArrow: (step: Point, size: boolean) => void;
  readonly onDone: () => void;
  readonly onDown: (point: Point) => void;
  readonly onMove: (point: Point) => void;
  readonly onUp: (point: Point) => void;
  readonly children: ReactNode;
}

/** Lies over the page and keeps the mouse and the keys from it, all but the wheel. */
function Overlay({ view, drawn, label, onArrow, onDone, onDown, onMove, onUp, children }: OverlayProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.focus({ preventScroll: true }); }, []);
  useWheel(box, view);
  const place = (event: { clientX: number; clientY: number; currentTarget: HTMLElement }): Point => {
    const { x, y } = toView(event, event.currentTarget.getBoundingClientRect(), view);
    return { x: Math.round(x), y: Math.round(y) };
  };
  const key = (event: KeyboardEvent): void => {
    const step = event.altKey || event.metaKey ? null : arrowStep(event.key, event.ctrlKey);
    if (step !== null) onArrow(step, event.shiftKey);
    else if (event.key === 'Enter' && !event.repeat) onDone();
    else if (event.key === 'Escape') endPicking();
    else return;
    event.preventDefault();
  };
  return (
    <div
      id="picker" ref={box} className="picker" role="application" aria-label={label} tabIndex={0} style={{ width: `${drawn.width}px`, height: `${drawn.height}px` }} onKeyDown={key}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        onDown(place(event));
      }}
      onPointerMove={(event) => { onMove(place(event)); }} onPointerUp={(event) => { if (event.button === 0) onUp(place(event)); }} onContextMenu={(event) => { event.preventDefault(); }}
    >
      {children}
    </div>
  );
}

/** The wheel still scrolls the page, so that one can get to the place that is wanted. */
function useWheel(box: React.RefObject<HTMLElement | null>, { width, height }: Size): void {
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const view = { width, height };
      // A wheel that the page did not get is not worth a sentence.
      client.call('view.input', { type: 'wheel', ...toView(event, element.getBoundingClientRect(), view), ...wheelPixels(event, view), modifiers: modifierBits(event) }).catch(() => undefined);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => { element.removeEventListener('wheel', wheel); };
  }, [box, width, height]);
}

function PickerBar({ under, says, help, submit, onDone }: { readonly under: HTMLElement | null; readonly says: string; readonly help: ReactNode; readonly submit: string; readonly onDone: () => void }) {
  if (under === null) return null;
  return createPortal(
    <div className="picker-bar" role="group" aria-label="What is captured">
      <p className="small"><b role="status">{says}</b> <span className="muted">{help}</span></p>
      <div className="row">
        <Button look="primary" onPress={onDone}>{submit} <kbd>Enter</kbd></Button>
        <Button onPress={endPicking}>Cancel <kbd>Esc</kbd></Button>
      </div>
    </div>,
    under,
  );
}

function boxOf(area: Area, view: Size): { left: string; top: string; width: string; height: string } {
  const share = (part: number, whole: number): string => `${(part / whole) * 100}%`;
  return { left: share(area.x, view.width), top: share(area.y, view.height), width: share(area.width, view.width), height: share(area.height, view.height) };
}
