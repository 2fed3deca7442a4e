import { client } from '../client.js';
import { attempt, clearProblem, reportProblem, useScreens } from '../store.js';
import { Button } from './button.js';
import { ErrorSummary } from './error-summary.js';
import { Note } from './note.js';

/** What happened by itself, which bundle waits, and what a call outside any form was refused for. */
export function AlertBanner() {
  const alert = useScreens((screens) => screens.app?.alert ?? null);
  const problems = useScreens((screens) => screens.problems);
  const bundle = useScreens(({ app, waiting }) => (waiting !== null && app?.screen !== 'locked' && app?.screen !== 'halted' ? (app?.offered ?? null) : null));
  if (alert === null && problems.length === 0 && bundle === null) return null;
  return (
    <div className="alerts">
      {alert !== null && (
        <div role="alert">
          <Note tone="warn">
            <p>{alert.sentence}</p>
            <p><Button look="link" onPress={() => { client.call('alert.dismiss', {}).catch(reportProblem); }}>We have both read this</Button></p>
          </Note>
        </div>
      )}
      {bundle !== null && (
        <div role="status">
          <Note><p>The bundle <b className="wrap-anywhere">{bundle.name}</b> is waiting to be checked. It opens when you have finished here. <Button look="link" onPress={() => { attempt(client.call('verify.cancel', { id: bundle.id })); }}>Do not open it</Button></p></Note>
        </div>
      )}
      {problems.length > 0 && (
        <div className="stack-tight">
          <ErrorSummary problems={problems} />
          <Button look="link" onPress={clearProblem}>Close this message</Button>
        </div>
      )}
    </div>
  );
}
