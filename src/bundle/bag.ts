import { utf8 } from '../record/bytes.js';

/** Digest and size of a file that is already written. */
export interface ListedFile {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

/** `bagit.txt` (RFC 8493 section 2.1.1). */
export const BAG_DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** A manifest in the form that `sha256sum -c` reads (RFC 8493 section 2.1.3), sorted by path. */
export function manifestText(files: readonly ListedFile[]): string {
  const lines = files.map((file) => `${file.sha256}  ${file.path}\n`);
  return lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('');
}

/** `bag-info.txt` (RFC 8493 section 2.2.2); a value's line breaks and control characters become spaces. */
export function bagInfoText(fields: readonly (readonly [label: string, value: string])[], payload: readonly ListedFile[]): string {
  const octets = payload.reduce((sum, file) => sum + file.size, 0);
  const all = [...fields, ['Payload-Oxum', `${octets}.${payload.length}`] as const];
  return all.map(([label, value]) => `${label}: ${oneLine(value)}\n`).join('');
}

/** `value` on one line. */
export function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** Whether `path` can stand in a bag: plain letters, no way out, and nothing that a manifest would have to escape. */
export function isBagPath(path: string): boolean {
  return path.split('/').every((step) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(step));
}

/** Bytes of a text file. */
export function textBytes(text: string): Uint8Array {
  return utf8(text);
}
