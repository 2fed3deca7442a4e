import { useState } from 'react';
import type { CallResult } from '../../../src/ipc/contract.js';
import { client } from '../../client.js';
import { count, dateAndTime } from '../../logic/format.js';
import { problemOf } from '../../ui/error-summary.js';
import { Note } from '../../ui/note.js';
import { Panel } from '../../ui/panel.js';
import { TextArea } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';

type Match = CallResult<'words.compare'>['match'];

/** Holds eight words from a paper form against the record. */
export function WordsPanel({ onClose }: { readonly onClose: () => void }) {
  const [words, setWords] = useState('');
  const [found, setFound] = useState<{ readonly match: Match } | null>(null);
  const action = useAction((code) => (code === 'words.not-eight' ? 'paper-words' : undefined));
  const submit = async (): Promise<void> => {
    setFound(null);
    await action.run(async () => { setFound(await client.call('words.compare', { words })); });
  };
  return (
    <Panel title="Compare the record’s words" problems={action.problems} submit="Compare" closeLabel="Close" pending={action.pending} onSubmit={() => { void submit(); }} onClose={onClose}>
      <TextArea id="paper-words" label="The record’s eight words, from your paper" hint="In their order. The first four letters of each are enough." rows={3} value={words} onChange={setWords} error={problemOf(action.problems, 'paper-words')} />
      <div role="status">{found !== null && <Finding match={found.match} />}</div>
    </Panel>
  );
}

function Finding({ match }: { readonly match: Match }) {
  if (match === null) {
    return <Note tone="warn"><p><b>No checkpoint of this case has these words.</b> Check the spelling, and that the form is about this case. If they still do not match, this may not be the record that was there when the words were written. Leave the computer as it is and tell the person responsible for it.</p></Note>;
  }
  return <Note><p><b>The words match.</b> They are those of the checkpoint of {dateAndTime(match.at)}, after {count(match.count, 'entry', 'entries')}. Up to there the record is the one that was written down.</p></Note>;
}
