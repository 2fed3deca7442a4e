import { fromUtf8 } from '../record/bytes.js';
import { LIMITS } from './limits.js';

/** A manifest: path to SHA-256; or the fault that makes it unreadable. */
export type Manifest = { readonly digests: ReadonlyMap<string, string> } | { readonly fault: string };

const LINE = /^([0-9a-f]{64}) {2}([^\r\n]+)$/;

/** Reads a BagIt manifest (RFC 8493 section 2.1.3) in the one form that is written: lower case, two spaces, LF, sorted, no path twice. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const text = textOf(bytes);
  if (text === null) return { fault: 'it is not UTF-8 text' };
  if (text === '' || !text.endsWith('\n')) return { fault: 'it is cut short' };
  const lines = text.slice(0, -1).split('\n');
  if (lines.length > LIMITS.files) return { fault: 'it lists too many files' };
  const digests = new Map<string, string>();
  let before = '';
  for (const [i, line] of lines.entries()) {
    const [, digest, path] = LINE.exec(line) ?? [];
    if (digest === undefined || path === undefined) return { fault: `line ${i + 1} is not a line of a manifest` };
    if (path <= before) return { fault: `line ${i + 1} is out of order or stands there twice` };
    before = path;
    digests.set(path, digest);
  }
  return { digests };
}

/** Text of UTF-8 `bytes`, or null. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return fromUtf8(bytes);
  } catch {
    return null;
  }
}

/** The fields of `bag-info.txt`, labels in lower case (RFC 8493 section 2.2.2), or null when it cannot be read. */
export function parseBagInfo(bytes: Uint8Array): ReadonlyMap<string, string> | null {
  const text = textOf(bytes);
  if (text?.endsWith('\n') !== true) return null;
  const fields = new Map<string, string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const [, label, value] = /^([A-Za-z][A-Za-z-]{0,63}): ?(.*)$/.exec(line) ?? [];
    if (label === undefined || value === undefined || fields.has(label.toLowerCase())) return null;
    fields.set(label.toLowerCase(), value);
  }
  return fields;
}
