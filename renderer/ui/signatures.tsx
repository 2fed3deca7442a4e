import { Fragment, useState } from 'react';
import type { ReviewerBadge } from '../../src/ipc/state.js';
import type { Problem } from './error-summary.js';
import { problemOf, problemOfPerson } from './error-summary.js';
import { Mark } from './mark.js';
import { nextHand } from './next-hand.js';
import { PassphraseField } from './passphrase-field.js';
import { Person } from './people.js';

/** Two people's passphrases while they are typed. */
export interface Signatures {
  readonly typed: readonly [string, string];
  type(at: 0 | 1, passphrase: string): void;
  /** What is missing, for the error summary. */
  missing(): Problem[];
  /** Both credentials; what was typed is gone from here at once. Call it only when nothing is missing. */
  take(): { first: Credentials; second: Credentials };
}

interface Credentials {
  readonly initials: string;
  readonly passphrase: string;
}

/** State for a place where both reviewers sign. */
export function useSignatures(reviewers: readonly ReviewerBadge[]): Signatures {
  const [typed, setTyped] = useState<readonly [string, string]>(['', '']);
  const person = (at: 0 | 1): ReviewerBadge => reviewers[at] ?? { initials: '', name: '', position: '' };
  return {
    typed,
    type: (at, passphrase) => { setTyped((before) => (at === 0 ? [passphrase, before[1]] : [before[0], passphrase])); },
    missing: () => ([0, 1] as const).filter((at) => typed[at] === '').map((at) => ({ field: `passphrase-${at}`, sentence: `${person(at).name} must type their passphrase` })),
    take: () => {
      setTyped(['', '']);
      return { first: { initials: person(0).initials, passphrase: typed[0] }, second: { initials: person(1).initials, passphrase: typed[1] } };
    },
  };
}

/** Two cards, one for each pair of hands, with the mark between them. */
export function SignatureCards({ reviewers, signatures, problems, narrow = false }: {
  readonly reviewers: readonly ReviewerBadge[]; readonly signatures: Signatures; readonly problems: readonly Problem[]; readonly narrow?: boolean;
}) {
  return (
    <div className={narrow ? 'signatures signatures-narrow' : 'signatures'} role="group" aria-label="Both of you sign">
      {([0, 1] as const).map((at) => {
        const reviewer = reviewers[at];
        if (reviewer === undefined) return null;
        return (
          <Fragment key={reviewer.initials}>
            {at === 1 && <Mark quiet />}
            <div className="card stack" data-person={reviewer.initials} onKeyDownCapture={nextHand({ own: signatures.typed[at], other: signatures.typed[at === 0 ? 1 : 0], field: `passphrase-${at === 0 ? 1 : 0}` })}>
              <Person reviewer={reviewer} />
              <PassphraseField
                id={`passphrase-${at}`} label={<>Passphrase<span className="unseen"> of {reviewer.name}</span></>} person={reviewer.name} value={signatures.typed[at]} onChange={(value) => { signatures.type(at, value); }}
                error={problemOf(problems, `passphrase-${at}`) ?? problemOfPerson(problems, reviewer.initials)} hint={`Only ${reviewer.name} types here. The other looks away.`}
              />
            </div>
          </Fragment>
        );
      })}
    </div>
  );
}
