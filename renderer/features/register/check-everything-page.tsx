import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { CheckView } from '../../../src/ipc/admin-state.js';
import { count, dateAndTime, number, size } from '../../logic/format.js';
import { checkEverything, useScreens } from '../../store.js';
import { Answers } from '../../ui/answers.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { Note } from '../../ui/note.js';
import { WorkProgress } from '../../ui/progress.js';
import { useAction } from '../../ui/use-action.js';
import { RegisterHeading, type RegisterPageProps } from './register-form.js';

/** Reads everything that was ever kept and says what is not as it was written. */
export function CheckEverythingPage({ admin }: RegisterPageProps) {
  const checked = useScreens((screens) => screens.checked);
  const busy = useScreens((screens) => screens.progress?.task === 'check');
  const action = useAction();
  const check = (): void => { void action.run(checkEverything); };
  return (
    <div className="stack-wide">
      <ErrorSummary problems={action.problems} />
      <RegisterHeading title="Check everything">
        <p className="lead">The app reads every entry and every evidence file of every case, and compares it with what was signed. It changes nothing.</p>
        <p>You can do other things meanwhile. Many cases take a while. Quarantined files are checked without being opened.</p>
      </RegisterHeading>
      {busy ? <div className="card register-card"><WorkProgress task="check" /></div> : <Button look="primary" large pending={action.pending} onPress={check}>{checked === null ? 'Check everything now' : 'Check again'}</Button>}
      <div role="status">{checked !== null && !busy && <CheckResult checked={checked} />}</div>
      {checked === null && !busy && <p className="muted">{lastOf(admin.lastCheck)}</p>}
    </div>
  );
}

function lastOf(last: RegisterPageProps['admin']['lastCheck']): string {
  if (last === null) return 'Nothing has been checked in full yet.';
  return `Last checked on ${dateAndTime(last.at)}: ${last.findings === 0 ? 'all in order' : `${count(last.findings, 'finding')}. Check again to see what they are`}.`;
}

function CheckResult({ checked }: { readonly checked: CheckView }) {
  const { findings } = checked;
  return (
    <section className="stack">
      {findings.length === 0
        ? <div className="verdict-ok"><h2><CircleCheck size={26} aria-hidden="true" />Everything is as it was written</h2><p>Checked on {dateAndTime(checked.at)}.</p></div>
        : (
          <Note tone="warn">
            <h2>{count(findings.length, 'thing')} {findings.length === 1 ? 'is' : 'are'} not as written</h2>
            <p>Do not continue the cases named below. Make no new backup over an older one. Write down what stands here, and ask whoever looks after this computer for help. Bundles that you made earlier can still be checked by themselves.</p>
          </Note>
        )}
      {findings.length > 0 && (
        <ul className="register-rows findings" aria-label="Findings">
          {findings.map((finding, at) => (
            <li key={`${at} ${finding.code}`}>
              <TriangleAlert size={20} aria-hidden="true" />
              <div><p className="wrap-anywhere">{finding.sentence}</p><p className="small muted">{finding.reference === null ? 'Not part of one case' : `Case ${finding.reference}`} · <span className="mono">{finding.code}</span></p></div>
            </li>
          ))}
        </ul>
      )}
      <h2>What was checked</h2>
      <Answers
        rows={[
          { question: 'Cases', answer: number(checked.cases) }, { question: 'Entries', answer: number(checked.entries) },
          { question: 'Evidence files', answer: `${number(checked.objects)}, ${size(checked.bytes)}` }, { question: 'Quarantined files', answer: number(checked.quarantined) },
        ]}
      />
    </section>
  );
}
