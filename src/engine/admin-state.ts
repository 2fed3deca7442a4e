import type { AdminState, ReviewerView } from '../ipc/admin-state.js';
import { hashWords } from '../record/words.js';
import type { ReviewerRecord } from '../vault/vault.js';
import type { AdminFacts } from './admin-facts.js';
import type { Engine } from './engine.js';
import { isChangeDue } from './passphrase-rules.js';
import { enrolledAt } from './reviewer-dates.js';

/** What two who are signed in see of the installation; null before sign-in and while the app is locked. */
export function adminState(engine: Engine, now: string): AdminState | null {
  const { installation, admin } = engine;
  if (installation === null || admin === null) return null;
  const { rules, retentionMonths, lastBackupAt, lastCheck, setUpSkipped } = admin.kept;
  return {
    reviewers: installation.reviewers.map((each) => reviewerView(each, admin, now)),
    recoverySheet: installation.recoverySheet,
    root: { fingerprint: installation.rootFingerprint, words: hashWords(installation.rootFingerprint) },
    timeAuthorities: engine.school.timeAuthorities,
    passphraseRules: rules,
    retentionMonths,
    lastBackupAt,
    lastCheck,
    setUpSkipped,
    ...(engine.school.policy === null ? {} : { policy: engine.school.policy.view }),
  };
}

function reviewerView(reviewer: ReviewerRecord, { kept }: AdminFacts, now: string): ReviewerView {
  const { initials, name, position, role, status, removedAt } = reviewer;
  const fact = kept.passphrases[initials] ?? { at: enrolledAt(reviewer), ofWords: false };
  return { initials, name, position, role, status, removedAt, keysReplacedAt: reviewer.replaced.at(-1)?.until ?? null, passphraseSince: fact.at, changeDue: status === 'active' && isChangeDue(fact, kept.rules, now) };
}
