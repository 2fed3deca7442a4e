import { afterAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { CHAIN_START, followChain, type ChainPosition } from '../../../src/record/chain.js';
import { openVault } from '../../../src/vault/vault.js';
import type { CaseStore } from '../../../src/vault/stored-case.js';
import { checkpoint, codeOf, collect, entryFor, filesUnder, JMK, newVault, note, openBoth, PAS, portsWith, removeFolders, sha256, TestClock, PNG } from './support.js';

afterAll(removeFolders);

async function chainFaults(store: CaseStore): Promise<number> {
  let position: ChainPosition = CHAIN_START;
  let count = 0;
  for await (const entry of store.entries()) {
    const step = followChain(position, entry, sha256);
    position = step.next;
    count += step.faults.length;
  }
  return count;
}

describe('a case', () => {
  test('is nowhere on the disk before its first entry, and is found again after it', async () => {
    const { locked, vault, folder } = await newVault();
    const abandoned = await vault.createCase();
    const store = await vault.createCase();
    expect(store.id).toMatch(/^[0-9a-f]{32}$/);
    expect(store.head).toBeNull();
    expect(await vault.caseIds()).toEqual([]);
    await store.append(note(store, 'first'));
    await store.append(note(store, 'second'));
    expect(await vault.caseIds()).toEqual([store.id]);
    expect(await vault.openCase(store.id)).toBe(store);
    await locked.close();
    for (const { bytes } of filesUnder(folder)) expect(bytes.includes(abandoned.id)).toBe(false);
    const again = await openBoth(folder);
    expect(await codeOf(() => again.vault.openCase(abandoned.id))).toBe('case.unknown');
    expect(await codeOf(() => again.vault.openCase('not an id'))).toBe('case.unknown');
    const reopened = await again.vault.openCase(store.id);
    expect(reopened.head).toEqual(store.head);
    expect((await collect(reopened.entries())).map((e) => e.body.data['text'])).toEqual(['first', 'second']);
    expect(await chainFaults(reopened)).toBe(0);
    await again.locked.close();
  });

  test('takes only the entry that follows its head', async () => {
    const { locked, vault } = await newVault();
    const store = await vault.createCase();
    const other = await vault.createCase();
    await store.append(note(store, 'first'));
    const head = store.head;
    const next = note(store, 'second');
    for (const wrong of [
      note({ id: store.id, head: null }, 'a second first'),
      note({ id: other.id, head: store.head }, 'another case'),
      { ...next, header: { ...next.header, seq: 2 } },
      { ...next, header: { ...next.header, prev: 'a'.repeat(64) } },
      { ...next, header: { ...next.header, prevSigs: 'a'.repeat(64) } },
      { ...next, body: { ...next.body, data: { text: 'not what the header says' } } },
      entryFor(store, 'note', { text: 'more than the kind has', more: 1 }),
      { ...next, header: { ...next.header, at: 'yesterday' } },
    ]) {
      expect(await codeOf(() => store.append(wrong))).toBe('case.does-not-follow');
      expect(store.head).toEqual(head);
    }
    await store.append(next);
    expect(await codeOf(() => store.append(next))).toBe('case.does-not-follow');
    const [third, rival] = [note(store, 'third'), note(store, 'rival')];
    expect(await Promise.all([codeOf(() => store.append(third)), codeOf(() => store.append(rival))])).toEqual(['none', 'case.does-not-follow']);
    await locked.close();
  });

  test('records a clock that ran backwards rather than refusing it', async () => {
    const { locked, vault, folder } = await newVault();
    const store = await vault.createCase();
    await store.append(note(store, 'first', { at: '2026-11-24T10:00:00.000Z' }));
    await store.append(note(store, 'second', { at: '2026-11-24T09:00:00.000Z' }));
    await locked.close();
    const again = await openBoth(folder);
    expect(await collect((await again.vault.openCase(store.id)).entries())).toHaveLength(2);
    await again.locked.close();
  });

  test('opens from its last checkpoint and keeps signatures as they are', async () => {
    const { locked, vault, folder } = await newVault();
    const store = await vault.createCase();
    for (let i = 0; i < 5; i += 1) await store.append(note(store, `note ${i}`));
    await store.append(checkpoint(store, vault.signers));
    await store.append(note(store, 'after'));
    await locked.close();
    const again = await openBoth(folder);
    const reopened = await again.vault.openCase(store.id);
    expect(reopened.head).toEqual(store.head);
    const entries = await collect(reopened.entries());
    expect(entries.map((e) => e.signatures.length)).toEqual([0, 0, 0, 0, 0, 2, 0]);
    expect(await chainFaults(reopened)).toBe(0);
    await again.locked.close();
  });

  test('reads more entries than one page holds, in order', async () => {
    const { locked, vault } = await newVault();
    const store = await vault.createCase();
    for (let i = 0; i < 150; i += 1) await store.append(note(store, `note ${i}`));
    expect((await collect(store.entries())).map((e) => e.body.data['text'])).toEqual(Array.from({ length: 150 }, (_, i) => `note ${i}`));
    await locked.close();
  });

  test('locked in the middle of a reading says so, and calls nothing altered', async () => {
    const { locked, vault } = await newVault();
    const store = await vault.createCase();
    for (let i = 0; i < 3; i += 1) await store.append(note(store, `note ${i}`));
    const reading = store.entries()[Symbol.asyncIterator]();
    await reading.next();
    vault.lock();
    expect(await codeOf(() => reading.next())).toBe('auth.locked');
    expect(await codeOf(() => collect(store.entries()))).toBe('auth.locked');
    expect(await codeOf(() => store.append(note(store, 'late')))).toBe('auth.locked');
    await locked.close();
  });

  test('locked while its first entry is on the way keeps all of it or nothing', async () => {
    const { locked, vault, folder } = await newVault();
    const store = await vault.createCase();
    const part = store.stage('PAS/1', PNG, randomBytes(5_000_000));
    const appending = codeOf(() => store.append(note(store, 'first')));
    await Promise.resolve();
    vault.lock();
    const code = await appending;
    const staged = await part;
    expect(['none', 'auth.locked']).toContain(code);
    await locked.close();
    const again = await openBoth(folder);
    expect(await again.vault.caseIds()).toEqual(code === 'none' ? [store.id] : []);
    expect(filesUnder(join(folder, 'objects')).some((f) => f.path.includes(staged.file))).toBe(false);
    await again.locked.close();
  });
});

test('two people who sign in the other way round open the same cases', async () => {
  const { locked, vault, folder } = await newVault();
  const store = await vault.createCase();
  await store.append(note(store, 'first'));
  await locked.close();
  const again = await openVault(folder, portsWith(new TestClock()));
  const swapped = await again.unlock(JMK, PAS);
  expect((await collect((await swapped.openCase(store.id)).entries())).map((e) => e.body.data['text'])).toEqual(['first']);
  await again.close();
});
