import { useState } from 'react';
import { haltStepsFor } from '../../../src/investigation/policy/halt-steps.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { unbroken } from '../../logic/format.js';
import { instantOf, localFields, timeLabel } from '../../logic/local-time.js';
import { RadioGroup } from '../../ui/choices.js';
import { problemOf, type Problem } from '../../ui/error-summary.js';
import { Panel } from '../../ui/panel.js';
import { signedInReviewers } from '../../ui/people.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import { Numbers, Script } from './call-now.js';

const CALLED = [{ id: 'police', title: 'The police' }, { id: 'lado', title: 'The LADO' }] as const;

interface CallPanelProps {
  readonly app: AppState;
  readonly view: CaseView;
  readonly onClose: () => void;
}

/** Writes down a call to the police or, where a member of staff is or may be concerned, to the LADO. */
export function CallPanel({ app, view, onClose }: CallPanelProps) {
  const [who, setWho] = useState<string>('police');
  const [call, setCall] = useState({ force: app.contacts.policeForce, officer: '', reference: '', advice: '', name: '', said: '' });
  const [by, setBy] = useState(view.heldBy);
  const [opened] = useState(() => localFields(new Date().toISOString()));
  const [when, setWhen] = useState(opened);
  const action = useAction((code) => (code === 'halt.call-time' ? 'call-date' : undefined));
  const lado = who === 'lado';
  const send = async (at: string | undefined): Promise<void> => {
    const { force, officer, reference, advice, name, said } = call;
    if (lado) await client.call('staff.advice', { by, from: 'lado', name, advice: said, advisedAt: at ?? new Date().toISOString() });
    else await client.call('halt.call', { by, force, officer, reference, advice, ...(at === undefined ? {} : { calledAt: at }) });
    // Whoever wrote the call down has done that step.
    if (view.halt?.steps[who] === undefined) await client.call('halt.step', { by, step: who, done: true });
  };
  const submit = async (): Promise<void> => {
    // Untouched, it is the minute in which this was opened: the app's own clock knows that better.
    const at = when.date !== opened.date || when.time !== opened.time ? instantOf(when.date, when.time) : undefined;
    const problems = [...missing(lado, call), ...(at === null ? [{ field: 'call-date', sentence: 'Write the date and the time, such as 24/11/2026 and 14:05' }] : [])];
    if (!action.check(problems) || at === null) return;
    if (await action.run(() => send(at))) onClose();
  };
  const field = (key: keyof typeof call) => ({ id: key, value: call[key], onChange: (text: string) => { setCall((before) => ({ ...before, [key]: text })); }, error: problemOf(action.problems, key) });
  return (
    <Panel title="Write down a call" problems={action.problems} submit="Add to the record" pending={action.pending} onSubmit={() => { void submit(); }} onClose={onClose}>
      {mayCallLado(view) && <RadioGroup id="call-who" label="Whom did you call?" layout="inline" options={CALLED} value={who} onChange={setWho} />}
      {lado ? <LadoNumber number={app.contacts.lado} /> : <PoliceNumbers app={app} view={view} />}
      {!lado && <TextField {...field('force')} label="Police force" />}
      <div className="row call-when">
        <TextField id="call-date" label="Date of the call" narrow value={when.date} onChange={(date) => { setWhen((before) => ({ ...before, date })); }} error={problemOf(action.problems, 'call-date')} />
        <TextField id="call-time" label={timeLabel(when)} narrow value={when.time} onChange={(time) => { setWhen((before) => ({ ...before, time })); }} />
      </div>
      {lado
        ? <>
            <TextField {...field('name')} label="Whom did you speak to?" hint="Name and job title." />
            <TextArea {...field('said')} label="What did they advise?" hint="Who may be told, and what happens next." rows={4} />
          </>
        : <>
            <TextField {...field('officer')} label="Who answered (optional)" hint="Name, or collar number." />
            <TextField {...field('reference')} label="Their reference (optional)" hint="Ask for an incident or crime number." />
            <p className="small"><b>Ask them:</b> Should the computer stay on? Should the network cable come out? May you tell the IWF the address? May this computer be used again?</p>
            <TextArea {...field('advice')} label="What they told you to do" rows={4} />
          </>}
      <Who id="call-by" label="Who called?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={by} onChange={setBy} />
    </Panel>
  );
}

/** The LADO is called where a halt's steps say so; what belongs to another computer takes calls to the police alone. */
function mayCallLado(view: CaseView): boolean {
  return !view.elsewhere && haltStepsFor(view.subject).some(({ id }) => id === 'lado');
}

function missing(lado: boolean, { force, name, said }: { readonly force: string; readonly name: string; readonly said: string }): Problem[] {
  if (!lado) return force.trim() === '' ? [{ field: 'force', sentence: 'Enter whom you called' }] : [];
  return [
    ...(name.trim() === '' ? [{ field: 'name', sentence: 'Enter whom you spoke to' }] : []),
    ...(said.trim() === '' ? [{ field: 'said', sentence: 'Write what they advised' }] : []),
  ];
}

function PoliceNumbers({ app, view }: Omit<CallPanelProps, 'onClose'>) {
  return (
    <details className="call-script" open>
      <summary>Whom to call, and what to read out</summary>
      <div className="stack"><Numbers policeForce={app.contacts.policeForce} /><Script app={app} view={view} /></div>
    </details>
  );
}

function LadoNumber({ number }: { readonly number: string }) {
  return <p>{number === '' ? 'No number of the LADO is in the settings. Your council has it.' : <>LADO: <b>{unbroken(number)}</b>.</>} Basic facts only: do not interview anyone, and do not tell the person.</p>;
}
