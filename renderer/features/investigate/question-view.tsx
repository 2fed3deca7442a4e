import { KeyRound, ShieldX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { CaseView, QuestionView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { CertificateQuestion } from './certificate-question.js';
import { PasswordQuestion } from './password-question.js';
import './question-view.css';

/** What the browser asks, in the place of the page that it has not opened. */
export function QuestionPage({ app, view, question }: { readonly app: AppState; readonly view: CaseView; readonly question: QuestionView }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whoever is writing beside the page is not torn away; the alert below is read out all the same.
    const writing = document.activeElement?.closest('.case-side');
    if (writing == null) heading.current?.focus({ preventScroll: true });
  }, []);
  const certificate = question.kind === 'certificate';
  const Icon = certificate ? ShieldX : KeyRound;
  return (
    <section className="question-view" aria-labelledby="question-title">
      <div className="question-card stack-wide">
        <div role="alert">
          <h2 id="question-title" className="question-title" ref={heading} tabIndex={-1}><Icon size={28} aria-hidden="true" />{certificate ? 'This site could not prove who it is' : 'This site asks for a name and password'}</h2>
        </div>
        {question.kind === 'certificate' ? <CertificateQuestion app={app} view={view} question={question} /> : <PasswordQuestion app={app} view={view} question={question} />}
      </div>
    </section>
  );
}
