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
      {hasCalls(halt) && <CallList app={app} view={view} halt={halt} />}
      <Button look="primary" large wide onPress={onCall}><Phone size={20} aria-hidden="true" />Write down a call</Button>
      {!view.elsewhere && <Button wide onPress={onNote}><Pencil size={18} aria-hidden="true" />Write a note</Button>}
      {halt.calls.length === 0
        ? !halt.released && <p className="small muted">This screen stays until the police have said what happens next and you have both signed that. Closing the app does not remove it.</p>
        : <TheySaid released={halt.released} onRelease={onRelease} onEnd={onEnd} />}
      {halt.calls.length > 0 && !halt.released && (
        <div className="halt-told">
          <Button wide onPress={() => { goTo('export'); }} aria-describedby="halt-record"><Package size={18} aria-hidden="true" />Make a halt record</Button>
          <p id="halt-record" className="small muted">A bundle for the police: what was done and said, and nothing of the page.</p>
        </div>
      )}
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

/** What the police may have told: about the computer, and about the case. Each is signed by both on a form of its own. */
function TheySaid({ released, onRelease, onEnd }: { readonly released: boolean; readonly onRelease: () => void; readonly onEnd: () => void }) {
  return (
    <section className="stack-tight">
      <h2>When the police have told you</h2>
      {!released && (
        <div className="halt-told">
          <Button wide onPress={onRelease} aria-describedby="told-computer">This computer may be used again</Button>
          <p id="told-computer" className="small muted">Other cases can be opened here. This case stays halted.</p>
        </div>
      )}
      <div className="halt-told">
        <Button wide onPress={onEnd} aria-describedby="told-case">What happens with this case</Button>
        <p id="told-case" className="small muted">They have taken it, or they advise no further action.</p>
      </div>
    </section>
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
      {hasCalls(halt) && <CallList app={app} view={view} halt={halt} />}
      {!halt.released && (
        <>
          <p>This computer stays halted, so no other case can be opened here. When the police allow its use, both of you sign that.</p>
          <Button wide onPress={onRelease}>This computer may be used again</Button>
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

function hasCalls({ calls, advice = [] }: HaltView): boolean {
  return calls.length + advice.length > 0;
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
        {(halt.advice ?? []).map((each) => (
          <li key={each.seq}>
            <p><b>{each.from === 'lado' ? 'The LADO' : 'The police'}</b></p>
            <p className="mono small muted">{each.by.join(' ')} {shortDateAndTime(each.advisedAt)}</p>
            <p className="small">Spoke to {each.name}</p>
            <p className="small wrap-anywhere">{each.advice}</p>
            <Added app={app} view={view} to={each.seq} what={`this call to ${each.from === 'lado' ? 'the LADO' : 'the police'}`} added={each.added} canAdd={halt.ended == null && !view.elsewhere} />
          </li>
        ))}
      </ul>
    </section>
  );
}
