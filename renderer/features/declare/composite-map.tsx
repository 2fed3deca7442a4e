import { useEffect, useState, type CSSProperties } from 'react';
import { client } from '../../client.js';
import { slicesOf, type Stretch } from '../../logic/slices.js';
import type { Size } from '../../logic/view-input.js';

/** A small picture of the whole with a frame where the reader is. For the mouse alone; the keyboard scrolls the image itself. */
export function CompositeMap({ id, image, stretch, onJump }: { readonly id: string; readonly image: Size; readonly stretch: Stretch; readonly onJump: (share: number) => void }) {
  const slices = slicesOf(image.height, 4_000);
  // Where nearly all of it is in view the map would only repeat it.
  if (stretch.to - stretch.from > 0.6) return null;
  return (
    <div className="composite-map" aria-hidden="true">
      <div
        className="composite-map-paper" style={{ '--ratio': image.width / image.height } as CSSProperties}
        onPointerDown={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          onJump((event.clientY - box.top) / box.height);
        }}
      >
        {slices.map((slice) => <MapSlice key={slice.row} id={id} row={slice.row} height={slice.height} share={slice.height / image.height} />)}
        <span className="composite-map-here" style={{ top: `${stretch.from * 100}%`, height: `${(stretch.to - stretch.from) * 100}%` }} />
      </div>
    </div>
  );
}

function MapSlice({ id, row, height, share }: { readonly id: string; readonly row: number; readonly height: number; readonly share: number }) {
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    client.call('capture.preview', { id, row, height, maxWidth: 96 })
      .then(({ mediaType, base64 }) => { if (wanted) setSource(`data:${mediaType};base64,${base64}`); })
      // The map only helps; the image itself says when it cannot be shown.
      .catch(() => undefined);
    return () => { wanted = false; };
  }, [id, row, height]);
  return <div style={{ height: `${share * 100}%` }}>{source !== null && <img src={source} alt="" draggable={false} />}</div>;
}
