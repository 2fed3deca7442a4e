/**
 * The bytes of a `data:` address that says it is a picture or a video (RFC 2397), empty for any other; null when they are more than
 * `most`. `shown`: the browser uses it as a picture or a video, which it does whatever the address says of itself.
 */
export function dataUrlBytes(url: string, most: number, shown = false): Buffer | null {
  const comma = url.indexOf(',');
  const kind = url.slice(5, Math.max(5, Math.min(comma, 200)));
  if (comma < 0 || (!shown && !/^\s*(?:image|video)\//i.test(kind))) return Buffer.alloc(0);
  if (url.length - comma > 3 * most) return null;
  const data = unescaped(url.slice(comma + 1).replace(/#.*$/s, ''));
  // As browsers do, Node reads base64 with spaces in it and without its padding.
  const bytes = /;\s*base64\s*$/i.test(kind) ? Buffer.from(data.toString('latin1'), 'base64') : data;
  return bytes.length > most ? null : bytes;
}

function unescaped(text: string): Buffer {
  if (!text.includes('%')) return Buffer.from(text, 'utf8');
  const bytes = Buffer.from(text, 'utf8');
  let to = 0;
  for (let from = 0; from < bytes.length; from += 1) {
    const digits = bytes[from] === 0x25 ? bytes.toString('latin1', from + 1, from + 3) : '';
    const escaped = /^[0-9a-f]{2}$/i.test(digits);
    bytes[to] = escaped ? Number.parseInt(digits, 16) : (bytes[from] ?? 0);
    to += 1;
    if (escaped) from += 2;
  }
  return bytes.subarray(0, to);
}
