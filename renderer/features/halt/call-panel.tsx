import { useState } from 'react';
import type { AppState, CaseView } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { problemOf } from '../../ui/error-summary.js';
import { Panel } from '../../ui/panel.js';
import { signedInReviewers } from '../../ui/people.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';

/** Writes down a call to the police. */
export function CallPanel({ app, view, onClose }: { readonly app: AppState; readonly view: CaseView; readonly onClose: () => void }) {
  const [call, setCall] = useState({ force: app.contacts.policeForce, officer: '', reference: '', advice: '' });
  const [by, setBy] = useState(view.heldBy);
  const action = useAction();
  const submit = async (): Promise<void> => {
    if (!action.check(call.force.trim() === '' ? [{ field: 'force', sentence: 'Enter whom you called' }] : [])) return;
    if (await action.run(() => client.call('halt.call', { by, ...call }))) onClose();
  };
  const field = (key: keyof typeof call) => ({ id: key, value: call[key], onChange: (text: string) => { setCall((before) => ({ ...before, [key]: text })); }, error: problemOf(action.problems, key) });
  return (
    <Panel title="Write down a call" problems={action.problems} submit="Add to the record" pending={action.pending} onSubmit={() => { void submit(); }} onClose={onClose}>
      <TextField {...field('force')} label="Police force" />
      <TextField {...field('officer')} label="Who answered (optional)" hint="Name, or badge number." />
      <TextField {...field('reference')} label="Their reference (optional)" hint="Ask for an incident or crime number." />
      <p className="small"><b>Ask them:</b> Should the computer stay on? Should the network cable come out? May you tell the IWF the address? May this computer be used again?</p>
      <TextArea {...field('advice')} label="What they told you to do" rows={4} />
      <Who id="call-by" label="Who called?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={by} onChange={setBy} />
    </Panel>
  );
}
