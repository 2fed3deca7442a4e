import { ChevronLeft } from 'lucide-react';
import { Form } from 'react-aria-components';
import { OUTCOMES } from '../../../src/investigation/policy/outcomes.js';
import { SANCTIONS, sanctionsFor } from '../../../src/investigation/policy/sanctions.js';
import type { PolicySanction } from '../../../src/ipc/admin-state.js';
import type { CallArguments } from '../../../src/ipc/contract.js';
import { client } from '../../client.js';
import { count } from '../../logic/format.js';
import { draftsOf, toldOf, toldProblems } from '../../logic/told.js';
import { draft, goTo, useScreens } from '../../store.js';
import { AlertBanner } from '../../ui/alert-banner.js';
import { Button } from '../../ui/button.js';
import { CheckboxGroup, RadioGroup } from '../../ui/choices.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { Foot } from '../../ui/foot.js';
import { Note } from '../../ui/note.js';
import { signedInReviewers } from '../../ui/people.js';
import { TextArea } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { CasePanel } from '../investigate/case-panel.js';
import { CaseTopBar } from '../investigate/case-top-bar.js';
import { NotTold } from './not-told.js';
import { SanctionChoice } from './sanction-choice.js';
import { ToldRows } from './told-rows.js';
import '../investigate/case.css';
import './conclude.css';

type Outcome = CallArguments<'conclude'>['outcomes'][number];
const SUBSTANCE = [
  { id: 'yes', title: 'Yes, it has substance', meaning: 'What you saw bears the concern out, wholly or in part.' },
  { id: 'no', title: 'No, it has no substance', meaning: 'What you saw does not bear it out.' },
] as const;

/** Asks what the two make of it, beside the record that they rest it on. */
export function ConcludeScreen() {
  const app = useScreens((screens) => screens.app);
  const { substance, outcomes, sanctions, told, text } = useScreens((screens) => screens.drafts.conclusion);
  const action = useAction();
  if (app?.case == null) return null;
  const view = app.case;
  const offered = sanctionsFor<Pick<PolicySanction, 'id' | 'title' | 'meaning' | 'aim'>>(view.subject, app.admin?.policy?.sanctions.filter(({ hidden }) => !hidden) ?? SANCTIONS);
  const rows = told ?? draftsOf(view.told ?? []);
  const submit = async (): Promise<void> => {
    const problems = [
      ...(substance === null ? [{ field: 'substance', sentence: 'Choose whether the concern has substance' }] : []),
      ...(substance === 'yes' && outcomes.length === 0 ? [{ field: 'outcomes', sentence: 'Choose what happens now' }] : []),
      ...toldProblems(rows, new Date().toISOString()),
      ...(text.trim() === '' ? [{ field: 'conclusion', sentence: 'Write your conclusion' }] : []),
    ];
    if (!action.check(problems)) return;
    await action.run(() => client.call('conclude', { substance: substance === 'yes', outcomes: [...outcomes] as Outcome[], text, sanctions: Object.entries(sanctions).map(([id, details]) => ({ id, details })), told: toldOf(rows) }));
  };
  return (
    <div className="case">
      <CaseTopBar app={app} view={view} title="Conclude" />
      <AlertBanner />
      <main className="case-main conclude-main">
        <Form className="conclude stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <p><Button look="link" onPress={() => { goTo('home'); }}><ChevronLeft className="inline-icon" size={18} aria-hidden="true" />Back to the page</Button></p>
          <ErrorSummary problems={action.problems} />
          <div className="stack-tight">
            <h2 className="conclude-title">What do you conclude?</h2>
            <p className="muted">You have {count(view.exhibits.length, 'exhibit')} and {count(view.concerns.length, 'concern')} in the record.</p>
          </div>
          {view.concerns.length === 0 && <Note tone="warn"><p>You have not described a concern. If a page worried you, go back and describe it first: nothing can be visited or captured after this.</p></Note>}
          <RadioGroup id="substance" label="Does the concern have substance?" options={SUBSTANCE} value={substance} onChange={(id) => { draft('conclusion', { substance: id }); }} error={problemOf(action.problems, 'substance')} />
          <CheckboxGroup id="outcomes" label="What happens now?" hint="Choose all that apply." options={OUTCOMES} value={outcomes} onChange={(ids) => { draft('conclusion', { outcomes: ids }); }} error={problemOf(action.problems, 'outcomes')} />
          {offered.length > 0 && <SanctionChoice sanctions={offered} staff={view.subject === 'staff'} chosen={sanctions} onChange={(chosen) => { draft('conclusion', { sanctions: chosen }); }} />}
          <ToldRows rows={rows} reviewers={signedInReviewers(app.reviewers, app.signedIn)} contacts={app.contacts} staff={view.subject === 'staff'} ticked={view.tellingTicked ?? []} problems={action.problems} onChange={(changed) => { draft('conclusion', { told: changed }); }} />
          <NotTold app={app} view={view} draft={{ outcomes, told: rows.flatMap(({ who }) => who ?? []) }} advice="You can conclude all the same. Write in your conclusion why not, or who tells them when." />
          <TextArea id="conclusion" label="Conclusion and action proposed or taken" hint="What you found, what you decided and why, and who does what next." rows={6} value={text} onChange={(typed) => { draft('conclusion', { text: typed }); }} error={problemOf(action.problems, 'conclusion')} />
          <Foot button={<Button type="submit" look="primary" large pending={action.pending}>Conclude the case</Button>} />
        </Form>
      </main>
      <aside className="case-side" aria-label="The record"><CasePanel view={view} /></aside>
    </div>
  );
}
