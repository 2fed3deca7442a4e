import { z } from 'zod';

/* What the schemas of several kinds are made of. */

/** A short text. */
export const line = z.string().max(500);
/** What somebody wrote. */
export const text = z.string().max(20_000);
/** An address as the browser has it. */
export const address = z.string().max(16_384);
/** Three capital letters that stand for a reviewer. */
export const reviewerInitials = z.string().regex(/^[A-Z]{3}$/);
/** SHA-256, hexadecimal. */
export const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** A time in UTC with milliseconds (RFC 3339). */
export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
/** Names one page load in the view, `v1`, `v2`, … in a case. */
export const view = z.string().regex(/^v\d{1,7}$/);
/** A reference such as `PAS/1`: the producing reviewer's initials and a number. */
export const exhibitSchema = z.string().regex(/^[A-Z]{3}\/[1-9]\d{0,5}$/);

/** When it was seen, for what happened while the app was locked and could not be written down until it was unlocked. */
export const seenAt = instant.exactOptional();

/** What was captured: the view, the whole page, a part of it, one element of it, the view again and again, or words alone. */
export const captureForm = z.enum(['viewport', 'full-page', 'text', 'region', 'element', 'series']);

/**
 * Which computer it is. `id`: SHA-256 over the operating system's own identifier and a purpose, null where there is
 * none. Model and serial number as far as the system tells them to anybody.
 */
export const machineSchema = z.strictObject({ id: digest.nullable(), hostname: line, model: line.nullable(), serial: line.nullable() });

/** What the browser is stopped from doing; the policy table says why for each. */
export const REFUSED_THINGS = [
  'download', 'upload', 'popup', 'dialog', 'before-unload', 'permission', 'external-link', 'address-scheme', 'print', 'fullscreen',
  'service-worker', 'suspected-address', 'certificate', 'authentication', 'locked', 'pointer-lock', 'beacon', 'prefetch', 'drag-out', 'private-address', 'text-first', 'client-certificate',
] as const;

/** See {@link REFUSED_THINGS}. */
export type RefusedThing = (typeof REFUSED_THINGS)[number];

/** One file of an exhibit: its name in the bundle, and the hashes of what it holds and of how it is stored. */
export const partSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
  mediaType: line,
  size: z.int().min(0),
  sha256: digest,
  cipherSha256: digest,
});

/** Whom a conclusion, or what is added to it, can name as told; the policy table says where each comes from. */
export const TOLD_PEOPLE = ['police', 'lado', 'childrens-services', 'ceop', 'iwf', 'dsl', 'head', 'chair', 'hr', 'chief-executive', 'parents', 'other'] as const;

/** Who was told, when, and by whom. */
export const told = z.array(z.strictObject({
  who: z.enum(TOLD_PEOPLE),
  /** A name, or whatever else says who it was; never empty for `other`. */
  name: line,
  /** As far as the reviewers know. */
  at: instant,
  /** The reviewer who told them; null where somebody else did, whom `byName` then names. */
  by: reviewerInitials.nullable(),
  byName: line,
})).min(1).max(50);
