/** Longest address that is written down, in UTF-16 code units; the record's schema has the same bound. */
const MAX_URL = 16_384;
/** Longest single line that is written down. */
const MAX_LINE = 500;

const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'x-api-key', 'x-auth-token', 'x-csrf-token', 'x-xsrf-token']);
const COOKIE_HEADERS = new Set(['cookie', 'set-cookie', 'set-cookie2']);

/**
 * `url` as it may be written down: a password before the host is replaced by `***`, the user name stays, and what is
 * longer than 16,384 characters is cut and ends in `…`.
 */
export function maskUrl(url: string): string {
  const masked = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@/i, (_all, scheme: string, userinfo: string) => {
    const colon = userinfo.indexOf(':');
    return colon === -1 ? `${scheme}${userinfo}@` : `${scheme}${userinfo.slice(0, colon)}:***@`;
  });
  return cut(masked, MAX_URL);
}

/** `text` on one line, without control characters, at most 500 characters. */
export function oneLine(text: string): string {
  return cut(text.replace(/\p{Cc}+/gu, ' ').trim(), MAX_LINE);
}

/** `text` cut to `length` characters, ending in `…` where it was longer, and with no half of a surrogate pair. */
export function cut(text: string, length: number): string {
  const short = text.length <= length ? text : `${text.slice(0, length - 1)}…`;
  return short.toWellFormed();
}

/**
 * Headers as they may be kept: names in lower case, sorted; values of cookies and of authorization replaced by `***`.
 * A cookie's name stays, since it tells what a site set without giving anyone access.
 */
export function maskHeaders(headers: { readonly [name: string]: string }): { [name: string]: string } {
  const masked = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), maskValue(name.toLowerCase(), value)] as const);
  return Object.fromEntries(masked.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function maskValue(name: string, value: string): string {
  if (SECRET_HEADERS.has(name)) return '***';
  if (name === 'cookie') return value.split(';').map(maskCookie).join('; ');
  if (COOKIE_HEADERS.has(name)) return value.split('\n').map(maskSetCookie).join('\n');
  return cut(value, MAX_URL);
}

function maskCookie(pair: string): string {
  return `${(pair.split('=')[0] ?? '').trim()}=***`;
}

function maskSetCookie(line: string): string {
  const [pair = '', ...attributes] = line.split(';');
  return [maskCookie(pair), ...attributes.map((attribute) => attribute.trim())].join('; ');
}
