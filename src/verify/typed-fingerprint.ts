import { CodedError } from '../record/coded-error.js';
import { hashWords } from '../record/words.js';
import type { VerifyReport } from './report.js';
import type { Trust } from './signature-checks.js';

/**
 * What a person typed from the enrolment sheet, as hexadecimal digits (with or without colons and spaces) or eight words;
 * empty: nothing is known.
 *
 * @throws CodedError `verify.bad-fingerprint` for what is neither
 */
export function trustFrom(typed: string): Trust {
  const text = typed.trim().toLowerCase();
  if (text === '') return {};
  const digits = text.replace(/[\s:]/g, '');
  if (/^[0-9a-f]{64}$/.test(digits)) return { rootFingerprint: digits };
  const words = text.split(/[\s,]+/);
  if (words.length === 8 && words.every((word) => /^[a-z]{3,8}$/.test(word))) return { rootWords: words };
  throw new CodedError('verify.bad-fingerprint', 'A fingerprint is eight words, or 64 letters and figures. Copy it from the school’s enrolment sheet.', { where: 'fingerprint' });
}

/**
 * Whoever types the words that the sender reads out, which stand for the bundle, where the school's are asked for is told so: the check against them
 * would call a sound bundle one not to be relied on.
 *
 * @throws CodedError `verify.bundles-own-fingerprint`
 */
export function demandSchools(typed: Trust, { tagManifestSha256 }: Pick<VerifyReport, 'tagManifestSha256'>): void {
  if (tagManifestSha256 === null) return;
  const { rootFingerprint, rootWords } = typed;
  if (rootFingerprint !== tagManifestSha256 && rootWords?.join(' ') !== hashWords(tagManifestSha256).join(' ')) return;
  throw new CodedError(
    'verify.bundles-own-fingerprint',
    'That is the fingerprint of the bundle, which the sender reads out, and it is right. Here the school’s is meant, from its printed enrolment sheet. Leave this empty if you do not have it.',
    { where: 'fingerprint' },
  );
}
