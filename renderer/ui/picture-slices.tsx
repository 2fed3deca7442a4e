import { useEffect, useRef, useState, type RefObject } from 'react';
import { slicesOf, type Slice } from '../logic/slices.js';
import type { Size } from '../logic/view-input.js';
import { Button } from './button.js';
import { sentenceOf } from './use-action.js';
import './picture-slices.css';

/** Rows of the picture in one slice: few enough to appear fast, many enough that scrolling seldom waits. */
const ROWS = 1_200;

/** Gives the rows of one slice, or null where they may not be shown. It is asked again when it is another function. */
export type FetchSlice = (slice: Slice) => Promise<{ readonly mediaType: string; readonly base64: string } | null>;

interface PictureSlicesProps {
  readonly image: Size;
  /** What scrolls the picture. */
  readonly root: RefObject<HTMLElement | null>;
  /** How far ahead of what is seen slices are fetched, in heights of what scrolls. */
  readonly ahead: number;
  readonly fetch: FetchSlice;
}

/** A picture of any height, fetched slice by slice as it is scrolled to. */
export function PictureSlices({ image, root, ahead, fetch }: PictureSlicesProps) {
  return slicesOf(image.height, ROWS).map((slice) => <PictureSlice key={slice.row} width={image.width} slice={slice} root={root} ahead={ahead} fetch={fetch} />);
}

interface PictureSliceProps extends Omit<PictureSlicesProps, 'image'> {
  readonly width: number;
  readonly slice: Slice;
}

function PictureSlice({ width, slice: { row, height }, root, ahead, fetch }: PictureSliceProps) {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(row === 0);
  const [picture, setPicture] = useState<{ source: string } | { failed: string } | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (place.current === null || near) return undefined;
    const observer = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) setNear(true); }, { root: root.current, rootMargin: `${ahead * 100}% 0px` });
    observer.observe(place.current);
    return () => { observer.disconnect(); };
  }, [near, root, ahead]);
  useEffect(() => {
    if (!near) return undefined;
    let wanted = true;
    fetch({ row, height })
      .then((answer) => { if (wanted) setPicture(answer === null ? { failed: 'This picture is not shown now.' } : { source: `data:${answer.mediaType};base64,${answer.base64}` }); })
      .catch((error: unknown) => { if (wanted) setPicture({ failed: sentenceOf(error) }); });
    return () => { wanted = false; };
  }, [near, fetch, row, height, round]);
  return (
    <div ref={place} className="picture-slice" style={{ aspectRatio: `${width} / ${height}` }}>
      {picture !== null && 'source' in picture && <img src={picture.source} alt="" draggable={false} />}
      {picture === null && near && <p className="panel-message muted" role="status">Fetching the picture…</p>}
      {picture !== null && 'failed' in picture && <p className="panel-message" role="alert">{picture.failed} <Button look="link" onPress={() => { setPicture(null); setRound(round + 1); }}>Try again</Button></p>}
    </div>
  );
}
