import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { isCoded } from '../../../src/record/coded-error.js';
import { recoveryKey, recoveryWords } from '../../../src/record/recovery-words.js';

function failureOf(typed: string): { code: string; where: string | undefined } {
  try {
    recoveryKey(typed);
    return { code: 'none', where: undefined };
  } catch (error) {
    return isCoded(error) ? { code: error.code, where: error.where } : { code: String(error), where: undefined };
  }
}

test('words are those of BIP 39 (its published test vectors)', () => {
  expect(recoveryWords(new Uint8Array(32)).join(' ')).toBe(`${'abandon '.repeat(23)}art`);
  expect(recoveryWords(new Uint8Array(32).fill(0xff)).join(' ')).toBe(`${'zoo '.repeat(23)}vote`);
});

test('every key comes back from its words, in whatever case and spacing, whole or by four letters', () => {
  for (let n = 0; n < 50; n += 1) {
    const key = randomBytes(32);
    const words = recoveryWords(key);
    expect(Buffer.from(recoveryKey(words.join(' ')))).toEqual(key);
    expect(Buffer.from(recoveryKey(`  ${words.join(',\n').toUpperCase()}  `))).toEqual(key);
    expect(Buffer.from(recoveryKey(words.map((w) => w.slice(0, 4)).join(' ')))).toEqual(key);
  }
});

test('a wrong word, a missing one, two exchanged and junk are refused', () => {
  const words = recoveryWords(new Uint8Array(32).fill(7));
  expect(failureOf(words.map((w, i) => (i === 4 ? 'xylophone' : w)).join(' '))).toEqual({ code: 'recovery.bad-words', where: '5' });
  expect(failureOf(words.slice(1).join(' '))).toEqual({ code: 'recovery.bad-words', where: undefined });
  expect(failureOf(words.map((w, i) => (i === 23 ? (w === 'zoo' ? 'zone' : 'zoo') : w)).join(' '))).toEqual({ code: 'recovery.bad-words', where: undefined });
  for (const junk of ['', ' ', '24', 'a'.repeat(100_000), 'zoo '.repeat(100_000), '\u0000'.repeat(30)]) expect(failureOf(junk).code).toBe('recovery.bad-words');
  expect(() => recoveryWords(new Uint8Array(31))).toThrow(RangeError);
});
