import { Package, Pencil, Phone } from 'lucide-react';
import type { CaseView, HaltView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { shortDateAndTime, unbroken } from '../../logic/format.js';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Added } from '../review/added.js';
import { DoNot } from './do-not.js';
import { HaltCopies } from './halt-copies.js';

/** Whom to call, what to read out and what nobody does. */
export function CallNow({ app, view, halt, onCall, onRelease, onEnd, onNote }: {
  readonly app: AppState; readonly view: CaseView; readonly halt: HaltView; readonly onCall: () => void; readonly onRelease: () => void; readonly onEnd: () => void; readonly onNote: () => void;
}) {
  const { contacts } = app;
  if (halt.ended != null) return <Ended app={app} view={view} halt={halt} onRelease={onRelease} />;
  return (
    <div className="call-now">
      <section>
        <h2>Call now</h2>
        <Numbers policeForce={contacts.policeForce} />
      </section>
      <section>
        <h2>Read this out</h2>
        <Script app={app} view={view} />
      </section>
      <section>
        <h2>Do not</h2>
        <DoNot />
      </section>
      {halt.calls.length > 0 && <CallList app={app} view={view} halt={halt} />}
      <Button look="primary" large wide onPress={onCall}><Phone size={20} aria-hidden="true" />Write down a call</Button>
      {!view.elsewhere && <Button wide onPress={onNote}><Pencil size={18} aria-hidden="true" />Write a note</Button>}
      {!halt.released && (halt.calls.length === 0
        ? <p className="small muted">This screen stays until the police have said what happens next and you have both signed that. Closing the app does not remove it.</p>
        : <Button wide onPress={onRelease}>The police allow this computer to be used</Button>)}
      {halt.calls.length > 0 && <Button wide onPress={onEnd}>The police have decided: end the halt</Button>}
      {halt.calls.length > 0 && !halt.released && <Button wide onPress={() => { goTo('export'); }}><Package size={18} aria-hidden="true" />Make a halt record</Button>}
      <HaltCopies copies={halt.copies} />
    </div>
  );
}

/** What is said to whoever answers. */
export function Script({ app, view }: { readonly app: AppState; readonly view: CaseView }) {
  const { computer } = app;
  return (
    <blockquote>
      “Two members of staff at <b>{app.organisation}</b> were checking a report, case <b>{view.reference}</b>. We may have seen an image that shows the sexual abuse of a child. The computer is <b className={computer.name.length > 20 ? 'wrap-anywhere' : 'whole'}>{computer.name}</b>, in the <b>{computer.location.replace(/^The /, '').replace(/^the /, '')}</b>. It is on.
      Should we leave it on? Should we unplug the network cable?”
    </blockquote>
  );
}

/** The two numbers, large. */
export function Numbers({ policeForce }: { readonly policeForce: string }) {
  return (
    <div className="numbers">
      <p><b>999</b>a child is in danger now</p>
      <p><b>101</b>otherwise{policeForce === '' ? '' : ` · ${unbroken(policeForce)}`}</p>
    </div>
  );
}

function Ended({ app, view, halt, onRelease }: CallListProps & { readonly onRelease: () => void }) {
  return (
    <div className="call-now">
      <HaltCopies copies={halt.copies} />
      {halt.calls.length > 0 && <CallList app={app} view={view} halt={halt} />}
      {!halt.released && (
        <>
          <p>This computer stays halted, so no other case can be opened here. When the police allow its use, both of you sign that.</p>
          <Button wide onPress={onRelease}>The police allow this computer to be used</Button>
        </>
      )}
    </div>
  );
}

interface CallListProps {
  readonly app: AppState;
  readonly view: CaseView;
  readonly halt: HaltView;
}

/** A call stands as it was written down; what turns out later is added to it. */
function CallList({ app, view, halt }: CallListProps) {
  return (
    <section>
      <h2>Calls written down</h2>
      <ul className="calls">
        {halt.calls.map((call) => (
          <li key={call.seq}>
            <p><b>{call.force}</b>{call.reference === '' ? '' : `, reference ${call.reference}`}</p>
            <p className="mono small muted">{call.by.join(' ')} {shortDateAndTime(call.calledAt)}</p>
            {call.loggedAlone !== undefined && <p className="small">Logged by one of you before both had signed in</p>}
            {call.officer !== '' && <p className="small">Spoke to {call.officer}</p>}
            {call.advice !== '' && <p className="small wrap-anywhere">{call.advice}</p>}
            <Added app={app} view={view} to={call.seq} what={`this call to ${call.force}`} added={call.added} canAdd={halt.ended == null && !view.elsewhere} />
          </li>
        ))}
      </ul>
    </section>
  );
}
