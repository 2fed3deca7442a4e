import { Check } from 'lucide-react';
import { useRef } from 'react';
import type { CaseView, QuestionView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { certificateWords } from '../../logic/certificate-words.js';
import { addressParts } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { Badge, signedInReviewers } from '../../ui/people.js';
import { useAction } from '../../ui/use-action.js';
import { useFocusIfLost } from './use-focus-if-lost.js';

/** A certificate that is not valid: both go on, or either goes back. */
export function CertificateQuestion({ app, view, question }: { readonly app: AppState; readonly view: CaseView; readonly question: Extract<QuestionView, { kind: 'certificate' }> }) {
  const action = useAction();
  const choices = useRef<HTMLDivElement>(null);
  useFocusIfLost(choices, question.agreed.length);
  const goOn = (by: string): void => { void action.run(() => client.call('question.answer', { id: question.id, by, answer: { kind: 'certificate', goOn: true } })); };
  const goBack = (): void => {
    void action.run(async () => {
      await client.call('question.answer', { id: question.id, by: view.heldBy, answer: { kind: 'certificate', goOn: false } });
      if (view.page?.canGoBack === true) await client.call('browse.back', {});
    });
  };
  return (
    <>
      <ErrorSummary problems={action.problems} />
      <p>The app has not opened <b className="wrap-anywhere">{addressParts(question.url).host}</b>. {certificateWords(question.error)} Somebody between this computer and the site could read or change what you would see.</p>
      <dl className="facts small">
        <div><dt>Address</dt><dd className="wrap-anywhere">{question.url}</dd></div>
        <div><dt>The browser says</dt><dd className="mono wrap-anywhere">{question.error}</dd></div>
      </dl>
      <p>Go on only if you need this page for the case. Both of you must say so, and the record will say that you did.</p>
      <div ref={choices} className="agree" role="group" aria-label="Go on" tabIndex={-1}>
        {signedInReviewers(app.reviewers, app.signedIn).map(({ initials, name }) => (
          <div key={initials} className="agree-one">
            <Badge initials={initials} small /><span className="agree-name">{name}</span>
            {question.agreed.includes(initials)
              ? <span className="agree-done" role="status"><Check size={18} aria-hidden="true" /><span className="unseen">{name}: </span>Agreed</span>
              : <Button isDisabled={action.pending} aria-label={`${name}: go on`} onPress={() => { goOn(initials); }}>Go on</Button>}
          </div>
        ))}
      </div>
      <Button look="primary" large onPress={goBack} isDisabled={action.pending}>Go back</Button>
    </>
  );
}
