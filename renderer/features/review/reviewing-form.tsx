import type { ReactNode } from 'react';
import { CAME_UP_WAYS } from '../../../src/investigation/policy/outcomes.js';
import type { ReviewForm, ReviewView } from '../../../src/ipc/disclosure-contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import { day } from '../../logic/format.js';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { ConclusionWords } from './conclusion-words.js';
import { showConclusion, showTab } from './looking.js';
import './reviewing-form.css';
import '../register/policy.css';

/**
 * The reviewing form as the report will print it: its own fields in its own order (DOMAIN.md section 2), filled from the record. Nothing is
 * typed here; each field says where it comes from.
 */
export function ReviewingForm({ view, review }: { readonly view: CaseView; readonly review: ReviewView }) {
  const { form } = review;
  const computer = [form.computer.name, form.computer.location].filter((part) => part !== '').join(', ');
  return (
    <section className="stack" aria-labelledby="reviewing-form">
      <h2 id="reviewing-form">Record of reviewing devices / internet sites</h2>
      <p className="muted">Responding to incidents of misuse. The form fills itself in from the record and is printed in the report. There is nothing to type here.</p>
      <dl className="review-form">
        <Field label="Group" from="From the set-up of this computer">{form.organisation}</Field>
        <Field label="Date" from="The days on which you both signed in to look">{[...new Set(form.sittings.map((at) => day(at)))].join('; ')}</Field>
        <Field label="Reason for investigation" from="From the opening of the case"><p className="words-kept">{form.reason}</p><CameUp form={form} /></Field>
        {form.reviewers.map((reviewer, at) => (
          <Field key={reviewer.initials} label={`Details of ${at === 0 ? 'first' : 'second'} reviewing person`} from="Signed in ink, on the printed report">
            <p>Name: {reviewer.name} ({reviewer.initials})</p><p>Position: {reviewer.position}</p><p className="review-form-ink">Signature:</p>
          </Field>
        ))}
        <Field label="Name and location of computer used for review (for web sites)" from="From the set-up of this computer">{computer}</Field>
        <Sites view={view} review={review} />
        <Conclusion view={view} review={review} />
      </dl>
    </section>
  );
}

function Field({ label, from, act, children }: { readonly label: string; readonly from?: string; readonly act?: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="review-form-row">
      <dt>{label}{from !== undefined && <small>{from}</small>}</dt>
      <dd className="wrap-anywhere">{children}{act}</dd>
    </div>
  );
}

function CameUp({ form: { cameUp } }: { readonly form: ReviewForm }) {
  const way = CAME_UP_WAYS.find(({ id }) => id === cameUp?.way)?.title;
  if (cameUp === null || way === undefined) return null;
  return <><p className="small muted">How it came up: {way}.</p>{cameUp.words !== '' && <p className="words-kept">{cameUp.words}</p>}</>;
}

function Sites({ view, review }: { readonly view: CaseView; readonly review: ReviewView }) {
  const concerns = review.words.filter(({ kind }) => kind === 'concern');
  const browses = view.phase === 'open' && !view.elsewhere;
  return (
    <Field
      label="Web site(s) address / device, and reason for concern" from="Each concern that you describe is a line"
      act={browses ? <p><Button look="link" onPress={() => { goTo('home'); }}>Go back and describe a concern</Button></p> : concerns.length > 0 && <p><Button look="link" onPress={() => { showTab('timeline'); }}>See them page by page</Button></p>}
    >
      {concerns.length === 0 ? <p className="muted">No concern is described{browses ? ' yet' : ''}.</p> : (
        <table className="policy-table review-form-sites">
          <caption className="unseen">Web sites and reasons for concern</caption>
          <thead><tr><th scope="col">Web site(s) address / device</th><th scope="col">Reason for concern</th></tr></thead>
          <tbody>{concerns.map(({ seq, url, category, text }) => <tr key={seq}><td className="wrap-anywhere" data-name="Web site(s) address / device">{url ?? 'No address'}</td><td data-name="Reason for concern"><b>{category}</b><p className="words-kept">{text}</p></td></tr>)}</tbody>
        </table>
      )}
    </Field>
  );
}

function Conclusion({ view, review }: { readonly view: CaseView; readonly review: ReviewView }) {
  const { conclusion } = view;
  const from = 'From your conclusion';
  if (conclusion === null && view.halt?.answered === true) {
    return <Field label="Conclusion and Action proposed or taken" from={from}><p>This review was halted because something may show the sexual abuse of a child. It was not carried on, and there is no conclusion.</p></Field>;
  }
  if (conclusion === null) {
    const concludes = view.phase === 'open' && !view.elsewhere;
    return (
      <Field label="Conclusion and Action proposed or taken" from={from} act={concludes && <p><Button look="link" onPress={() => { goTo('conclude'); }}>Write the conclusion</Button></p>}>
        <p className="muted">No conclusion is written yet.</p>
      </Field>
    );
  }
  const added = (review.conclusion?.added.length ?? 0) > 0;
  const more = review.canAdd ? 'Go to it, and add words or who was told' : added ? 'See what was added to it' : null;
  return (
    <Field label="Conclusion and Action proposed or taken" from={from} act={more !== null && <p><Button look="link" onPress={() => { showConclusion(view.id); }}>{more}</Button></p>}>
      <ConclusionWords conclusion={conclusion} since={view.toldSince ?? []} />
    </Field>
  );
}
