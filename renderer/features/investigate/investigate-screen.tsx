import { useEffect, useRef, useState } from 'react';
import { client } from '../../client.js';
import { attempt, reportProblem, useScreens } from '../../store.js';
import { AlertBanner } from '../../ui/alert-banner.js';
import { Button } from '../../ui/button.js';
import { PreFlight } from '../pre-flight/pre-flight.js';
import { ActionBar } from './action-bar.js';
import { BlockNotice } from './block-notice.js';
import { BrowserBar } from './browser-bar.js';
import { CasePanel } from './case-panel.js';
import { ClockPanel } from './clock-panel.js';
import { CaseTopBar } from './case-top-bar.js';
import { ConcernPanel } from './concern-panel.js';
import { useDesk } from './desk.js';
import { FrameView } from './frame-view.js';
import { KeptNote } from './kept-note.js';
import { ListPanel } from './list-panel.js';
import { ListProgress } from './list-progress.js';
import { NotePanel } from './note-panel.js';
import { PartsPanel } from './parts-panel.js';
import { QuestionPage } from './question-view.js';
import { SeriesPanel } from './series-panel.js';
import { SignOutPanel } from './sign-out-panel.js';
import { StartBrowsing } from './start-browsing.js';
import { WhereFromPanel } from './where-from-panel.js';
import { WordsPanel } from './words-panel.js';
import './case.css';
import './page-view.css';

type Panel = 'record' | 'concern' | 'note' | 'sign-out' | 'clock' | 'words' | 'where-from' | 'series' | 'list';

/** The page in the middle, the record beside it. Forms take the record's place, so that the page and STOP stay in reach. */
export function InvestigateScreen() {
  const app = useScreens((screens) => screens.app);
  const { panel, setPanel, close } = usePanel();
  const { parts, listShown, picking } = useDesk();
  const [starting, setStarting] = useState(false);
  useQuestionAnswered(app?.case?.question != null);
  useBrowserStarted(app?.case?.browsing === true);
  useEffect(() => () => { useDesk.setState({ picking: null }); }, []);
  if (app?.case == null) return null;
  const view = app.case;
  const inParts = parts !== null && parts.caseId === view.id && parts.view === view.page?.view ? parts : null;
  const canCapture = view.browsing && view.page?.view != null && view.question === null;
  const list = listShown ? view.captureList : null;
  const start = (): void => {
    setStarting(true);
    client.call('browse.start', {}).then(toAddress).catch(reportProblem).finally(() => { setStarting(false); });
  };
  return (
    <div className="case">
      <CaseTopBar app={app} view={view} title="Investigate">
        <Button onPress={() => { setPanel('sign-out'); }}>Sign out</Button>
        <Button onPress={() => { attempt(client.call('lock', {})); }}>Lock</Button>
      </CaseTopBar>
      <AlertBanner />
      <main className="case-main">
        <BrowserBar page={view.page} browsing={view.browsing} looking={view.looking} reported={view.reported ?? []} />
        {view.browsing && view.question === null && view.blockPage !== null && <BlockNotice blocked={view.blockPage} />}
        {!view.browsing && view.preFlightDue === true && <PreFlight app={app} view={view} onStarted={toAddress} />}
        {!view.browsing && view.preFlightDue !== true && <StartBrowsing onStart={start} pending={starting} subject={view.subject} />}
        {view.browsing && (view.question === null ? <FrameView view={view} /> : <QuestionPage key={view.question.id} app={app} view={view} question={view.question} />)}
        <ActionBar canCapture={canCapture && picking === null} canList={view.browsing && view.captureList?.running !== true} onOpen={setPanel} />
      </main>
      <aside className="case-side" aria-label={panel === 'record' ? 'The record' : 'Form'}>
        {panel === 'record' && (
          <>
            {inParts !== null && <PartsPanel parts={inParts} canCapture={canCapture} onClose={() => { useDesk.setState({ parts: null }); close(); }} />}
            {inParts === null && list !== null && <ListProgress list={list} onClose={() => { useDesk.setState({ listShown: false }); close(); }} />}
            {inParts === null && list === null && <KeptNote view={view} onConcern={() => { setPanel('concern'); }} />}
            {inParts === null && list === null && <CasePanel view={view} onOpen={setPanel} onWhereFrom={() => { setPanel('where-from'); }} />}
          </>
        )}
        {panel === 'concern' && <ConcernPanel app={app} view={view} onClose={close} />}
        {panel === 'note' && <NotePanel app={app} view={view} onClose={close} />}
        {panel === 'sign-out' && <SignOutPanel view={view} onClose={close} />}
        {panel === 'clock' && <ClockPanel app={app} view={view} onClose={close} />}
        {panel === 'words' && <WordsPanel onClose={close} />}
        {panel === 'where-from' && <WhereFromPanel app={app} view={view} onClose={close} />}
        {panel === 'series' && <SeriesPanel onClose={close} />}
        {panel === 'list' && <ListPanel onClose={close} />}
      </aside>
    </div>
  );
}

function toAddress(): void {
  document.getElementById('address')?.focus();
}

/** Which form stands beside the page. What opened one gets the focus back when it closes. */
function usePanel(): { readonly panel: Panel; readonly setPanel: (panel: Panel) => void; readonly close: () => void } {
  const [panel, set] = useState<Panel>('record');
  const [closed, setClosed] = useState(0);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    if (closed === 0 || (document.activeElement !== null && document.activeElement !== document.body)) return;
    const back = opener.current instanceof HTMLElement && opener.current.isConnected ? opener.current : document.getElementById('other-captures');
    back?.focus();
  }, [closed]);
  const setPanel = (next: Panel): void => {
    const now = document.activeElement;
    // A line of a menu is gone by the time that the form closes.
    opener.current = now?.closest('.menu') == null ? now : null;
    useDesk.setState({ kept: null });
    set(next);
  };
  const close = (): void => {
    set('record');
    setClosed((times) => times + 1);
  };
  return { panel, setPanel, close };
}

/** The address can be typed only once the browser runs; what started it is gone by then, and Tab would lead into the page. */
function useBrowserStarted(browsing: boolean): void {
  const before = useRef(browsing);
  useEffect(() => {
    if (!before.current && browsing && document.activeElement === document.body) toAddress();
    before.current = browsing;
  }, [browsing]);
}

/** Once a question is answered its buttons are gone; the focus goes to the page. */
function useQuestionAnswered(open: boolean): void {
  const before = useRef(open);
  useEffect(() => {
    if (before.current && !open && document.activeElement === document.body) document.getElementById('view')?.focus();
    before.current = open;
  }, [open]);
}
