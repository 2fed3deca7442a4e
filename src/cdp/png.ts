import { CodedError } from '../record/coded-error.js';

/** Size of a PNG as its header says, and how many channels a pixel has. */
export interface PngSize {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const TRUE_COLOUR = 2;
const TRUE_COLOUR_ALPHA = 6;

/**
 * Reads the header of a PNG (W3C PNG, section 11.2.1) with eight bits a channel and colour.
 *
 * @throws CodedError `capture.bad-image` when the bytes are no such PNG or are cut short.
 */
export function pngSize(png: Uint8Array): PngSize {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const whole = png.length > 57 && SIGNATURE.every((byte, i) => png[i] === byte) && view.getUint32(12) === 0x49484452 && view.getUint32(png.length - 8) === 0x49454e44;
  const colour = whole ? view.getUint8(25) : 0;
  if (!whole || view.getUint8(24) !== 8 || (colour !== TRUE_COLOUR && colour !== TRUE_COLOUR_ALPHA)) {
    throw new CodedError('capture.bad-image', 'The browser gave a picture that cannot be read. Nothing was kept.');
  }
  return { width: view.getUint32(16), height: view.getUint32(20), channels: colour === TRUE_COLOUR ? 3 : 4 };
}
