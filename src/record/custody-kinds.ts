import { z } from 'zod';
import { digest, exhibitSchema, instant, line, reviewerInitials, text, told } from './kind-fields.js';

/** How many of each thing a stretch of work added to the record. */
const deeds = { entries: z.int(), pages: z.int(), captures: z.int(), concerns: z.int(), notes: z.int(), refused: z.int() };

/** What can be withheld from a copy of a case. `flagged`: what tells of a page that led to a halt, which is for the police alone. */
export const WITHHELD_THINGS = ['exhibit', 'exhibit-entry', 'redacted', 'concern', 'note', 'conclusion', 'advice', 'titles', 'addresses', 'flagged'] as const;

/** See {@link WITHHELD_THINGS}. */
export type WithheldThing = (typeof WITHHELD_THINGS)[number];

/** One line of the sheet of what is withheld from a copy, and why. */
const withholding = z.strictObject({
  what: z.enum(WITHHELD_THINGS),
  /** Of an exhibit; null for all else. */
  exhibit: exhibitSchema.nullable(),
  /** SHA-256 of the exhibit that both keep: of what was declared on; null for all else. */
  sha256: digest.nullable(),
  /** Which redacted copy is in the bundle instead. */
  redaction: z.int().min(1).max(999).nullable(),
  /** Sequence numbers of the entries whose bodies are withheld for this, as ranges from and to, in order. */
  entries: z.array(z.tuple([z.int().min(0), z.int().min(0)])).max(20_000),
  /** A reason of the policy's list, and the reviewers' own words, which the recipient reads. */
  reason: line,
  words: z.string().max(2_000),
});

/** Entries about the end of a case, its copies, and who was at the computer: schema of each kind’s data. */
export const CUSTODY_KINDS = {
  conclusion: z.strictObject({
    substance: z.boolean(), outcomes: z.array(z.enum(['internal', 'authority', 'police'])).max(3), text,
    /** What the school does about it, as its policy named it on that day; absent where none was chosen. */
    sanctions: z.array(z.strictObject({ id: line.min(1), title: line.min(1), details: line })).min(1).max(100).exactOptional(),
    /** Who was told when; absent where nobody was written down, and in records made before it was asked. */
    told: told.exactOptional(),
  }),
  checkpoint: z.strictObject({
    reason: z.enum(['capture', 'sign-out', 'lock', 'halt', 'seal', 'export', 'interval']),
    /** Hash of the entry before this one. */
    head: digest,
    /** How many entries stand before this one. */
    count: z.int(),
    words: z.array(z.string().regex(/^[a-z]{3,8}$/)).length(8),
  }),
  /** A time stamping authority's word (RFC 3161) that a checkpoint existed at a time. */
  timestamp: z.strictObject({
    checkpointSeq: z.int().min(0),
    /** Hash of the checkpoint's entry: what the token is over. */
    head: digest,
    /** As the settings name it. */
    authority: line,
    /** SHA-256 of the authority's root certificate. */
    root: digest,
    genTime: instant,
    /** The token's serial number, hexadecimal. */
    serial: z.string().regex(/^(?:[0-9a-f]{2}){1,64}$/),
    /** Base64 of the token (DER, 12 KiB at most). */
    token: z.string().max(16_384).regex(/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
    /** Since when checkpoints had gone without this authority's time stamp; null where none had. */
    unstampedSince: instant.nullable(),
  }),
  /** An authority could not be reached or gave a wrong answer; written once until it answers again. `checkpointSeq` is null for a bundle's signatures, and `head` then their SHA-256. */
  'timestamp-failed': z.strictObject({ checkpointSeq: z.int().min(0).nullable(), head: digest, authority: line, code: line }),
  seal: z.strictObject({ entries: z.int(), exhibits: z.int(), quarantined: z.int(), concerns: z.int(), head: digest }),
  export: z.strictObject({
    recipient: z.enum(['police', 'lado', 'group-record', 'other']), exhibits: z.int(), withheld: z.int(), quarantined: z.int(),
    /** What is withheld and why; absent where nothing could be chosen. `views`: page views of the whole record, told or withheld. */
    disclosure: z.strictObject({ views: z.int().min(0), withheld: z.array(withholding).max(2_000) }).exactOptional(),
  }),
  'export-finished': z.strictObject({ tagManifest: digest.nullable(), files: z.int(), bytes: z.int(), code: line.nullable() }),
  /** Somebody has a copy that was made here: who, when, and what they read out. `export` is the entry of that copy. */
  received: z.strictObject({
    export: z.int().min(0),
    tagManifest: digest,
    name: line.min(1),
    position: line,
    /** When they had it, as far as the reviewers know. */
    at: instant,
    /** The words that they read out, as they were heard; null where none were. */
    readOut: z.array(line).max(8).nullable(),
    /** Whether those are the words of this copy; null where none were read out. */
    wordsMatch: z.boolean().nullable(),
    note: z.string().max(2_000),
    /** The receipt that the recipient’s own check saved, where it was handed back: SHA-256 of the file, and what it says. */
    receipt: z.strictObject({ sha256: digest, tool: line, checkedAt: instant, verdict: z.enum(['unchanged', 'unchanged-signers-not-shown', 'changed']), failed: z.array(line).max(100), rootTyped: z.boolean() }).nullable(),
  }),
  /** The screens are blank and take nothing; the keys are gone once the checkpoint after this is written. */
  locked: z.strictObject({ reason: z.enum(['idle', 'step-out', 'computer']) }),
  resumed: z.strictObject({ reviewers: z.array(reviewerInitials).length(2) }),
  /** The wall clock and the monotonic one went on differently since the last look: milliseconds of each. */
  'clock-jump': z.strictObject({ wallMs: z.int(), monotonicMs: z.int() }),
  /**
   * The computer's clock, at the start and the end of a sitting or when a reviewer compares it; nothing is corrected. `offsetMs`: how far the
   * other clock is ahead. `none`: no other clock was asked. The time zone is the computer's own; absent in records made before it was kept.
   */
  'clock-check': z.strictObject({
    how: z.enum(['sntp', 'manual', 'none']), offsetMs: z.int().nullable(), server: line.nullable(), note: z.string().max(2_000),
    timeZone: line.exactOptional(), utcOffsetMinutes: z.int().exactOptional(),
  }),
  /** A wrong passphrase was given. `earlier`: how many before this one are not in the record. */
  'wrong-passphrase': z.strictObject({ initials: reviewerInitials, at: instant, earlier: z.int().min(1).exactOptional() }),
  /** Before sign-in, `by` and the recovery sheet enrolled `initials` in place of somebody who cannot sign in. */
  recovered: z.strictObject({ by: reviewerInitials, initials: reviewerInitials, name: line, at: instant }),
  /** So many things that had been left for two reviewers could not be read, and were dropped. */
  'inbox-unreadable': z.strictObject({ items: z.int().min(1) }),
  /** Both leave. `acts`: each has read these sums and given the passphrase again. `head`: hash of the entry before this one. */
  'sign-out': z.strictObject({ acts: z.boolean(), ...deeds, head: digest }),
} as const;
