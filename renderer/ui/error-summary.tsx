import { CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from './button.js';

/** Something wrong: the sentence, and the field that it belongs to when there is one, or `who`: the initials of those whose passphrase it is. */
export interface Problem {
  readonly sentence: string;
  readonly field?: string;
  readonly who?: readonly string[];
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
            {problem.field === undefined && problem.who === undefined ? problem.sentence : <Button look="link" onPress={() => { focusProblem(problem); }}>{problem.sentence}</Button>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function focusProblem({ field, who = [] }: Problem): void {
  if (field !== undefined) focusField(field);
  else (document.querySelector<HTMLElement>(`[data-person="${CSS.escape(who[0] ?? '')}"] .input-with-button input`) ?? document.querySelector<HTMLElement>('input[type=password]'))?.focus();
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

/** The sentence that is about the passphrase of one person. */
export function problemOfPerson(problems: readonly Problem[], initials: string): string | undefined {
  return problems.find((problem) => problem.who?.includes(initials) === true)?.sentence;
}
