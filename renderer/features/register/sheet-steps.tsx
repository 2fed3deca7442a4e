import { Printer } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { AppState } from '../../../src/ipc/state.js';
import { twoNumbers, wordsIn } from '../../logic/recovery-words.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import { Note } from '../../ui/note.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { PrintedSheet, SheetWords } from './printed-sheet.js';

/** A recovery sheet that was just made, with its words. */
export interface MadeSheet {
  readonly words: readonly string[];
  readonly holder: string;
  readonly at: string;
}

/** Props of {@link SheetSteps}; `onFinish` hears whether the sheet is on paper. */
export interface SheetStepsProps {
  readonly app: AppState;
  readonly sheet: MadeSheet;
  readonly onFinish: (kept: boolean) => void;
}

/** The words to print or copy, then two of them asked back. */
export function SheetSteps({ app, sheet, onFinish }: SheetStepsProps) {
  const [reading, setReading] = useState(true);
  const [leaving, setLeaving] = useState(false);
  if (!reading) return <ReadBack sheet={sheet} onBack={() => { setReading(true); }} onDone={() => { onFinish(true); }} />;
  return (
    <div className="stack-wide">
      <div className="stack-tight">
        <p className="muted">Recovery sheet, step 1 of 2</p>
        <PageHeading title="Print this sheet now" />
        <p className="lead">Or copy the words by hand, with their numbers. They are shown only this once.</p>
      </div>
      <div className="row">
        <Button look="primary" large onPress={() => { window.print(); }}><Printer size={20} aria-hidden="true" />Print the sheet</Button>
        <Button large onPress={() => { setReading(false); }}>It is on paper</Button>
      </div>
      <Note tone="warn">
        <p><b>Print on paper only.</b> Do not save it as a file, photograph it or send it. Use a printer beside this computer if you can, and take the sheet from it at once: some shared printers keep a copy.</p>
      </Note>
      <SheetWords words={sheet.words} />
      {leaving
        ? (
          <div role="alert">
            <Note tone="warn">
              <p>Without a copy on paper nobody can ever use this sheet, and the sheet before it is void as well. You can make another at any time.</p>
              <p className="row"><Button onPress={() => { onFinish(false); }}>Leave without a sheet</Button><Button onPress={() => { setLeaving(false); }}>Stay here</Button></p>
            </Note>
          </div>
        )
        : <p><Button look="link" onPress={() => { setLeaving(true); }}>We cannot print or copy it now</Button></p>}
      <PrintedSheet app={app} sheet={sheet} />
    </div>
  );
}

/** An unbiased enough whole number below a small bound; it only picks which words are asked for. */
function pick(below: number): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % below;
}

function ReadBack({ sheet, onBack, onDone }: { readonly sheet: MadeSheet; readonly onBack: () => void; readonly onDone: () => void }) {
  const [numbers] = useState(() => twoNumbers(pick));
  const [typed, setTyped] = useState<readonly [string, string]>(['', '']);
  const action = useAction();
  const submit = (): void => {
    const problems = numbers.flatMap((number, at) => {
      const answer = wordsIn(typed[at] ?? '').join(' ');
      if (answer === '') return [{ field: `word-${number}`, sentence: `Type word ${number}` }];
      return answer === sheet.words[number - 1] ? [] : [{ field: `word-${number}`, sentence: `This is not word ${number} on the sheet. Look at the paper again` }];
    });
    if (action.check(problems)) onDone();
  };
  return (
    <Form className="stack-wide register-form" validationBehavior="aria" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <ErrorSummary problems={action.problems} />
      <div className="stack-tight">
        <p className="muted">Recovery sheet, step 2 of 2</p>
        <PageHeading title="Read two words from the paper" />
        <p className="lead">This shows that the sheet can be read. Then the words are gone from this computer.</p>
      </div>
      {numbers.map((number, at) => (
        <TextField
          key={number} id={`word-${number}`} label={`Word ${number}`} value={typed[at] ?? ''} onChange={(text) => { setTyped((before) => (at === 0 ? [text, before[1]] : [before[0], text])); }}
          maxLength={40} error={problemOf(action.problems, `word-${number}`)}
        />
      ))}
      <div className="row"><Button type="submit" look="primary" large>Finish</Button><Button large onPress={onBack}>Show the sheet again</Button></div>
    </Form>
  );
}
