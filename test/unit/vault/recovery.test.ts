import { afterAll, expect, test } from '@jest/globals';
import { cpSync } from 'node:fs';
import { inspect } from 'node:util';
import { openVault, type NewReviewer } from '../../../src/vault/vault.js';
import { codeOf, collect, filesUnder, freshFolder, JMK, newVault, note, PAS, portsWith, removeFolders, TestClock } from './support.js';

afterAll(removeFolders);

const REPLACEMENT: NewReviewer = { initials: 'DAO', name: 'Dele Adé Okafor', position: 'Deputy head', role: 'dsl', passphrase: 'meadow ticket orbit walnut' };
const dao = { initials: 'DAO', passphrase: REPLACEMENT.passphrase };
const HOLDER = 'Rowan Hale';

async function withSheet(): Promise<{ folder: string; words: string; caseId: string }> {
  const { locked, vault, folder } = await newVault();
  const store = await vault.createCase();
  await store.append(note(store, 'kept before'));
  expect(locked.recoverySheet).toBeNull();
  const words = await vault.makeRecoverySheet(PAS, JMK, HOLDER);
  expect(words).toHaveLength(24);
  expect(locked.recoverySheet).toEqual({ holder: HOLDER, at: '2026-11-24T10:00:00.000Z' });
  await store.append(note(store, 'kept after'));
  await locked.close();
  return { folder, words: words.join(' '), caseId: store.id };
}

test('one reviewer and the sheet enrol a replacement, who then opens everything with that reviewer; the sheet is void', async () => {
  const { folder, words, caseId } = await withSheet();
  const locked = await openVault(folder, portsWith(new TestClock()));
  await locked.recover(JMK, words.toUpperCase().replaceAll(' ', ' \n'), REPLACEMENT);
  expect(locked.recoverySheet).toBeNull();
  expect(locked.reviewers.map((r) => [r.initials, r.role])).toEqual([['PAS', 'senior-leader'], ['JMK', 'senior-leader'], ['DAO', 'dsl']]);
  const vault = await locked.unlock(JMK, dao);
  expect((await collect((await vault.openCase(caseId)).entries())).map((e) => e.body.data['text'])).toEqual(['kept before', 'kept after']);
  expect(await vault.inbox()).toMatchObject([{ kind: 'recovered', data: { by: 'JMK', initials: 'DAO', name: 'Dele Adé Okafor' } }]);
  vault.lock();
  expect(await codeOf(() => locked.recover(JMK, words, { ...REPLACEMENT, initials: 'EFG' }))).toBe('recovery.none');
  expect(await (await locked.unlock(PAS, JMK)).caseIds()).toEqual([caseId]);
  await locked.close();
});

test('the words lie nowhere on the disk, and no refusal repeats them', async () => {
  const { folder, words } = await withSheet();
  const [first = '', second = '', third = ''] = words.split(' ');
  for (const { bytes } of filesUnder(folder)) expect(bytes.includes(`${first} ${second} ${third}`)).toBe(false);
  const locked = await openVault(folder, portsWith(new TestClock()));
  const error = await locked.recover(JMK, words.replace(first, first === 'zoo' ? 'zone' : 'zoo'), REPLACEMENT).catch((e: unknown) => e);
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(`${second} ${third}`);
  await locked.close();
});

test('refuses without a sheet, with wrong words, with another sheet, with a wrong passphrase, and for its holder', async () => {
  const { folder, words } = await withSheet();
  const clock = new TestClock();
  const copy = freshFolder();
  cpSync(folder, copy, { recursive: true });
  const locked = await openVault(folder, portsWith(clock));
  expect(await codeOf(() => locked.recover(JMK, 'some words', REPLACEMENT))).toBe('recovery.bad-words');
  expect(await codeOf(() => locked.recover(JMK, words, { ...REPLACEMENT, name: ' rowan  HALE ' }))).toBe('reviewers.holds-recovery');
  expect(await codeOf(() => locked.recover(JMK, words, { ...REPLACEMENT, passphrase: JMK.passphrase }))).toBe('set-up.same-passphrase');
  expect(await codeOf(() => locked.recover({ ...JMK, passphrase: 'not the right one' }, words, REPLACEMENT))).toBe('auth.bad-passphrase');
  expect(await codeOf(() => locked.recover(JMK, words, REPLACEMENT))).toBe('auth.slow-down');
  clock.pass(60);
  const vault = await locked.unlock(PAS, JMK);
  for (const holder of ['Priya Anand-Sutton', 'JÜRGEN mac kenna']) expect(await codeOf(() => vault.makeRecoverySheet(PAS, JMK, holder))).toBe('recovery.holder-is-reviewer');
  expect(await codeOf(() => vault.makeRecoverySheet(PAS, JMK, 'two\nlines'))).toBe('set-up.bad-name');
  expect(await codeOf(() => vault.enrol(PAS, JMK, { ...REPLACEMENT, name: HOLDER }))).toBe('reviewers.holds-recovery');
  const next = (await vault.makeRecoverySheet(PAS, JMK, 'Sam Whitlock')).join(' ');
  expect(next).not.toBe(words);
  expect(await codeOf(() => locked.recover(JMK, words, REPLACEMENT))).toBe('recovery.wrong-sheet');
  expect(await codeOf(() => vault.caseIds())).toBe('auth.locked');
  await locked.recover(JMK, next, REPLACEMENT);
  await locked.close();
  const fresh = await newVault();
  expect(await codeOf(() => fresh.locked.recover(JMK, words, REPLACEMENT))).toBe('recovery.none');
  await fresh.locked.close();
});
