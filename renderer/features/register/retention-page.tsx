import { useState } from 'react';
import { client } from '../../client.js';
import { count } from '../../logic/format.js';
import { problemOf } from '../../ui/error-summary.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { Status } from '../../ui/status.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';
import { wholeNumber } from './rules-page.js';

/** After how long a sealed case is looked at again. */
export function RetentionPage({ admin, signedIn }: RegisterPageProps) {
  const [months, setMonths] = useState(admin.retentionMonths === null ? '' : String(admin.retentionMonths));
  const [saved, setSaved] = useState<number | null | 'not'>('not');
  const signatures = useSignatures(signedIn);
  const action = useAction();
  const save = async (): Promise<void> => {
    setSaved('not');
    const wanted = wholeNumber(months, 1, 1_200);
    if (!action.check([...(wanted === 'wrong' ? [{ field: 'retention', sentence: 'Type a number of months between 1 and 1,200, or leave it empty' }] : []), ...signatures.missing()]) || wanted === 'wrong') return;
    const credentials = signatures.take();
    if (await action.run(() => client.call('retention.save', { ...credentials, months: wanted }))) setSaved(wanted);
  };
  return (
    <RegisterForm
      title="Retention" action={action} submit="Sign and save" onSubmit={() => { void save(); }}
      status={<Status>{saved === 'not' ? null : saved === null ? 'Saved. Sealed cases have no review date.' : `Saved. Sealed cases are marked for review ${count(saved, 'month')} after sealing.`}</Status>}
      intro={<p>A sealed case is marked in the list when it is time to decide whether it is still needed. Nothing is ever destroyed by itself.</p>}
    >
      <TextField
        id="retention" label="Review sealed cases after how many months? (optional)" hint="For example 12. Leave it empty for no date." narrow maxLength={4} value={months} error={problemOf(action.problems, 'retention')}
        onChange={(text) => {
          setSaved('not');
          setMonths(text);
        }}
      />
      <p className="measure">How long a case must be kept is for your school’s retention schedule. It differs between child protection files and allegations against staff, and it can be decades. If you are not sure, keep the case.</p>
      <SignatureCards reviewers={signedIn} signatures={signatures} problems={action.problems} />
    </RegisterForm>
  );
}
