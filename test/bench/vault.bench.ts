import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Database } from '../../src/vault/database.js';
import { DEFAULT_KDF } from '../../src/vault/ports.js';
import { PRAGMAS } from '../../src/vault/vault-database.js';
import { createVault, openVault } from '../../src/vault/vault.js';
import { checkpoint, freshFolder, JMK, note, PAS, portsWith, removeFolders, SET_UP, TestClock } from '../unit/vault/support.js';

const ROUNDS = 30;
const APPENDS = 50;
const TEXT = 'Both of us looked at the page and agreed what it shows. '.repeat(8);

/** Runs `work` so many times and gives how often a second; `prepare` is not counted. */
async function perSecond<T>(prepare: () => T, work: (prepared: T) => Promise<void>): Promise<number> {
  let spent = 0;
  for (let i = 0; i < APPENDS; i += 1) {
    const prepared = prepare();
    const startedAt = performance.now();
    await work(prepared);
    spent += performance.now() - startedAt;
  }
  return APPENDS / (spent / 1_000);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** A table of one row per entry, as plain as it gets, with the pragmas of the vault. */
async function bareDatabase(): Promise<Database> {
  const database = await Database.open(join(freshFolder(), 'bare.db'));
  for (const pragma of [...PRAGMAS, 'PRAGMA journal_mode = WAL']) await database.all(pragma);
  await database.script('CREATE TABLE entries (case_id TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, header TEXT NOT NULL, signatures TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (case_id, seq)) STRICT');
  return database;
}

/**
 * Figures of the vault, measured now: durable appends a second against bare inserts of rows as large with the same
 * pragmas (both in turns, the median of thirty rounds; making the entry is not counted), and how long it takes two reviewers to sign in.
 */
export async function benchVault(): Promise<object[]> {
  const folder = freshFolder();
  const ports = portsWith(new TestClock(), DEFAULT_KDF);
  await createVault(folder, SET_UP, ports);
  const locked = await openVault(folder, ports);
  const unlockTimes: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    const startedAt = performance.now();
    await locked.unlock(PAS, JMK);
    unlockTimes.push((performance.now() - startedAt) / 1_000);
  }
  const vault = await locked.unlock(PAS, JMK);
  const store = await vault.createCase();
  await store.append(note(store, TEXT));
  const bare = await bareDatabase();
  const header = JSON.stringify(note(store, TEXT).header);
  const [ours, peer]: [number[], number[]] = [[], []];
  let seq = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await perSecond(() => note(store, TEXT), (entry) => store.append(entry)));
    peer.push(await perSecond(() => randomBytes(TEXT.length + 80), (body) => bare.run('INSERT INTO entries (case_id, seq, kind, header, signatures, body) VALUES (?, ?, ?, ?, ?, ?)', store.id, (seq += 1), 'note', header, '[]', body)));
  }
  await bare.close();
  await store.append(checkpoint(store, vault.signers));
  await locked.close();
  const again = await openVault(folder, ports);
  const reopened = await again.unlock(PAS, JMK);
  const startedAt = performance.now();
  await reopened.openCase(store.id);
  const opening = performance.now() - startedAt;
  await again.close();
  removeFolders();
  return [
    { figure: 'durable appends per second', ours: Math.round(median(ours)), peer: Math.round(median(peer)), ratio: Number((median(ours) / median(peer)).toFixed(2)) },
    { figure: 'sign-in of two reviewers, Argon2id 256 MiB, seconds', ours: Number(median(unlockTimes).toFixed(2)) },
    { figure: `opening a case of ${ROUNDS * APPENDS + 2} entries that ends in a checkpoint, milliseconds`, ours: Math.round(opening) },
  ];
}
