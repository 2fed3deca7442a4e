import { Plus } from 'lucide-react';
import type { NetworkView } from '../../../src/ipc/state.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { focusField, problemOf, type Problem } from '../../ui/error-summary.js';
import { TextField } from '../../ui/text-field.js';

/** One way in which the filter shows itself. */
type Pattern = NetworkView['blockPages'][number];

/** How many there can be. */
const MOST = 50;

const BY = [
  { id: 'text', title: 'Words on the page' },
  { id: 'address', title: 'Part of its address' },
  { id: 'status', title: 'Its status number' },
] as const;

const ASK: Readonly<Record<Pattern['by'], { readonly label: string; readonly hint: string; readonly missing: string }>> = {
  text: { label: 'Which words?', hint: 'A sentence that stands on the filter’s page and nowhere else. Capital and small letters count the same.', missing: 'Enter the words on the filter’s page' },
  address: { label: 'Which part of the address?', hint: 'For example filter.example.org/blocked', missing: 'Enter the part of the address' },
  status: { label: 'Which number?', hint: 'Three digits that the filter answers with, such as 451.', missing: 'Enter the status number' },
};

const SAYS = [
  { id: 'blocked', title: 'The page is blocked', meaning: 'The record says that it was the filter’s page.' },
  { id: 'suspected', title: 'The page may show the sexual abuse of children', meaning: 'The case is halted at once, and the record says that the filter said so.' },
] as const;

/** The pages by which the filter is recognised, to add to and take from. */
export function BlockPages({ value, problems, onChange }: { readonly value: readonly Pattern[]; readonly problems: readonly Problem[]; readonly onChange: (value: readonly Pattern[]) => void }) {
  const remove = (at: number): void => {
    onChange(value.filter((_, index) => index !== at));
    focusField('add-pattern');
  };
  return (
    <section className="stack" aria-labelledby="block-pages-title">
      <h2 id="block-pages-title">The filter’s own pages</h2>
      <p>When your filter stops a page, it shows a page of its own. Say here how to recognise it, so that nobody takes it for the page that you wanted.</p>
      <p>The wording that the Internet Watch Foundation recommends is always recognised, and it halts the case. You need not add it.</p>
      {value.length === 0
        ? <p className="muted">None is set. Your filter’s pages are recorded as they are, and not named as such.</p>
        : (
          <ol className="block-pages" aria-label="Pages of the filter">
            {value.map((each, at) => (
              <li key={at}><PatternFields at={at} value={each} problems={problems} onChange={(changed) => { onChange(value.map((other, index) => (index === at ? changed : other))); }} onRemove={() => { remove(at); }} /></li>
            ))}
          </ol>
        )}
      {value.length < MOST
        ? <Button id="add-pattern" onPress={() => { onChange([...value, { by: 'text', pattern: '', says: 'blocked' }]); }}><Plus size={18} aria-hidden="true" />{value.length === 0 ? 'Add a page of the filter' : 'Add another'}</Button>
        : <p className="muted">There can be {MOST} at most.</p>}
    </section>
  );
}

function PatternFields({ at, value, problems, onChange, onRemove }: { readonly at: number; readonly value: Pattern; readonly problems: readonly Problem[]; readonly onChange: (value: Pattern) => void; readonly onRemove: () => void }) {
  const title = `Page ${at + 1}`;
  return (
    <div className="card stack register-card" role="group" aria-label={title}>
      <div className="row row-spread"><h3>{title}</h3><Button look="link" onPress={onRemove}>Remove<span className="unseen"> page {at + 1}</span></Button></div>
      <RadioGroup id={`by-${at}`} label="What is it recognised by?" layout="inline" options={BY} value={value.by} onChange={(chosen) => { onChange({ ...value, by: BY.find(({ id }) => id === chosen)?.id ?? value.by }); }} />
      <TextField
        id={`pattern-${at}`} label={ASK[value.by].label} hint={ASK[value.by].hint} narrow={value.by === 'status'} maxLength={value.by === 'status' ? 3 : 200} value={value.pattern} error={problemOf(problems, `pattern-${at}`)}
        onChange={(pattern) => { onChange({ ...value, pattern }); }}
      />
      <RadioGroup id={`says-${at}`} label="What does the filter say with it?" options={SAYS} value={value.says} onChange={(chosen) => { onChange({ ...value, says: SAYS.find(({ id }) => id === chosen)?.id ?? value.says }); }} />
    </div>
  );
}

/** What is missing before the engine is asked. */
export function blockPageProblems(patterns: readonly Pattern[]): Problem[] {
  return patterns.flatMap(({ by, pattern }, at) => {
    const text = pattern.trim();
    if (text === '') return [{ field: `pattern-${at}`, sentence: `${ASK[by].missing} (page ${at + 1})` }];
    return by === 'status' && !/^[1-5]\d\d$/.test(text) ? [{ field: `pattern-${at}`, sentence: `Enter a number of three digits, such as 451 (page ${at + 1})` }] : [];
  });
}

/** The field that a refusal of the patterns belongs to: the first that is too short. */
export function shortPattern(patterns: readonly Pattern[]): string {
  const at = patterns.findIndex(({ pattern }) => pattern.trim().length < 3);
  return at < 0 ? 'add-pattern' : `pattern-${at}`;
}
