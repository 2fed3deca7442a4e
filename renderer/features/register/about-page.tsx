import { Mark } from '../../ui/mark.js';
import { KNOWN_LIMITS, LICENCES } from './licences.js';
import { RegisterHeading, type RegisterPageProps } from './register-form.js';

/** Versions, known limits and licences. */
export function AboutPage({ app }: RegisterPageProps) {
  const rows = [['Program', app.version], ['Browser', app.versions?.browser ?? 'Not known'], ['Runs on', app.versions?.node ?? 'Not known'], ['System', app.versions?.system ?? 'Not known'], ['Computer', `${app.computer.name}, ${app.computer.location}`]] as const;
  return (
    <div className="stack-wide measure">
      <RegisterHeading title="About Countersign"><p className="about-motto"><Mark size={28} /><span>Nothing counts until two people have signed it.</span></p></RegisterHeading>
      <section className="stack-tight">
        <h2>This computer runs</h2>
        <dl className="answers">{rows.map(([question, answer]) => <div key={question} className="answers-row"><dt>{question}</dt><dd className="wrap-anywhere">{answer}</dd></div>)}</dl>
        <p>Every bundle names the same versions, so that others can see what made it.</p>
      </section>
      <section className="stack-tight">
        <h2>What it cannot do</h2>
        <ul className="bullets">{KNOWN_LIMITS.map((limit) => <li key={limit}>{limit}</li>)}</ul>
      </section>
      <section className="stack-tight">
        <h2>Software by others in it</h2>
        <p>With thanks to those who wrote it and gave it away.</p>
        <dl className="answers">{Object.entries(LICENCES).map(([licence, packages]) => <div key={licence} className="answers-row"><dt>{licence}</dt><dd>{packages.join(', ')}</dd></div>)}</dl>
        <p>The font is Atkinson Hyperlegible, made by the Braille Institute so that similar letters cannot be mistaken.</p>
      </section>
    </div>
  );
}
