import { createCipheriv } from 'node:crypto';

const BLOCK = 16;
/** Bytes of key stream made at a time: few enough to stay near the processor. */
const PART = 32 * 1024;
const WORD = 2 ** 32;

/**
 * AES-256 in the counter mode of WinZip, which no mode of OpenSSL is: a block's number, from 1, is a little-endian integer
 * (https://www.winzip.com/en/support/aes-encryption/). Gives what turns ciphertext into plaintext, or back, in the memory
 * that it is given; its first byte begins the block with the number `firstBlock`.
 */
export function aesCounter(key: Uint8Array): (bytes: Uint8Array, firstBlock: number) => void {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const numbers = new Uint32Array(PART / 4);
  return (bytes, firstBlock) => {
    for (let from = 0; from < bytes.length; from += PART) {
      const part = bytes.subarray(from, from + PART);
      const blocks = Math.ceil(part.length / BLOCK);
      count(numbers, blocks, firstBlock + from / BLOCK);
      mix(part, cipher.update(new Uint8Array(numbers.buffer, 0, blocks * BLOCK)));
    }
  };
}

/** Writes the numbers of `blocks` blocks, each as a little-endian integer of a whole block. */
function count(numbers: Uint32Array, blocks: number, first: number): void {
  let [low, high] = [first % WORD, Math.floor(first / WORD)];
  for (let at = 0; at < blocks * 4; at += 4) {
    numbers[at] = low;
    numbers[at + 1] = high;
    low += 1;
    if (low === WORD) [low, high] = [0, high + 1];
  }
}

/** `bytes` exclusive-or `stream`: a block at a time where both lie so that this can be, which is four times as quick as a word at a time. */
function mix(bytes: Uint8Array, stream: Uint8Array): void {
  const words = (bytes.byteOffset | stream.byteOffset) % 4 === 0 ? Math.floor(bytes.length / BLOCK) * 4 : 0;
  if (words > 0) {
    const out = new Int32Array(bytes.buffer, bytes.byteOffset, words);
    const add = new Int32Array(stream.buffer, stream.byteOffset, words);
    for (let i = 0; i < words; i += 4) {
      out[i] = (out[i] ?? 0) ^ (add[i] ?? 0);
      out[i + 1] = (out[i + 1] ?? 0) ^ (add[i + 1] ?? 0);
      out[i + 2] = (out[i + 2] ?? 0) ^ (add[i + 2] ?? 0);
      out[i + 3] = (out[i + 3] ?? 0) ^ (add[i + 3] ?? 0);
    }
  }
  for (let i = words * 4; i < bytes.length; i += 1) bytes[i] = (bytes[i] ?? 0) ^ (stream[i] ?? 0);
}
