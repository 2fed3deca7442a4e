import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { draft, dropDraft, useScreens } from '../../store.js';
import { problemOf } from '../../ui/error-summary.js';
import { Panel } from '../../ui/panel.js';
import { signedInReviewers } from '../../ui/people.js';
import { TextArea } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';

/** Adds a note to the record. */
export function NotePanel({ app, view, onClose }: { readonly app: AppState; readonly view: CaseView; readonly onClose: () => void }) {
  const { text, by } = useScreens((screens) => screens.drafts.note);
  const action = useAction();
  const who = by ?? view.heldBy;
  const submit = async (): Promise<void> => {
    if (!action.check(text.trim() === '' ? [{ field: 'note', sentence: 'Write the note first' }] : [])) return;
    if (!(await action.run(() => client.call('note.add', { by: who, text })))) return;
    dropDraft('note');
    onClose();
  };
  const cancel = (): void => {
    dropDraft('note');
    onClose();
  };
  return (
    <Panel title="Write a note" problems={action.problems} submit="Add to the record" pending={action.pending} onSubmit={() => { void submit(); }} onClose={cancel}>
      <TextArea id="note" label="Note" hint="For example: who came in, what was agreed on the telephone, why you left a page." rows={7} value={text} onChange={(typed) => { draft('note', { text: typed }); }} error={problemOf(action.problems, 'note')} />
      <Who id="note-by" label="Who writes it?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={who} onChange={(initials) => { draft('note', { by: initials }); }} />
      <p className="small muted">A note cannot be changed later. If something in it is wrong, add another that says so.</p>
    </Panel>
  );
}
