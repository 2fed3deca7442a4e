import { LogOut, Plus } from 'lucide-react';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { missingContacts } from '../../logic/places.js';
import { listOf } from '../../logic/format.js';
import { attempt, beginSignOut, goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { PageHeading } from '../../ui/heading.js';
import { Note } from '../../ui/note.js';
import { Page } from '../../ui/page.js';
import { Badge, signedInReviewers } from '../../ui/people.js';
import { CaseSearch } from './case-search.js';
import './cases.css';

/** Every case on this computer. */
export function CasesScreen() {
  const app = useScreens((screens) => screens.app);
  if (app === null) return null;
  return (
    <Page wide actions={<CasesActions app={app} />}>
      <div className="stack-wide">
        <div className="row row-spread">
          <PageHeading title="Cases" />
          {app.cases.length > 0 && <Button look="primary" large onPress={() => { goTo('open-case'); }}><Plus size={20} aria-hidden="true" />Open a case</Button>}
        </div>
        <MissingContacts app={app} />
        {app.cases.length === 0 ? <NoCases /> : <CaseSearch cases={app.cases} />}
      </div>
    </Page>
  );
}

function CasesActions({ app }: { readonly app: AppState }) {
  const signedIn = signedInReviewers(app.reviewers, app.signedIn);
  return (
    <>
      <span className="row signed-in">
        {signedIn.map((reviewer) => <Badge key={reviewer.initials} initials={reviewer.initials} small />)}
        <span className="small muted">{listOf(signedIn.map((reviewer) => reviewer.name))}</span>
      </span>
      <Button onPress={() => { goTo('verify'); }}>Check a bundle</Button>
      <Button onPress={() => { goTo('register'); }}>Register and settings</Button>
      <Button onPress={() => { attempt(client.call('lock', {})); }}>Step out</Button>
      <Button onPress={() => { attempt(beginSignOut()); }}><LogOut size={18} aria-hidden="true" />Sign out</Button>
    </>
  );
}

function MissingContacts({ app }: { readonly app: AppState }) {
  const missing = missingContacts(app.contacts);
  if (missing.length === 0) return null;
  return (
    <Note tone="warn">
      <p><b>Some numbers for a crisis are missing:</b> {listOf(missing)}. Add them while there is time.</p>
      <p><Button look="link" onPress={() => { goTo('contacts'); }}>Add the missing numbers</Button></p>
    </Note>
  );
}

function NoCases() {
  return (
    <Empty title="No cases yet">
      <p>A case holds everything about one report: the addresses that you visited, what you captured, your concerns and your conclusion.</p>
      <p>Open one <b>before</b> you look at anything. Every page is recorded from then on, for both of you.</p>
      <Button look="primary" large onPress={() => { goTo('open-case'); }}><Plus size={20} aria-hidden="true" />Open a case</Button>
    </Empty>
  );
}
