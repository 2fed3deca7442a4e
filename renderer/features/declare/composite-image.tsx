import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { ToggleButton } from 'react-aria-components';
import { client } from '../../client.js';
import { number } from '../../logic/format.js';
import { addStretch, seenPercent, slicesOf, type Slice, type Stretch } from '../../logic/slices.js';
import type { Size } from '../../logic/view-input.js';
import { sentenceOf } from '../../ui/use-action.js';
import { CompositeMap } from './composite-map.js';

/** Rows of the image in one slice: few enough to appear fast, many enough that scrolling seldom waits. */
const ROWS = 1_200;

/** The exact image at reading size, fetched slice by slice as it is scrolled to, with a small map of the whole. `startRow` is the row that is shown first. */
export function CompositeImage({ id, image, startRow = 0 }: { readonly id: string; readonly image: Size; readonly startRow?: number }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [stretch, setStretch] = useState<Stretch>({ from: 0, to: 0 });
  const [seen, setSeen] = useState<readonly Stretch[]>([]);
  const [actual, setActual] = useState(false);
  const look = useCallback(() => {
    const box = scroller.current;
    if (box === null || box.scrollHeight === 0) return;
    const now = { from: box.scrollTop / box.scrollHeight, to: Math.min(1, (box.scrollTop + box.clientHeight) / box.scrollHeight) };
    setStretch(now);
    setSeen((before) => addStretch(before, now));
  }, []);
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
  const percent = seenPercent(seen);
  const paper = actual ? { width: `${image.width}px` } : { maxWidth: `${image.width}px` };
  return (
    <div className="composite">
      <div ref={scroller} className="composite-scroller" role="region" aria-label="What would be kept, as an image. Scroll to see all of it." tabIndex={0} onScroll={look}>
        <div className="composite-paper" style={paper}>
          {slicesOf(image.height, ROWS).map((slice) => <SliceImage key={slice.row} id={id} width={image.width} slice={slice} root={scroller} />)}
        </div>
      </div>
      <CompositeMap id={id} image={image} stretch={stretch} onJump={jump} />
      <div className="composite-foot">
        <p>{percent === 100 ? 'You have scrolled past all of it.' : `You have scrolled past ${percent}% of it. It is ${number(image.height)} px tall.`}</p>
        <ToggleButton className="button" isSelected={actual} onChange={setActual}>{actual ? 'Fit the width' : 'Actual size'}</ToggleButton>
      </div>
    </div>
  );
}

function SliceImage({ id, width, slice, root }: { readonly id: string; readonly width: number; readonly slice: Slice; readonly root: RefObject<HTMLElement | null> }) {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(slice.row === 0);
  const [picture, setPicture] = useState<{ source: string } | { failed: string } | null>(null);
  useEffect(() => {
    if (place.current === null || near) return undefined;
    const observer = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) setNear(true); }, { root: root.current, rootMargin: '150% 0px' });
    observer.observe(place.current);
    return () => { observer.disconnect(); };
  }, [near, root]);
  useEffect(() => {
    if (!near) return undefined;
    let wanted = true;
    client.call('capture.preview', { id, row: slice.row, height: slice.height, maxWidth: Math.min(2_000, width) })
      .then(({ mediaType, base64 }) => { if (wanted) setPicture({ source: `data:${mediaType};base64,${base64}` }); })
      .catch((error: unknown) => { if (wanted) setPicture({ failed: sentenceOf(error) }); });
    return () => { wanted = false; };
  }, [near, id, slice.row, slice.height, width]);
  return (
    <div ref={place} className="composite-slice" style={{ aspectRatio: `${width} / ${slice.height}` }}>
      {picture === null ? null : 'source' in picture ? <img src={picture.source} alt="" draggable={false} /> : <p className="panel-message" role="alert">{picture.failed}</p>}
    </div>
  );
}
