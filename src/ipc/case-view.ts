import type { CasePhase } from '../investigation/case-state.js';
import type { ToldRow } from '../investigation/told.js';
import type { AddedWords, CopyMade } from './disclosure-contract.js';

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
  /** Until when an answer is waited for; then it counts as a suspicion. Absent once there is one. */
  readonly answerBy?: string;
  /** STOP was pressed with no page in the view: it is about every exhibit. Absent where a page was open. */
  readonly withoutPage?: true;
  readonly sentence: string;
  readonly steps: Readonly<Record<string, { readonly by: readonly string[]; readonly at: string }>>;
  readonly calls: readonly { readonly seq: number; readonly added: readonly AddedWords[]; readonly force: string; readonly officer: string; readonly reference: string; readonly advice: string; readonly calledAt: string; readonly loggedAlone?: string; readonly by: readonly string[] }[];
  /** What the LADO or the police advised since about a member of staff. */
  readonly advice?: readonly { readonly seq: number; readonly added: readonly AddedWords[]; readonly from: 'lado' | 'police'; readonly name: string; readonly advice: string; readonly advisedAt: string; readonly by: readonly string[] }[];
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
  /** Steps of halts that are over which tell somebody, as they were ticked; absent where there are none. */
  readonly tellingTicked?: readonly { readonly step: string; readonly by: readonly string[]; readonly at: string }[];
  /** Who was written down as told after the conclusion. */
  readonly toldSince?: readonly ToldRow[];
  readonly checkpoint: { readonly at: string; readonly words: readonly string[]; readonly count: number } | null;
  /** The case belongs to another computer: it is only read, exported and stopped here. */
  readonly elsewhere: boolean;
  readonly exports: readonly { readonly path: string; readonly recipient: string; readonly at: string; readonly tagManifest: string }[];
  /** Every bundle that the record tells of, with who said that they have it; absent where it is not known. */
  readonly copies?: readonly CopyMade[];
}
