import { afterAll, expect, test } from '@jest/globals';
import { bulkCase } from '../unit/vault/bulk.js';
import { newVaultFolder, note, openBoth, removeFolders } from '../unit/vault/support.js';

afterAll(removeFolders);

const entries = process.env['COUNTERSIGN_LONG'] === undefined ? 5_000 : 100_000;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

test('a case of very many entries opens from its last checkpoint, takes the next entry like a small one, and is read whole', async () => {
  const folder = await newVaultFolder();
  const id = await bulkCase(folder, entries);
  const { locked, vault } = await openBoth(folder);
  const startedAt = performance.now();
  const store = await vault.openCase(id);
  const opening = performance.now() - startedAt;
  expect(store.head?.seq).toBe(entries - 1);
  const small = await vault.createCase();
  for (let i = 0; i < 10; i += 1) await small.append(note(small, 'one of ten'));
  const times: { large: number[]; small: number[] } = { large: [], small: [] };
  for (let i = 0; i < 50; i += 1) {
    for (const [which, target] of [['large', store], ['small', small]] as const) {
      const entry = note(target, 'one more');
      const from = performance.now();
      await target.append(entry);
      times[which].push(performance.now() - from);
    }
  }
  process.stdout.write(`fault: ${entries} entries opened in ${Math.round(opening)} ms, append ${median(times.large).toFixed(2)} ms there and ${median(times.small).toFixed(2)} ms at 10 entries\n`);
  const check = await vault.fullCheck(() => undefined);
  expect(check).toMatchObject({ cases: 2, entries: entries + 110, findings: [] });
  await locked.close();
}, 600_000);
