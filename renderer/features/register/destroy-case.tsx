import { useCallback, useState } from 'react';
import { RECIPIENTS } from '../../../src/investigation/policy/outcomes.js';
import type { CaseHoldings, DestructionDone } from '../../../src/ipc/admin-state.js';
import type { CaseSummary } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { count, shortDateAndTime } from '../../logic/format.js';
import { useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { FilePath } from '../../ui/file-path.js';
import { problemOf } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import { Loading } from '../../ui/loading.js';
import { Note } from '../../ui/note.js';
import { WorkProgress } from '../../ui/progress.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { useLoaded } from '../../ui/use-loaded.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

/** Props of {@link DestroyCase}. */
export interface DestroyCaseProps extends RegisterPageProps {
  readonly chosen: CaseSummary;
  readonly onBack: () => void;
  readonly onDone: (done: DestructionDone) => void;
}

/** Shows which copies there are, and then asks for the reason, the reference and both passphrases. */
export function DestroyCase(props: DestroyCaseProps) {
  const { id, reference } = props.chosen;
  const fetch = useCallback(() => client.call('case.holdings', { id }), [id]);
  const { loaded, reload } = useLoaded(fetch);
  if (loaded.state === 'ready' && loaded.value.refused === null) return <DestroyForm {...props} holdings={loaded.value} />;
  return (
    <div className="stack-wide">
      <PageHeading title={`Destroy case ${reference}`} />
      <Loading what="what is known of copies" loaded={loaded} reload={reload}>
        {(holdings) => <><Note tone="warn"><p><b>This case cannot be destroyed now.</b></p><p>{holdings.refused}</p></Note><Copies holdings={holdings} /></>}
      </Loading>
      <Button onPress={props.onBack}>Back to the sealed cases</Button>
    </div>
  );
}

function DestroyForm({ chosen, holdings, signedIn, onBack, onDone }: DestroyCaseProps & { readonly holdings: CaseHoldings }) {
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const signatures = useSignatures(signedIn);
  const action = useAction((code) => ({ 'destroy.no-reason': 'reason', 'destroy.other-reference': 'reference' })[code]);
  const busy = useScreens((screens) => screens.progress?.task === 'destroy');
  const destroy = async (): Promise<void> => {
    const problems = [
      ...(reason.trim() === '' ? [{ field: 'reason', sentence: 'Write why the case is destroyed' }] : []),
      ...(typed.trim() === chosen.reference ? [] : [{ field: 'reference', sentence: `Type the reference exactly: ${chosen.reference}` }]),
      ...signatures.missing(),
    ];
    if (!action.check(problems)) return;
    const credentials = signatures.take();
    await action.run(async () => { onDone(await client.call('case.destroy', { ...credentials, id: chosen.id, reason, reference: typed.trim() })); });
  };
  return (
    <RegisterForm
      title={`Destroy case ${chosen.reference}`} action={action} submit="Destroy this case for ever" onSubmit={() => { void destroy(); }} onBack={{ label: 'Keep this case', go: onBack }}
      intro={<p className="lead wrap-anywhere">{chosen.reason}</p>}
    >
      <Note tone="warn">
        <p><b>This cannot be undone.</b> The record, {count(chosen.exhibits, 'exhibit')} and {count(chosen.concerns, 'concern')} can never be read again on this computer.</p>
        <p>What stays is the certificate: the reference, your reason, your names, the time, and how much there was.</p>
      </Note>
      <Copies holdings={holdings} />
      <TextArea id="reason" label="Why is it destroyed?" hint="This stays on the certificate for ever. Name nobody and describe nothing of the case." rows={3} value={reason} onChange={setReason} error={problemOf(action.problems, 'reason')} />
      <TextField id="reference" label={<>Type the reference <span className="mono">{chosen.reference}</span> to confirm</>} value={typed} onChange={setTyped} error={problemOf(action.problems, 'reference')} />
      <h2>Both of you sign</h2>
      <SignatureCards reviewers={signedIn} signatures={signatures} problems={action.problems} />
      {busy && <WorkProgress task="destroy" />}
    </RegisterForm>
  );
}

function Copies({ holdings: { backups, exports } }: { readonly holdings: CaseHoldings }) {
  return (
    <section className="stack">
      <h2>Copies that stay</h2>
      {backups.length === 0 && exports.length === 0 && <p>The app made no copy of this case. Copies that somebody made without the app are not known.</p>}
      {backups.length > 0 && (
        <div className="stack-tight">
          <h3>{count(backups.length, 'backup')} {backups.length === 1 ? 'holds' : 'hold'} it. Destroy {backups.length === 1 ? 'it' : 'them'} too.</h3>
          <ul className="register-rows">{backups.map((backup) => <li key={`${backup.at} ${backup.place}`}><p><FilePath path={backup.place} /></p><p className="small muted">{shortDateAndTime(backup.at)}</p></li>)}</ul>
        </div>
      )}
      {exports.length > 0 && (
        <div className="stack-tight">
          <h3>{count(exports.length, 'bundle')} {exports.length === 1 ? 'was' : 'were'} made of it. The app cannot call {exports.length === 1 ? 'it' : 'them'} back.</h3>
          <ul className="register-rows">{exports.map((each) => <li key={`${each.at} ${each.recipient}`}><p>{RECIPIENTS.find(({ id }) => id === each.recipient)?.title ?? each.recipient}</p><p className="small muted">{shortDateAndTime(each.at)}</p></li>)}</ul>
        </div>
      )}
    </section>
  );
}
