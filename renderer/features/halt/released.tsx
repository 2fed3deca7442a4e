import { client } from '../../client.js';
import { attempt, goTo } from '../../store.js';
import { Button } from '../../ui/button.js';

/** What is left to do once both have signed what the police said. */
export function Released({ ended }: { readonly ended: boolean }) {
  return (
    <div className="stack halt-lead">
      {!ended && <p className="lead">You have both signed what the police told you. The case stays halted; nothing can be added to it but calls and notes.</p>}
      <p className="row">
        <Button look="primary" large onPress={() => { goTo('export'); }}>Make a bundle for the police</Button>
        <Button large onPress={() => { goTo('review'); }}>Read the case</Button>
        <Button look="link" onPress={() => { attempt(client.call('case.close', {})); }}>Back to the cases</Button>
      </p>
    </div>
  );
}
