import { useState } from 'react';
import type { HaltView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { dateAndTime } from '../../logic/format.js';
import { RadioGroup } from '../../ui/choices.js';
import { Note } from '../../ui/note.js';
import { Panel } from '../../ui/panel.js';
import { problemOf } from '../../ui/error-summary.js';
import { signedInReviewers } from '../../ui/people.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';

const ENDINGS = [
  { id: 'handed-to-police', title: 'The police have taken the case', meaning: 'Nothing can be added to it any more. You can still make bundles of it.' },
  { id: 'no-further-action', title: 'The police advised no further action', meaning: 'The school’s own procedure goes on. The page stays closed, and what was quarantined stays quarantined.' },
] as const;

type How = (typeof ENDINGS)[number]['id'];

/** How the halt ends, signed by both. */
export function EndPanel({ app, halt, onClose }: { readonly app: AppState; readonly halt: HaltView; readonly onClose: () => void }) {
  const last = halt.calls.at(-1);
  const reviewers = signedInReviewers(app.reviewers, app.signedIn);
  const [how, setHow] = useState<How | null>(null);
  const [calledAt, setCalledAt] = useState<string | null>(last?.calledAt ?? null);
  const [said, setSaid] = useState({ reference: last?.reference ?? '', officer: last?.officer ?? '', text: '' });
  const signatures = useSignatures(reviewers);
  const action = useAction();
  const submit = async (): Promise<void> => {
    const problems = [
      ...(how === null ? [{ field: 'how', sentence: 'Choose how it ends' }] : []),
      ...(said.reference.trim() === '' ? [{ field: 'end-reference', sentence: 'Enter the police reference' }] : []),
      ...(how === 'no-further-action' && said.officer.trim() === '' ? [{ field: 'end-officer', sentence: 'Enter which officer advised it' }] : []),
      ...(how === 'no-further-action' && said.text.trim() === '' ? [{ field: 'end-text', sentence: 'Write what the officer said' }] : []),
      ...signatures.missing(),
    ];
    if (!action.check(problems) || how === null) return;
    const credentials = signatures.take();
    if (await action.run(() => client.call('halt.end', { ...credentials, how, advisedAt: calledAt, ...said }))) onClose();
  };
  const field = (key: keyof typeof said) => ({ id: `end-${key}`, value: said[key], onChange: (text: string) => { setSaid((before) => ({ ...before, [key]: text })); }, error: problemOf(action.problems, `end-${key}`) });
  return (
    <Panel title="How does the halt end?" problems={action.problems} submit="Sign together" pending={action.pending} onSubmit={() => { void submit(); }} onClose={onClose}>
      <RadioGroup id="how" label="What did the police decide?" options={ENDINGS} value={how} onChange={(id) => { setHow(id as How); }} error={problemOf(action.problems, 'how')} />
      {how === 'handed-to-police' && <Note><p>The computer stays halted until you both also sign that the police allow its use.</p></Note>}
      {how === 'no-further-action' && <Note tone="warn"><p>Only what an officer told you counts. That nothing was found does not mean that a page is harmless.</p></Note>}
      <TextField {...field('reference')} label="Police reference" />
      <TextField {...field('officer')} label={how === 'no-further-action' ? 'Which officer?' : 'Which officer? (optional)'} hint="Name, or badge number." />
      {halt.calls.length > 0 && (
        <RadioGroup id="end-call" label="In which call?" options={halt.calls.filter((call, at, all) => all.findIndex((other) => other.calledAt === call.calledAt) === at).map((call) => ({ id: call.calledAt, title: `${dateAndTime(call.calledAt)}, ${call.force}` }))} value={calledAt} onChange={setCalledAt} />
      )}
      <TextArea {...field('text')} label={how === 'no-further-action' ? 'What did the officer say?' : 'What did they say? (optional)'} hint="Their words, as near as you can. Do not describe what the page showed." rows={3} />
      <SignatureCards narrow reviewers={reviewers} signatures={signatures} problems={action.problems} />
    </Panel>
  );
}
