import { client } from '../../client.js';
import { grouped } from '../../logic/format.js';
import { Person } from '../../ui/people.js';
import { Words } from '../../ui/words.js';
import { RegisterHeading, type RegisterPageProps } from './register-form.js';
import { SaveSheet } from './save-sheet.js';

/** The fingerprint by which others know that signatures come from this computer's reviewers, and the sheet to print. */
export function EnrolmentSheetPage({ app, admin: { root } }: RegisterPageProps) {
  return (
    <div className="stack-wide">
      <RegisterHeading title="Enrolment sheet">
        <p className="lead">A page to print and sign in ink. It shows the police or a lawyer, years later, that the signatures in a bundle are yours.</p>
      </RegisterHeading>
      <section className="stack">
        <h2>This computer’s fingerprint</h2>
        <p>These words stand on the sheet and in every bundle. Whoever checks a bundle compares them.</p>
        <Words words={root.words} label="Words of the school" />
        <p className="mono small wrap-anywhere">{grouped(root.fingerprint)}</p>
      </section>
      <section className="stack">
        <h2>Reviewers on the sheet</h2>
        <ul className="people-cards">{app.reviewers.map((reviewer) => <li key={reviewer.initials}><Person reviewer={reviewer} /></li>)}</ul>
      </section>
      <section className="stack">
        <h2>Save and print it</h2>
        <p>Print it, sign it in ink, and keep it in the safe. Make it again whenever somebody is enrolled or removed.</p>
        <SaveSheet id="folder" save={(folder) => client.call('enrolment-sheet.save', { folder })} />
      </section>
    </div>
  );
}
