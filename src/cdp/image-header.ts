/*
 * What the first bytes of a file say it is. Nothing is decoded here: pictures come from attackers, and their pixels are
 * decoded by the browser alone.
 */

/** What a body is, by its own bytes. Sizes are pixels, null where the header does not tell them simply. */
export type Sniffed =
  | { readonly kind: 'picture'; readonly width: number | null; readonly height: number | null; readonly animated: boolean }
  | { readonly kind: 'media' }
  | { readonly kind: 'other' };

const OTHER: Sniffed = { kind: 'other' };

/** Looks at the first bytes of a body, and for an animation further on. */
export function sniff(bytes: Uint8Array): Sniffed {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = buffer.subarray(0, 16).toString('latin1');
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return png(buffer);
  if (start.startsWith('GIF8')) return gif(buffer);
  if (start.startsWith('\xff\xd8\xff')) return jpeg(buffer);
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return webp(buffer);
  if (start.startsWith('RIFF')) return { kind: 'media' };
  if (start.startsWith('BM') || start.startsWith('\0\0\x01\0') || start.startsWith('\0\0\x02\0') || start.startsWith('II*\0') || start.startsWith('MM\0*')) return picture(null, null, false);
  if (start.slice(4, 8) === 'ftyp') return /^(?:avif|heic|heix|mif1)/.test(start.slice(8)) ? picture(null, null, false) : /^(?:avis|hevc|msf1)/.test(start.slice(8)) ? picture(null, null, true) : { kind: 'media' };
  if (start.startsWith('\xff\x0a') || start.startsWith('\0\0\0\x0cJXL ')) return picture(null, null, false);
  if (/^(?:\x1a\x45\xdf\xa3|OggS|ID3|fLaC|FLV|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/.test(start)) return { kind: 'media' };
  return OTHER;
}

function picture(width: number | null, height: number | null, animated: boolean): Sniffed {
  return { kind: 'picture', width, height, animated };
}

/** W3C PNG, third edition: IHDR first; `acTL` before the pixels makes it an animation. */
function png(buffer: Buffer): Sniffed {
  if (buffer.length < 24) return picture(null, null, false);
  const pixels = buffer.indexOf('IDAT', 0, 'latin1');
  const animation = buffer.indexOf('acTL', 0, 'latin1');
  return picture(buffer.readUInt32BE(16), buffer.readUInt32BE(20), animation !== -1 && (pixels === -1 || animation < pixels));
}

/** GIF89a: more than one graphic control extension is more than one picture, as far as anyone uses them. */
function gif(buffer: Buffer): Sniffed {
  if (buffer.length < 10) return picture(null, null, false);
  let frames = 0;
  for (let at = buffer.indexOf('\x21\xf9\x04', 0, 'latin1'); at !== -1 && frames < 2; at = buffer.indexOf('\x21\xf9\x04', at + 1, 'latin1')) frames += 1;
  return picture(buffer.readUInt16LE(6), buffer.readUInt16LE(8), frames > 1 || buffer.includes('NETSCAPE2.0', 0, 'latin1'));
}

/** ITU-T T.81: the first start-of-frame segment has the size. */
function jpeg(buffer: Buffer): Sniffed {
  let at = 2;
  while (at + 9 < buffer.length && buffer[at] === 0xff) {
    const marker = buffer[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) return picture(buffer.readUInt16BE(at + 7), buffer.readUInt16BE(at + 5), false);
    at += marker === 0xff ? 1 : 2 + buffer.readUInt16BE(at + 2);
  }
  return picture(null, null, false);
}

/** RFC 9649: three kinds of first chunk, each with the size in another place. */
function webp(buffer: Buffer): Sniffed {
  if (buffer.length < 30) return picture(null, null, false);
  const chunk = buffer.toString('latin1', 12, 16);
  if (chunk === 'VP8X') return picture(buffer.readUIntLE(24, 3) + 1, buffer.readUIntLE(27, 3) + 1, ((buffer[20] ?? 0) & 2) !== 0);
  if (chunk === 'VP8 ') return picture(buffer.readUInt16LE(26) & 0x3fff, buffer.readUInt16LE(28) & 0x3fff, false);
  if (chunk === 'VP8L') {
    const bits = buffer.readUInt32LE(21);
    return picture((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1, false);
  }
  return picture(null, null, false);
}
