import type { Theme } from '../investigation/policy/installation.js';
import type { AdminState, ReviewerRole } from './admin-state.js';
import type { CaseView } from './case-view.js';
import type { CasePhase } from '../investigation/case-state.js';
import type { Marking } from '../investigation/policy/markings.js';

/** The answers of a set-up that was left, without the passphrases. */
export interface SetUpDraftView {
  readonly organisation: string;
  readonly computer: { readonly name: string; readonly location: string };
  readonly contacts: Contacts;
  readonly reviewers: readonly [SetUpPerson, SetUpPerson];
}

/** One reviewer of a set-up that was left. */
export interface SetUpPerson {
  readonly name: string;
  readonly position: string;
  readonly initials: string;
  readonly role: ReviewerRole | null;
}

/** A reviewer as the screens show one. */
export interface ReviewerBadge {
  readonly initials: string;
  readonly name: string;
  readonly position: string;
}

/** Numbers and names for the crisis; an empty text shows as missing while there is time to fill it in. */
export interface Contacts {
  readonly policeForce: string;
  readonly safeguardingLead: string;
  readonly lado: string;
  readonly support: string;
  readonly head?: string;
  readonly chair?: string;
  readonly hr?: string;
  readonly chiefExecutive?: string;
  readonly iwf?: string;
  readonly ceop?: string;
}

/** A case in the list. */
export interface CaseSummary {
  readonly id: string;
  readonly reference: string;
  readonly reason: string;
  readonly phase: CasePhase;
  readonly openedAt: string;
  readonly exhibits: number;
  readonly concerns: number;
  /** When a sealed case is due to be looked at again; null where no date is set or the case is not sealed. */
  readonly reviewOn: string | null;
}

/** What a school sets about the way to the internet. */
export interface NetworkView {
  readonly proxy: string | null;
  readonly privateAddresses: boolean;
  readonly blockPages: readonly { readonly by: 'status' | 'address' | 'text'; readonly pattern: string; readonly says: 'blocked' | 'suspected' }[];
  /** Where registers are asked; null: nobody is. */
  readonly rdap: string | null;
  readonly publicAddress: string | null;
}

/** What two reviewers added to one case since they signed in. */
export interface CaseSums {
  readonly id: string;
  readonly reference: string;
  readonly sums: { readonly entries: number; readonly pages: number; readonly captures: number; readonly concerns: number; readonly notes: number; readonly refused: number };
}

/** What goes on the paper form after signing out. */
export interface SignedOutCase {
  readonly reference: string;
  readonly at: string;
  readonly words: readonly string[];
}

/** A lock, as anybody may see it: no case, no address. */
export interface LockView {
  readonly reason: 'idle' | 'step-out' | 'computer';
  /** The two who must come back, in the order of their sign-in. */
  readonly reviewers: readonly [string, string];
  /** A bundle is still being made; the keys go when it is finished. */
  readonly waiting: boolean;
}

/** Long work under way; `total` 0 means that the end is not known. */
export interface Progress {
  readonly task: 'capture' | 'export' | 'redaction' | 'verify' | 'set-up' | 'sign-in' | 'start' | 'reviewers' | 'backup' | 'restore' | 'check' | 'destroy' | 'lists' | 'look-up';
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly canCancel: boolean;
}

/** A practice: the made-up reviewers' passphrases, and the website that is looked at. */
export interface PracticeView {
  readonly passphrases: readonly { readonly initials: string; readonly name: string; readonly passphrase: string }[];
  readonly site: string;
}

/**
 * Everything that the screens show but the record's lines, which come as `entries` events, and the frames.
 * `screen` says where the app is; the renderer decides what lies within.
 */
export interface AppState {
  readonly screen: 'set-up' | 'sign-in' | 'cases' | 'case' | 'halted' | 'locked';
  readonly version: string;
  /** What the app runs with; absent where nobody asked. */
  readonly versions?: { readonly browser: string; readonly node: string; readonly system: string };
  readonly organisation: string;
  readonly computer: { readonly name: string; readonly location: string };
  readonly contacts: Contacts;
  /** Enrolled and active reviewers, for the sign-in cards. */
  readonly reviewers: readonly ReviewerBadge[];
  readonly signedIn: readonly [string, string] | null;
  readonly cases: readonly CaseSummary[];
  readonly case: CaseView | null;
  readonly locked: LockView | null;
  /** The eight words of those who have just signed out, until they are on paper; null otherwise. */
  readonly farewell: readonly SignedOutCase[] | null;
  readonly network: NetworkView;
  readonly settings: { readonly idleMinutes: number; readonly sntpServer: string | null; readonly marking?: Marking; readonly stopHoldMs?: number; readonly sound?: boolean; readonly autoplay?: boolean; readonly theme?: Theme };
  /** Null before sign-in and while the app is locked. */
  readonly admin: AdminState | null;
  /** Shown before sign-in when this computer is halted: no content, only where and whom to call. */
  readonly crisis: { readonly caseReference: string; readonly at: string } | null;
  readonly progress: Progress | null;
  /** Before set-up: the answers of one that was left; absent otherwise. */
  readonly setUpDraft?: SetUpDraftView;
  /** Somebody practises: nothing that is shown is real; absent otherwise. */
  readonly practice?: PracticeView;
  /** Something that happened by itself and that both must know, such as a browser that died; null once dismissed. */
  readonly alert: { readonly code: string; readonly sentence: string } | null;
  /** A bundle that the app was opened with, until the reviewers let go of it (`verify.cancel`); `size` is null for a folder, `encrypted` where only a check can tell. Absent where there is none. */
  readonly offered?: { readonly id: string; readonly name: string; readonly size: number | null; readonly encrypted: boolean | null };
}
