import { useEffect, useId, useRef, useState } from 'react';
import type { VerifyReport } from '../src/verify/report.js';
import { hashWords } from '../src/record/words.js';
import { grouped, listed, moment, size } from './format.js';
import { receiptName, type Receipt } from './receipt.js';

const TITLES: Readonly<Record<VerifyReport['verdict'], string>> = {
  unchanged: 'Unchanged since two people signed it',
  'unchanged-signers-not-shown': 'Unchanged since it was signed, but by whom is not shown',
  changed: 'Do not rely on this bundle',
};

/** What failed is what the reader looks for, and there are more than forty checks. */
const ORDER = ['fail', 'note', 'pass'] as const;

const MARKS = { pass: ['✓', 'Passed'], fail: ['✗', 'Failed'], note: ['i', 'To note'] } as const;

/** The verdict in a sentence, whose signatures these are, the words to compare, then each check; and a receipt to keep. */
export function Found({ report, receipt, onAgain }: { readonly report: VerifyReport; readonly receipt: Receipt; readonly onAgain: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { heading.current?.focus(); }, []);
  const { reference, organisation } = report.case;
  return (
    <div>
      <section className={`verdict ${report.verdict}`}>
        <h1 tabIndex={-1} ref={heading}>{TITLES[report.verdict]}</h1>
        <p>{report.sentence}</p>
      </section>
      <dl className="facts">
        <Fact name="File" value={`${receipt.file.name} (${size(receipt.file.size)})`} />
        {(reference ?? organisation) !== null && <Fact name="Case" value={[reference, organisation].filter((text) => text !== null).join(', ')} />}
        {report.signers.length > 0 && <Fact name="Signed by" value={listed(report.signers.map(({ name, position }) => `${name} (${position})`))} />}
        {report.signedAt !== null && <Fact name="Signed at" value={`${moment(report.signedAt)}, by the school’s computer`} />}
        {report.times.map((time) => <Fact key={time.where} name="Time stamp" value={`${moment(time.at)}, by ${time.name}${time.trusted ? '' : ' (you gave no certificate to know it by)'}`} />)}
        <Fact name="Checked at" value={`${moment(receipt.checkedAt)}, by this computer’s clock`} />
      </dl>
      {report.root !== null && report.verdict === 'unchanged-signers-not-shown' && <Compare root={report.root} />}
      {report.tagManifestSha256 !== null && report.verdict !== 'changed' && (
        <section>
          <h2>Is it the bundle that was sent?</h2>
          <p>Ask the sender to read out these words, on a number that you already know.</p>
          <Words words={hashWords(report.tagManifestSha256)} label="Words of the bundle" />
          <p className="mono muted">{grouped(report.tagManifestSha256)}</p>
        </section>
      )}
      <Actions receipt={receipt} onAgain={onAgain} />
      <section>
        <h2>What was checked</h2>
        <ul className="checks">
          {[...report.checks].sort((one, other) => ORDER.indexOf(one.outcome) - ORDER.indexOf(other.outcome)).map((check) => (
            <li key={check.id} className={check.outcome}>
              <span className="mark" role="img" aria-label={MARKS[check.outcome][1]}>{MARKS[check.outcome][0]}</span>
              <div><p className="title">{check.title}</p><p className="muted">{check.detail}{check.where === null ? '' : ` (${check.where})`}</p></div>
            </li>
          ))}
        </ul>
      </section>
      <section className="ink">
        <h2>Checked by</h2>
        <p>Name</p><p>Rank or position</p><p>Signature and date</p>
      </section>
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return <div><dt>{name}</dt><dd>{value}</dd></div>;
}

function Words({ words, label }: { readonly words: readonly string[]; readonly label: string }) {
  const id = useId();
  return <div><p id={id} className="words-label">{label}</p><p className="words" role="group" aria-labelledby={id}><span>{words.slice(0, 4).join(' ')}</span> <span>{words.slice(4).join(' ')}</span></p></div>;
}

const ANSWERS = {
  match: 'Then the certificates come from that school, and you can rely on the names above. Check again with the words typed in, so that the receipt says so.',
  differ: 'Then do not rely on this bundle. Call the school on a number that you already know.',
} as const;

/** The school's fingerprint, to compare by eye. */
function Compare({ root }: { readonly root: NonNullable<VerifyReport['root']> }) {
  const [answer, setAnswer] = useState<keyof typeof ANSWERS | null>(null);
  return (
    <section>
      <h2>Whose signatures are these?</h2>
      <p>Compare these words with the school’s printed enrolment sheet, or have the school read theirs to you on a number that you already know.</p>
      <Words words={root.words} label="Words of the school" />
      <p className="mono muted">{grouped(root.fingerprint)}</p>
      <div className="row">
        <button type="button" onClick={() => { setAnswer('match'); }}>They match</button>
        <button type="button" onClick={() => { setAnswer('differ'); }}>They differ</button>
      </div>
      <p role="status">{answer === null ? '' : ANSWERS[answer]}</p>
    </section>
  );
}

function Actions({ receipt, onAgain }: { readonly receipt: Receipt; readonly onAgain: () => void }) {
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([`${JSON.stringify(receipt, null, 2)}\n`], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = receiptName(receipt);
    link.click();
    setTimeout(() => { URL.revokeObjectURL(address); }, 60_000);
  };
  return (
    <div className="row actions">
      <button type="button" className="primary" onClick={save}>Save the receipt</button>
      <button type="button" onClick={() => { window.print(); }}>Print this page</button>
      <button type="button" onClick={onAgain}>Check another bundle</button>
    </div>
  );
}
