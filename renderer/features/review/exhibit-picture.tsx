import { useCallback, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { client } from '../../client.js';
import type { Size } from '../../logic/view-input.js';
import { PictureSlices, type FetchSlice } from '../../ui/picture-slices.js';

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
  const fetch = useCallback<FetchSlice>(({ row, height }) => client.call('exhibit.slice', { reference, redaction, row, height, maxWidth: Math.min(4_000, image.width) }), [reference, redaction, image.width]);
  const style = zoom === null ? { width: '100%', maxWidth: `${image.width}px` } : { width: `${Math.round(image.width * zoom)}px` };
  return (
    <div ref={scroller} className="picture-scroller" role="region" aria-label={label} tabIndex={0} onScroll={note}>
      <div className="picture-paper" style={style}>
        <PictureSlices key={redaction ?? 0} image={image} root={scroller} ahead={1} fetch={fetch} />
        {children}
      </div>
    </div>
  );
}
