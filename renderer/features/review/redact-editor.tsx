import { Eye, EyeOff, Plus, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Form, ToggleButton } from 'react-aria-components';
import type { ReviewExhibit } from '../../../src/ipc/disclosure-contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { firstBox, type Box } from '../../logic/boxes.js';
import { count } from '../../logic/format.js';
import type { Size } from '../../logic/view-input.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { Note } from '../../ui/note.js';
import { signedInReviewers } from '../../ui/people.js';
import { WorkProgress } from '../../ui/progress.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import { BoxLayer } from './box-layer.js';
import { BoxList } from './box-list.js';
import { ExhibitPicture } from './exhibit-picture.js';
import { openExhibit } from './looking.js';
import { useBoxes } from './use-boxes.js';
import { ZoomBar } from './zoom-bar.js';
import './redact.css';

/** Draws boxes over an exhibit, by mouse or by keyboard, and makes a copy with them covered. */
export function RedactEditor({ app, view, exhibit, image }: { readonly app: AppState; readonly view: CaseView; readonly exhibit: ReviewExhibit; readonly image: Size }) {
  const { boxes, selected, canUndo, put, change, remove, select, undo } = useBoxes();
  const [zoom, setZoom] = useState<number | null>(null);
  const [covered, setCovered] = useState(false);
  const [by, setBy] = useState(view.heldBy);
  const [leaving, setLeaving] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const action = useAction();
  useUndoKey(undo);
  const add = (): void => {
    const box = scroller.current;
    const [from, to] = box === null || box.scrollHeight === 0 ? [0, 1] : [box.scrollTop / box.scrollHeight, Math.min(1, (box.scrollTop + box.clientHeight) / box.scrollHeight)];
    put(firstBox(image, from, to));
  };
  const submit = async (): Promise<void> => {
    if (!action.check(boxes.length === 0 ? [{ field: 'add-box', sentence: 'Draw at least one box over what is to be covered' }] : [])) return;
    await action.run(async () => {
      const { number } = await client.call('redaction.make', { by, reference: exhibit.reference, boxes: boxes.map((box: Box) => ({ ...box, reason: box.reason.trim() })) });
      openExhibit(exhibit.reference, number);
    });
  };
  const leave = (): void => {
    if (boxes.length > 0 && !leaving) setLeaving(true);
    else openExhibit(exhibit.reference);
  };
  return (
    <div className="exhibit-page">
      <div className="picture">
        <div className="row row-spread">
          <p className="small"><b>{covered ? 'As the copy will be' : 'Draw boxes over what is to be covered'}</b></p>
          <div className="row">
            <ToggleButton className="button" isSelected={covered} onChange={setCovered}>{covered ? <EyeOff size={18} aria-hidden="true" /> : <Eye size={18} aria-hidden="true" />}{covered ? 'See through the boxes' : 'Preview'}</ToggleButton>
            <ZoomBar zoom={zoom} onZoom={setZoom} />
          </div>
        </div>
        <ExhibitPicture reference={exhibit.reference} redaction={null} image={image} zoom={zoom} scroller={scroller} label={`Picture of ${exhibit.reference}, to be covered in parts`}>
          <BoxLayer image={image} boxes={boxes} selected={selected} covered={covered} onDrawn={put} onSelect={select} onChange={change} onRemove={remove} />
        </ExhibitPicture>
      </div>
      <Form className="exhibit-facts stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <ErrorSummary problems={action.problems} />
        <section className="stack-tight">
          <h2>Make a redacted copy</h2>
          <p>What you cover becomes black in the copy. The exhibit itself stays as it is. In a bundle that shows the copy, the page’s text, its HTML and its archive are left out.</p>
        </section>
        <section className="stack-tight">
          <div className="row"><Button id="add-box" onPress={add}><Plus size={18} aria-hidden="true" />Add a box</Button><Button isDisabled={!canUndo} onPress={undo} aria-keyshortcuts="Control+Z"><Undo2 size={18} aria-hidden="true" />Undo</Button></div>
          <p className="small muted">Drag with the mouse, or add a box and move it: arrow keys move it, with Shift they change its size, with Ctrl they go further. Delete takes it away.</p>
          <p className="unseen" role="status">{count(boxes.length, 'box', 'boxes')}</p>
          <BoxList boxes={boxes} selected={selected} onChange={change} onRemove={remove} />
        </section>
        <Who id="redacted-by" label="Who makes it?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={by} onChange={setBy} />
        {action.pending ? <WorkProgress task="redaction" /> : <p className="row"><Button type="submit" look="primary">Keep the redacted copy</Button><Button onPress={leave}>{leaving ? 'Throw the boxes away' : 'Cancel'}</Button></p>}
        {leaving && <div role="alert"><Note tone="warn"><p>Nothing was kept yet. Press the button once more to throw {count(boxes.length, 'box', 'boxes')} away.</p></Note></div>}
      </Form>
    </div>
  );
}

/** Ctrl and Z take back the last change, except where somebody types. */
function useUndoKey(undo: () => void): void {
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      undo();
    };
    window.addEventListener('keydown', down);
    return () => { window.removeEventListener('keydown', down); };
  }, [undo]);
}
