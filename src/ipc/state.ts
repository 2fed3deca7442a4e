import type { Theme } from '../investigation/policy/installation.js';
import type { AdminState, ReviewerRole } from './admin-state.js';
import type { AddedWords, CopyMade } from './disclosure-contract.js';
import type { CasePhase } from '../investigation/case-state.js';
import type { Marking } from '../investigation/policy/markings.js';
import type { ToldRow } from '../investigation/told.js';

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

/** The page in the view. */
export interface PageView {
  readonly view: string | null;
  readonly url: string;
  readonly title: string;
  readonly loading: boolean;
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
}

/** One line of the record in plain words. `tone` picks the icon's colour: kept, refused, or neither. */
export interface RecordItem {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly by: readonly string[];
  readonly line: string;
  readonly detail: string | null;
  readonly tone: 'plain' | 'kept' | 'refused' | 'halt';
  readonly signed: boolean;
}

/** One entry whole, in plain names and values. */
export interface EntryView {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly by: readonly string[];
  readonly hash: string;
  readonly prev: string;
  readonly signatures: readonly { readonly by: string; readonly how: 'machine' | 'act' }[];
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** How many facts are not shown. */
  readonly more: number;
}

/** What was captured; see the record's `capture`. */
export type CaptureFormName = 'viewport' | 'full-page' | 'text' | 'region' | 'element' | 'series';

/** An exhibit in the list. */
export interface ExhibitItem {
  readonly reference: string;
  readonly at: string;
  readonly form: CaptureFormName;
  readonly url: string;
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly sha256: string;
  readonly note: string;
  readonly quarantined: boolean;
}

/** What would be kept, waiting for one reviewer's declaration. */
export interface CompositeView {
  readonly id: string;
  readonly form: CaptureFormName;
  readonly url: string;
  readonly title: string;
  /** Null for a text capture, which shows `text` instead. */
  readonly image: { readonly width: number; readonly height: number } | null;
  /** The part of the page that it shows, in CSS pixels; null for a text capture. */
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
  /** What an element capture shows, such as `img#photo`; null for other forms. */
  readonly element: string | null;
  /** The pictures of a series from the top, each with its rows of the image and its time; none for other forms. */
  readonly pictures: readonly { readonly at: string; readonly row: number; readonly height: number }[];
  /** How many numbered parts are kept beside the image, because it is too tall for many viewers; 0 for none. */
  readonly pieces: number;
  /** The beginning of the page's text, at most 20,000 characters. */
  readonly text: string;
  readonly sha256: string;
  readonly warnings: readonly string[];
}

/** A list of addresses that are captured one after another. `note` says why one was not captured. */
export interface CaptureListView {
  readonly items: readonly { readonly url: string; readonly status: 'waiting' | 'loading' | 'taking' | 'declaring' | 'kept' | 'not-kept' | 'failed' | 'skipped'; readonly exhibit: string | null; readonly note: string }[];
  readonly running: boolean;
}

/** A halt as the screen shows it. */
export interface HaltView {
  readonly at: string;
  readonly by: readonly string[];
  /** False until a reviewer has said whether it is suspected or not sure; the view is blank either way. */
  readonly answered: boolean;
  /** STOP was pressed with no page in the view: it is about every exhibit. Absent where a page was open. */
  readonly withoutPage?: true;
  readonly sentence: string;
  readonly steps: Readonly<Record<string, { readonly by: readonly string[]; readonly at: string }>>;
  readonly calls: readonly { readonly seq: number; readonly added: readonly AddedWords[]; readonly force: string; readonly officer: string; readonly reference: string; readonly advice: string; readonly calledAt: string; readonly loggedAlone?: string; readonly by: readonly string[] }[];
  readonly released: boolean;
  /** How it ended; absent or null while it stands. */
  readonly ended?: { readonly how: 'handed-to-police' | 'no-further-action'; readonly reference: string; readonly officer: string; readonly text: string; readonly at: string; readonly by: readonly string[] } | null;
  /** What holds a quarantined exhibit and left the case before; for the police to know of. */
  readonly copies?: {
    readonly bundles: readonly { readonly at: string; readonly recipient: string; readonly tagManifest: string | null; readonly exhibits: readonly string[] }[];
    readonly backups: readonly { readonly at: string; readonly place: string; readonly exhibits: readonly string[] }[];
  };
}

/** What the page in the view was refused for want of an answer. `agreed`: who has said to go on; a certificate needs both. */
export type QuestionView =
  | { readonly id: string; readonly kind: 'certificate'; readonly url: string; readonly origin: string; readonly error: string; readonly agreed: readonly string[] }
  | { readonly id: string; readonly kind: 'password'; readonly url: string; readonly origin: string; readonly realm: string; readonly scheme: string; readonly agreed: readonly string[] };

/** What a school sets about the way to the internet. */
export interface NetworkView {
  readonly proxy: string | null;
  readonly privateAddresses: boolean;
  readonly blockPages: readonly { readonly by: 'status' | 'address' | 'text'; readonly pattern: string; readonly says: 'blocked' | 'suspected' }[];
  /** Where registers are asked; null: nobody is. */
  readonly rdap: string | null;
  readonly publicAddress: string | null;
}

/** A case that is open on the screen. */
export interface CaseView {
  readonly id: string;
  readonly reference: string;
  readonly reason: string;
  readonly subject: string;
  readonly phase: CasePhase;
  readonly openedAt: string;
  /** Whether the browser is running. */
  readonly browsing: boolean;
  /** Nobody knows today how far this computer's clock is off, and no time server will say: the reviewers are asked to compare it. */
  readonly clockAsked?: boolean;
  readonly heldBy: string;
  readonly page: PageView | null;
  /** What the browser asks the reviewers; null for nothing. */
  readonly question: QuestionView | null;
  /** The page in the view is the filter's own, and what it was recognised by; null otherwise. */
  readonly blockPage: { readonly url: string; readonly by: 'status' | 'address' | 'text'; readonly pattern: string } | null;
  /** How pages are looked at; `notLoaded` counts what text first left out of the page in the view. */
  readonly looking: { readonly shielded: boolean; readonly textFirst: boolean; readonly notLoaded: number };
  /** Size of the streamed view in CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number };
  readonly entries: number;
  readonly exhibits: readonly ExhibitItem[];
  readonly concerns: readonly { readonly by: readonly string[]; readonly at: string; readonly category: string; readonly description: string; readonly url: string | null }[];
  readonly composite: CompositeView | null;
  /** A series that is being taken; null otherwise. */
  readonly series: { readonly done: number; readonly most: number } | null;
  /** A list of addresses that is worked through; null when there is none. */
  readonly captureList: CaptureListView | null;
  readonly halt: HaltView | null;
  /** How many halts this case went through that the police advised no further action on. */
  readonly pastHalts?: number;
  /** The address that was open when the app or the browser stopped by itself; null where nothing waits for an answer. */
  readonly interrupted?: { readonly url: string } | null;
  /** Of a case about a member of staff: what there must be before anything is opened; null for other cases. */
  readonly staff?: { readonly advised: boolean; readonly declared: boolean } | null;
  /** The questions under "Before you begin" are not answered since these two signed in. */
  readonly preFlightDue?: boolean;
  /** Addresses of the report that may be opened, as they were reported. */
  readonly reported?: readonly string[];
  readonly conclusion: { readonly substance: boolean; readonly outcomes: readonly string[]; readonly text: string; readonly sanctions?: readonly { readonly title: string; readonly details: string }[]; readonly told?: readonly ToldRow[] } | null;
  /** Who the record itself says was told, before the reviewers say it at the conclusion. */
  readonly told?: readonly ToldRow[];
  /** Who was written down as told after the conclusion. */
  readonly toldSince?: readonly ToldRow[];
  readonly checkpoint: { readonly at: string; readonly words: readonly string[]; readonly count: number } | null;
  /** The case belongs to another computer: it is only read, exported and stopped here. */
  readonly elsewhere: boolean;
  readonly exports: readonly { readonly path: string; readonly recipient: string; readonly at: string; readonly tagManifest: string }[];
  /** Every bundle that the record tells of, with who said that they have it; absent where it is not known. */
  readonly copies?: readonly CopyMade[];
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
  /** A bundle that the app was opened with, until the reviewers let go of it (`verify.cancel`); `size` is null for a folder. Absent where there is none. */
  readonly offered?: { readonly id: string; readonly name: string; readonly size: number | null };
}
