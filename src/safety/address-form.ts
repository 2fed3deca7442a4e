import { createHash } from 'node:crypto';

/** How many folders above a page, and how many names above a host, an entry for all of them is looked for. */
const MAX_FOLDERS = 8;
const MAX_HOSTS = 5;

interface Parts {
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/**
 * The canonical form of an entry of a list of addresses, or null when it is none:
 * - `host/path?query`: one page. A scheme that was typed counts for nothing.
 * - `host/folder/*`: every page under a folder.
 * - `host`: every page of a host and of every host under it; what has neither a scheme nor a slash.
 */
export function canonicalEntry(text: string): string | null {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0] ?? '';
  if (scheme !== '' && !/^(?:https?|wss?):\/\/$/i.test(scheme)) return null;
  const rest = text.slice(scheme.length);
  const wholeHost = scheme === '' && !/[/?#]/.test(rest);
  const wholeFolder = rest.endsWith('/*');
  const parts = partsOf(`http://${wholeFolder ? rest.slice(0, -1) : rest}`, /^(?:https|wss):/i.test(scheme) ? '443' : '80');
  if (parts === null) return null;
  if (wholeHost) return parts.host.includes('.') ? parts.host : null;
  return wholeFolder ? `${parts.host}${parts.path}*` : `${parts.host}${parts.path}${parts.query}`;
}

/**
 * Every canonical form under which an address that is about to be opened could be on a list, or an empty list when it is not an address on
 * the web: the page with its query, the page without it, the folders above it, its host and the names above that.
 */
export function addressForms(address: string): readonly string[] {
  const secure = /^(?:https|wss):/i.test(address);
  const plain = address.replace(/^(?:https?|wss?):/i, 'http:');
  if (!plain.startsWith('http:')) return [];
  const parts = partsOf(plain, secure ? '443' : '80');
  if (parts === null) return [];
  const { host, path, query } = parts;
  return [...new Set([`${host}${path}${query}`, `${host}${path}`, ...foldersOf(path).map((folder) => `${host}${folder}*`), ...hostsOf(host)])];
}

/**
 * Whether an address is one of `suspected`, as they were reported: the same page under http and https and however its letters, port and
 * percent signs are written, whatever its fragment; one that was reported without a query stands for the page with any query.
 */
export function isSuspected(suspected: readonly string[], address: string): boolean {
  const asked = pageForms(address);
  return suspected.some((reported) => asked.includes(pageForms(reported)[0] ?? ''));
}

/** The page with its query and without it; what is no address on the web, as it is without its fragment. */
function pageForms(address: string): readonly string[] {
  const secure = /^(?:https|wss):/i.test(address);
  const parts = /^(?:https?|wss?):/i.test(address) ? partsOf(address.replace(/^(?:https?|wss?):/i, 'http:'), secure ? '443' : '80') : null;
  if (parts === null) return [address.replace(/#.*$/s, '')];
  const { host, path, query } = parts;
  return [`${host}${path}${query}`, `${host}${path}`];
}

/** SHA-256 of the UTF-8 of a canonical form: what a hashed list holds, in hexadecimal. */
export function addressHash(form: string): Uint8Array {
  return createHash('sha256').update(form).digest();
}

function partsOf(text: string, ordinaryPort: string): Parts | null {
  if (/[\s\\]/.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const name = url.hostname.replace(/\.$/, '');
  if (name === '') return null;
  const port = url.port === '' ? '80' : url.port;
  // The parser knows 80 as the ordinary port here, whatever the scheme was.
  const written = /^http:\/\/(?:[^/?#]*@)?(?:\[[^\]]*\]|[^/?#:]*):80(?:[/?#]|$)/.test(text) || url.port !== '';
  const host = written && port !== ordinaryPort ? `${name}:${port}` : name;
  return { host, path: evened(url.pathname), query: evened(url.search) };
}

/** Percent signs in capitals, and only where they are needed (RFC 3986 section 6.2.2). */
function evened(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : `%${digits.toUpperCase()}`;
  });
}

function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.indexOf('/'); end >= 0 && folders.length < MAX_FOLDERS; end = path.indexOf('/', end + 1)) folders.push(path.slice(0, end + 1));
  return folders;
}

function hostsOf(host: string): string[] {
  if (/^[\d.]+(?::\d+)?$|^\[/.test(host)) return [host];
  const labels = host.split('.');
  const names: string[] = [host];
  for (let at = Math.max(1, labels.length - MAX_HOSTS); at <= labels.length - 2; at += 1) names.push(labels.slice(at).join('.'));
  return names;
}
