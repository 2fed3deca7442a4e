import { ChevronLeft } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { Form } from 'react-aria-components';
import { MARKINGS, type Marking } from '../../../src/investigation/policy/markings.js';
import { RECIPIENTS } from '../../../src/investigation/policy/outcomes.js';
import { CHOOSING_RECIPIENTS } from '../../../src/investigation/policy/withholding.js';
import type { CallArguments, ExportResult } from '../../../src/ipc/contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { goTo, setMade, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Checkbox, RadioGroup } from '../../ui/choices.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { Foot } from '../../ui/foot.js';
import { PageHeading } from '../../ui/heading.js';
import { Loading } from '../../ui/loading.js';
import { Page } from '../../ui/page.js';
import { signedInReviewers } from '../../ui/people.js';
import { WorkProgress } from '../../ui/progress.js';
import { Select } from '../../ui/select.js';
import { StopButton } from '../../ui/stop-button.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { useAction } from '../../ui/use-action.js';
import { useLoaded } from '../../ui/use-loaded.js';
import { Contents, usePlan } from './contents.js';
import { CopiesMade } from './copies-made.js';
import { ExportDone } from './export-done.js';
import { chooseRecipient, chooseWish, draftFor, dropExportDraft, useExportDraft } from './export-draft.js';
import { folderOf, OWN, PlaceField } from './place-field.js';
import { disclosureOf, missing, type Wishes } from './wishes.js';
import { WithholdForm } from './withhold-form.js';
import './export.css';

type Recipient = CallArguments<'export'>['recipient'];

/** What is chosen where no marking is wanted. */
const NO_MARKING = 'none';
const NOTHING: Wishes = {};

/** Makes a bundle: for whom, what is in it and what is not, where it goes, both signatures; then what was made. */
export function ExportScreen() {
  const app = useScreens((screens) => screens.app);
  const made = useScreens((screens) => screens.made);
  if (app?.case == null) return null;
  return <Page actions={<StopButton />}>{made === null ? <ExportForm app={app} view={app.case} onMade={setMade} /> : <ExportDone made={made} onAnother={() => { setMade(null); }} />}</Page>;
}

function ExportForm({ app, view, onMade }: { readonly app: AppState; readonly view: CaseView; readonly onMade: (made: ExportResult) => void }) {
  const { caseId, recipient: wanted, wishes: chosen } = useExportDraft();
  const start = view.phase === 'halted' ? 'police' : null;
  const recipient = caseId === view.id ? wanted : start;
  useEffect(() => { draftFor(view.id, start); }, [view.id, start]);
  const [wish, setWish] = useState(true);
  // Only the school's own copy may go without; the engine refuses any other.
  const encrypt = recipient !== 'group-record' || wish;
  const [place, setPlace] = useState(OWN);
  const [marking, setMarking] = useState<string>(app.settings.marking ?? NO_MARKING);
  const choosing = recipient !== null && CHOOSING_RECIPIENTS.has(recipient);
  const wishes = choosing && caseId === view.id ? chosen : NOTHING;
  const disclosure = disclosureOf(wishes);
  const plan = usePlan(recipient, disclosure, view.entries);
  const reviewers = signedInReviewers(app.reviewers, app.signedIn);
  const signatures = useSignatures(reviewers);
  const action = useAction(fieldOfCode);
  const busy = useScreens((screens) => screens.progress?.task === 'export');
  const submit = async (): Promise<void> => {
    const folder = folderOf(place);
    const problems = [
      ...(recipient === null ? [{ field: 'recipient', sentence: 'Choose who the bundle is for' }] : []), ...missing(wishes),
      ...(folder === '' ? [{ field: 'folder', sentence: 'Choose a folder for the bundle' }] : []), ...signatures.missing(),
    ];
    if (!action.check(problems) || recipient === null) return;
    const credentials = signatures.take();
    await action.run(async () => {
      const made = await client.call('export', { recipient: recipient as Recipient, ...credentials, folder, encrypt, marking: marking === NO_MARKING ? null : (marking as Marking), ...(choosing ? { disclosure } : {}) });
      dropExportDraft();
      onMade(made);
    });
  };
  return (
    <Form className="export stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <p><Button look="link" isDisabled={action.pending} onPress={() => { goTo('home'); }}><ChevronLeft className="inline-icon" size={18} aria-hidden="true" />Back to case {view.reference}</Button></p>
      <ErrorSummary problems={action.problems} />
      <PageHeading title="Make a bundle" />
      <RadioGroup id="recipient" label="Who is it for?" options={RECIPIENTS} value={recipient} onChange={chooseRecipient} error={problemOf(action.problems, 'recipient')} />
      {choosing && <Withholding wishes={wishes} problems={action.problems} onChange={chooseWish} />}
      {recipient !== null && <Contents view={view} plan={plan} />}
      <Select id="marking" label="Protective marking" options={[{ id: NO_MARKING, title: 'None' }, ...MARKINGS.map(({ id, meaning }) => ({ id, title: id, ...(meaning === '' ? {} : { meaning }) }))]} value={marking} onChange={setMarking} />
      <div className="stack-tight">
        {recipient === 'group-record'
          ? <Checkbox id="encrypt" label="Encrypt the bundle" help="Choose this unless it stays in a locked place. The app makes a passphrase, shows it once, and you give it by another route. On a drive that can be taken out it has to be encrypted." selected={wish} onChange={setWish} />
          : <p>The bundle will be encrypted. The app makes a passphrase, shows it once, and you give it by another route.</p>}
      </div>
      <PlaceField chosen={place} onChange={setPlace} error={problemOf(action.problems, 'folder')} disabled={action.pending} />
      <h2>Both of you sign</h2>
      <SignatureCards reviewers={reviewers} signatures={signatures} problems={action.problems} />
      <Foot button={busy ? <div className="card"><WorkProgress task="export" /></div> : <Button type="submit" look="primary" large pending={action.pending}>Sign and make the bundle</Button>} />
      {(view.copies ?? []).length > 0 && <section className="stack"><h2>Bundles made before</h2><CopiesMade view={view} /></section>}
    </Form>
  );
}

function Withholding(props: Omit<Parameters<typeof WithholdForm>[0], 'review'>) {
  const fetch = useCallback(() => client.call('review.read', {}), []);
  const { loaded, reload } = useLoaded(fetch);
  return <Loading what="what is in the case" loaded={loaded} reload={reload}>{(review) => <WithholdForm review={review} {...props} />}</Loading>;
}

function fieldOfCode(code: string): string | undefined {
  if (code === 'export.must-be-encrypted') return 'encrypt';
  return code === 'export.not-writable' || code === 'export.exists' ? 'folder' : undefined;
}
