import { z } from 'zod';
import { concernChangeSchema } from '../investigation/policy/concern-changes.js';
import { sanctionChangeSchema } from '../investigation/policy/sanction-changes.js';
import type {
  BackupView, CaseHoldings, CheckView, CopyView, DestructionDone, DestructionView, FolderList, PassphraseStrength, SavedSheet,
} from './admin-state.js';

/*
 * The part of the contract that has to do with the installation: reviewers, the recovery sheet, backups, the check of
 * everything, the end of a case, and what a school sets. contract.ts takes it in whole.
 */

const initials = z.string().regex(/^[A-Z]{3}$/);
const passphrase = z.string().min(1).max(1_000);
const line = z.string().trim().max(500);
const words = z.string().trim().max(20_000);
const caseId = z.string().regex(/^[0-9a-f]{32}$/);
/** An absolute path that a reviewer chose, in the folder list or by typing. */
const folder = z.string().min(1).max(4_096);

/** Both reviewers' passphrases again, for a critical act. */
const both = { first: z.strictObject({ initials, passphrase }), second: z.strictObject({ initials, passphrase }) };

/** What someone may be in the school, as far as this app has to know. */
export const role = z.enum(['senior-leader', 'dsl', 'head', 'chair-of-governors']);
const reviewer = z.strictObject({ name: line.min(1), position: line.min(1), initials, role, passphrase });

/** The school's own rules for passphrases; all off at first. Passphrases of four or more words of the app's list are exempt from them. */
export const passphraseRules = z.strictObject({
  /** At least so many characters, beyond the app's own floor; null: the floor alone. */
  minimumLength: z.int().min(8).max(64).nullable(),
  /** A capital letter, a small letter and a digit. */
  mixed: z.boolean(),
  /** After so many months a passphrase is due for a change; null: never. */
  changeMonths: z.int().min(1).max(60).nullable(),
});

/** One time stamping authority (RFC 3161). `rootPem`: the certificate that its answers must lead to. */
const timeAuthority = z.strictObject({ name: line.min(1), url: z.string().trim().min(1).max(2_000), rootPem: z.string().max(20_000) });

/** Schema of each call's arguments. */
export const ADMIN_CALL_SCHEMAS = {
  /** How strong a passphrase is, as it is typed. `own`: words that the person would think of, such as the name; answered before sign-in too. */
  'passphrase.strength': z.strictObject({ passphrase: z.string().max(1_000), own: z.array(line).max(10) }),
  'passphrase.change': z.strictObject({ initials, passphrase, newPassphrase: passphrase }),
  'passphrase-rules.save': passphraseRules,
  'reviewers.enrol': z.strictObject({ ...both, reviewer }),
  'reviewers.remove': z.strictObject({ ...both, initials }),
  /** New keys and a new certificate for one of the two who are signed in. */
  'reviewers.change-keys': z.strictObject({ ...both, initials }),
  /** The 24 words come once, in the answer. */
  'recovery.make': z.strictObject({ ...both, holder: line.min(1) }),
  /** Before sign-in: one reviewer and the sheet enrol a replacement. */
  recover: z.strictObject({ initials, passphrase, words: z.string().max(2_000), reviewer }),
  /** Writes the enrolment sheet as a PDF; `folder` null: the export folder. */
  'enrolment-sheet.save': z.strictObject({ folder: folder.nullable() }),
  'policy.change': z.strictObject({ change: concernChangeSchema }),
  'sanctions.change': z.strictObject({ change: sanctionChangeSchema }),
  'time.save': z.strictObject({ authorities: z.array(timeAuthority).max(2) }),
  /** How long sealed cases are kept before they are looked at again, in months; null: no date. A critical act. */
  'retention.save': z.strictObject({ ...both, months: z.int().min(1).max(1_200).nullable() }),
  /** The folders in a folder, and the drives; `path` null: where a reviewer would begin. `files`: those of this kind too. */
  'folders.list': z.strictObject({ path: folder.nullable(), files: z.enum(['json']).exactOptional() }),
  'backup.make': z.strictObject({ folder }),
  'backup.list': z.strictObject({}),
  /** Before set-up: takes the installation from a backup. */
  'backup.restore': z.strictObject({ folder }),
  'check.full': z.strictObject({}),
  /** Which copies still hold a case: read before it is destroyed. */
  'case.holdings': z.strictObject({ id: caseId }),
  'case.destroy': z.strictObject({ ...both, id: caseId, reason: words.min(1), reference: line.min(1) }),
  'destructions.list': z.strictObject({}),
  /** Writes a certificate of destruction as a PDF; `folder` null: the export folder. */
  'destruction.save': z.strictObject({ id: caseId, folder: folder.nullable() }),
  /** A call to the police, logged by one reviewer before two have signed in; sealed until then. Only on a halted computer. */
  'crisis.call': z.strictObject({ by: initials, force: line.min(1), officer: line, reference: line, advice: words }),
} as const;

/** What each call answers; a call that is not named answers null. */
export interface AdminCallResults {
  'passphrase.strength': PassphraseStrength;
  'recovery.make': { words: readonly string[] };
  'enrolment-sheet.save': SavedSheet;
  'folders.list': FolderList;
  'backup.make': BackupView;
  'backup.list': { backups: readonly BackupView[] };
  'backup.restore': CopyView;
  'check.full': CheckView;
  'case.holdings': CaseHoldings;
  'case.destroy': DestructionDone;
  'destructions.list': { destructions: readonly DestructionView[] };
  'destruction.save': SavedSheet;
}
