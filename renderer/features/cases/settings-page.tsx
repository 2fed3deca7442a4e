import { useState } from 'react';
import { client } from '../../client.js';
import { goTo, useScreens } from '../../store.js';
import { problemOf } from '../../ui/error-summary.js';
import { Page } from '../../ui/page.js';
import { QuestionPage } from '../../ui/question-page.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';

const FIELDS: Readonly<Record<string, string>> = { 'settings.idle-minutes': 'idle-minutes', 'settings.time-server': 'time-server' };

/** What a school can set about a sitting. */
export function SettingsPage() {
  const saved = useScreens((screens) => screens.app?.settings);
  const [minutes, setMinutes] = useState(String(saved?.idleMinutes ?? 10));
  const [server, setServer] = useState(saved?.sntpServer ?? '');
  const action = useAction((code) => FIELDS[code]);
  const save = async (): Promise<void> => {
    if (!action.check(/^\d{1,2}$/.test(minutes.trim()) ? [] : [{ field: 'idle-minutes', sentence: 'Type a number between 1 and 30' }])) return;
    const settings = { idleMinutes: Number(minutes), sntpServer: server.trim() === '' ? null : server.trim() };
    if (await action.run(() => client.call('settings.save', settings))) goTo('home');
  };
  return (
    <Page>
      <QuestionPage title="Settings" problems={action.problems} submit="Save" pending={action.pending} onSubmit={() => { void save(); }} onBack={() => { goTo('home'); }}>
        <TextField id="idle-minutes" label="Lock after how many minutes without anybody?" hint="Between 1 and 30. Both passphrases are needed to go on." narrow maxLength={2} value={minutes} onChange={setMinutes} error={problemOf(action.problems, 'idle-minutes')} />
        <TextField
          id="time-server" label="Time server (optional)" hint="Asked at the start and the end of each sitting, so that the record shows how exact this computer’s clock was. Ask your network manager for its name. Leave it empty and no server is asked." value={server} onChange={setServer}
          maxLength={260} error={problemOf(action.problems, 'time-server')}
        />
      </QuestionPage>
    </Page>
  );
}
