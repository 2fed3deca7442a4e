import { useState } from 'react';
import type { FlagListView } from '../../../src/ipc/lists-contract.js';
import { client } from '../../client.js';
import { holdsOf } from '../../logic/flag-lists.js';
import { dateAndTime, grouped, listOf, number } from '../../logic/format.js';
import { Answers, type AnswerRow } from '../../ui/answers.js';
import { Button } from '../../ui/button.js';
import { Note } from '../../ui/note.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { Finished } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';
import { RegisterForm, RegisterHeading, type RegisterPageProps } from './register-form.js';

/** Props of {@link ListDetail}. */
export interface ListDetailProps extends Pick<RegisterPageProps, 'signedIn'> {
  readonly list: FlagListView;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}

/** What is known of one list, and the way to remove it. */
export function ListDetail({ list, ...rest }: ListDetailProps) {
  const [removing, setRemoving] = useState(false);
  if (removing) return <RemoveList list={list} {...rest} onKeep={() => { setRemoving(false); }} />;
  return (
    <div className="stack-wide">
      <RegisterHeading title={list.source} />
      {list.damaged && <Damaged />}
      <Answers rows={factsOf(list)} />
      <p className="row">
        {list.removed === null && <Button onPress={() => { setRemoving(true); }}>Remove this list…</Button>}
        <Button onPress={rest.onClose}>Back to the lists</Button>
      </p>
    </div>
  );
}

/** What a damaged list means. */
export function Damaged() {
  return <Note tone="warn"><p><b>A list was damaged and cannot be searched.</b></p><p>No browser starts until it is removed. Remove it, and import it again from the file. Then check everything: other things on this disk may be damaged too.</p></Note>;
}

function factsOf(list: FlagListView): AnswerRow[] {
  return [
    { question: 'Handed over by', answer: list.givenBy }, { question: 'What it holds', answer: holdsOf(list.format) },
    { question: 'Different values', answer: list.skipped === 0 ? number(list.values) : `${number(list.values)}, and ${number(list.skipped)} left out (a quality of 49 or less)` },
    { question: 'Imported', answer: `${dateAndTime(list.at)}, by ${listOf(list.by)}` },
    ...(list.removed === null ? [] : [{ question: 'Removed', answer: `${dateAndTime(list.removed.at)}, by ${listOf(list.removed.by)}` }]),
    { question: 'Note', answer: list.note === '' ? '' : <span className="list-note">{list.note}</span> },
    { question: 'SHA-256 of the file', answer: <span className="mono small wrap-anywhere">{grouped(list.file)}</span> },
  ];
}

function RemoveList({ list, signedIn, onRemoved, onClose, onKeep }: ListDetailProps & { readonly onKeep: () => void }) {
  const [done, setDone] = useState(false);
  const signatures = useSignatures(signedIn);
  const action = useAction();
  const remove = async (): Promise<void> => {
    if (!action.check(signatures.missing())) return;
    const credentials = signatures.take();
    if (!(await action.run(() => client.call('lists.remove', { ...credentials, id: list.id })))) return;
    setDone(true);
    onRemoved();
  };
  if (done) {
    return (
      <Finished title="The list is removed">
        <p className="wrap-anywhere">Nothing on <b>{list.source}</b> is looked for any more. That there was such a list, who gave it to you and who removed it stays on this computer.</p>
        <Button look="primary" onPress={onClose}>Back to the lists</Button>
      </Finished>
    );
  }
  return (
    <RegisterForm title="Remove this list?" action={action} submit="Sign and remove this list" onSubmit={() => { void remove(); }} onBack={{ label: 'Keep this list', go: onKeep }} intro={<p className="lead wrap-anywhere">{list.source}</p>}>
      <ul className="bullets">
        <li>{list.values === 1 ? 'Its one value goes' : `Its ${number(list.values)} values go`} for good. To have them back you need the file.</li>
        <li>From the next time that the browser starts, nothing on it halts a case.</li>
        <li>What halted a case before stays halted.</li>
        <li>A backup that was made before still holds it.</li>
      </ul>
      <SignatureCards reviewers={signedIn} signatures={signatures} problems={action.problems} />
    </RegisterForm>
  );
}
