import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Database } from '../../src/vault/database.js';
import { DEFAULT_KDF } from '../../src/vault/ports.js';
import { PRAGMAS } from '../../src/vault/vault-database.js';
import { createVault, openVault } from '../../src/vault/vault.js';
import { CASE, signedIn } from '../unit/engine/support.js';
import { bulkCase } from '../unit/vault/bulk.js';
import { capture, checkpoint, filesUnder, freshFolder, JMK, newVaultFolder, note, openBoth, PAS, portsWith, removeFolders, SET_UP, TestClock } from '../unit/vault/support.js';

const APPENDS = 1_500;
const LARGE = 100_000;
const TEXT = 'Both of us looked at the page and agreed what it shows. '.repeat(8);

/** How many milliseconds `work` takes; `prepare` is not counted. */
async function timed<T>(prepare: () => T, work: (prepared: T) => Promise<void>): Promise<number> {
  const prepared = prepare();
  const startedAt = performance.now();
  await work(prepared);
  return performance.now() - startedAt;
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

/** The same entry as plain columns, as large as the vault's. */
function plainRow({ header, signatures, body }: ReturnType<typeof note>): [string, string, string, Buffer] {
  return [header.kind, JSON.stringify(header), JSON.stringify(signatures), Buffer.concat([Buffer.from(JSON.stringify(body)), randomBytes(28)])];
}

/** How long it takes to open a vault of a hundred cases, and all of them, once the keys are derived. */
async function openingMany(): Promise<object[]> {
  const folder = await newVaultFolder();
  const { locked, vault } = await openBoth(folder);
  for (let n = 0; n < 100; n += 1) {
    const store = await vault.createCase();
    for (let i = 0; i < 10; i += 1) await store.append(note(store, TEXT));
  }
  await locked.close();
  const startedAt = performance.now();
  const again = await openVault(folder, portsWith(new TestClock()));
  const reopened = await again.unlock(PAS, JMK);
  for (const id of await reopened.caseIds()) await reopened.openCase(id);
  const spent = performance.now() - startedAt;
  await again.close();
  return [{ figure: 'opening a vault of 100 cases and each of them, milliseconds', ours: Math.round(spent) }];
}

/** A case of a hundred thousand entries: opening it, and appending to it in turns with one of ten. */
async function openingLarge(): Promise<object[]> {
  const folder = await newVaultFolder();
  const id = await bulkCase(folder, LARGE);
  const { locked, vault } = await openBoth(folder);
  const startedAt = performance.now();
  const store = await vault.openCase(id);
  const opening = performance.now() - startedAt;
  const small = await vault.createCase();
  for (let i = 0; i < 10; i += 1) await small.append(note(small, TEXT));
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < 200; i += 1) {
    times[0].push(await timed(() => note(store, TEXT), (entry) => store.append(entry)));
    times[1].push(await timed(() => note(small, TEXT), (entry) => small.append(entry)));
  }
  await locked.close();
  return [
    { figure: `opening a case of ${LARGE} entries, milliseconds`, ours: Math.round(opening) },
    { figure: `appending at ${LARGE} entries, milliseconds, against one of 10`, ours: Number(median(times[0]).toFixed(3)), peer: Number(median(times[1]).toFixed(3)), ratio: Number((median(times[1]) / median(times[0])).toFixed(2)) },
  ];
}

/** What the app does with such a case: it shows it, once read whole, as after an update of the app, and once from the state that it keeps as a record grows; and it signs out of it. */
async function showingLarge(): Promise<object[]> {
  const begun = await signedIn();
  const id = await begun.engine.openCase(CASE);
  await begun.engine.close();
  await bulkCase(begun.folder, LARGE, id);
  const { engine } = await signedIn({}, begun.folder);
  const reading = await timed(() => null, () => engine.showCase(id));
  await engine.closeCase();
  const showing = await timed(() => null, () => engine.showCase(id));
  await engine.openedCase.addNote(PAS.initials, TEXT);
  const leaving = await timed(() => null, async () => {
    await engine.prepareSignOut();
    await engine.signOut([PAS, JMK]);
  });
  await engine.close();
  return [
    { figure: `showing a case of ${LARGE} entries in the app, from its kept state, milliseconds`, ours: Math.round(showing) },
    { figure: `showing a case of ${LARGE} entries in the app, every entry read, milliseconds`, ours: Math.round(reading) },
    { figure: `signing out of a case of ${LARGE} entries, milliseconds`, ours: Math.round(leaving) },
  ];
}

/** The full check over evidence files against sha256sum over the same files, in turns; both read from the disk's cache. */
async function checking(): Promise<object[]> {
  const { locked, vault, folder } = await openBoth(await newVaultFolder());
  const store = await vault.createCase();
  for (let n = 1; n <= 40; n += 1) {
    const part = await store.stage(`PAS/${n}`, { name: 'page.png', mediaType: 'image/png' }, randomBytes(8 * 1024 * 1024));
    await store.append(capture(store, `PAS/${n}`, [part]), [part]);
  }
  const files = filesUnder(join(folder, 'objects')).map((f) => f.path);
  const [ours, peer]: [number[], number[]] = [[], []];
  let bytes = 0;
  for (let round = 0; round < 5; round += 1) {
    ours.push(await timed(() => null, async () => { bytes = (await vault.fullCheck(() => undefined)).bytes; }));
    peer.push(await timed(() => null, async () => { execFileSync('sha256sum', files); }));
  }
  await locked.close();
  const rate = (ms: number): number => Math.round(bytes / 1e6 / (ms / 1_000));
  return [{ figure: 'full check, MB/s, against sha256sum', ours: rate(median(ours)), peer: rate(median(peer)), ratio: Number((median(peer) / median(ours)).toFixed(2)) }];
}

/**
 * Figures of the vault, measured now: durable appends a second against bare inserts of rows as large with the same
 * pragmas (one of each in turns, the median of them; making the entry or the row is not counted), and how long it takes two reviewers to sign in.
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
  const [ours, peer]: [number[], number[]] = [[], []];
  let seq = 0;
  for (let i = 0; i < APPENDS; i += 1) {
    ours.push(await timed(() => note(store, TEXT), (entry) => store.append(entry)));
    peer.push(await timed(() => plainRow(note(store, TEXT)), (row) => bare.run('INSERT INTO entries (case_id, seq, kind, header, signatures, body) VALUES (?, ?, ?, ?, ?, ?)', store.id, (seq += 1), ...row)));
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
  const [many, large, shown, check] = [await openingMany(), await openingLarge(), await showingLarge(), await checking()];
  removeFolders();
  return [
    { figure: 'durable appends per second', ours: Math.round(1_000 / median(ours)), peer: Math.round(1_000 / median(peer)), ratio: Number((median(peer) / median(ours)).toFixed(2)) },
    { figure: 'sign-in of two reviewers, Argon2id 256 MiB, seconds', ours: Number(median(unlockTimes).toFixed(2)) },
    { figure: `opening a case of ${APPENDS + 2} entries that ends in a checkpoint, milliseconds`, ours: Math.round(opening) },
    ...many,
    ...large,
    ...shown,
    ...check,
  ];
}
