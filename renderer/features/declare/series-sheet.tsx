import { LayoutGrid } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { CompositeView } from '../../../src/ipc/case-view.js';
import { client } from '../../client.js';
import { timeWithSeconds } from '../../logic/format.js';
import type { Size } from '../../logic/view-input.js';
import { Button } from '../../ui/button.js';
import { CompositeImage } from './composite-image.js';

type Picture = CompositeView['pictures'][number];

/** All pictures of a series on one sheet; each opens at reading size, in its place among the others. `onDrawn` hears that some of them have come. */
export function SeriesComposite({ composite, image, onDrawn }: { readonly composite: CompositeView; readonly image: Size; readonly onDrawn: () => void }) {
  const [at, setAt] = useState<number | null>(null);
  const last = useRef(0);
  const { id, pictures } = composite;
  const picture = at === null ? undefined : pictures[at];
  if (picture !== undefined) {
    return (
      <>
        <div className="contact-top row row-spread"><p className="small muted">All {pictures.length} pictures, one below the other.</p><Button onPress={() => { setAt(null); }}><LayoutGrid size={18} aria-hidden="true" />All on one sheet</Button></div>
        <CompositeImage id={id} image={image} startRow={picture.row} onDrawn={onDrawn} />
      </>
    );
  }
  return <Sheet id={id} pictures={pictures} width={image.width} start={last.current} onDrawn={onDrawn} onOpen={(wanted) => { last.current = wanted; setAt(wanted); }} />;
}

interface SheetProps {
  readonly id: string;
  readonly pictures: readonly Picture[];
  readonly width: number;
  readonly start: number;
  readonly onDrawn: () => void;
  readonly onOpen: (at: number) => void;
}

function Sheet({ id, pictures, width, start, onDrawn, onOpen }: SheetProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.querySelectorAll('button')[start]?.focus(); }, [start]);
  return (
    <div ref={box} className="contact" role="region" aria-label={`Contact sheet of ${pictures.length} pictures`} tabIndex={0}>
      <p className="small muted contact-help">Every picture of the series in the order in which it was taken. Open one to see it at reading size.</p>
      <ol className="contact-list">
        {pictures.map((picture, at) => (
          <li key={picture.row}>
            <AriaButton className="contact-picture" onPress={() => { onOpen(at); }}>
              <SheetImage id={id} picture={picture} width={width} onDrawn={onDrawn} />
              <span className="contact-words"><b><span className="unseen">Picture </span>{at + 1}<span className="unseen"> of {pictures.length}, </span></b><time className="mono small muted" dateTime={picture.at}>{timeWithSeconds(picture.at)}</time></span>
            </AriaButton>
          </li>
        ))}
      </ol>
    </div>
  );
}

function SheetImage({ id, picture, width, onDrawn }: { readonly id: string; readonly picture: Picture; readonly width: number; readonly onDrawn: () => void }) {
  const place = useRef<HTMLSpanElement>(null);
  const [source, setSource] = useState<string | null>(null);
  const { row, height } = picture;
  useEffect(() => {
    if (place.current === null) return undefined;
    let wanted = true;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      client.call('capture.preview', { id, row, height: Math.min(4_000, height), maxWidth: 480 })
        .then(({ mediaType, base64 }) => {
          if (!wanted) return;
          setSource(`data:${mediaType};base64,${base64}`);
          onDrawn();
        })
        // Opened at reading size, the picture says why it cannot be shown.
        .catch(() => undefined);
    });
    observer.observe(place.current);
    return () => {
      wanted = false;
      observer.disconnect();
    };
  }, [id, row, height, onDrawn]);
  return <span ref={place} className="contact-image" style={{ aspectRatio: `${width} / ${height}` }}>{source !== null && <img src={source} alt="" draggable={false} />}</span>;
}
