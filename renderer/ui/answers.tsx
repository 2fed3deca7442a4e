import type { ReactNode } from 'react';
import { withinWords } from '../logic/format.js';
import { Button } from './button.js';

/** One answer to check; `onChange` absent where it cannot be changed here. */
export interface AnswerRow {
  readonly question: string;
  readonly answer: ReactNode;
  readonly onChange?: () => void;
}

/** Answers to check before they are used. An empty answer reads "Not provided". */
export function Answers({ rows }: { readonly rows: readonly AnswerRow[] }) {
  return (
    <dl className="answers">
      {rows.map((row) => (
        <div key={row.question} className="answers-row">
          <dt>{row.question}</dt>
          <dd>{row.answer === '' ? <span className="muted">Not provided</span> : row.answer}</dd>
          {row.onChange !== undefined && (
            <dd><Button look="link" onPress={row.onChange}>Change<span className="unseen"> {withinWords(row.question)}</span></Button></dd>
          )}
        </div>
      ))}
    </dl>
  );
}
