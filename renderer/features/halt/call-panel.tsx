import { useState } from 'react';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { instantOf, localFields, timeLabel } from '../../logic/local-time.js';
import { problemOf } from '../../ui/error-summary.js';
import { Panel } from '../../ui/panel.js';
import { signedInReviewers } from '../../ui/people.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import { Numbers, Script } from './call-now.js';

/** Writes down a call to the police. */
export function CallPanel({ app, view, onClose }: { readonly app: AppState; readonly view: CaseView; readonly onClose: () => void }) {
  const [call, setCall] = useState({ force: app.contacts.policeForce, officer: '', reference: '', advice: '' });
  const [by, setBy] = useState(view.heldBy);
  const [opened] = useState(() => localFields(new Date().toISOString()));
  const [when, setWhen] = useState(opened);
  const action = useAction((code) => (code === 'halt.call-time' ? 'call-date' : undefined));
  const submit = async (): Promise<void> => {
    // Untouched, it is the minute in which this was opened: the app's own clock knows that better.
    const changed = when.date !== opened.date || when.time !== opened.time;
    const calledAt = changed ? instantOf(when.date, when.time) : undefined;
    const problems = [
      ...(call.force.trim() === '' ? [{ field: 'force', sentence: 'Enter whom you called' }] : []),
      ...(calledAt === null ? [{ field: 'call-date', sentence: 'Write the date and the time, such as 24/11/2026 and 14:05' }] : []),
    ];
    if (!action.check(problems) || calledAt === null) return;
    const written = await action.run(async () => {
      await client.call('halt.call', { by, ...call, ...(calledAt === undefined ? {} : { calledAt }) });
      // Whoever wrote the call down has done that step.
      if (view.halt?.steps['police'] === undefined) await client.call('halt.step', { by, step: 'police', done: true });
    });
    if (written) onClose();
  };
  const field = (key: keyof typeof call) => ({ id: key, value: call[key], onChange: (text: string) => { setCall((before) => ({ ...before, [key]: text })); }, error: problemOf(action.problems, key) });
  return (
    <Panel title="Write down a call" problems={action.problems} submit="Add to the record" pending={action.pending} onSubmit={() => { void submit(); }} onClose={onClose}>
      <details className="call-script" open>
        <summary>Whom to call, and what to read out</summary>
        <div className="stack"><Numbers policeForce={app.contacts.policeForce} /><Script app={app} view={view} /></div>
      </details>
      <TextField {...field('force')} label="Police force" />
      <div className="row call-when">
        <TextField id="call-date" label="Date of the call" narrow value={when.date} onChange={(date) => { setWhen((before) => ({ ...before, date })); }} error={problemOf(action.problems, 'call-date')} />
        <TextField id="call-time" label={timeLabel(when)} narrow value={when.time} onChange={(time) => { setWhen((before) => ({ ...before, time })); }} />
      </div>
      <TextField {...field('officer')} label="Who answered (optional)" hint="Name, or collar number." />
      <TextField {...field('reference')} label="Their reference (optional)" hint="Ask for an incident or crime number." />
      <p className="small"><b>Ask them:</b> Should the computer stay on? Should the network cable come out? May you tell the IWF the address? May this computer be used again?</p>
      <TextArea {...field('advice')} label="What they told you to do" rows={4} />
      <Who id="call-by" label="Who called?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={by} onChange={setBy} />
    </Panel>
  );
}
