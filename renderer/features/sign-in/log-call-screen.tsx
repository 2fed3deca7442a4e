import { useState } from 'react';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { problemOf } from '../../ui/error-summary.js';
import { Page } from '../../ui/page.js';
import { QuestionPage } from '../../ui/question-page.js';
import { Finished } from '../../ui/status.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';

/** One reviewer writes down a call to the police on a halted computer, before two have signed in or while the app is locked. */
export function LogCallScreen({ app, crisis }: { readonly app: AppState; readonly crisis: NonNullable<AppState['crisis']> }) {
  const [call, setCall] = useState({ force: app.contacts.policeForce, officer: '', reference: '', advice: '' });
  const [by, setBy] = useState<string | null>(null);
  const [logged, setLogged] = useState(false);
  const action = useAction();
  const submit = async (): Promise<void> => {
    const problems = [...(by === null ? [{ field: 'call-by', sentence: 'Choose who called' }] : []), ...(call.force.trim() === '' ? [{ field: 'force', sentence: 'Enter whom you called' }] : [])];
    if (!action.check(problems) || by === null) return;
    setLogged(await action.run(() => client.call('crisis.call', { by, ...call })));
  };
  const field = (key: keyof typeof call) => ({ id: key, value: call[key], onChange: (text: string) => { setCall((before) => ({ ...before, [key]: text })); }, error: problemOf(action.problems, key) });
  if (logged) {
    return (
      <Page>
        <Finished title="The call is written down">
          <p>It is sealed now: nobody can read it until two of you {app.screen === 'locked' ? 'come back' : 'sign in'}. Then it goes into the record, with the time at which you wrote it.</p>
          <p className="row">
            <Button look="primary" onPress={() => { goTo('home'); }}>{app.screen === 'locked' ? 'Back to the locked screen' : 'Back to signing in'}</Button>
            <Button onPress={() => { setCall({ force: call.force, officer: '', reference: '', advice: '' }); setLogged(false); }}>Write down another call</Button>
          </p>
        </Finished>
      </Page>
    );
  }
  return (
    <Page>
      <QuestionPage
        title="Write down a call" caption={`This computer is halted, case ${crisis.caseReference}`} problems={action.problems} submit="Write the call down" pending={action.pending} onSubmit={() => { void submit(); }} onBack={() => { goTo('home'); }}
        intro={<p>Write down what the police told you. Describe nothing that you saw.</p>}
      >
        <Who id="call-by" label="Who called?" reviewers={app.reviewers} value={by} onChange={setBy} error={problemOf(action.problems, 'call-by')} />
        <TextField {...field('force')} label="Police force" />
        <TextField {...field('officer')} label="Who answered (optional)" hint="Name, or collar number." />
        <TextField {...field('reference')} label="Their reference (optional)" hint="Ask for an incident or crime number." />
        <TextArea {...field('advice')} label="What they told you to do" rows={4} />
      </QuestionPage>
    </Page>
  );
}
