import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { client } from '../../client.js';
import { slicesOf, type Slice } from '../../logic/slices.js';
import type { Size } from '../../logic/view-input.js';
import { sentenceOf } from '../../ui/use-action.js';

/** Rows of the picture in one slice. */
const ROWS = 1_200;

/** Props of {@link ExhibitPicture}; `zoom` is how many screen pixels one pixel of the picture has, null to fit the width. */
export interface ExhibitPictureProps {
  readonly reference: string;
  readonly redaction: number | null;
  readonly image: Size;
  readonly zoom: number | null;
  readonly label: string;
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Drawn over the picture, in its own place: percentages are of the picture. */
  readonly children?: ReactNode;
}

/** A picture of an exhibit at any size, fetched slice by slice as it is scrolled to. */
export function ExhibitPicture({ reference, redaction, image, zoom, label, scroller, children }: ExhibitPictureProps) {
  // What stood in the middle stays there when the size changes.
  const middle = useRef(0);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box !== null && middle.current > 0) box.scrollTop = middle.current * box.scrollHeight - box.clientHeight / 2;
  }, [zoom, scroller]);
  const note = (): void => {
    const box = scroller.current;
    if (box !== null && box.scrollHeight > 0) middle.current = (box.scrollTop + box.clientHeight / 2) / box.scrollHeight;
  };
  const style = zoom === null ? { width: '100%', maxWidth: `${image.width}px` } : { width: `${Math.round(image.width * zoom)}px` };
  return (
    <div ref={scroller} className="picture-scroller" role="region" aria-label={label} tabIndex={0} onScroll={note}>
      <div className="picture-paper" style={style}>
        {slicesOf(image.height, ROWS).map((slice) => <PictureSlice key={`${redaction ?? 0}-${slice.row}`} reference={reference} redaction={redaction} width={image.width} slice={slice} root={scroller} />)}
        {children}
      </div>
    </div>
  );
}

function PictureSlice({ reference, redaction, width, slice, root }: { readonly reference: string; readonly redaction: number | null; readonly width: number; readonly slice: Slice; readonly root: RefObject<HTMLElement | null> }) {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(slice.row === 0);
  const [picture, setPicture] = useState<{ source: string } | { failed: string } | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (place.current === null || near) return undefined;
    const observer = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) setNear(true); }, { root: root.current, rootMargin: '100% 0px' });
    observer.observe(place.current);
    return () => { observer.disconnect(); };
  }, [near, root]);
  useEffect(() => {
    if (!near) return undefined;
    let wanted = true;
    client.call('exhibit.slice', { reference, redaction, row: slice.row, height: slice.height, maxWidth: Math.min(4_000, width) })
      .then((answer) => { if (wanted) setPicture(answer === null ? { failed: 'This picture is not shown now.' } : { source: `data:${answer.mediaType};base64,${answer.base64}` }); })
      .catch((error: unknown) => { if (wanted) setPicture({ failed: sentenceOf(error) }); });
    return () => { wanted = false; };
  }, [near, reference, redaction, slice.row, slice.height, width, round]);
  return (
    <div ref={place} className="composite-slice picture-slice" style={{ aspectRatio: `${width} / ${slice.height}` }}>
      {picture !== null && 'source' in picture && <img src={picture.source} alt="" draggable={false} />}
      {picture === null && near && <p className="panel-message muted" role="status">Fetching the picture…</p>}
      {picture !== null && 'failed' in picture && <p className="panel-message" role="alert">{picture.failed} <button type="button" className="button-link" onClick={() => { setPicture(null); setRound(round + 1); }}>Try again</button></p>}
    </div>
  );
}
