import { client } from '../../client.js';
import { Panel } from '../../ui/panel.js';
import { useAction } from '../../ui/use-action.js';

/** Asks before both are signed out. */
export function StepOutPanel({ onClose }: { readonly onClose: () => void }) {
  const action = useAction();
  return (
    <Panel title="Step out?" problems={action.problems} submit="Step out" closeLabel="Stay here" pending={action.pending} onSubmit={() => { void action.run(() => client.call('sign-out', {})); }} onClose={onClose}>
      <div className="stack">
        <p>The browser closes and you are both signed out. Everything recorded so far is saved.</p>
        <p>To carry on, you both sign in again and open this case from the list. The page that you are on is not opened by itself.</p>
      </div>
    </Panel>
  );
}
