import { useState } from 'react';
import { client } from '../client.js';
import { Button } from './button.js';
import { Checkbox } from './choices.js';
import { problemOf, type Problem } from './error-summary.js';
import { PassphraseField } from './passphrase-field.js';
import { StrengthMeter } from './strength-meter.js';
import { sentenceOf } from './use-action.js';

/** A passphrase typed twice. */
export interface TypedTwice {
  readonly once: string;
  readonly again: string;
}

/** Before anything is typed, and again once it is sent. */
export const NOTHING_TYPED: TypedTwice = { once: '', again: '' };

/** Props of {@link NewPassphrase}; `own` are words that this person would think of, such as the name: they make a passphrase weaker. `again`: it replaces one. */
export interface NewPassphraseProps {
  readonly name: string;
  readonly own: readonly string[];
  readonly again?: boolean;
  readonly typed: TypedTwice;
  readonly onType: (typed: TypedTwice) => void;
  readonly problems: readonly Problem[];
}

/** A new passphrase with its strength, typed twice because nobody can look it up, and a suggestion for who wants one. */
export function NewPassphrase({ name, own, again = false, typed, onType, problems }: NewPassphraseProps) {
  const [shown, setShown] = useState(false);
  // What was wrong with something that no longer stands there is not said of what does.
  const [wrong, setWrong] = useState({ problems, typed });
  if (wrong.problems !== problems) setWrong({ problems, typed });
  const problem = (field: string): string | undefined => (wrong.typed === typed ? problemOf(problems, field) : undefined);
  return (
    <div className="card stack" role="group" aria-labelledby="new-passphrase">
      <h2 id="new-passphrase">{again ? 'A new passphrase' : 'A passphrase'} for {name}</h2>
      <div className="stack-tight">
        <p>Four random words are good. Long is better than complicated.</p>
        <p>Do not use one that you use elsewhere, and do not keep it near this computer. Nobody can look it up or reset it.</p>
      </div>
      <Suggestion own={own} />
      <div className="stack-tight">
        <PassphraseField id="passphrase" label="Passphrase" shown={shown} hint="Spaces count." value={typed.once} onChange={(once) => { onType({ ...typed, once }); }} error={problem('passphrase')} />
        <StrengthMeter passphrase={typed.once} own={own} />
      </div>
      <PassphraseField id="passphrase-again" label="Type it again" shown={shown} value={typed.again} onChange={(again) => { onType({ ...typed, again }); }} error={problem('passphrase-again')} />
      <Checkbox id="passphrase-shown" label={`Show what ${name} types`} selected={shown} onChange={setShown} />
    </div>
  );
}

function Suggestion({ own }: { readonly own: readonly string[] }) {
  const [words, setWords] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const suggest = (): void => {
    client.call('passphrase.suggest', { own: own.slice(0, 20).map((text) => text.slice(0, 500)) }).then((suggested) => {
      setWords(suggested.words);
      setFailed(null);
    }).catch((error: unknown) => { setFailed(sentenceOf(error)); });
  };
  return (
    <div className="stack-tight">
      <div aria-live="polite">
        {words !== null && <p className="words suggestion">{words}</p>}
        {failed !== null && <p>{failed}</p>}
      </div>
      <p className="row">
        <Button onPress={suggest}>{words === null ? 'Suggest four words' : 'Suggest four others'}</Button>
        {words !== null && <Button look="link" onPress={() => { setWords(null); }}>Hide these words</Button>}
      </p>
    </div>
  );
}

/** What is wrong with a new passphrase, as the app and the school's rules see it; empty when it can be used, or when only the engine can tell later. */
export async function passphraseProblems({ once, again }: TypedTwice, own: readonly string[]): Promise<Problem[]> {
  if (once === '') return [{ field: 'passphrase', sentence: 'Choose a passphrase' }];
  if (once !== again) return [{ field: 'passphrase-again', sentence: 'The two passphrases are not the same. Type it again' }];
  const strength = await client.call('passphrase.strength', { passphrase: once, own: [...own] }).catch(() => null);
  return strength === null || strength.accepted ? [] : [{ field: 'passphrase', sentence: strength.sentence.replace(/^This /, 'Choose another passphrase: this one ') }];
}
