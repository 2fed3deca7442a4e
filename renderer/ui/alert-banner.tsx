import { client } from '../client.js';
import { clearProblem, reportProblem, useScreens } from '../store.js';
import { Button } from './button.js';
import { ErrorSummary } from './error-summary.js';
import { Note } from './note.js';

/** What happened by itself, and what a call outside any form was refused for. */
export function AlertBanner() {
  const alert = useScreens((screens) => screens.app?.alert ?? null);
  const problems = useScreens((screens) => screens.problems);
  if (alert === null && problems.length === 0) return null;
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
      {problems.length > 0 && (
        <div className="stack-tight">
          <ErrorSummary problems={problems} />
          <Button look="link" onPress={clearProblem}>Close this message</Button>
        </div>
      )}
    </div>
  );
}
