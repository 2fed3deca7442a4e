import { Pencil } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { attempt, beginSignOut } from '../../store.js';
import { AlertBanner } from '../../ui/alert-banner.js';
import { Button } from '../../ui/button.js';
import { PageHeading } from '../../ui/heading.js';
import { Badge, signedInReviewers } from '../../ui/people.js';
import { StopButton } from '../../ui/stop-button.js';
import { PhaseTag } from '../cases/case-table.js';
import { CasePanel } from '../investigate/case-panel.js';
import { ClockPanel } from '../investigate/clock-panel.js';
import { NotePanel } from '../investigate/note-panel.js';
import { WordsPanel } from '../investigate/words-panel.js';
import '../investigate/case.css';
import './conclude.css';

/** A case that is not browsed any more: what is left to do, and the record beside it. */
export function ClosedCase({ app, view, title, children }: { readonly app: AppState; readonly view: CaseView; readonly title: string; readonly children: ReactNode }) {
  const [panel, setPanel] = useState<'record' | 'note' | 'clock' | 'words'>('record');
  const close = (): void => { setPanel('record'); };
  return (
    <div className="case">
      <header className="case-top">
        <div className="case-name"><p className="case-reference">{view.reference}</p><PhaseTag phase={view.phase} /><p title={view.reason}>{view.reason}</p></div>
        <div className="case-controls">
          {signedInReviewers(app.reviewers, app.signedIn).map((reviewer) => <Badge key={reviewer.initials} initials={reviewer.initials} small />)}
          {view.phase === 'concluded' && !view.elsewhere && <Button onPress={() => { setPanel('note'); }}><Pencil size={18} aria-hidden="true" />Note</Button>}
          <Button onPress={() => { attempt(client.call('case.close', {})); }}>Back to the cases</Button>
          <Button onPress={() => { attempt(beginSignOut()); }}>Sign out</Button>
          <Button onPress={() => { attempt(client.call('lock', {})); }}>Lock</Button>
          <StopButton />
        </div>
      </header>
      <AlertBanner />
      <main className="case-main conclude-main"><div className="conclude stack-wide"><PageHeading title={title} />{children}</div></main>
      <aside className="case-side" aria-label={panel === 'record' ? 'The record' : 'Form'}>
        {panel === 'record' && <CasePanel view={view} onOpen={setPanel} />}
        {panel === 'note' && <NotePanel app={app} view={view} onClose={close} />}
        {panel === 'clock' && <ClockPanel app={app} view={view} onClose={close} />}
        {panel === 'words' && <WordsPanel onClose={close} />}
      </aside>
    </div>
  );
}
