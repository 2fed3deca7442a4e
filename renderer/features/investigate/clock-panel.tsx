import { useState } from 'react';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { Note } from '../../ui/note.js';
import { Panel } from '../../ui/panel.js';
import { problemOf } from '../../ui/error-summary.js';
import { signedInReviewers } from '../../ui/people.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import { clockSentence } from '../pre-flight/clock-question.js';

/** Holds this computer's clock against another one; it is written down and nothing is set. */
export function ClockPanel({ app, view, onClose }: { readonly app: AppState; readonly view: CaseView; readonly onClose: () => void }) {
  const [source, setSource] = useState('');
  const [shown, setShown] = useState('');
  const [by, setBy] = useState(view.heldBy);
  const [offset, setOffset] = useState<number | null>(null);
  const action = useAction((code) => (code === 'clock.bad-time' ? 'clock-shown' : undefined));
  const submit = async (): Promise<void> => {
    const problems = [
      ...(source.trim() === '' ? [{ field: 'clock-source', sentence: 'Say which clock you compare with' }] : []),
      ...(shown.trim() === '' ? [{ field: 'clock-shown', sentence: 'Type the time that the other clock shows' }] : []),
    ];
    if (!action.check(problems)) return;
    await action.run(async () => { setOffset((await client.call('clock.manual', { by, source, shown: shown.trim(), note: '' })).offsetMs); });
  };
  return (
    <Panel title="Compare the clock" problems={action.problems} submit="Now" closeLabel="Close" pending={action.pending} onSubmit={() => { void submit(); }} onClose={onClose}>
      <p>Take a clock that you trust, such as the speaking clock. Type a time that it will show in a moment, and press <b>Now</b> when it does. This computer’s clock is not changed.</p>
      <TextField id="clock-source" label="Which clock do you compare with?" value={source} onChange={setSource} error={problemOf(action.problems, 'clock-source')} />
      <TextField id="clock-shown" label="The time that it shows" hint="Hours, minutes and seconds, such as 14:05:30." narrow maxLength={8} value={shown} onChange={setShown} error={problemOf(action.problems, 'clock-shown')} />
      <Who id="clock-by" label="Who compares?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={by} onChange={setBy} />
      <div role="status">{offset !== null && <Note><p>{clockSentence(offset)} It is in the record.</p></Note>}</div>
    </Panel>
  );
}
