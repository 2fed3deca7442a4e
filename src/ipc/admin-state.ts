import type { z } from 'zod';
import type { passphraseRules, role } from './admin-contract.js';
import type { SetUpStepId } from '../investigation/policy/installation.js';
import type { SanctionAim } from '../investigation/policy/sanctions.js';

/** See {@link role}. */
export type ReviewerRole = z.infer<typeof role>;

/** See {@link passphraseRules}. */
export type PassphraseRules = z.infer<typeof passphraseRules>;

/** How strong a passphrase is. `score` as zxcvbn counts it: 0 guessed at once, 4 very unlikely to be guessed. */
export interface PassphraseStrength {
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** Whether the app and the school's rules accept it. */
  readonly accepted: boolean;
  /** One sentence for the person who types. */
  readonly sentence: string;
  /** What would make it better, at most three sentences. */
  readonly advice: readonly string[];
}

/** A kind of concern as the school offers it. `own`: added by the school; `hidden`: no longer offered. */
export interface PolicyCategory {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly police: boolean;
  readonly own: boolean;
  readonly hidden: boolean;
}

/** A sanction as the school offers it. `own`: added by the school; `hidden`: no longer offered. */
export interface PolicySanction {
  readonly id: string;
  readonly title: string;
  /** May be empty. */
  readonly meaning: string;
  readonly aim: SanctionAim;
  readonly own: boolean;
  readonly hidden: boolean;
}

/** A change of a table, in words. */
export interface PolicyHistoryLine {
  readonly at: string;
  readonly by: readonly string[];
  readonly line: string;
}

/** The school's tables of concerns and of sanctions, each with its history, newest first. */
export interface PolicyView {
  readonly categories: readonly PolicyCategory[];
  readonly history: readonly PolicyHistoryLine[];
  readonly sanctions: readonly PolicySanction[];
  readonly sanctionHistory: readonly PolicyHistoryLine[];
}

/** A sheet that was written. `path` is where. */
export interface SavedSheet {
  readonly path: string;
  readonly bytes: number;
}

/** One step of the folder list. `drives` are removable ones and the roots of the file system. */
export interface FolderList {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly { readonly name: string; readonly path: string }[];
  /** The files of the kind that was asked for; absent where none was. */
  readonly files?: readonly { readonly name: string; readonly path: string }[];
  /** More folders or files than are shown. */
  readonly more: boolean;
  readonly drives: readonly { readonly name: string; readonly path: string; readonly removable: boolean }[];
  /** Whether something can be written here, and how many bytes are free; null where the system does not say. */
  readonly writable: boolean;
  readonly free: number | null;
}

/** A backup that was made. */
export interface BackupView {
  readonly at: string;
  readonly place: string;
  readonly by: readonly string[];
  /** References of the cases in it; a destroyed case is counted in `destroyed` alone. */
  readonly cases: readonly string[];
  readonly destroyed: number;
}

/** What was copied back. */
export interface CopyView {
  readonly files: number;
  readonly bytes: number;
  /** Evidence files that the backup lacks or that were changed in it; the full check names them. */
  readonly damaged: number;
}

/** What a check of everything found; in order when `findings` is empty. */
export interface CheckView {
  readonly at: string;
  readonly cases: number;
  readonly entries: number;
  readonly objects: number;
  readonly quarantined: number;
  readonly bytes: number;
  /** One sentence for each thing that is not as it was written, with the case's reference and the place. */
  readonly findings: readonly { readonly code: string; readonly sentence: string; readonly reference: string | null }[];
}

/** Copies of a case outside its own place in the vault, as far as the app made them. */
export interface CaseHoldings {
  readonly reference: string;
  readonly backups: readonly { readonly at: string; readonly place: string }[];
  readonly exports: readonly { readonly at: string; readonly recipient: string }[];
  /** Why it cannot be destroyed now, in a sentence; null when it can. */
  readonly refused: string | null;
}

/** A certificate of destruction as the screens show it. */
export interface DestructionView {
  readonly id: string;
  readonly reference: string;
  readonly at: string;
  readonly by: readonly string[];
  readonly reason: string;
  readonly entries: number;
  readonly evidenceFiles: number;
  /** The eight words of the last checkpoint; empty where there was none. */
  readonly words: readonly string[];
}

/** A destroyed case, and what is certain of it now: sentences from DOMAIN.md section 6. */
export interface DestructionDone {
  readonly certificate: DestructionView;
  readonly facts: readonly string[];
}

/** Someone who is or was a reviewer. */
export interface ReviewerView {
  readonly initials: string;
  readonly name: string;
  readonly position: string;
  readonly role: ReviewerRole;
  readonly status: 'active' | 'removed';
  readonly removedAt: string | null;
  /** When the keys were last replaced; null where they are those of the enrolment. */
  readonly keysReplacedAt: string | null;
  /** When the passphrase was last set; null where it is not known. */
  readonly passphraseSince: string | null;
  /** By the school's own rule; shown, never enforced by locking someone out. */
  readonly changeDue: boolean;
}

/** What only two who are signed in see of the installation. */
export interface AdminState {
  readonly reviewers: readonly ReviewerView[];
  readonly recoverySheet: { readonly holder: string; readonly at: string } | null;
  readonly root: { readonly fingerprint: string; readonly words: readonly string[] };
  readonly timeAuthorities: readonly { readonly name: string; readonly url: string; readonly rootPem: string }[];
  readonly passphraseRules: PassphraseRules;
  readonly retentionMonths: number | null;
  readonly lastBackupAt: string | null;
  readonly lastCheck: { readonly at: string; readonly findings: number } | null;
  readonly policy?: PolicyView;
  /** Steps of the set-up that the school decided against. */
  readonly setUpSkipped?: readonly SetUpStepId[];
}
