import { useId } from 'react';
import { linesOfFour } from '../logic/format.js';

/** Words that two people compare aloud or write down, four to a line, under the name of what they stand for. `of` says more to whoever hears the screen. */
export function Words({ words, label, of, secret = false }: { readonly words: readonly string[]; readonly label: string; readonly of?: string; readonly secret?: boolean }) {
  const id = useId();
  return (
    <div className="words-of">
      <p id={id} className="words-label">{label}{of !== undefined && <span className="unseen"> of {of}</span>}</p>
      <p className={secret ? 'words words-secret' : 'words'} role="group" aria-labelledby={id}>
        {linesOfFour(words).map((line) => (
          <span key={line.join(' ')} className="words-line">{line.join(' ')}</span>
        ))}
      </p>
    </div>
  );
}
