import { z } from 'zod';
import { address, digest, instant, line, machineSchema, reviewerInitials, text, view } from './kind-fields.js';

const reviewer = z.strictObject({ initials: reviewerInitials, name: line, position: line, certificate: digest });

/** How a report can come up. */
export const REPORT_WAYS = ['pupil', 'parent', 'staff', 'filter', 'police', 'public', 'other'] as const;

/** What the app looks at by itself before the first browsing. */
export const PRE_FLIGHT_CHECKS = ['self-test', 'versions', 'clock', 'disk', 'lists', 'contacts', 'backup', 'time-stamps'] as const;

/** Entries about how a case and a sitting begin and end: schema of each kind’s data. */
export const OPENING_KINDS = {
  'case-opened': z.strictObject({
    reference: line,
    reason: text,
    subject: z.enum(['pupil', 'staff', 'visitor', 'other', 'unknown']),
    organisation: line,
    computer: z.strictObject({ name: line, location: line }),
    reviewers: z.array(reviewer).length(2),
    root: digest,
    /** How the report came up: the way it took, and when and by whom in words; absent in records made before it was asked. */
    cameUp: z.strictObject({ way: z.enum(REPORT_WAYS), words: text }).exactOptional(),
    /** The computer that the case belongs to: on another one it is not continued. */
    machine: machineSchema.exactOptional(),
  }),
  /** An address of the report that opened the case, suspected to show child sexual abuse: never opened. */
  'suspected-address': z.strictObject({ url: address }),
  /** An address of the report that opened the case and that nothing is known against: it may be opened. */
  'reported-address': z.strictObject({ url: address }),
  /**
   * Before the first browsing after a case was opened or shown: what the app looked at by itself, and what the two answered. `authorised`: who said
   * that they may look, by name and job title (DOMAIN.md, practice rules from Jisc and Oxford). `numbers`: the numbers to call are at hand.
   */
  'pre-flight': z.strictObject({
    checks: z.array(z.strictObject({ id: z.enum(PRE_FLIGHT_CHECKS), state: z.enum(['good', 'look', 'unknown']), says: line })).max(20),
    authorised: z.strictObject({ name: line.min(1), position: line.min(1) }),
    room: line.min(1),
    screenHidden: z.boolean(),
    filter: z.strictObject({ exception: z.enum(['as-usual', 'exception', 'unknown']), words: line }),
    numbers: z.boolean(),
  }),
  'sitting-started': z.strictObject({
    reviewers: z.array(reviewerInitials).length(2),
    app: line,
    host: z.enum(['electron', 'chromium']),
    browser: line,
    userAgent: line,
    viewport: z.strictObject({ width: z.int(), height: z.int(), scale: z.number() }),
    machine: z.strictObject({ hostname: line, system: line, id: digest.nullable().exactOptional() }),
    timeZone: line,
    utcOffsetMinutes: z.int(),
    /** What of ours touches the pages that are looked at; absent in records made before this was said. */
    touches: z.array(line).max(20).exactOptional(),
    /** The proxy in the app’s settings, `host:port`; null for none, and then the computer’s own settings hold. */
    proxy: line.nullable().exactOptional(),
    /** Whether sound is heard, and whether videos start by themselves; neither can be changed during a sitting. */
    sound: z.enum(['off', 'on']).exactOptional(),
    autoplay: z.enum(['off', 'on']).exactOptional(),
  }),
  /** The flag lists that a sitting is watched with: source, what it holds, how many values, SHA-256 of its file. */
  'lists-in-force': z.strictObject({ lists: z.array(z.strictObject({ source: line, format: line, values: z.int(), file: digest })).max(1_000) }),
  /** A picture or video that was not compared with the flag lists; without an address it stands for `count` more. */
  'not-checked': z.strictObject({ view: view.nullable(), url: address, why: z.enum(['part', 'too-large', 'endless', 'slow', 'many']), count: z.int().min(1) }),
  'sitting-ended': z.strictObject({ reason: z.enum(['sign-out', 'halt', 'seal', 'closed', 'interrupted']) }),
  'self-test': z.strictObject({ at: instant, app: line, browser: line, passed: z.int(), failed: z.int(), report: digest }),
  controls: z.strictObject({ heldBy: reviewerInitials }),
} as const;
