import { useRef } from 'react';
import { fillWords } from '../../logic/recovery-words.js';
import { FieldError } from '../../ui/field-error.js';

/** Props of {@link RecoveryWords}. */
export interface RecoveryWordsProps {
  readonly words: readonly string[];
  readonly onChange: (words: readonly string[]) => void;
  readonly error: string | undefined;
}

/** The words of a recovery sheet, one field each, numbered as on the paper. The space bar goes on to the next; pasted words fill the fields that follow. */
export function RecoveryWords({ words, onChange, error }: RecoveryWordsProps) {
  const fields = useRef<(HTMLInputElement | null)[]>([]);
  const type = (at: number, text: string): void => {
    const filled = fillWords(words, at, text);
    onChange(filled.fields);
    if (filled.next !== at) fields.current[filled.next]?.focus();
  };
  const done = words.filter((word) => word !== '').length;
  return (
    <fieldset id="words" className="recovery-group stack-tight" aria-describedby={error === undefined ? 'words-hint' : 'words-hint words-error'}>
      <legend className="field-label">The {words.length} words of the recovery sheet</legend>
      <p id="words-hint" className="field-hint">As they are numbered on the paper. The space bar goes on to the next word.</p>
      {error !== undefined && <FieldError id="words-error">{error}</FieldError>}
      <div className="recovery-words">
        {words.map((word, at) => (
          <div key={at} className="recovery-word">
            <label htmlFor={`word-${at + 1}`}><span className="unseen">Word </span>{at + 1}</label>
            <input
              id={`word-${at + 1}`} ref={(element) => { fields.current[at] = element; }} className="input" value={word} onChange={(event) => { type(at, event.target.value); }} aria-invalid={error !== undefined && word === ''}
              autoComplete="off" autoCapitalize="off" autoCorrect="off" spellCheck={false} maxLength={400}
            />
          </div>
        ))}
      </div>
      <p className="small muted" role="status">{done} of {words.length} words typed</p>
    </fieldset>
  );
}
