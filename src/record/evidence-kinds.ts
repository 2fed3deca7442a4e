import { z } from 'zod';
import { address, captureForm, digest, exhibitSchema, instant, line, partSchema, REFUSED_THINGS, reviewerInitials, text, told, view } from './kind-fields.js';

/** A part of a picture, in its own pixels from the top left corner, that a redacted copy covers; `reason` in the reviewers' own words or empty. */
const box = z.strictObject({ x: z.int().min(0), y: z.int().min(0), width: z.int().min(1), height: z.int().min(1), reason: line });

/** Entries about what was kept and noted: schema of each kind’s data. */
export const EVIDENCE_KINDS = {
  capture: z.strictObject({
    exhibit: exhibitSchema,
    form: captureForm,
    view,
    url: address,
    startedAt: instant,
    endedAt: instant,
    image: z.strictObject({ width: z.int(), height: z.int(), scale: z.number() }).nullable(),
    /** SHA-256 of what the reviewers saw and declared on; for an image it is the SHA-256 of `page.png`. */
    composite: digest,
    declaration: z.strictObject({ by: reviewerInitials, answer: z.literal('not-suspected'), at: instant }),
    parts: z.array(partSchema).min(1).max(200),
    note: text,
    warnings: z.array(line).max(50),
    /** The part of the page that the picture shows, in CSS pixels from the page's top left corner; of a series, of its first picture. */
    area: z.strictObject({ x: z.int().min(0), y: z.int().min(0), width: z.int().min(1), height: z.int().min(1) }).exactOptional(),
    /** What an element capture shows, as a selector would name it. */
    element: line.exactOptional(),
    /** Of a series: when each of its pictures was taken, in the order of the numbered parts. */
    pictures: z.array(instant).min(1).max(100).exactOptional(),
    /** Who the page says is logged in, as a reviewer read it. */
    account: line.exactOptional(),
    /** Requests of this page that were stopped, the first fifty; `capture.json` lists two hundred. */
    blocked: z.array(z.strictObject({ url: address, what: z.enum(REFUSED_THINGS) })).min(1).max(50).exactOptional(),
  }),
  /** A capture was broken off before anything was kept: by a reviewer, or because the app locked. Rows of pixels, or pictures of a series. */
  'capture-cancelled': z.strictObject({ view: view.nullable(), form: captureForm, why: z.enum(['reviewer', 'locked']), done: z.int().min(0), total: z.int().min(0) }),
  'capture-refused': z.strictObject({ view: view.nullable(), code: line, sentence: line }),
  'capture-discarded': z.strictObject({ view, composite: digest }),
  /** `title`: what the school calls a kind of concern that it added itself. */
  concern: z.strictObject({ view: view.nullable(), url: address.nullable(), category: line, title: line.exactOptional(), description: text }),
  note: z.strictObject({ text }),
  /**
   * Words added later to a concern, a note, a capture, or the conclusion: entry `to`, which stays as it is. `told`: who was written down as
   * told after the conclusion, which `to` then is; the words may be empty beside it.
   */
  addendum: z.strictObject({ to: z.int().min(0), text, told: told.exactOptional() }),
  /** A copy of an exhibit’s picture with parts covered. The exhibit itself stays as it is; the copy’s files are kept beside its own. */
  redaction: z.strictObject({
    exhibit: exhibitSchema,
    /** The copies of one exhibit count up from 1. */
    number: z.int().min(1).max(999),
    /** SHA-256 of the `page.png` that it was made of, and of the covered picture that came of it. */
    original: digest,
    result: digest,
    image: z.strictObject({ width: z.int().min(1), height: z.int().min(1) }),
    boxes: z.array(box).min(1).max(500),
    parts: z.array(partSchema).min(1).max(200),
  }),
} as const;
