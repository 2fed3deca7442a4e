import { useState } from 'react';
import { MARKINGS, type Marking } from '../../../src/investigation/policy/markings.js';
import { client } from '../../client.js';
import { HOLD_TO_STOP } from '../../logic/view-input.js';
import { RadioGroup } from '../../ui/choices.js';
import { problemOf } from '../../ui/error-summary.js';
import { Select } from '../../ui/select.js';
import { Status } from '../../ui/status.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

const FIELDS: Readonly<Record<string, string>> = { 'settings.idle-minutes': 'idle-minutes', 'settings.time-server': 'time-server', 'settings.stop-hold': 'stop-hold' };
/** The choice of no marking at all. */
const NONE = 'none';
const MARKING_OPTIONS = [{ id: NONE, title: 'None' }, ...MARKINGS.map(({ id, meaning }) => ({ id, title: id, meaning }))];

/** What a school can set about a sitting. */
export function SettingsPage({ app }: RegisterPageProps) {
  const [minutes, setMinutes] = useState(String(app.settings.idleMinutes));
  const [server, setServer] = useState(app.settings.sntpServer ?? '');
  const [marking, setMarking] = useState<string>(app.settings.marking ?? NONE);
  const [hold, setHold] = useState(String(app.settings.stopHoldMs ?? HOLD_TO_STOP));
  const [sound, setSound] = useState(app.settings.sound === true);
  const [autoplay, setAutoplay] = useState(app.settings.autoplay === true);
  const [saved, setSaved] = useState(false);
  const action = useAction((code) => FIELDS[code]);
  const save = async (): Promise<void> => {
    setSaved(false);
    const wanted = Number(minutes.trim());
    if (!action.check(/^\d{1,2}$/.test(minutes.trim()) && wanted >= 1 && wanted <= 30 ? [] : [{ field: 'idle-minutes', sentence: 'Type a number between 1 and 30' }])) return;
    if (!action.check(/^\d{3,4}$/.test(hold.trim()) ? [] : [{ field: 'stop-hold', sentence: 'Type a number between 300 and 2,000' }])) return;
    setSaved(await action.run(() => client.call('settings.save', {
      idleMinutes: wanted, sntpServer: server.trim() === '' ? null : server.trim(), stopHoldMs: Number(hold.trim()), sound, autoplay, ...(marking === NONE ? {} : { marking: marking as Marking }),
    })));
  };
  return (
    <RegisterForm title="Lock, clock and sound" action={action} submit="Save" onSubmit={() => { void save(); }} status={<Status>{saved && 'Saved.'}</Status>}>
      <TextField
        id="idle-minutes" label="Lock after how many minutes without use?" hint="Between 1 and 30. Both passphrases are needed to go on." narrow maxLength={2} value={minutes} error={problemOf(action.problems, 'idle-minutes')}
        onChange={(text) => { setSaved(false); setMinutes(text); }}
      />
      <TextField
        id="stop-hold" label="Hold Esc for how long to stop?" hint="In thousandths of a second, between 300 and 2,000. F9 always stops at once." narrow maxLength={4} value={hold} error={problemOf(action.problems, 'stop-hold')}
        onChange={(text) => { setSaved(false); setHold(text); }}
      />
      <TextField
        id="time-server" label="Time server (optional)" hint="Asked at the start and the end of each sitting, so that the record shows how exact this computer’s clock was. Ask your network manager for its name. Leave it empty and no server is asked." value={server}
        onChange={(text) => { setSaved(false); setServer(text); }} maxLength={260} error={problemOf(action.problems, 'time-server')}
      />
      <Select id="marking" label="Protective marking on bundles (optional)" options={MARKING_OPTIONS} value={marking} onChange={(choice) => { setSaved(false); setMarking(choice); }} />
      <RadioGroup
        id="sound" label="May pages be heard?" hint="It applies from the next time that the browser starts, and the record says so."
        options={[{ id: 'no', title: 'No', meaning: 'Nothing of a page can be heard. This is how it is at first.' }, { id: 'yes', title: 'Yes', meaning: 'For a spoken message that matters. Think of who else is in the room.' }]}
        value={sound ? 'yes' : 'no'} onChange={(answer) => { setSaved(false); setSound(answer === 'yes'); }}
      />
      <RadioGroup
        id="autoplay" label="May videos and sounds start by themselves?" hint="It applies from the next time that the browser starts, and the record says so."
        options={[{ id: 'no', title: 'No', meaning: 'They start when one of you clicks. This is how it is at first.' }, { id: 'yes', title: 'Yes', meaning: 'Pages decide.' }]}
        value={autoplay ? 'yes' : 'no'} onChange={(answer) => { setSaved(false); setAutoplay(answer === 'yes'); }}
      />
    </RegisterForm>
  );
}
