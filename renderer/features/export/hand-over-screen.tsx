import { useState } from 'react';
import type { CopyMade, ReceiptView } from '../../../src/ipc/disclosure-contract.js';
import { MAX_RECEIPT } from '../../../src/ipc/disclosure-contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { dateAndTime, shortDateAndTime, withinWords } from '../../logic/format.js';
import { instantOf, localFields, timeLabel } from '../../logic/local-time.js';
import { goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { problemOf } from '../../ui/error-summary.js';
import { FieldError } from '../../ui/field-error.js';
import { PageHeading } from '../../ui/heading.js';
import { Note } from '../../ui/note.js';
import { Page } from '../../ui/page.js';
import { signedInReviewers } from '../../ui/people.js';
import { QuestionPage } from '../../ui/question-page.js';
import { StopButton } from '../../ui/stop-button.js';
import { Select } from '../../ui/select.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import { recipientTitle, useCopies } from './copies-made.js';
import { ReceiptFile } from './receipt-file.js';
import './export.css';

/** Writes down who has a copy: from what they say, and from the receipt of their own check where they hand it back. */
export function HandOverScreen() {
  const app = useScreens((screens) => screens.app);
  const [done, setDone] = useState<{ readonly wordsMatch: boolean | null; readonly name: string } | null>(null);
  if (app?.case == null) return null;
  const copies = (app.case.copies ?? []).filter((copy) => copy.tagManifest !== null);
  return (
    <Page actions={<StopButton />}>
      {done !== null
        ? <Done done={done} onAgain={() => { setDone(null); }} />
        : copies.length === 0
          ? <div className="question stack"><PageHeading title="No bundle has been made yet" /><p>Make a bundle first. Then you can write down who has it.</p><p><Button onPress={() => { goTo('home'); }}>Back to the case</Button></p></div>
          : <HandOverForm app={app} view={app.case} copies={copies} onDone={setDone} />}
    </Page>
  );
}

interface Returned {
  readonly name: string;
  readonly text: string;
  readonly view: ReceiptView;
}

function HandOverForm({ app, view, copies, onDone }: { readonly app: AppState; readonly view: CaseView; readonly copies: readonly CopyMade[]; readonly onDone: (done: { wordsMatch: boolean | null; name: string }) => void }) {
  const wanted = useCopies((chosen) => chosen.copy);
  const latest = copies.at(-1)?.export ?? 0;
  const [copy, setCopy] = useState(copies.some((each) => each.export === wanted) && wanted !== null ? wanted : latest);
  const [said, setSaid] = useState({ name: '', position: '', readOut: '', note: '' });
  const [when, setWhen] = useState(localFields(new Date().toISOString()));
  const [by, setBy] = useState(view.heldBy);
  const [returned, setReturned] = useState<Returned | null>(null);
  const action = useAction((code) => (/^(?:receipt|folders)\./.test(code) ? 'receipt' : code.startsWith('received.') ? 'date' : undefined));
  const take = (read: () => Promise<Returned>): void => {
    void action.run(async () => {
      setReturned(null);
      const found = await read();
      setReturned(found);
      setCopy(found.view.export);
    });
  };
  const takeDropped = (file: File): void => {
    take(async () => {
      const text = await file.slice(0, MAX_RECEIPT + 1).text();
      return { name: file.name, text, view: await client.call('receipt.read', { text: text.slice(0, MAX_RECEIPT) }) };
    });
  };
  const takeChosen = (path: string): void => {
    take(async () => {
      const { text, receipt } = await client.call('receipt.open', { path });
      return { name: path.split(/[/\\]/).at(-1) ?? path, text, view: receipt };
    });
  };
  const submit = async (): Promise<void> => {
    const at = instantOf(when.date, when.time);
    const problems = [
      ...(said.name.trim() === '' ? [{ field: 'name', sentence: 'Write down who has the bundle' }] : []),
      ...(at === null ? [{ field: 'date', sentence: 'Write the date and the time, such as 24/11/2026 and 14:05' }] : []),
    ];
    if (!action.check(problems) || at === null) return;
    await action.run(async () => {
      const readOut = said.readOut.trim() === '' ? null : said.readOut.trim();
      const { wordsMatch } = await client.call('received.add', { by, export: copy, name: said.name, position: said.position, at, readOut, note: said.note, receipt: returned?.view.export === copy ? returned.text : null });
      onDone({ wordsMatch, name: said.name });
    });
  };
  const field = (key: keyof typeof said) => ({ id: key, value: said[key], onChange: (text: string) => { setSaid((before) => ({ ...before, [key]: text })); }, error: problemOf(action.problems, key) });
  return (
    <QuestionPage
      title="Who has the bundle?" caption={`Case ${view.reference}`} intro={<p>Write it down each time a bundle is handed over. It is kept in the record, and every later bundle tells of it.</p>}
      problems={action.problems} submit="Add to the record" pending={action.pending} onSubmit={() => { void submit(); }} onBack={() => { goTo('home'); }}
    >
      <Select id="copy" label="Which bundle?" options={copies.map((each) => ({ id: String(each.export), title: `${recipientTitle(each.recipient)}, ${shortDateAndTime(each.at)}` }))} value={String(copy)} onChange={(id) => { setCopy(Number(id)); }} />
      <div className="stack-tight">
        <h2>The receipt of their own check (optional)</h2>
        <p className="muted">Whoever checks the bundle with verify.html can save a receipt and send it back. The app compares it with the fingerprints of your bundles.</p>
        <ReceiptFile name={returned?.name ?? null} onDropped={takeDropped} onChosen={takeChosen} disabled={action.pending} describedBy={problemOf(action.problems, 'receipt') === undefined ? undefined : 'receipt-error'} />
        {problemOf(action.problems, 'receipt') !== undefined && <FieldError id="receipt-error">{problemOf(action.problems, 'receipt')}</FieldError>}
        {returned !== null && <ReceiptFound returned={returned.view} />}
      </div>
      <TextField {...field('name')} label="Name" />
      <TextField {...field('position')} label="Rank or position, and organisation (optional)" />
      <div className="row hand-over-when">
        <TextField id="date" label="Date" narrow value={when.date} onChange={(date) => { setWhen({ ...when, date }); }} error={problemOf(action.problems, 'date')} />
        <TextField id="time" label={timeLabel(when)} narrow value={when.time} onChange={(time) => { setWhen({ ...when, time }); }} />
      </div>
      <TextField {...field('readOut')} label="The words that they read out (optional)" hint="The bundle’s eight words, as they see them. Write what you hear, even if it is wrong." />
      <TextArea {...field('note')} label="Anything else (optional)" rows={2} hint="For example: handed over in person, or a drive sent by courier." />
      <Who id="by" label="Who writes it down?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={by} onChange={setBy} />
    </QuestionPage>
  );
}

function ReceiptFound({ returned }: { readonly returned: ReceiptView }) {
  const changed = returned.verdict === 'changed';
  return (
    <div role="status">
      <Note tone={changed ? 'warn' : 'plain'}>
        <p><b>{changed ? 'Their check says that the bundle was changed.' : 'Their check says that the bundle is unchanged.'}</b> Checked on {dateAndTime(returned.checkedAt)}, by their computer’s clock.</p>
        <p className="small">It is of your bundle for {withinWords(recipientTitle(returned.recipient))} of {shortDateAndTime(returned.madeAt)}: the fingerprint is the same. {returned.rootTyped ? 'They gave your school’s fingerprint.' : 'They did not give your school’s fingerprint, so their check does not show who signed.'}{changed ? ` What failed: ${returned.failed.join(', ')}.` : ''}</p>
      </Note>
    </div>
  );
}

function Done({ done, onAgain }: { readonly done: { readonly wordsMatch: boolean | null; readonly name: string }; readonly onAgain: () => void }) {
  return (
    <div className="question stack-wide">
      <PageHeading title={done.wordsMatch === false ? 'Written down, but the words do not match' : 'It is written down'} />
      {done.wordsMatch === true && <p>The words that {done.name} read out are those of this bundle. They have what you made.</p>}
      {done.wordsMatch === false && <Note tone="warn"><p>The words that {done.name} read out are not those of this bundle. They may have another bundle, or one that was changed. Ask them to read the words again, on a number that you already know. If they still differ, give them the bundle again.</p></Note>}
      {done.wordsMatch === null && <p>No words were read out. Ask for them when you can: they show that {done.name} has exactly this bundle.</p>}
      <p className="row"><Button look="primary" large onPress={() => { goTo('home'); }}>Back to the case</Button><Button large onPress={onAgain}>Write down another</Button></p>
    </div>
  );
}
