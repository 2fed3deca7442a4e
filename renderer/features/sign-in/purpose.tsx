import { ChevronRight } from 'lucide-react';

/** What this computer is for, and what the app records of the people who use it. */
export function Purpose() {
  return (
    <details className="purpose">
      <summary><ChevronRight className="purpose-arrow" size={18} aria-hidden="true" />What this is for, and what it records about you</summary>
      <div className="stack-tight">
        <p>Use this computer only to look into a report about a child’s safety or misuse online, when somebody senior has asked the two of you to.</p>
        <p>The app records for both of you:</p>
        <ul className="bullets">
          <li>your names, positions and initials, when you sign in and out, and wrong passphrases</li>
          <li>every address that you open, how you came to it and how long it stood there</li>
          <li>who had the controls, what you captured, wrote, answered and stopped, and when</li>
          <li>when the app was locked, and when the computer’s clock was changed</li>
        </ul>
        <p>It does not record your passphrases, what you do in other programs, or a picture of you. Whoever gets a bundle of a case sees what was recorded in that case.</p>
      </div>
    </details>
  );
}
