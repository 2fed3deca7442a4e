import { useState } from 'react';
import { client } from '../../client.js';
import { attempt, reportProblem, useScreens } from '../../store.js';
import { AlertBanner } from '../../ui/alert-banner.js';
import { Button } from '../../ui/button.js';
import { ActionBar } from './action-bar.js';
import { BrowserBar } from './browser-bar.js';
import { CasePanel } from './case-panel.js';
import { ClockPanel } from './clock-panel.js';
import { CaseTopBar } from './case-top-bar.js';
import { ConcernPanel } from './concern-panel.js';
import { FrameView } from './frame-view.js';
import { NotePanel } from './note-panel.js';
import { SignOutPanel } from './sign-out-panel.js';
import { StartBrowsing } from './start-browsing.js';
import { WordsPanel } from './words-panel.js';
import './investigate.css';

type Panel = 'record' | 'concern' | 'note' | 'sign-out' | 'clock' | 'words';

/** The page in the middle, the record beside it. Forms take the record's place, so that the page and STOP stay in reach. */
export function InvestigateScreen() {
  const app = useScreens((screens) => screens.app);
  const [panel, setPanel] = useState<Panel>('record');
  const [starting, setStarting] = useState(false);
  if (app?.case == null) return null;
  const view = app.case;
  const close = (): void => { setPanel('record'); };
  const start = (): void => {
    setStarting(true);
    client.call('browse.start', {}).then(() => { document.getElementById('address')?.focus(); }).catch(reportProblem).finally(() => { setStarting(false); });
  };
  return (
    <div className="case">
      <CaseTopBar app={app} view={view} title="Investigate">
        <Button onPress={() => { setPanel('sign-out'); }}>Sign out</Button>
        <Button onPress={() => { attempt(client.call('lock', {})); }}>Step out</Button>
      </CaseTopBar>
      <AlertBanner />
      <main className="case-main">
        <BrowserBar page={view.page} browsing={view.browsing} looking={view.looking} />
        {view.browsing ? <FrameView view={view} /> : <StartBrowsing onStart={start} pending={starting} subject={view.subject} />}
        <ActionBar canCapture={view.browsing && view.page?.view != null} onOpen={setPanel} />
      </main>
      <aside className="case-side" aria-label={panel === 'record' ? 'The record' : 'Form'}>
        {panel === 'record' && <CasePanel view={view} onOpen={setPanel} />}
        {panel === 'concern' && <ConcernPanel app={app} view={view} onClose={close} />}
        {panel === 'note' && <NotePanel app={app} view={view} onClose={close} />}
        {panel === 'sign-out' && <SignOutPanel onClose={close} />}
        {panel === 'clock' && <ClockPanel app={app} view={view} onClose={close} />}
        {panel === 'words' && <WordsPanel onClose={close} />}
      </aside>
    </div>
  );
}
