import { Check, Info, X } from 'lucide-react';
import { useState } from 'react';
import type { VerifyView } from '../../../src/ipc/verify-contract.js';
import { count, grouped, listOf, size } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { PageHeading } from '../../ui/heading.js';
import { Words } from '../../ui/words.js';
import type { Bundle } from './choose-bundle.js';

const TITLES: Readonly<Record<VerifyView['verdict'], string>> = {
  unchanged: 'Unchanged since two people signed it',
  'unchanged-signers-not-shown': 'Unchanged since it was signed',
  changed: 'This bundle has been changed',
};

/** The verdict in a sentence, then whose signatures these are, then each check. */
export function Verdict({ file, found, onAgain }: { readonly file: Bundle; readonly found: VerifyView; readonly onAgain: () => void }) {
  const attention = found.checks.filter(({ outcome }) => outcome !== 'pass').sort((one, other) => Number(other.outcome === 'fail') - Number(one.outcome === 'fail'));
  const passed = found.checks.filter(({ outcome }) => outcome === 'pass');
  return (
    <div className="stack-wide">
      <div>
        <p className="muted wrap-anywhere">{file.name}{file.size !== null && ` · ${size(file.size)}`}</p>
        <div className={`verdict verdict-${found.verdict}`} role="status">
          <PageHeading title={TITLES[found.verdict]} />
          <p>{found.sentence}</p>
          {found.signers.length > 0 && found.verdict === 'changed' && <p>The certificates name {listOf(found.signers.map((signer) => `${signer.name} (${signer.position})`))}.</p>}
        </div>
      </div>
      {found.verdict !== 'changed' && (
        <div className="verdict-columns">
          {found.root !== null && (found.verdict === 'unchanged' ? <Compared root={found.root} own={found.trustedBy === 'this-computer'} /> : <Compare root={found.root} />)}
          {found.bundle !== null && (
            <section className="stack">
              <h2>Is it the bundle that was sent?</h2>
              <p>Ask the sender to read out these words, on a number that you already know.</p>
              <Words words={found.bundle.words} label="Words of the bundle" />
            </section>
          )}
        </div>
      )}
      <p><Button onPress={onAgain}>Check another bundle</Button></p>
      <section className="stack">
        <h2>What was checked</h2>
        {attention.length > 0 && <Checks checks={attention} />}
        {passed.length > 0 && <h3>{passed.length === found.checks.length ? `All ${count(passed.length, 'check')} passed` : `${count(passed.length, 'check')} passed`}</h3>}
        <Checks checks={passed} />
      </section>
    </div>
  );
}

const MARKS = {
  pass: { Icon: Check, word: 'Passed' },
  fail: { Icon: X, word: 'Failed' },
  note: { Icon: Info, word: 'To note' },
} as const;

function Checks({ checks }: { readonly checks: VerifyView['checks'] }) {
  return (
    <ul className={checks.length > 4 ? 'checks checks-columns' : 'checks'}>
      {checks.map((check) => {
        const { Icon, word } = MARKS[check.outcome];
        return (
          <li key={check.id} className={`check check-${check.outcome}`}>
            <Icon size={20} aria-label={word} role="img" />
            <div><p className="check-title">{check.title}</p><p className="muted small wrap-anywhere">{check.detail}{check.where === null ? '' : ` · ${check.where}`}</p></div>
          </li>
        );
      })}
    </ul>
  );
}

const ANSWERS = {
  match: 'The words match, so the certificates come from that school. You can rely on the names above.',
  differ: 'The words differ. Do not rely on this bundle. Call the school on a number that you already know.',
  none: 'Without the sheet, this shows that nothing was changed, but not who signed. Ask the school to read the words to you, on a number that you already know.',
} as const;

/** The school's fingerprint, when it was typed and matched, or is this computer's own. */
function Compared({ root, own }: { readonly root: NonNullable<VerifyView['root']>; readonly own: boolean }) {
  return (
    <section className="stack">
      <h2>Whose signatures are these?</h2>
      <p>{own ? 'They come from this computer’s own installation.' : 'The fingerprint that you typed matches. The certificates come from the school whose enrolment sheet you have.'}</p>
      <Words words={root.words} label="Words of the school" />
    </section>
  );
}

/** The school's fingerprint, to compare by eye. */
function Compare({ root }: { readonly root: NonNullable<VerifyView['root']> }) {
  const [answer, setAnswer] = useState<keyof typeof ANSWERS | null>(null);
  return (
    <section className="stack">
      <h2>Whose signatures are these?</h2>
      <p>Compare these words with the school’s printed enrolment sheet. If one word differs, do not rely on this bundle.</p>
      <Words words={root.words} label="Words of the school" />
      <p className="mono small muted wrap-anywhere">{grouped(root.fingerprint)}</p>
      <div className="row">
        <Button look="primary" onPress={() => { setAnswer('match'); }}>They match</Button>
        <Button onPress={() => { setAnswer('differ'); }}>They differ</Button>
        <Button look="link" onPress={() => { setAnswer('none'); }}>I have no sheet</Button>
      </div>
      <p role="status" className="compare-answer">{answer === null ? '' : ANSWERS[answer]}</p>
    </section>
  );
}
