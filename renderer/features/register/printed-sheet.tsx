import { createPortal } from 'react-dom';
import type { AppState } from '../../../src/ipc/state.js';
import { day } from '../../logic/format.js';
import { Brand } from '../../ui/mark.js';
import type { MadeSheet } from './sheet-steps.js';
import './print.css';

/** The words with their numbers, in columns. */
export function SheetWords({ words }: { readonly words: readonly string[] }) {
  return <ol className="sheet-words" aria-label="The 24 words of the recovery sheet">{words.map((word, at) => <li key={`${at} ${word}`}>{word}</li>)}</ol>;
}

/** The sheet as it is printed, A4, and nothing else of the screen. It is beside the app in the document, and only a printer draws it. */
export function PrintedSheet({ app, sheet }: { readonly app: AppState; readonly sheet: MadeSheet }) {
  return createPortal(
    <article className="print-sheet">
      <Brand />
      <h1>Recovery sheet</h1>
      <p className="print-lead">Keep this in a safe. Show it to nobody until a reviewer cannot sign in any more.</p>
      <dl className="print-facts">
        <div><dt>School or trust</dt><dd>{app.organisation}</dd></div>
        <div><dt>Computer</dt><dd>{app.computer.name}, {app.computer.location}</dd></div>
        <div><dt>Kept by</dt><dd>{sheet.holder}</dd></div>
        <div><dt>Made on</dt><dd>{day(sheet.at)}</dd></div>
      </dl>
      <SheetWords words={sheet.words} />
      <section>
        <h2>What it is for</h2>
        <p>If one of the two reviewers can no longer sign in, bring this sheet to the computer. The reviewer who can still sign in chooses “One of us cannot sign in”, types their passphrase and these 24 words, and enrols a replacement. After that this sheet is used up, and a new one is made.</p>
      </section>
      <section>
        <h2>For whoever keeps it</h2>
        <ul>
          <li>You are not a reviewer, and you do not become one.</li>
          <li>Do not copy it, photograph it or type it anywhere else.</li>
          <li>Write down who takes it from the safe, when and why.</li>
          <li>If it is lost, or somebody may have read it, tell the reviewers at once. They make a new sheet, and this one does nothing any more.</li>
        </ul>
      </section>
      <div className="print-signatures"><p>Signature of the keeper</p><p>Date</p></div>
    </article>,
    document.body,
  );
}
