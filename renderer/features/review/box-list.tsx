import { Trash2 } from 'lucide-react';
import type { Box } from '../../logic/boxes.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/text-field.js';

/** The boxes in words, each with a reason. */
export function BoxList({ boxes, selected, onChange, onRemove }: {
  readonly boxes: readonly Box[]; readonly selected: number | null; readonly onChange: (at: number, box: Box) => void; readonly onRemove: (at: number) => void;
}) {
  if (boxes.length === 0) return <p className="muted">No box yet.</p>;
  return (
    <ol className="box-list">
      {boxes.map((box, at) => (
        <li key={`${at}`} className={at === selected ? 'box-line box-line-selected' : 'box-line'}>
          <TextField id={`box-${at}`} label={`Box ${at + 1}: why (optional)`} value={box.reason} onChange={(reason) => { onChange(at, { ...box, reason }); }} />
          <div className="row"><span className="small muted">{box.width} × {box.height} px</span><Button look="link" onPress={() => { document.querySelector<HTMLElement>(`[data-box="${at}"]`)?.focus(); }}>Go to it</Button><Button look="link" onPress={() => { onRemove(at); }}><Trash2 size={16} className="inline-icon" aria-hidden="true" />Take away<span className="unseen"> box {at + 1}</span></Button></div>
        </li>
      ))}
    </ol>
  );
}
