import type { PolicyCategory } from '../../../src/ipc/admin-state.js';
import { CONCERN_CATEGORIES } from '../../../src/investigation/policy/concerns.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { listOf } from '../../logic/format.js';
import { draft, dropDraft, useScreens } from '../../store.js';
import { problemOf } from '../../ui/error-summary.js';
import { Panel } from '../../ui/panel.js';
import { signedInReviewers } from '../../ui/people.js';
import { Select } from '../../ui/select.js';
import { TextArea } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import { TriggerAdvice } from '../halt/trigger-advice.js';

const optionsOf = (categories: readonly Pick<PolicyCategory, 'id' | 'title' | 'meaning' | 'police'>[]) => categories.map(({ id, title, meaning, police }) => ({ id, title, meaning: police ? `${meaning} Goes to the police.` : meaning }));

/** Describes what is of concern on the page. */
export function ConcernPanel({ app, view, onClose }: { readonly app: AppState; readonly view: CaseView; readonly onClose: () => void }) {
  const { category, description, by } = useScreens((screens) => screens.drafts.concern);
  const action = useAction();
  const who = by ?? view.heldBy;
  const categories = app.admin?.policy?.categories.filter(({ hidden }) => !hidden) ?? CONCERN_CATEGORIES;
  const chosen = categories.find(({ id }) => id === category);
  const kept = view.exhibits.filter(({ url }) => url !== '' && url === view.page?.url).map(({ reference }) => reference);
  const submit = async (): Promise<void> => {
    const problems = [
      ...(category === null ? [{ field: 'category', sentence: 'Choose what kind of concern it is' }] : []),
      ...(description.trim() === '' ? [{ field: 'description', sentence: 'Describe what you saw' }] : []),
    ];
    if (!action.check(problems) || category === null) return;
    if (!(await action.run(() => client.call('concern.add', { by: who, category, description })))) return;
    dropDraft('concern');
    onClose();
  };
  const cancel = (): void => {
    dropDraft('concern');
    onClose();
  };
  return (
    <Panel title="Describe a concern" problems={action.problems} submit="Add to the record" pending={action.pending} onSubmit={() => { void submit(); }} onClose={cancel}>
      <p className="small muted wrap-anywhere">{view.page === null || view.page.url === '' ? 'About no page in particular' : `About ${view.page.url}`}{kept.length > 0 && `. Already kept of it: ${listOf(kept)}`}</p>
      <Select id="category" label="What kind of concern?" options={optionsOf(categories)} value={category} onChange={(id) => { draft('concern', { category: id }); }} error={problemOf(action.problems, 'category')} />
      {chosen?.police === true && <TriggerAdvice category={chosen.id} />}
      <TextArea id="description" label="What did you see?" hint="Facts only: who, what, when. Leave out what you think of it." rows={4} value={description} onChange={(text) => { draft('concern', { description: text }); }} error={problemOf(action.problems, 'description')} />
      <Who id="concern-by" label="Who describes it?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={who} onChange={(initials) => { draft('concern', { by: initials }); }} />
    </Panel>
  );
}
