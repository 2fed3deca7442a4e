import { TextDecoder } from 'node:util';
import { listFault, listRefused } from './list-format.js';

/** Turns the bytes of a file into text, piece by piece: UTF-8, or UTF-16 where the file says so with its first two bytes. */
export class TextPieces {
  #decoder: TextDecoder | null = null;
  #first: Uint8Array = new Uint8Array(0);
  #lines = 1;

  /** @throws CodedError `lists.compressed`, `lists.not-text` */
  push(bytes: Uint8Array): string {
    if (this.#decoder !== null) return this.#decode(this.#decoder, bytes, true);
    const whole = new Uint8Array(this.#first.length + bytes.length);
    whole.set(this.#first);
    whole.set(bytes, this.#first.length);
    this.#first = whole;
    return whole.length < 4 ? '' : this.#begin(true);
  }

  /** What is left. @throws CodedError `lists.not-text` */
  end(): string {
    return this.#decoder === null ? this.#begin(false) : this.#decode(this.#decoder, new Uint8Array(0), false);
  }

  #begin(more: boolean): string {
    this.#decoder = decoderFor(this.#first);
    return this.#decode(this.#decoder, this.#first, more);
  }

  #decode(decoder: TextDecoder, bytes: Uint8Array, more: boolean): string {
    let text: string;
    try {
      text = decoder.decode(bytes, { stream: more });
    } catch {
      throw listFault('not-text', this.#lines, 'from about here on this file is not text.');
    }
    if (text.includes('\0')) throw listFault('not-text', this.#lines, 'from about here on this file is not text.');
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lines += 1;
    return text;
  }
}

function decoderFor(first: Uint8Array): TextDecoder {
  const [a, b, c, d] = first;
  const packed = (a === 0x1f && b === 0x8b) || (a === 0x50 && b === 0x4b && c === 3 && d === 4) || (a === 0x37 && b === 0x7a && c === 0xbc) || (a === 0x42 && b === 0x5a && c === 0x68) || (a === 0xfd && b === 0x37);
  if (packed) throw listRefused('compressed', 'This file is packed (a ZIP, gzip or similar). Unpack it first and choose the file inside it.');
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be', { fatal: true });
  if (b === 0 || a === 0) throw listFault('not-text', 1, 'this is not text, or text in a form (UTF-16) that does not say so. Save it as UTF-8.');
  return new TextDecoder('utf-8', { fatal: true });
}
