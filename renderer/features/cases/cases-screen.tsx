import { LogOut, Plus } from 'lucide-react';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { finishingStands, finishingSteps } from '../../logic/set-up-steps.js';
import { missingContacts } from '../../logic/places.js';
import { listOf } from '../../logic/format.js';
import { attempt, beginSignOut, goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { PageHeading } from '../../ui/heading.js';
import { Note } from '../../ui/note.js';
import { Page } from '../../ui/page.js';
import { WorkProgress } from '../../ui/progress.js';
import { Badge, signedInReviewers } from '../../ui/people.js';
import { StartPractice } from '../practice/start-practice.js';
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
        <WorkProgress task="start" />
        {app.practice === undefined && <Unfinished app={app} />}
        <MissingContacts app={app} />
        {app.cases.length === 0 ? <NoCases practising={app.practice !== undefined} /> : <CaseSearch cases={app.cases} />}
        {app.cases.length > 0 && app.practice === undefined && <p><StartPractice words="Practise on a made-up case" /></p>}
      </div>
    </Page>
  );
}

function CasesActions({ app }: { readonly app: AppState }) {
  const signedIn = signedInReviewers(app.reviewers, app.signedIn);
  const practising = app.practice !== undefined;
  return (
    <>
      <span className="row signed-in">
        {signedIn.map((reviewer) => <Badge key={reviewer.initials} initials={reviewer.initials} small />)}
        <span className="small muted">{listOf(signedIn.map((reviewer) => reviewer.name))}</span>
      </span>
      {(!practising || app.cases.some(({ phase }) => phase === 'sealed')) && <Button onPress={() => { goTo('verify'); }}>Check a bundle</Button>}
      {!practising && <Button onPress={() => { goTo('register'); }}>Register and settings</Button>}
      <Button onPress={() => { attempt(client.call('lock', {})); }}>Lock</Button>
      {!practising && <Button onPress={() => { attempt(beginSignOut()); }}><LogOut size={18} aria-hidden="true" />Sign out</Button>}
    </>
  );
}

function Unfinished({ app }: { readonly app: AppState }) {
  if (app.admin === null) return null;
  const steps = finishingSteps(app, app.admin, null);
  const { next } = finishingStands(steps.filter(({ id }) => id !== 'lists'));
  if (next === null) return null;
  const left = steps.filter(({ state, optional }) => state === 'open' && !optional).map(({ title }) => title.toLowerCase());
  return (
    <p className="row"><Button look="link" onPress={() => { goTo('finish-set-up'); }}>Finish setting up</Button>{left.length > 0 && <span className="muted">Not done yet: {listOf(left)}</span>}</p>
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

function NoCases({ practising }: { readonly practising: boolean }) {
  return (
    <Empty title="No cases yet">
      <p>A case holds everything about one report: the addresses that you visited, what you captured, your concerns and your conclusion.</p>
      <p>Open one <b>before</b> you look at anything. Every page is recorded from then on, for both of you.</p>
      <Button look="primary" large onPress={() => { goTo('open-case'); }}><Plus size={20} aria-hidden="true" />Open a case</Button>
      {!practising && <p>To try it first: <StartPractice words="practise on a made-up case" />. It takes ten minutes and leaves nothing behind.</p>}
    </Empty>
  );
}
