import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { AddedWords } from '../../../src/ipc/disclosure-contract.js';
import type { AppState, CaseView } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { listOf, shortDateAndTime } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { signedInReviewers } from '../../ui/people.js';
import { TextArea } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';

/** Props of {@link Added}; `to` is the entry that the words belong to, `what` names it in the middle of a sentence. */
export interface AddedProps {
  readonly app: AppState;
  readonly view: CaseView;
  readonly to: number;
  readonly what: string;
  readonly added: readonly AddedWords[];
  readonly canAdd: boolean;
}

/** What was added to an entry later, and a form that adds more. What stands there is never changed. */
export function Added({ app, view, to, what, added, canAdd }: AddedProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className="stack-tight">
      {added.map((each) => (
        <div key={each.seq} className="review-added">
          <p className="small"><b>Added later</b> <span className="muted">{listOf(each.by)}, {shortDateAndTime(each.at)}</span></p>
          <p className="words-kept">{each.text}</p>
        </div>
      ))}
      {canAdd && !open && <p><Button look="link" onPress={() => { setOpen(true); }}><Plus size={16} className="inline-icon" aria-hidden="true" />Add words<span className="unseen"> to {what}</span></Button></p>}
      {open && <AddForm app={app} view={view} to={to} what={what} onClose={() => { setOpen(false); }} />}
    </div>
  );
}

function AddForm({ app, view, to, what, onClose }: Pick<AddedProps, 'app' | 'view' | 'to' | 'what'> & { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [by, setBy] = useState(view.heldBy);
  const action = useAction();
  const id = `added-${to}`;
  const submit = async (): Promise<void> => {
    if (!action.check(text.trim() === '' ? [{ field: id, sentence: 'Write what you want to add' }] : [])) return;
    if (await action.run(() => client.call('addendum.add', { by, to, text }))) onClose();
  };
  return (
    <Form className="card stack review-add" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <ErrorSummary problems={action.problems} />
      <TextArea id={id} label={`What do you add to ${what}?`} hint="What stands there stays as it is. Your words are kept beside it, with your name and the time." rows={3} value={text} onChange={setText} error={problemOf(action.problems, id)} />
      <Who id={`${id}-by`} label="Who adds it?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={by} onChange={setBy} />
      <p className="row"><Button type="submit" look="primary" pending={action.pending}>Add to the record</Button><Button onPress={onClose}>Cancel</Button></p>
    </Form>
  );
}
