import { useState } from 'react';
import { SANCTION_AIMS, type SanctionAim } from '../../../src/investigation/policy/sanctions.js';
import { client } from '../../client.js';
import { RadioGroup } from '../../ui/choices.js';
import { problemOf } from '../../ui/error-summary.js';
import { TextField } from '../../ui/text-field.js';
import { PolicyTablePage } from './policy-table-page.js';
import type { RegisterPageProps } from './register-form.js';

const NOTHING: { readonly title: string; readonly meaning: string; readonly aim: SanctionAim | null } = { title: '', meaning: '', aim: null };

/** The school's table of sanctions. */
export function SanctionsPage({ admin }: RegisterPageProps) {
  const { sanctions, sanctionHistory } = admin.policy ?? { sanctions: [], sanctionHistory: [] };
  const [typed, setTyped] = useState(NOTHING);
  const { title, meaning, aim } = typed;
  return (
    <PolicyTablePage
      title="Sanctions" heads={['Sanction', 'For']} rows={sanctions} second={(row) => SANCTION_AIMS.find(({ id }) => id === row.aim)?.title} history={sanctionHistory}
      intro={<p>What the two of you choose from when you conclude a case. The list that comes with the app is an example: your school’s policy decides. Records that are written stay as they are.</p>}
      offer={(id, kind) => client.call('sanctions.change', { change: { kind, id } })}
      own={{
        heading: 'Add a sanction of your own', submit: 'Add this sanction', nameField: 'sanction-title', name: title,
        problems: [...(title.trim() === '' ? [{ field: 'sanction-title', sentence: 'Enter a name' }] : []), ...(aim === null ? [{ field: 'sanction-aim', sentence: 'Choose whom it is for' }] : [])],
        add: () => (aim === null ? Promise.resolve() : client.call('sanctions.change', { change: { kind: 'added', title, meaning, aim } })),
        clear: () => { setTyped(NOTHING); },
        fields: (problems) => (
          <>
            <TextField id="sanction-title" label="Name" maxLength={80} value={title} onChange={(text) => { setTyped({ ...typed, title: text }); }} error={problemOf(problems, 'sanction-title')} />
            <TextField id="sanction-meaning" label="What it means (optional)" hint="One sentence that helps two people choose." maxLength={300} value={meaning} onChange={(text) => { setTyped({ ...typed, meaning: text }); }} />
            <RadioGroup id="sanction-aim" label="Whom is it for?" layout="inline" options={SANCTION_AIMS} value={aim} onChange={(chosen) => { setTyped({ ...typed, aim: chosen as SanctionAim }); }} error={problemOf(problems, 'sanction-aim')} />
          </>
        ),
      }}
    />
  );
}
