import { useCallback, useState } from 'react';
import type { CallArguments } from '../../../src/ipc/contract.js';
import type { CaptureListView, CaseView, CompositeView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { listStanding } from '../../logic/address-list.js';
import { useScreens } from '../../store.js';
import { AlertBanner } from '../../ui/alert-banner.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { Note } from '../../ui/note.js';
import { signedInReviewers } from '../../ui/people.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import { CaseTopBar } from '../investigate/case-top-bar.js';
import { notePart, useDesk } from '../investigate/desk.js';
import '../investigate/case.css';
import { ListButtons } from '../investigate/list-progress.js';
import { Facts } from './composite-facts.js';
import { CompositeImage } from './composite-image.js';
import './declare.css';
import { SeriesComposite } from './series-sheet.js';
import { CoveredComposite } from './covered-composite.js';
import { useAnswerKeys } from './use-answer-keys.js';

/** What a reviewer may answer. */
export type Answer = CallArguments<'capture.declare'>['answer'];

/** Exactly what would be kept, and the question that one reviewer answers before anything is. */
export function DeclareScreen() {
  const app = useScreens((screens) => screens.app);
  if (app?.case?.composite == null) return null;
  return <Declare key={app.case.composite.id} app={app} view={app.case} composite={app.case.composite} />;
}

function Declare({ app, view, composite }: { readonly app: AppState; readonly view: CaseView; readonly composite: CompositeView }) {
  const [covered, setCovered] = useState(view.looking.shielded && composite.image !== null);
  const [drawn, setDrawn] = useState(composite.image === null);
  const draw = useCallback(() => { setDrawn(true); }, []);
  return (
    <div className="case declare">
      <CaseTopBar app={app} view={view} title="Look at what would be kept" />
      <AlertBanner />
      <main className="case-main declare-main" aria-label="What would be kept">
        {covered ? <CoveredComposite onShow={() => { setCovered(false); }} /> : <CompositePicture composite={composite} onDrawn={draw} />}
      </main>
      <aside className="case-side declare-side" aria-label="The question"><DeclareForm app={app} view={view} composite={composite} shown={drawn} /></aside>
    </div>
  );
}

function CompositePicture({ composite, onDrawn }: { readonly composite: CompositeView; readonly onDrawn: () => void }) {
  const { id, image, pictures } = composite;
  if (image === null) return <CompositeText composite={composite} />;
  return pictures.length > 1 ? <SeriesComposite composite={composite} image={image} onDrawn={onDrawn} /> : <CompositeImage id={id} image={image} onDrawn={onDrawn} />;
}

function CompositeText({ composite }: { readonly composite: CompositeView }) {
  return (
    <div className="composite-text" role="region" aria-label="The text of the page" tabIndex={0}>
      <pre>{composite.text === '' ? 'This page has no text.' : composite.text}</pre>
      {composite.text.length >= 20_000 && <p className="muted small">This is the beginning. The exhibit holds all of the text.</p>}
    </div>
  );
}

const ANSWERS: readonly { readonly id: Answer; readonly key: string; readonly title: string }[] = [
  { id: 'not-suspected', key: 'K', title: 'No, keep it' },
  { id: 'suspected', key: 'Y', title: 'Yes' },
  { id: 'unsure', key: 'S', title: 'Not sure' },
];

/** `shown`: nobody can say of what they have not seen that it may be kept. That it is suspected, or that they are not sure, they may say at once. */
function DeclareForm({ app, view, composite, shown }: { readonly app: AppState; readonly view: CaseView; readonly composite: CompositeView; readonly shown: boolean }) {
  const open = (answer: Answer): boolean => shown || answer !== 'not-suspected';
  const [by, setBy] = useState(view.heldBy);
  const [note, setNote] = useState('');
  const [account, setAccount] = useState('');
  const action = useAction();
  const declare = (answer: Answer): void => {
    void action.run(async () => {
      const kept = await client.call('capture.declare', { id: composite.id, by, answer, note, account });
      if (kept?.exhibit == null) return;
      notePart(composite, kept.exhibit);
      useDesk.setState({ kept: { caseId: view.id, reference: kept.exhibit, view: view.page?.view ?? '' } });
    });
  };
  const discard = (): void => { void action.run(() => client.call('capture.discard', { id: composite.id })); };
  useAnswerKeys((key) => {
    const answer = ANSWERS.find((each) => each.key === key);
    if (answer !== undefined && open(answer.id)) declare(answer.id);
  });
  return (
    <div className="declare-form stack-wide">
      <ErrorSummary problems={action.problems} />
      {view.captureList?.running === true && <ListPlace list={view.captureList} />}
      {composite.warnings.length > 0 && <Note tone="warn">{composite.warnings.map((warning) => <p key={warning}>{warning}</p>)}</Note>}
      <div>
        <h2 id="declare-question" className="declare-question">Could anything here show the sexual abuse of a child?</h2>
        <p className="muted small">Nothing is kept yet. Look at all of it together, then answer.</p>
      </div>
      <Who id="declare-by" label="Who answers?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={by} onChange={setBy} />
      <div className="declare-answers" role="group" aria-labelledby="declare-question">
        {ANSWERS.map((answer) => (
          <Button key={answer.id} large wide isDisabled={action.pending || !open(answer.id)} onPress={() => { declare(answer.id); }} aria-keyshortcuts={answer.key}><span className="declare-answer">{answer.title}</span><kbd>{answer.key}</kbd></Button>
        ))}
        <p className="small muted">“Yes” and “Not sure” stop everything: this capture is thrown away and the screen tells you whom to call.</p>
        <p className="small"><Button look="link" onPress={discard}>Do not keep this. Go back to the page</Button></p>
      </div>
      <TextArea id="declare-note" label="Note for this exhibit (optional)" rows={2} value={note} onChange={setNote} />
      <TextField id="declare-account" label="Who does the page say is logged in? (optional)" value={account} onChange={setAccount} />
      <Facts composite={composite} />
    </div>
  );
}

function ListPlace({ list }: { readonly list: CaptureListView }) {
  return (
    <div className="declare-list stack-tight">
      <p className="small muted">Address {listStanding(list).at} of {list.items.length} in your list</p>
      <div className="row"><ListButtons /></div>
    </div>
  );
}
