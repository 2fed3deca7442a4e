import { useState } from 'react';
import { Input, Label, SearchField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { CaseSummary } from '../../../src/ipc/state.js';
import { number } from '../../logic/format.js';
import { passes, type CaseFilter } from '../../logic/review.js';
import { Button } from '../../ui/button.js';
import { CaseTable } from './case-table.js';

const FILTERS: readonly { readonly id: CaseFilter; readonly title: string; readonly none: string }[] = [
  { id: 'all', title: 'All', none: 'There is no case.' },
  { id: 'open', title: 'Open', none: 'No case is open.' },
  { id: 'halted', title: 'Halted', none: 'No case is halted.' },
  { id: 'concluded', title: 'Not sealed yet', none: 'Every concluded case is sealed.' },
  { id: 'sealed', title: 'Sealed', none: 'No case is sealed.' },
  { id: 'review', title: 'Due for review', none: 'No case is due for review.' },
];

/** The cases with a search and a filter. */
export function CaseSearch({ cases }: { readonly cases: readonly CaseSummary[] }) {
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState<CaseFilter>('all');
  const [now] = useState(() => Date.now());
  const wanted = query.trim().toLowerCase();
  const chosen = FILTERS.find(({ id }) => id === filter) ?? FILTERS[0];
  const left = cases.filter((each) => passes(filter, each, now));
  const found = left.filter((each) => `${each.reference} ${each.reason}`.toLowerCase().includes(wanted));
  const showAll = (): void => {
    setQuery('');
    setFilter('all');
  };
  return (
    <div className="stack">
      <div className="case-tools">
        <SearchField className="field case-search" value={query} onChange={setQuery}>
          <Label className="field-label">Search by reference or reason</Label>
          <Input className="input" spellCheck={false} autoComplete="off" />
        </SearchField>
        <ToggleButtonGroup
          className="case-filters" aria-label="Which cases" selectionMode="single" disallowEmptySelection selectedKeys={[filter]}
          onSelectionChange={(keys) => { for (const key of keys) setFilter(key as CaseFilter); }}
        >
          {FILTERS.map(({ id, title }) => <ToggleButton key={id} id={id} className="case-filter">{title}<span className="case-filter-count">{number(cases.filter((each) => passes(id, each, now)).length)}</span></ToggleButton>)}
        </ToggleButtonGroup>
      </div>
      <p className="unseen" role="status">{wanted === '' && filter === 'all' ? '' : `${found.length} found`}</p>
      {found.length > 0
        ? <CaseTable cases={found} />
        : (
          <div className="card stack-tight">
            <p>{left.length === 0 ? chosen?.none : `No case ${filter === 'all' ? '' : 'here '}has “${query.trim()}” in its reference or reason.`}</p>
            <p><Button look="link" onPress={showAll}>Show all cases</Button></p>
          </div>
        )}
    </div>
  );
}
