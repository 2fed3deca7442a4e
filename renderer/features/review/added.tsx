import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { AddedWords } from '../../../src/ipc/disclosure-contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { listOf, shortDateAndTime } from '../../logic/format.js';
import { toldOf, toldProblems, type ToldDraft } from '../../logic/told.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { signedInReviewers } from '../../ui/people.js';
import { TextArea } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import { ToldRows } from '../conclude/told-rows.js';
import { ToldList } from './conclusion-words.js';

/** Props of {@link Added}; `to` is the entry that the words belong to, `what` names it in the middle of a sentence. */
export interface AddedProps {
  readonly app: AppState;
  readonly view: CaseView;
  readonly to: number;
  readonly what: string;
  readonly added: readonly AddedWords[];
  readonly canAdd: boolean;
  /** It is the conclusion: who was told since can be added too. */
  readonly tells?: boolean;
  /** Stands before the way to add, for as long as there is one. */
  readonly children?: ReactNode;
}

/** What was added to an entry later, and a form that adds more. What stands there is never changed. */
export function Added({ app, view, to, what, added, canAdd, tells = false, children }: AddedProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className="stack-tight">
      {added.map((each) => (
        <div key={each.seq} className="review-added">
          <p className="small"><b>Added later</b> <span className="muted">{listOf(each.by)}, {shortDateAndTime(each.at)}</span></p>
          {each.text !== '' && <p className="words-kept">{each.text}</p>}
          {each.told.length > 0 && <ToldList title="Who was told" told={each.told} />}
        </div>
      ))}
      {canAdd && children}
      {canAdd && !open && <p><Button look="link" onPress={() => { setOpen(true); }}><Plus size={16} className="inline-icon" aria-hidden="true" />{tells ? `Add words to ${what}, or who was told` : <>Add words<span className="unseen"> to {what}</span></>}</Button></p>}
      {open && <AddForm app={app} view={view} to={to} what={what} tells={tells} onClose={() => { setOpen(false); }} />}
    </div>
  );
}

function AddForm({ app, view, to, what, tells, onClose }: Pick<AddedProps, 'app' | 'view' | 'to' | 'what'> & { readonly tells: boolean; readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [rows, setRows] = useState<readonly ToldDraft[]>([]);
  const [by, setBy] = useState(view.heldBy);
  const action = useAction();
  const id = `added-${to}`;
  const reviewers = signedInReviewers(app.reviewers, app.signedIn);
  const submit = async (): Promise<void> => {
    const empty = text.trim() === '' && rows.length === 0;
    if (!action.check([...(empty ? [{ field: id, sentence: tells ? 'Write what you want to add, or add somebody who was told' : 'Write what you want to add' }] : []), ...toldProblems(rows, new Date().toISOString())])) return;
    if (await action.run(() => client.call('addendum.add', { by, to, text, ...(rows.length === 0 ? {} : { told: toldOf(rows) }) }))) onClose();
  };
  return (
    <Form className="card stack review-add" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <ErrorSummary problems={action.problems} />
      <TextArea id={id} label={`What do you add to ${what}?`} hint={`What stands there stays as it is. Your words are kept beside it, with your name and the time.${tells ? ' Leave this empty if you only add who was told.' : ''}`} rows={3} value={text} onChange={setText} error={problemOf(action.problems, id)} />
      {tells && <ToldRows rows={rows} reviewers={reviewers} contacts={app.contacts} staff={view.subject === 'staff'} problems={action.problems} since onChange={setRows} />}
      <Who id={`${id}-by`} label="Who adds it?" reviewers={reviewers} value={by} onChange={setBy} />
      <p className="row"><Button type="submit" look="primary" pending={action.pending}>Add to the record</Button><Button onPress={onClose}>Cancel</Button></p>
    </Form>
  );
}
