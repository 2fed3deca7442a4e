import { useState } from 'react';
import { OUTCOMES } from '../../../src/investigation/policy/outcomes.js';
import { client } from '../../client.js';
import { listOf, withinWords } from '../../logic/format.js';
import { Checkbox } from '../../ui/choices.js';
import { problemOf } from '../../ui/error-summary.js';
import { TextField } from '../../ui/text-field.js';
import { PolicyTablePage } from './policy-table-page.js';
import type { RegisterPageProps } from './register-form.js';

const NOTHING = { title: '', meaning: '', police: false };

/** The school's table of concerns. */
export function PolicyPage({ admin }: RegisterPageProps) {
  const { categories, history } = admin.policy ?? { categories: [], history: [] };
  const [typed, setTyped] = useState(NOTHING);
  return (
    <PolicyTablePage
      title="Kinds of concern" heads={['Kind', 'Goes to the police']} rows={categories} second={({ police }) => (police ? 'Yes, at once' : 'No')} always={({ police, own }) => police && !own} history={history}
      intro={<p>What the two of you choose from when you describe a concern. Records that are written stay as they are.</p>}
      remark={<p className="small muted">The outcomes of a case are fixed: {listOf(OUTCOMES.map(({ title }) => withinWords(title)))}.</p>}
      offer={(id, kind) => client.call('policy.change', { change: { kind, id } })}
      own={{
        heading: 'Add a kind of your own', submit: 'Add this kind', nameField: 'policy-title', name: typed.title,
        problems: [
          ...(typed.title.trim() === '' ? [{ field: 'policy-title', sentence: 'Enter a name' }] : []), ...(typed.meaning.trim() === '' ? [{ field: 'policy-meaning', sentence: 'Enter what it means, in one sentence' }] : []),
        ],
        add: () => client.call('policy.change', { change: { kind: 'added', ...typed } }),
        clear: () => { setTyped(NOTHING); },
        fields: (problems) => (
          <>
            <TextField id="policy-title" label="Name" maxLength={80} value={typed.title} onChange={(title) => { setTyped({ ...typed, title }); }} error={problemOf(problems, 'policy-title')} />
            <TextField id="policy-meaning" label="What it means" hint="One sentence that helps two people choose." maxLength={300} value={typed.meaning} onChange={(meaning) => { setTyped({ ...typed, meaning }); }} error={problemOf(problems, 'policy-meaning')} />
            <Checkbox id="policy-police" label="Goes to the police at once" selected={typed.police} onChange={(police) => { setTyped({ ...typed, police }); }} />
          </>
        ),
      }}
    />
  );
}
