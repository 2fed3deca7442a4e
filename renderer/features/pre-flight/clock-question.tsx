import { useState } from 'react';
import type { CaseView } from '../../../src/ipc/case-view.js';
import { client } from '../../client.js';
import { timeWithSeconds } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { Note } from '../../ui/note.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';

/** The question about the clock, while it is being answered. */
export interface ClockAnswer {
  /** Whether it is asked: nobody knew today how far the clock is off. */
  readonly asked: boolean;
  readonly by: string;
  readonly offset: number | null;
  readonly compared: (offsetMs: number | null) => void;
  /** Goes on: that it was not compared is written down, once. */
  readonly leave: () => Promise<void>;
}

/** See {@link ClockAnswer}. */
export function useClockAnswer(view: CaseView): ClockAnswer {
  const [asked] = useState(view.clockAsked === true);
  const [offset, compared] = useState<number | null>(null);
  const [left, setLeft] = useState(false);
  const leave = async (): Promise<void> => {
    if (!asked || left || offset !== null) return;
    await client.call('clock.manual', { by: view.heldBy, source: 'No other clock', shown: null, note: 'The question was left out.' });
    setLeft(true);
  };
  return { asked, by: view.heldBy, offset, compared, leave };
}

/** Asks both to compare this computer's clock with one that they trust; nobody has to. */
export function ClockQuestion({ answer }: { readonly answer: ClockAnswer }) {
  const [source, setSource] = useState('A phone');
  const [shown, setShown] = useState('');
  const action = useAction((code) => (code === 'clock.bad-time' ? 'clock-shown' : undefined));
  const compare = async (): Promise<void> => {
    if (!action.check(shown.trim() === '' ? [{ field: 'clock-shown', sentence: 'Type the time that the other clock will show' }] : [])) return;
    await action.run(async () => { answer.compared((await client.call('clock.manual', { by: answer.by, source: source.trim() === '' ? 'Another clock' : source, shown: shown.trim(), note: '' })).offsetMs); });
  };
  if (!answer.asked) return null;
  return (
    <fieldset className="pre-flight-group stack-tight">
      <legend className="pre-flight-legend">Is this computer’s clock right?</legend>
      {answer.offset === null
        ? (
          <>
            <p className="field-hint">Look at another clock that shows seconds: a phone, or the speaking clock on 123. Type a time that it will show in a moment, such as its next full minute, and press <b>Now</b> when it shows it. You can leave this out; the record will say so.</p>
            <ErrorSummary problems={action.problems} />
            <TextField id="clock-source" label="Which clock do you compare with?" value={source} onChange={setSource} />
            <TextField id="clock-shown" label="The time that it will show" hint={`Hours, minutes and seconds, such as ${nextMinute()}.`} narrow maxLength={8} value={shown} onChange={setShown} error={problemOf(action.problems, 'clock-shown')} />
            <div className="row"><Button pending={action.pending} onPress={() => { void compare(); }}>Now</Button></div>
          </>
        )
        : null}
      <div role="status">{answer.offset !== null && <Note><p>{clockSentence(answer.offset)} It is in the record.</p></Note>}</div>
    </fieldset>
  );
}

/** The next full minute by this computer's clock, as an example of what to type. */
function nextMinute(): string {
  return timeWithSeconds(new Date(Math.ceil(Date.now() / 60_000 + 0.25) * 60_000).toISOString());
}

/** How far another clock is ahead, in words. */
export function clockSentence(offsetMs: number): string {
  const seconds = Math.round(Math.abs(offsetMs) / 1_000);
  if (seconds === 0) return 'Both clocks show the same time, to the second.';
  return `The other clock is ${seconds} ${seconds === 1 ? 'second' : 'seconds'} ${offsetMs > 0 ? 'ahead of' : 'behind'} this computer.`;
}
