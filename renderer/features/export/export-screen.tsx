import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { RECIPIENTS } from '../../../src/investigation/policy/outcomes.js';
import type { CallArguments, ExportResult } from '../../../src/ipc/contract.js';
import type { AppState, CaseView } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { goTo, setMade, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Checkbox, RadioGroup } from '../../ui/choices.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { FolderField } from '../../ui/folder-field.js';
import { PageHeading } from '../../ui/heading.js';
import { Page } from '../../ui/page.js';
import { signedInReviewers } from '../../ui/people.js';
import { WorkProgress } from '../../ui/progress.js';
import { StopButton } from '../../ui/stop-button.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { useAction } from '../../ui/use-action.js';
import { Contents } from './contents.js';
import { ExportDone } from './export-done.js';
import './export.css';

type Recipient = CallArguments<'export'>['recipient'];

/** Makes a bundle: for whom, what is in it, both signatures; then what was made. */
export function ExportScreen() {
  const app = useScreens((screens) => screens.app);
  const made = useScreens((screens) => screens.made);
  if (app?.case == null) return null;
  return <Page actions={<StopButton />}>{made === null ? <ExportForm app={app} view={app.case} onMade={setMade} /> : <ExportDone made={made} onAnother={() => { setMade(null); }} />}</Page>;
}

function ExportForm({ app, view, onMade }: { readonly app: AppState; readonly view: CaseView; readonly onMade: (made: ExportResult) => void }) {
  const [recipient, setRecipient] = useState<string | null>(view.phase === 'halted' ? 'police' : null);
  const [wish, setWish] = useState(true);
  // Only the school's own copy may go without; the engine refuses any other.
  const encrypt = recipient !== 'group-record' || wish;
  const [folder, setFolder] = useState('');
  const reviewers = signedInReviewers(app.reviewers, app.signedIn);
  const signatures = useSignatures(reviewers);
  const action = useAction();
  const busy = useScreens((screens) => screens.progress?.task === 'export');
  const submit = async (): Promise<void> => {
    const problems = [...(recipient === null ? [{ field: 'recipient', sentence: 'Choose who the bundle is for' }] : []), ...signatures.missing()];
    if (!action.check(problems) || recipient === null) return;
    const credentials = signatures.take();
    const place = folder.trim() === '' ? null : folder.trim();
    await action.run(async () => { onMade(await client.call('export', { recipient: recipient as Recipient, ...credentials, folder: place, encrypt })); });
  };
  return (
    <Form className="export stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <p><Button look="link" isDisabled={action.pending} onPress={() => { goTo('home'); }}><ChevronLeft className="inline-icon" size={18} aria-hidden="true" />Back to case {view.reference}</Button></p>
      <ErrorSummary problems={action.problems} />
      <PageHeading title="Make a bundle" />
      <RadioGroup id="recipient" label="Who is it for?" options={RECIPIENTS} value={recipient} onChange={setRecipient} error={problemOf(action.problems, 'recipient')} />
      <Contents view={view} />
      <div className="stack-tight">
        {recipient === 'group-record'
          ? <Checkbox id="encrypt" label="Encrypt the bundle" help="Choose this unless it stays in a locked place. The app makes a passphrase, shows it once, and you give it by another route." selected={wish} onChange={setWish} />
          : <p>The bundle will be encrypted. The app makes a passphrase, shows it once, and you give it by another route.</p>}
      </div>
      <FolderField id="folder" label="Folder (optional)" hint="Leave it empty for the app’s own export folder, or choose one, such as an encrypted USB stick." purpose="write" value={folder} onChange={setFolder} disabled={action.pending} />
      <h2>Both of you sign</h2>
      <SignatureCards reviewers={reviewers} signatures={signatures} problems={action.problems} />
      {busy ? <div className="card"><WorkProgress task="export" /></div> : <Button type="submit" look="primary" large pending={action.pending}>Sign and make the bundle</Button>}
    </Form>
  );
}
