import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { client } from '../../client.js';
import { addStretch, seenPercent, type Stretch } from '../../logic/slices.js';
import type { Size } from '../../logic/view-input.js';
import { PictureSlices, type FetchSlice } from '../../ui/picture-slices.js';
import { CompositeMap } from './composite-map.js';

/** The exact image at reading size, fetched slice by slice as it is scrolled to, with a small map of the whole. `startRow` is the row that is shown first; `onDrawn` hears that some of it has come. */
export function CompositeImage({ id, image, startRow = 0, onDrawn }: { readonly id: string; readonly image: Size; readonly startRow?: number; readonly onDrawn: () => void }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [stretch, setStretch] = useState<Stretch>({ from: 0, to: 0 });
  const [seen, setSeen] = useState<readonly Stretch[]>([]);
  const [actual, setActual] = useState(false);
  const [drawn, setDrawn] = useState(false);
  const look = useCallback(() => {
    const box = scroller.current;
    // What has not come was not in view, wherever it will stand.
    if (box === null || box.scrollHeight === 0 || !drawn) return;
    const now = { from: box.scrollTop / box.scrollHeight, to: Math.min(1, (box.scrollTop + box.clientHeight) / box.scrollHeight) };
    setStretch(now);
    setSeen((before) => addStretch(before, now));
  }, [drawn]);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    if (startRow > 0) box.scrollTop = (startRow / image.height) * box.scrollHeight;
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => { observer.disconnect(); };
  }, [look, startRow, image.height]);
  // The image takes the focus after the heading, so that the arrow keys scroll it at once.
  useEffect(() => { scroller.current?.focus({ preventScroll: true }); }, []);
  const jump = (share: number): void => {
    const box = scroller.current;
    if (box !== null) box.scrollTop = share * box.scrollHeight - box.clientHeight / 2;
  };
  const fetch = useCallback<FetchSlice>(async ({ row, height }) => {
    const slice = await client.call('capture.preview', { id, row, height, maxWidth: Math.min(2_000, image.width) });
    setDrawn(true);
    onDrawn();
    return slice;
  }, [id, image.width, onDrawn]);
  const percent = seenPercent(seen);
  const paper = actual ? { width: `${image.width}px` } : { maxWidth: `${image.width}px` };
  return (
    <div className="composite">
      <div ref={scroller} className="composite-scroller" role="region" aria-label="What would be kept, as an image. Scroll to see all of it." tabIndex={0} onScroll={look}>
        <div className="composite-paper" style={paper}>
          <PictureSlices image={image} root={scroller} ahead={1.5} fetch={fetch} />
        </div>
      </div>
      <CompositeMap id={id} image={image} stretch={stretch} onJump={jump} />
      <div className="composite-foot">
        <p>{!drawn ? 'The picture is on its way.' : percent === 100 ? 'All of it has been in view.' : `${percent}% of it has been in view. Scroll on to see the rest.`}</p>
        <ToggleButton className="button" isSelected={actual} onChange={setActual}>{actual ? 'Fit the width' : 'Actual size'}</ToggleButton>
      </div>
    </div>
  );
}
