import { useState } from 'react';
import type { Contacts } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { goTo, useScreens } from '../../store.js';
import { ContactFields } from '../../ui/contact-fields.js';
import { Page } from '../../ui/page.js';
import { QuestionPage } from '../../ui/question-page.js';
import { useAction } from '../../ui/use-action.js';

const NONE: Contacts = { policeForce: '', safeguardingLead: '', lado: '', support: '' };

/** The numbers for a crisis, to fill in or change. */
export function ContactsPage() {
  const saved = useScreens((screens) => screens.app?.contacts ?? NONE);
  const [contacts, setContacts] = useState<Contacts>(saved);
  const action = useAction();
  const save = async (): Promise<void> => {
    if (await action.run(() => client.call('contacts.save', contacts))) goTo('home');
  };
  return (
    <Page>
      <QuestionPage
        title="Who would you call in a crisis?" problems={action.problems} submit="Save" pending={action.pending} onSubmit={() => { void save(); }} onBack={() => { goTo('home'); }}
        intro={<p>These show on the screen when something must be stopped, even before anybody has signed in.</p>}
      >
        <ContactFields value={contacts} onChange={setContacts} />
      </QuestionPage>
    </Page>
  );
}
