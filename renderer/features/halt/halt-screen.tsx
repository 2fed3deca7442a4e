import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import type { CaseView, HaltView, RecordItem } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { dateAndTime } from '../../logic/format.js';
import { useScreens } from '../../store.js';
import { AlertBanner } from '../../ui/alert-banner.js';
import { PageHeading } from '../../ui/heading.js';
import { NotePanel } from '../investigate/note-panel.js';
import '../investigate/case.css';
import { CallNow, Numbers } from './call-now.js';
import { CallPanel } from './call-panel.js';
import { EndPanel } from './end-panel.js';
import { HandedOver } from './handed-over.js';
import './halt.css';
import { HaltSteps } from './halt-steps.js';
import { ReleasePanel } from './release-panel.js';
import { Released } from './released.js';

/** The whole window while a case is halted: what to do, whom to call, what to say. */
export function HaltScreen() {
  const app = useScreens((screens) => screens.app);
  if (app?.case?.halt == null) return null;
  return <Halt app={app} view={app.case} halt={app.case.halt} />;
}

function Halt({ app, view, halt }: { readonly app: AppState; readonly view: CaseView; readonly halt: HaltView }) {
  const [panel, setPanel] = useState<'call-now' | 'call' | 'release' | 'end' | 'note'>('call-now');
  const why = useWhy(halt);
  const close = (): void => { setPanel('call-now'); };
  return (
    <div className="halt-page">
      <AlertBanner />
      <div className="halt-columns">
        <main className="halt-main">
          <p className="halt-kicker" role="alert"><OctagonX size={22} aria-hidden="true" />{halt.ended != null && halt.released ? 'This case is with the police' : halt.released ? 'This case is halted' : 'This computer is halted'} · {dateAndTime(halt.at)}</p>
          <PageHeading title={titleOf(halt, why)} />
          {halt.ended != null && <HandedOver ended={halt.ended} />}
          {halt.released || halt.ended != null ? <Released ended={halt.ended != null} /> : <p className="lead halt-lead">{why !== null && <>{why}. </>}The page is hidden. Nothing more from it can be kept. Now leave this computer as it is and call the police.</p>}
          {halt.ended == null && !halt.released && <section className="halt-numbers-first"><h2 className="unseen">Numbers to call</h2><Numbers policeForce={app.contacts.policeForce} /></section>}
          <HaltSteps app={app} view={view} halt={halt} />
        </main>
        <aside className="halt-side" aria-label={panel === 'call-now' ? 'Call now' : 'Form'}>
          {panel === 'call-now' && <CallNow app={app} view={view} halt={halt} onCall={() => { setPanel('call'); }} onRelease={() => { setPanel('release'); }} onEnd={() => { setPanel('end'); }} onNote={() => { setPanel('note'); }} />}
          {panel === 'call' && <CallPanel app={app} view={view} onClose={close} />}
          {panel === 'note' && <NotePanel app={app} view={view} onClose={close} />}
          {panel === 'end' && <EndPanel app={app} halt={halt} onClose={close} />}
          {panel === 'release' && <ReleasePanel app={app} onClose={close} />}
        </aside>
      </div>
    </div>
  );
}

function titleOf(halt: HaltView, why: string | null): string {
  if (halt.ended != null) return 'The police have this case';
  return why === null ? 'Stop. You have done the right thing.' : 'Stop. The app has halted this case.';
}

/** Why the case was halted where nobody pressed STOP or answered: a list, the filter, a suspected address. In the words in which it stands in the record; null otherwise. */
function useWhy({ by }: HaltView): string | null {
  const record = useScreens((screens) => screens.record) ?? [];
  const last = (kinds: readonly string[], before = Infinity): RecordItem | undefined => record.findLast(({ kind, seq }) => kinds.includes(kind) && seq < before);
  const halted = last(['halt']);
  if (halted === undefined || !by.every((who) => who === 'app')) return null;
  const stopped = last(['stop'], halted.seq);
  const over = last(['stop-withdrawn', 'halt-ended'], halted.seq);
  return stopped !== undefined && stopped.seq > (over?.seq ?? -1) ? null : (halted.detail?.replace(/\.$/, '') ?? null);
}
