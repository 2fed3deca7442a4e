import { useState } from 'react';
import { THEMES, type Theme } from '../../../src/investigation/policy/installation.js';
import { client } from '../../client.js';
import { RadioGroup } from '../../ui/choices.js';
import { Status } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';
import { THEME_TITLES } from './pages.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

const OPTIONS = THEMES.map((id) => ({ id, title: THEME_TITLES[id] }));

/** Light, dark or more contrast, for everybody who signs in on this computer. */
export function DisplayPage({ app }: RegisterPageProps) {
  const [theme, setTheme] = useState<Theme>(app.settings.theme ?? 'system');
  const [saved, setSaved] = useState(false);
  const action = useAction();
  const save = async (): Promise<void> => {
    setSaved(false);
    setSaved(await action.run(() => client.call('settings.save', { ...app.settings, theme })));
  };
  return (
    <RegisterForm
      title="How it looks" action={action} submit="Save" onSubmit={() => { void save(); }} status={<Status>{saved && 'Saved.'}</Status>}
      intro={<p>For everybody who signs in on this computer. To make everything larger, press Ctrl and +. Ctrl and 0 goes back.</p>}
    >
      <RadioGroup id="theme" label="Colours" options={OPTIONS} value={theme} onChange={(id) => { setSaved(false); setTheme(THEMES.find((each) => each === id) ?? 'system'); }} />
    </RegisterForm>
  );
}
