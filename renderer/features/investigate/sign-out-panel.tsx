import type { CaseView } from '../../../src/ipc/case-view.js';
import { beginSignOut } from '../../store.js';
import { Panel } from '../../ui/panel.js';
import { useAction } from '../../ui/use-action.js';
import { ClockQuestion, useClockAnswer } from '../pre-flight/clock-question.js';

/** Asks before the case is closed and both leave. */
export function SignOutPanel({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const clock = useClockAnswer(view);
  const action = useAction();
  return (
    <Panel title="Sign out?" problems={action.problems} submit="Close the case and go on" closeLabel="Stay here" pending={action.pending} onSubmit={() => { void action.run(async () => { await clock.leave(); await beginSignOut(); }); }} onClose={onClose}>
      <div className="stack">
        <p>The browser and the case are closed. Then both of you read what you did and sign for it.</p>
        <p>If you only want a break, choose <b>Lock</b>: the page is hidden at once, and stays where it is until both of you are back.</p>
        <ClockQuestion answer={clock} />
      </div>
    </Panel>
  );
}
