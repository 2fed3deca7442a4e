import { useState } from 'react';
import { Panel } from '../../ui/panel.js';
import { problemOf } from '../../ui/error-summary.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { capture } from './capture.js';

/** Asks how often and how many times the view is captured. */
export function SeriesPanel({ onClose }: { readonly onClose: () => void }) {
  const [every, setEvery] = useState('2');
  const [most, setMost] = useState('20');
  const action = useAction();
  const everySeconds = Number(every.replace(',', '.'));
  const count = Number(most);
  const submit = (): void => {
    const problems = [
      ...(every.trim() !== '' && everySeconds >= 0.5 && everySeconds <= 60 ? [] : [{ field: 'series-every', sentence: 'Say how often: from 0.5 to 60 seconds' }]),
      ...(Number.isInteger(count) && count >= 2 && count <= 100 ? [] : [{ field: 'series-count', sentence: 'Say how many pictures: from 2 to 100' }]),
    ];
    if (!action.check(problems)) return;
    onClose();
    capture({ form: 'series', everySeconds, count });
  };
  return (
    <Panel title="Series of pictures" problems={action.problems} submit="Start" pending={false} onSubmit={submit} onClose={onClose}>
      <p>For what does not stay on the page, such as messages that vanish. What is on the screen is captured again and again while you both watch. Nothing is kept until you have looked at all of the pictures and answered.</p>
      <TextField id="series-every" label="Seconds between pictures" narrow maxLength={6} value={every} onChange={setEvery} error={problemOf(action.problems, 'series-every')} />
      <TextField id="series-count" label="Pictures at most" hint="You can finish earlier." narrow maxLength={3} value={most} onChange={setMost} error={problemOf(action.problems, 'series-count')} />
    </Panel>
  );
}
