import { useState } from 'react';
import type { Contacts } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { ContactFields } from '../../ui/contact-fields.js';
import { Status } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

/** The numbers for a crisis, to fill in or change. */
export function ContactsPage({ app }: RegisterPageProps) {
  const [contacts, setContacts] = useState<Contacts>(app.contacts);
  const [saved, setSaved] = useState(false);
  const action = useAction();
  const save = async (): Promise<void> => {
    setSaved(false);
    setSaved(await action.run(() => client.call('contacts.save', contacts)));
  };
  return (
    <RegisterForm
      title="Numbers to call" action={action} submit="Save" onSubmit={() => { void save(); }} status={<Status>{saved && 'Saved. The numbers show from now on.'}</Status>}
      intro={<p>These show on the screen when something must be stopped, even before anybody has signed in.</p>}
    >
      <ContactFields value={contacts} onChange={(changed) => { setSaved(false); setContacts(changed); }} />
    </RegisterForm>
  );
}
