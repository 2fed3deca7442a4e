import { z } from 'zod';
import { MARKING_IDS } from '../investigation/policy/markings.js';
import { REPORT_WAYS, type EntryData } from '../record/kinds.js';
import { ADMIN_CALL_SCHEMAS, role, type AdminCallResults } from './admin-contract.js';
import { DISCLOSURE_CALL_SCHEMAS, toldRows, type DisclosureCallResults } from './disclosure-contract.js';
import { captureSchema, plainForm, preFlightSchema, viewInputSchema, type PreFlightAnswers } from './investigate-contract.js';
import { LIST_CALL_SCHEMAS, type ListCallResults } from './lists-contract.js';
import { VERIFY_CALL_SCHEMAS, type VerifyCallResults } from './verify-contract.js';
import { SET_UP_STEPS, THEMES } from '../investigation/policy/installation.js';
import type { EntryView, RecordItem } from './case-view.js';
import type { AppState, CaseSums, Progress, SignedOutCase } from './state.js';

/*
 * The one contract between the engine and the screens. Arguments are checked when they arrive; results are typed.
 * Nothing here ever returns a passphrase, a key or a path that the user did not choose.
 */

const initials = z.string().regex(/^[A-Z]{3}$/);
const passphrase = z.string().min(1).max(1_000);
const line = z.string().trim().max(500);
const words = z.string().trim().max(20_000);
const credentials = z.strictObject({ initials, passphrase });
const none = z.strictObject({});
const coordinate = z.number().min(-100_000).max(100_000);
const newReviewer = z.strictObject({ name: line.min(1), position: line.min(1), initials, role: role.default('senior-leader'), passphrase });
const draftPerson = z.strictObject({ name: line, position: line, initials: z.string().max(3), role: role.nullable() });
const more = line.exactOptional();
const contacts = z.strictObject({ policeForce: line, safeguardingLead: line, lado: line, support: line, head: more, chair: more, hr: more, chiefExecutive: more, iwf: more, ceop: more });

/** Schema of each call's arguments. */
export const CALL_SCHEMAS = {
  ...ADMIN_CALL_SCHEMAS,
  'state.get': none,
  /** Into a practice, with a vault of its own, and out of it, which destroys that. */
  'practice.start': none,
  'practice.end': none,
  'alert.dismiss': none,
  'work.cancel': none,
  /** `own`: names and the like of whoever it is for; none of their words is suggested. */
  'passphrase.suggest': z.strictObject({ own: z.array(z.string().max(500)).max(20).exactOptional() }),
  'set-up': z.strictObject({
    organisation: line.min(1),
    computer: z.strictObject({ name: line.min(1), location: line.min(1) }),
    contacts,
    reviewers: z.tuple([newReviewer, newReviewer]),
  }),
  /** Keeps the answers of a set-up for later; null drops them. There is no place for a passphrase in it. */
  'set-up.draft': z.strictObject({
    draft: z.strictObject({ organisation: line, computer: z.strictObject({ name: line, location: line }), contacts, reviewers: z.tuple([draftPerson, draftPerson]) }).nullable(),
  }),
  /** The steps that the school decided against once the keys are made. */
  'set-up.skip': z.strictObject({ steps: z.array(z.enum(SET_UP_STEPS)).max(SET_UP_STEPS.length) }),
  'contacts.save': contacts,
  'sign-in': z.strictObject({ first: credentials, second: credentials }),
  /** A person moved the mouse or pressed a key; the screens say so every now and then. */
  activity: none,
  /** Both step out: locked at once. */
  lock: none,
  resume: z.strictObject({ first: credentials, second: credentials }),
  /** Closes the case; what is answered is what both sign for. */
  'sign-out.read': none,
  /** Without signatures it is recorded that nobody signed. */
  'sign-out': z.strictObject({ signatures: z.strictObject({ first: credentials, second: credentials }).nullable().default(null) }),
  /** The eight words are on paper. */
  'farewell.done': none,
  'settings.save': z.strictObject({ idleMinutes: z.int(), sntpServer: line.min(1).nullable(), marking: z.enum(MARKING_IDS).exactOptional(), stopHoldMs: z.int().exactOptional(), sound: z.boolean().exactOptional(), autoplay: z.boolean().exactOptional(), theme: z.enum(THEMES).exactOptional() }),
  /** The way to the internet: it holds from the next start of the browser on. */
  'network.save': z.strictObject({
    proxy: line.min(1).nullable(), privateAddresses: z.boolean(),
    blockPages: z.array(z.strictObject({ by: z.enum(['status', 'address', 'text']), pattern: line.min(1), says: z.enum(['blocked', 'suspected']) })).max(50),
    rdap: line.min(1).nullable(), publicAddress: line.min(1).nullable(),
  }),
  /** Asks public registers who is behind the page in the view; what they answer goes into the record. */
  'where-from.ask': z.strictObject({ by: initials }),
  /** Answers the question that the page in the view left open (`case.question`). A certificate needs both reviewers. */
  'question.answer': z.strictObject({
    id: z.string().max(64), by: initials,
    answer: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('certificate'), goOn: z.boolean() }),
      z.strictObject({ kind: z.literal('password'), credentials: z.strictObject({ username: z.string().max(500), password: z.string().max(1_000) }).nullable() }),
    ]),
  }),
  'clock.manual': z.strictObject({ by: initials, source: line.min(1), shown: z.string().max(16).nullable(), note: line }),
  'words.compare': z.strictObject({ words: z.string().max(500) }),
  /** A critical act: both give their passphrases again. */
  'case.open': z.strictObject({
    reference: line.min(1), reason: words.min(1), subject: z.enum(['pupil', 'staff', 'visitor', 'other', 'unknown']), suspected: z.array(z.string().max(16_384)).max(100), first: credentials, second: credentials,
    cameUp: z.strictObject({ way: z.enum(REPORT_WAYS), words }).exactOptional(), reported: z.array(z.string().max(16_384)).max(100).exactOptional(), notConcerned: z.boolean().exactOptional(),
  }),
  'case.show': z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/) }),
  'case.close': none,
  /** One entry whole. */
  'record.entry': z.strictObject({ seq: z.int().min(0) }),
  'record.list': z.strictObject({ from: z.int().min(0), count: z.int().min(1).max(1_000) }),
  /** What the app looked at and what these two answered last time, before the first browsing. */
  'pre-flight.read': none,
  /** Both have answered; the browser may start. */
  'pre-flight.add': preFlightSchema,
  'browse.start': none,
  'browse.goto': z.strictObject({ url: z.string().trim().min(1).max(16_384) }),
  'browse.back': none,
  'browse.forward': none,
  'browse.reload': none,
  'browse.stop': none,
  /** Asks for the latest frame again, for a canvas that has just been made. */
  'view.show': none,
  'view.input': viewInputSchema,
  /** Hides pictures in the view, or shows them. */
  'shield.set': z.strictObject({ on: z.boolean() }),
  /** Shows the picture at a point of the view while it is held; without a point, all of them. */
  'shield.hold': z.strictObject({ x: coordinate.nullable(), y: coordinate.nullable(), down: z.boolean() }),
  /** Loads text and links alone, or everything again. */
  'text-first.set': z.strictObject({ on: z.boolean() }),
  'controls.take': z.strictObject({ initials }),
  'capture.prepare': captureSchema,
  /** How large the page is, where the view stands on it, and the regions that it can be captured in where it is too large for one picture. */
  'capture.measure': none,
  /** Ends a series with the pictures that it has. */
  'capture.finish': none,
  /** Captures these addresses one after another; each waits for its own declaration. */
  'capture.list': z.strictObject({ urls: z.array(z.string().trim().min(1).max(16_384)).min(1).max(200), form: plainForm }),
  'capture.list-skip': none,
  'capture.list-stop': none,
  'capture.preview': z.strictObject({ id: z.string().max(64), row: z.int().min(0), height: z.int().min(1).max(4_000), maxWidth: z.int().min(1).max(2_000) }),
  'capture.declare': z.strictObject({ id: z.string().max(64), by: initials, answer: z.enum(['not-suspected', 'suspected', 'unsure']), note: words, account: line.default('') }),
  'capture.discard': z.strictObject({ id: z.string().max(64) }),
  'exhibit.preview': z.strictObject({ reference: z.string().max(16), maxWidth: z.int().min(1).max(2_000) }),
  'concern.add': z.strictObject({ by: initials, category: z.string().max(64), description: words.min(1) }),
  'note.add': z.strictObject({ by: initials, text: words.min(1) }),
  stop: z.strictObject({ by: initials.nullable() }),
  'halt.answer': z.strictObject({ by: initials, answer: z.enum(['suspected', 'unsure']), sentence: words }),
  'halt.mistake': z.strictObject({ first: credentials, second: credentials, reason: words.min(1) }),
  'halt.step': z.strictObject({ by: initials, step: z.string().max(64), done: z.boolean() }),
  /** `calledAt` absent: just now. */
  'halt.call': z.strictObject({ by: initials, force: line.min(1), officer: line, reference: line, advice: words, calledAt: z.iso.datetime({ precision: 3 }).exactOptional() }),
  'halt.release': z.strictObject({ first: credentials, second: credentials, text: words.min(1) }),
  'halt.end': z.strictObject({
    first: credentials, second: credentials, how: z.enum(['handed-to-police', 'no-further-action']), reference: line.min(1), officer: line,
    advisedAt: z.iso.datetime({ precision: 3 }).nullable(), text: words,
  }),
  /** What the page was that was open when the app or the browser stopped by itself (`case.interrupted`). */
  'interruption.answer': z.strictObject({ by: initials, answer: z.enum(['not-suspected', 'suspected', 'unsure']) }),
  /** Of a case about a member of staff, before anything is opened: what was advised (in a halt too), and that neither reviewer is concerned. */
  'staff.advice': z.strictObject({ by: initials, from: z.enum(['lado', 'police']), name: line.min(1), advice: words.min(1), advisedAt: z.iso.datetime({ precision: 3 }) }),
  'staff.declare': z.strictObject({ first: credentials, second: credentials }),
  conclude: z.strictObject({
    substance: z.boolean(), outcomes: z.array(z.enum(['internal', 'authority', 'police'])).max(3), text: words.min(1),
    /** From the policy's table; absent: none. */
    sanctions: z.array(z.strictObject({ id: z.string().min(1).max(64), details: line })).max(100).exactOptional(),
    /** Who was told when; absent: nobody. */
    told: toldRows.exactOptional(),
  }),
  /** `read`: how many entries the record had in the summary that both read. */
  seal: z.strictObject({ first: credentials, second: credentials, read: z.int().min(1) }),
  ...VERIFY_CALL_SCHEMAS,
  ...LIST_CALL_SCHEMAS,
  ...DISCLOSURE_CALL_SCHEMAS,
} as const;

/** What each call answers; a call that is not named answers null. */
export interface CallResults extends AdminCallResults, ListCallResults, DisclosureCallResults, VerifyCallResults {
  'state.get': AppState;
  'passphrase.suggest': { words: string };
  'record.entry': EntryView;
  'record.list': { items: RecordItem[]; total: number };
  /** `base64` of a JPEG or PNG; `width` and `height` in its own pixels. */
  'capture.preview': { mediaType: string; base64: string };
  /** In CSS pixels; one part where the page fits into one picture, none where it is too wide. `scroll` is the place of the page in the view's top left corner. */
  'capture.measure': { width: number; height: number; scroll: { x: number; y: number }; parts: readonly { x: number; y: number; width: number; height: number }[] };
  'exhibit.preview': { mediaType: string; base64: string } | null;
  'capture.declare': { exhibit: string } | null;
  'sign-out.read': { cases: readonly CaseSums[] };
  'sign-out': { cases: readonly SignedOutCase[] };
  /** `offsetMs`: how far the other clock is ahead; null where only words were given. */
  'clock.manual': { offsetMs: number | null };
  /** The checkpoint that the words stand for, or null. */
  'words.compare': { match: { seq: number; at: string; count: number } | null };
  'case.open': { id: string };
  'pre-flight.read': { checks: readonly EntryData<'pre-flight'>['checks'][number][]; remembered: PreFlightAnswers | null };
  export: ExportResult;
}

/** What an export made. `passphrase` is shown once, for an encrypted bundle. */
export interface ExportResult {
  /** Sequence number of the entry that the copy is known by. */
  readonly export: number;
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  readonly tagManifest: string;
  readonly words: readonly string[];
  readonly passphrase: string | null;
  /** The page beside the bundle that checks it in any browser; null where it could not be written. */
  readonly verifyPage: string | null;
  /** The one-page receipt (PDF) beside it; null where it could not be written. */
  readonly receipt: string | null;
}

/** Name of a call. */
export type CallName = keyof typeof CALL_SCHEMAS;
/** Arguments of a call. */
export type CallArguments<N extends CallName> = z.input<(typeof CALL_SCHEMAS)[N]>;
/** Answer of a call. */
export type CallResult<N extends CallName> = N extends keyof CallResults ? CallResults[N] : null;

/** What the engine tells the screens unasked. */
export interface Events {
  state: AppState;
  /** Lines added to the record of the case on the screen. */
  entries: { items: RecordItem[] };
  /** One frame of the view: base64 of an image; `width` and `height` are the view's CSS pixels. */
  frame: { mediaType: string; base64: string };
  /** The view is to be blanked at once. */
  blank: Record<string, never>;
  progress: Progress | null;
}

/** Name of an event. */
export type EventName = keyof Events;

/** How a call comes back over a border: exceptions do not cross it, codes and sentences do. */
export type Answer<T> = { readonly ok: true; readonly value: T } | Refusal;

/** A call that was not done. `who`: the initials of those whose passphrase it is about. */
export interface Refusal {
  readonly ok: false;
  readonly code: string;
  readonly sentence: string;
  readonly who?: readonly string[];
}
