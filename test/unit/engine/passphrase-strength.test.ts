import { describe, expect, test } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { monthsLater } from '../../../src/engine/months.js';
import { isChangeDue, NO_RULES } from '../../../src/engine/passphrase-rules.js';
import { demandStrong, isOfWords, passphraseStrength } from '../../../src/engine/passphrase-strength.js';
import { suggestPassphrase } from '../../../src/engine/passphrases.js';
import { codeOf } from './support.js';

const OWN = ['Priya Anand-Sutton', 'Deputy Head', 'PAS', 'Ash Grove Academy'];
const accepted = async (passphrase: string, rules = NO_RULES): Promise<boolean> => (await passphraseStrength(passphrase, OWN, rules)).accepted;

describe('the floor', () => {
  test.each([
    'harbour pencil velvet comet', 'correct horse battery staple', 'orchard lantern seven kettle', 'winter rain garden', 'café crème brûlée', 'Tr0ub4dour&3', 'kT9$vQ2mWx4z', 'otter-lantern-gravel-museum',
  ])('accepts %j', async (passphrase) => {
    expect(await passphraseStrength(passphrase, OWN)).toEqual({ score: 4, accepted: true, sentence: 'This is strong.', advice: [] });
  });

  test.each([
    '', 'tiny7', 'Passw0rd!', 'Password1', 'qwertyuiop123', 'Summer2026!', 'Ash Grove Academy 1', 'priyaanand2026', 'deputyhead1', 'aaaaaaaaaaaaaaaaaaaaaaaa', 'one two three four five', 'abandon abandon abandon abandon', 'a1'.repeat(400),
  ])('refuses %j, in one sentence, with something to do about it', async (passphrase) => {
    const { accepted: isAccepted, sentence, advice } = await passphraseStrength(passphrase, OWN);
    expect(isAccepted).toBe(false);
    expect(advice.length).toBeGreaterThan(0);
    expect(advice.length).toBeLessThanOrEqual(3);
    for (const each of [sentence, ...advice]) expect(each).toMatch(/^[A-Z].*\.$/);
    if (passphrase.length >= 5) expect([sentence, ...advice].join(' ')).not.toContain(passphrase);
  });

  test('is told as an error that says whose it is and what to do, and not what was typed', async () => {
    await expect(demandStrong('Summer2026!', 'PAS', OWN)).rejects.toMatchObject({ code: 'auth.weak-passphrase', where: 'PAS', sentence: 'The new passphrase for PAS cannot be used: it is too easy to guess. Use four random words: the app suggests some.' });
    expect(await codeOf(() => demandStrong(suggestPassphrase(4, randomInt), 'PAS', OWN))).toBe('none');
  });

  test('takes every passphrase that the app suggests', async () => {
    for (let i = 0; i < 200; i += 1) {
      const words = suggestPassphrase(4, (below) => (i < 100 ? randomInt(below) : (i * 37 + below * 11) % below));
      expect([words, isOfWords(words)]).toEqual([words, true]);
    }
  });

  test('is not suggested with a word twice, nor with one of the person’s own names', () => {
    expect(suggestPassphrase(4, () => 0)).toBe('abandon ability able about');
    expect(suggestPassphrase(4, () => 0, ['Able Abandon-Smith'])).toBe('ability about above absent');
  });

  test('counts only different words of the list that are not the person’s own', () => {
    expect(isOfWords('orchard lantern seven kettle')).toBe(false);
    expect(isOfWords('forest window abandon zebra')).toBe(true);
    expect(isOfWords('Forest  WINDOW-abandon zebra')).toBe(true);
    expect(isOfWords('forest window abandon')).toBe(false);
    expect(isOfWords('forest window abandon zebra', ['Forest Window School'])).toBe(false);
    expect(isOfWords('forest window abandon zebra x')).toBe(false);
  });

  test('does not choke on what is long, hostile or empty', async () => {
    for (const text of ['p@$$w0rd'.repeat(125), '4@8({[<3691!|1|7l0$5+7%2/4'.repeat(38), '\u{1F469}\u200D\u{1F467}'.repeat(200), '\ud800'.repeat(1_000), '\0'.repeat(1_000), ' '.repeat(1_000)]) {
      expect(await passphraseStrength(text, Array.from({ length: 10 }, () => 'x'.repeat(500)))).toMatchObject({ sentence: expect.any(String) });
    }
  });
});

describe('the school’s own rules', () => {
  const rules = { minimumLength: 16, mixed: true, changeMonths: null };

  test('ask for length, capital and small letters and a digit, beyond the floor', async () => {
    expect(await accepted('kT9$vQ2mWx4z', rules)).toBe(false);
    expect(await accepted('kt9$vq2mwx4z8r5n', rules)).toBe(false);
    expect(await accepted('kT9$vQ2mWx4z8r5n', rules)).toBe(true);
    expect(await accepted('Password1Password1', rules)).toBe(false);
    expect((await passphraseStrength('kT9$vQ2mWx4z', OWN, rules)).sentence).toBe('The school’s rules ask for at least 16 characters.');
    await expect(demandStrong('kT9$vQ2mWx4z', 'PAS', OWN, rules)).rejects.toMatchObject({ sentence: expect.stringContaining('ask for at least 16 characters') });
  });

  test('exempt passphrases of the app’s own words', async () => {
    expect(await accepted('forest window abandon zebra', { ...rules, minimumLength: 64 })).toBe(true);
  });

  test('say when a change is due, which words of the list never are', () => {
    const since = { at: '2026-01-31T10:00:00.000Z', ofWords: false };
    const yearly = { ...NO_RULES, changeMonths: 1 };
    expect(isChangeDue(since, yearly, '2026-02-28T09:59:59.999Z')).toBe(false);
    expect(isChangeDue(since, yearly, '2026-02-28T10:00:00.000Z')).toBe(true);
    expect(isChangeDue(since, NO_RULES, '2040-01-01T00:00:00.000Z')).toBe(false);
    expect(isChangeDue({ ...since, ofWords: true }, yearly, '2040-01-01T00:00:00.000Z')).toBe(false);
  });
});

test('months later is the same day of the month, or the last one', () => {
  expect(monthsLater('2026-11-24T10:00:00.000Z', 12)).toBe('2027-11-24T10:00:00.000Z');
  expect(monthsLater('2028-01-31T10:00:00.000Z', 1)).toBe('2028-02-29T10:00:00.000Z');
  expect(monthsLater('2026-12-31T23:59:59.999Z', 2)).toBe('2027-02-28T23:59:59.999Z');
});
