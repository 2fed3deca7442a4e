import { z } from 'zod';

const line = z.string().trim().max(500);

/** What the screens may ask when a bundle is checked, which needs nobody signed in. */
export const VERIFY_CALL_SCHEMAS = {
  /** A bundle is handed over in pieces, because the screens have no access to files. */
  'verify.begin': z.strictObject({ name: line, size: z.int().min(0).max(64 * 2 ** 30) }),
  'verify.piece': z.strictObject({ id: z.string().max(64), base64: z.string().max(2_800_000) }),
  'verify.finish': z.strictObject({ id: z.string().max(64), passphrase: z.string().max(1_000).nullable(), root: z.string().max(1_000).nullable() }),
  'verify.cancel': z.strictObject({ id: z.string().max(64) }),
  /** Checks the bundle that the app was opened with, where it lies. */
  'verify.offered': z.strictObject({ id: z.string().max(64), passphrase: z.string().max(1_000).nullable(), root: z.string().max(1_000).nullable() }),
  /** The newest bundles in the app's export folder, for checking one without looking for it. */
  'verify.made': z.strictObject({}),
  /** Takes one of them, by its name, as if the app had been opened with it. */
  'verify.choose': z.strictObject({ name: z.string().min(1).max(255) }),
  /** Saves the page that checks bundles in any browser to the app's export folder. */
  'verify.page': z.strictObject({}),
} as const;

/** What each call answers. */
export interface VerifyCallResults {
  'verify.begin': { id: string };
  'verify.finish': VerifyView;
  'verify.offered': VerifyView;
  'verify.made': { bundles: readonly MadeBundle[] };
  'verify.page': { path: string };
}

/** A bundle in the folder that exports go to when the reviewers choose none. */
export interface MadeBundle {
  /** Of the file, without its folder. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** When it was written, as the disk tells it (ISO 8601, UTC). */
  readonly at: string;
}

/** A verifier's findings as the screens show them. */
export interface VerifyView {
  readonly verdict: 'unchanged' | 'unchanged-signers-not-shown' | 'changed';
  readonly sentence: string;
  readonly signers: readonly { readonly name: string; readonly position: string }[];
  readonly root: { readonly fingerprint: string; readonly words: readonly string[] } | null;
  /** What showed that the root is the school's: the fingerprint that was typed, or that it is this computer's own. */
  readonly trustedBy: 'typed' | 'this-computer' | null;
  /** The bundle's own fingerprint, as hash and as the eight words that the sender reads out; null when it has none. */
  readonly bundle: { readonly tagManifest: string; readonly words: readonly string[] } | null;
  readonly checks: readonly { readonly id: string; readonly title: string; readonly outcome: 'pass' | 'fail' | 'note'; readonly detail: string; readonly where: string | null }[];
}
