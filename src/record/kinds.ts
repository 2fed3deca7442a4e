import type { z } from 'zod';
import { CUSTODY_KINDS } from './custody-kinds.js';
import { EVIDENCE_KINDS } from './evidence-kinds.js';
import { HALT_KINDS } from './halt-kinds.js';
import { OPENING_KINDS } from './opening-kinds.js';
import { VISIT_KINDS } from './visit-kinds.js';

export { WITHHELD_THINGS, type WithheldThing } from './custody-kinds.js';
export { CUT_OFF_STEPS, HALT_CAUSES } from './halt-kinds.js';
export { exhibitSchema, machineSchema, partSchema, REFUSED_THINGS, TOLD_PEOPLE, type RefusedThing } from './kind-fields.js';
export { PRE_FLIGHT_CHECKS, REPORT_WAYS } from './opening-kinds.js';
export type { NavigationCause } from './visit-kinds.js';

/*
 * The closed list of what an entry can be. A body's data must fit its kind's schema when it is written; the README of
 * this folder holds the table for readers. New kinds may be added; a kind's meaning never changes.
 */

/** Schema of each kind's data. */
export const KIND_SCHEMAS = { ...OPENING_KINDS, ...VISIT_KINDS, ...EVIDENCE_KINDS, ...HALT_KINDS, ...CUSTODY_KINDS } as const;

/** The name of a kind of entry. */
export type EntryKind = keyof typeof KIND_SCHEMAS;

/** What a kind's body holds. */
export type EntryData<K extends EntryKind> = z.infer<(typeof KIND_SCHEMAS)[K]>;

/** Every kind, in the order of the table in the README. */
export const ENTRY_KINDS = Object.keys(KIND_SCHEMAS) as [EntryKind, ...EntryKind[]];

/**
 * Kinds that are evidence, and checkpoints: both reviewers' keys sign them.
 */
export const SIGNED_KINDS: ReadonlySet<EntryKind> = new Set<EntryKind>(['case-opened', 'capture', 'concern', 'note', 'addendum', 'redaction', 'received', 'halt', 'halt-released', 'halt-ended', 'stop-withdrawn', 'staff-advice', 'not-concerned', 'pre-flight', 'quarantine', 'police-call', 'conclusion', 'checkpoint', 'seal', 'sign-out']);

/** Kinds that words can be added to later. */
export const ADDABLE_KINDS: ReadonlySet<EntryKind> = new Set<EntryKind>(['concern', 'note', 'capture', 'conclusion', 'police-call', 'staff-advice']);

/** Kinds that both reviewers always sign as an act: each has read a summary and given the passphrase again. A `sign-out` says of itself whether it is one. */
export const ACT_KINDS: ReadonlySet<EntryKind> = new Set<EntryKind>(['seal', 'halt-released', 'halt-ended', 'stop-withdrawn', 'not-concerned']);
