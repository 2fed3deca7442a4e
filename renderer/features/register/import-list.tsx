import { FileText } from 'lucide-react';
import { useState } from 'react';
import type { FlagListView } from '../../../src/ipc/lists-contract.js';
import { holdsOf, LARGEST_LIST, LIST_FORMAT_WORDS, type ListFormat } from '../../logic/flag-lists.js';
import { grouped, number, size } from '../../logic/format.js';
import { Answers } from '../../ui/answers.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { problemOf, type Problem } from '../../ui/error-summary.js';
import { FieldError } from '../../ui/field-error.js';
import { FileDrop } from '../../ui/file-drop.js';
import { ProgressBar, WorkProgress } from '../../ui/progress.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { Finished } from '../../ui/status.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction, type Action } from '../../ui/use-action.js';
import { RegisterForm, RegisterHeading, type RegisterPageProps } from './register-form.js';
import { useListImport, type ListImport } from './use-list-import.js';

/** What both say of a list before its file is read. */
interface ListAnswers {
  readonly file: File | null;
  readonly format: ListFormat | null;
  readonly source: string;
  readonly givenBy: string;
  readonly note: string;
}

const NOTHING: ListAnswers = { file: null, format: null, source: '', givenBy: '', note: '' };

/** Props of {@link ImportList}. */
export interface ImportListProps extends Pick<RegisterPageProps, 'signedIn'> {
  readonly onHold: (held: boolean) => void;
  readonly onImported: () => void;
  readonly onClose: () => void;
}

/** Asks what the list is, reads its file, and then asks both to sign for it. */
export function ImportList({ signedIn, onHold, onImported, onClose }: ImportListProps) {
  const [answers, setAnswers] = useState(NOTHING);
  const [imported, setImported] = useState<FlagListView | null>(null);
  const action = useAction((code) => (code.startsWith('lists.') && !NOT_OF_THE_FILE.has(code) ? 'list-file' : undefined));
  const importing = useListImport(onHold);
  const done = (list: FlagListView): void => {
    setImported(list);
    onImported();
  };
  if (imported !== null) return <Imported list={imported} onClose={onClose} />;
  switch (importing.now.stage) {
    case 'asking': return <AskList answers={answers} onChange={setAnswers} action={action} importing={importing} onClose={onClose} />;
    case 'reading': return <ReadingList file={answers.file} sent={importing.now.sent} onCancel={importing.cancel} />;
    case 'signing': return <SignList answers={answers} signedIn={signedIn} action={action} importing={importing} onImported={done} />;
  }
}

/** Refusals that another file would not mend. */
const NOT_OF_THE_FILE = new Set(['lists.busy', 'lists.browsing', 'lists.too-many-lists', 'lists.not-running']);

function AskList({ answers, onChange, action, importing, onClose }: { readonly answers: ListAnswers; readonly onChange: (answers: ListAnswers) => void; readonly action: Action; readonly importing: ListImport; readonly onClose: () => void }) {
  const field = (key: 'source' | 'givenBy' | 'note') => ({ id: key, value: answers[key], onChange: (text: string) => { onChange({ ...answers, [key]: text }); }, error: problemOf(action.problems, key) });
  const read = (): void => {
    const { file, format, source, givenBy, note } = answers;
    if (!action.check(problemsOf(answers)) || file === null || format === null) return;
    void action.run(() => importing.read({ source: source.trim(), givenBy: givenBy.trim(), note: note.trim(), format }, file));
  };
  const wrong = problemOf(action.problems, 'list-file');
  return (
    <RegisterForm
      title="Import a list" action={action} submit="Read the file" onSubmit={read} onBack={{ label: 'Cancel', go: onClose }}
      intro={<p className="lead">Take a list that the police or your filtering provider handed to you. The file is read on this computer and sent nowhere.</p>}
    >
      <div className="stack-tight list-file">
        <p className="field-label">The file</p>
        {wrong !== undefined && <FieldError id="list-file-error">{wrong}</FieldError>}
        <FileDrop id="list-file" label="Drop the list here" icon={FileText} file={answers.file} onFile={(file) => { onChange({ ...answers, file }); }} describedBy={wrong === undefined ? undefined : 'list-file-error'} />
      </div>
      <RadioGroup
        id="format" label="What is in the file?" hint="If you are not sure, ask whoever gave it to you." options={LIST_FORMAT_WORDS} value={answers.format} error={problemOf(action.problems, 'format')}
        onChange={(format) => { onChange({ ...answers, format: LIST_FORMAT_WORDS.find(({ id }) => id === format)?.id ?? null }); }}
      />
      <TextField {...field('source')} label="What do you call this list?" hint="The record uses this name, for example “Example Police, November 2026”." />
      <TextField {...field('givenBy')} label="Who handed it to you?" hint="Name, organisation and job title or collar number." />
      <TextArea {...field('note')} label="Note (optional)" hint="For example how it came to you, and what you were told to do with it. Up to 2,000 characters." rows={3} />
    </RegisterForm>
  );
}

function problemsOf({ file, format, source, givenBy, note }: ListAnswers): Problem[] {
  return [
    ...(file === null ? [{ field: 'list-file', sentence: 'Choose the file of the list' }] : []),
    ...(file?.size === 0 ? [{ field: 'list-file', sentence: 'This file is empty. Choose another.' }] : []),
    ...(file !== null && file.size > LARGEST_LIST ? [{ field: 'list-file', sentence: `This file is larger than ${size(LARGEST_LIST)}. Ask whoever gave it to you for smaller files.` }] : []),
    ...(format === null ? [{ field: 'format', sentence: 'Choose what is in the file' }] : []),
    ...(source.trim() === '' ? [{ field: 'source', sentence: 'Enter what you call this list' }] : []),
    ...(givenBy.trim() === '' ? [{ field: 'givenBy', sentence: 'Enter who handed it to you' }] : []),
    ...(note.trim().length > 2_000 ? [{ field: 'note', sentence: 'Shorten the note to 2,000 characters' }] : []),
  ];
}

function ReadingList({ file, sent, onCancel }: { readonly file: File | null; readonly sent: number; readonly onCancel: () => void }) {
  return (
    <div className="stack-wide">
      <RegisterHeading title="Reading the list"><p>Nothing is kept of it until both of you have signed.</p></RegisterHeading>
      <div className="card stack register-card">
        <p className="wrap-anywhere"><b>{file?.name}</b></p>
        <ProgressBar label={`${size(sent)} of ${size(file?.size ?? 0)}`} done={sent} total={file?.size ?? 0} />
        <Button onPress={onCancel}>Cancel the import</Button>
      </div>
    </div>
  );
}

function SignList({ answers: { file, format, source, givenBy, note }, signedIn, action, importing, onImported }: Pick<RegisterPageProps, 'signedIn'> & { readonly answers: ListAnswers; readonly action: Action; readonly importing: ListImport; readonly onImported: (list: FlagListView) => void }) {
  const signatures = useSignatures(signedIn);
  const finish = (): void => {
    if (!action.check(signatures.missing())) return;
    const credentials = signatures.take();
    void action.run(async () => { onImported(await importing.finish(credentials)); });
  };
  return (
    <RegisterForm
      title="Both of you sign for this list" action={action} submit="Sign and use this list" onSubmit={finish} onBack={{ label: 'Do not import it', go: importing.cancel }}
      intro={<p>All of the file has been read. The list is kept, and looked for, once both of you have signed.</p>}
    >
      <Answers
        rows={[
          { question: 'List', answer: source }, { question: 'Handed over by', answer: givenBy }, { question: 'What it holds', answer: format === null ? '' : holdsOf(format) },
          { question: 'File', answer: file === null ? '' : `${file.name}, ${size(file.size)}` }, { question: 'Note', answer: note },
        ]}
      />
      <SignatureCards reviewers={signedIn} signatures={signatures} problems={action.problems} />
      {action.pending && <div className="measure"><WorkProgress task="lists" cancel={false} /></div>}
    </RegisterForm>
  );
}

function Imported({ list, onClose }: { readonly list: FlagListView; readonly onClose: () => void }) {
  return (
    <Finished title="The list is in force">
      <p className="wrap-anywhere"><b>{list.source}</b>: {number(list.values)} different {list.values === 1 ? 'value is' : 'values are'} looked for from the next time that the browser starts.</p>
      {list.skipped > 0 && <p>{number(list.skipped)} {list.skipped === 1 ? 'value was' : 'values were'} left out. The list itself says that they mean too little (a quality of 49 or less).</p>}
      <p>The values cannot be shown again. Ask whoever gave you the file what to do with it now.</p>
      <p>SHA-256 of the file, if they want to compare it:</p>
      <p className="mono small wrap-anywhere">{grouped(list.file)}</p>
      <Button look="primary" onPress={onClose}>Back to the lists</Button>
    </Finished>
  );
}
