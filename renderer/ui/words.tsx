import { linesOfFour } from '../logic/format.js';

/** Words that two people compare aloud, four to a line. */
export function Words({ words, label }: { readonly words: readonly string[]; readonly label: string }) {
  return (
    <p className="words" role="group" aria-label={label}>
      {linesOfFour(words).map((line) => (
        <span key={line.join(' ')} className="words-line">{line.join(' ')}</span>
      ))}
    </p>
  );
}
