import { CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from './button.js';

/** Something wrong: the sentence, and the field that it belongs to when there is one. */
export interface Problem {
  readonly sentence: string;
  readonly field?: string;
}

/** What is wrong, at the top of a form; takes the focus whenever a new list arrives. */
export function ErrorSummary({ problems }: { readonly problems: readonly Problem[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problems.length === 0) return undefined;
    const title = document.title;
    if (!title.startsWith('Error: ')) document.title = `Error: ${title}`;
    box.current?.focus();
    return () => { document.title = title; };
  }, [problems]);
  if (problems.length === 0) return null;
  return (
    <div ref={box} className="summary" tabIndex={-1} role="alert" aria-labelledby="summary-title">
      <h2 id="summary-title"><CircleAlert size={22} aria-hidden="true" />There is a problem</h2>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.field ?? ''} ${problem.sentence}`}>
            {problem.field === undefined ? problem.sentence : <Button look="link" onPress={() => { focusField(problem.field ?? ''); }}>{problem.sentence}</Button>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Moves the focus to a field by its identifier, or to the first control within it. */
export function focusField(id: string): void {
  const element = document.getElementById(id);
  const control = element?.matches('input, textarea, button, select') === true ? element : element?.querySelector<HTMLElement>('input, textarea, button, select');
  control?.focus();
}

/** The sentence that belongs to a field, for the field itself. */
export function problemOf(problems: readonly Problem[], field: string): string | undefined {
  return problems.find((problem) => problem.field === field)?.sentence;
}
