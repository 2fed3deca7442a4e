import { CodedError } from '../record/coded-error.js';
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
