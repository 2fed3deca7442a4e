import { useState } from 'react';
import type { HaltView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { dateAndTime } from '../../logic/format.js';
import { RadioGroup } from '../../ui/choices.js';
import { Panel } from '../../ui/panel.js';
import { problemOf } from '../../ui/error-summary.js';
import { signedInReviewers } from '../../ui/people.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';

const ENDINGS = [
  { id: 'handed-to-police', title: 'The police have taken the case', meaning: 'Nothing can be added to it any more. You can still make bundles of it. The computer stays halted until you both sign that it may be used again.' },
  { id: 'no-further-action', title: 'The police advise no further action', meaning: 'Only what an officer told you counts. The school’s own procedure goes on. The page stays closed; exhibits of it stay quarantined: locked away, never shown or copied.' },
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
      ...(said.officer.trim() === '' ? [{ field: 'end-officer', sentence: 'Enter which officer told you' }] : []),
      ...(said.text.trim() === '' ? [{ field: 'end-text', sentence: 'Write what the officer said' }] : []),
      ...signatures.missing(),
    ];
    if (!action.check(problems) || how === null) return;
    const credentials = signatures.take();
    if (await action.run(() => client.call('halt.end', { ...credentials, how, advisedAt: calledAt, ...said }))) onClose();
  };
  const field = (key: keyof typeof said) => ({ id: `end-${key}`, value: said[key], onChange: (text: string) => { setSaid((before) => ({ ...before, [key]: text })); }, error: problemOf(action.problems, `end-${key}`) });
  return (
    <Panel title="What happens with this case" problems={action.problems} submit="Sign together" pending={action.pending} onSubmit={() => { void submit(); }} onClose={onClose}>
      <RadioGroup id="how" label="What did the police decide?" options={ENDINGS} value={how} onChange={(id) => { setHow(id as How); }} error={problemOf(action.problems, 'how')} />
      <TextField {...field('reference')} label="Police reference" hint="Write “not given” if you do not have one." />
      <TextField {...field('officer')} label="Which officer?" hint="Name, or collar number, or “not given”." />
      {halt.calls.length > 0 && (
        <RadioGroup id="end-call" label="In which call?" options={halt.calls.filter((call, at, all) => all.findIndex((other) => other.calledAt === call.calledAt) === at).map((call) => ({ id: call.calledAt, title: `${dateAndTime(call.calledAt)}, ${call.force}` }))} value={calledAt} onChange={setCalledAt} />
      )}
      <TextArea {...field('text')} label="What did the officer say?" hint="Their words, as near as you can. Do not describe what the page showed." rows={3} />
      <SignatureCards narrow reviewers={reviewers} signatures={signatures} problems={action.problems} />
    </Panel>
  );
}
