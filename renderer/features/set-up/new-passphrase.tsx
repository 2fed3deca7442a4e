import { useState } from 'react';
import { client } from '../../client.js';
import { attempt } from '../../store.js';
import { Button } from '../../ui/button.js';
import { problemOf, type Problem } from '../../ui/error-summary.js';
import { PassphraseField } from '../../ui/passphrase-field.js';

/** Props of {@link NewPassphrase}. */
export interface NewPassphraseProps {
  readonly name: string;
  readonly typed: { readonly once: string; readonly again: string };
  readonly onType: (typed: { once: string; again: string }) => void;
  readonly problems: readonly Problem[];
}

/** A new passphrase, typed twice because nobody can recover it, with a suggestion for who wants one. */
export function NewPassphrase({ name, typed, onType, problems }: NewPassphraseProps) {
  const [suggestion, setSuggestion] = useState<string | null>(null);
  const suggest = (): void => { attempt(client.call('passphrase.suggest', {}).then(({ words }) => { setSuggestion(words); })); };
  return (
    <div className="card stack" role="group" aria-labelledby="new-passphrase">
      <h2 id="new-passphrase">A passphrase for {name}</h2>
      <div className="stack-tight">
        <p>Four random words are good. Long is better than complicated.</p>
        <p>Do not use one that you use elsewhere, and do not keep it near this computer. Nobody can look it up or reset it.</p>
      </div>
      <div className="stack-tight">
        {suggestion !== null && <p className="words suggestion" aria-live="polite">{suggestion}</p>}
        <p className="row">
          <Button onPress={suggest}>{suggestion === null ? 'Suggest four words' : 'Suggest four others'}</Button>
          {suggestion !== null && <Button look="link" onPress={() => { setSuggestion(null); }}>Hide these words</Button>}
        </p>
      </div>
      <PassphraseField id="passphrase" label="Passphrase" person={name} hint="At least 8 characters; four words are better. Spaces count." value={typed.once} onChange={(once) => { onType({ ...typed, once }); }} error={problemOf(problems, 'passphrase')} />
      <PassphraseField id="passphrase-again" label="Type it again" person={name} value={typed.again} onChange={(again) => { onType({ ...typed, again }); }} error={problemOf(problems, 'passphrase-again')} />
    </div>
  );
}
