import { OctagonX } from 'lucide-react';
import { stop } from '../../store.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import './halt.css';
import './halt-question.css';

/** Between STOP and the engine's answer: the page is hidden already. */
export function StoppingScreen({ failed }: { readonly failed: string | null }) {
  return (
    <main className="halt-page">
      <div className="stopping stack-wide" role="alert">
        <p className="halt-kicker"><OctagonX size={22} aria-hidden="true" />STOP</p>
        <PageHeading title="The page is hidden" />
        {failed === null && <p className="lead">Cutting the browser off…</p>}
      </div>
      {failed !== null && (
        <div className="stopping stopping-failed stack-wide">
          <p className="lead">The app could not cut the browser off. <b>Turn the monitor off now</b>, or cover it. Then call the police: 999 if a child is in danger, otherwise 101.</p>
          <ErrorSummary problems={[{ sentence: failed }]} />
          <Button look="stop" large onPress={stop}>Try STOP again</Button>
        </div>
      )}
    </main>
  );
}
