import { Check } from 'lucide-react';
import { useRef } from 'react';
import { number } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { capture } from './capture.js';
import type { PageParts } from './desk.js';
import { useFocusIfLost } from './use-focus-if-lost.js';
import './lists.css';

/** Offers a page that is too large for one picture in parts, each an exhibit of its own. */
export function PartsPanel({ parts, canCapture, onClose }: { readonly parts: PageParts; readonly canCapture: boolean; readonly onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusIfLost(heading);
  const next = parts.areas.findIndex((_, at) => parts.kept[at] === undefined);
  return (
    <section className="panel" aria-labelledby="parts-title">
      <div className="panel-top"><h2 id="parts-title" ref={heading} tabIndex={-1}>This page in {parts.areas.length} parts</h2></div>
      <div className="panel-body stack">
        <p>The page is {number(parts.width)} × {number(parts.height)} px, too large for one picture. Capture it in parts from the top; nothing is left out between them. Each part becomes an exhibit of its own, with its own question.</p>
        <ol className="parts">
          {parts.areas.map((area, at) => {
            const kept = parts.kept[at];
            return (
              <li key={area.y} className="part">
                <div><p><b>Part {at + 1}</b></p><p className="small muted">From {number(area.y)} to {number(area.y + area.height)} px</p></div>
                {kept !== undefined && <p className="part-kept"><Check size={18} aria-hidden="true" />Kept as {kept}</p>}
                {kept === undefined && <Button look={at === next ? 'primary' : 'plain'} isDisabled={!canCapture} onPress={() => { capture({ form: 'region', area: { ...area } }); }}>Capture part {at + 1}</Button>}
              </li>
            );
          })}
        </ol>
      </div>
      <div className="panel-foot row"><Button onPress={onClose}>{next < 0 ? 'Done' : 'Leave it'}</Button></div>
    </section>
  );
}
