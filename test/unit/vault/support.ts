import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeSha256, systemRandom } from '../../../src/engine/node-ports.js';
import { hex } from '../../../src/record/bytes.js';
import { isCoded } from '../../../src/record/coded-error.js';
import { entryHash, nextHeader, statementBytes, type EntrySignature } from '../../../src/record/entry.js';
import type { EntryKind } from '../../../src/record/kinds.js';
import type { JsonValue } from '../../../src/record/canonical-json.js';
import { hashWords } from '../../../src/record/words.js';
import type { KdfParameters, VaultPorts } from '../../../src/vault/ports.js';
import { createVault, openVault, type LockedVault, type SetUp, type Signer, type UnlockedVault } from '../../../src/vault/vault.js';
import type { CaseStore, StagedObject } from '../../../src/vault/stored-case.js';

/** What was compiled. */
const OUT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** SHA-256 by Node. */
export const sha256 = nodeSha256;

/** So small that a test takes no time; one test uses the real ones. */
export const FAST_KDF: KdfParameters = { algorithm: 'argon2id', memoryKiB: 64, passes: 1, lanes: 1 };

/** A clock that a test sets: the wall and the monotonic one go forward together unless told otherwise. */
export class TestClock {
  wallMs = Date.parse('2026-11-24T10:00:00.000Z');
  monoMs = 1_000;

  now(): string {
    return new Date(this.wallMs).toISOString();
  }

  monotonicMs(): number {
    return this.monoMs;
  }

  pass(seconds: number): void {
    this.wallMs += seconds * 1_000;
    this.monoMs += seconds * 1_000;
  }
}

export function portsWith(clock: TestClock, kdf: KdfParameters = FAST_KDF): VaultPorts {
  return { clock, random: systemRandom, sha256, kdf };
}

export const PAS = { initials: 'PAS', passphrase: 'harbour pencil velvet comet' };
export const JMK = { initials: 'JMK', passphrase: 'otter lantern gravel museum' };

export const SET_UP: SetUp = {
  organisation: 'Ash Grove Academy',
  computer: { name: 'REVIEW-01', location: 'Locked office, first floor' },
  reviewers: [
    { ...PAS, name: 'Priya Anand-Sutton', position: 'Designated safeguarding lead' },
    { ...JMK, name: 'Jürgen Mac Kenna', position: 'Headteacher' },
  ],
};

/** {@link SET_UP} with other words in it for the first reviewer, the second, or all the rest. */
export function setUpWith(change: { first?: object; second?: object; all?: object }): SetUp {
  const [first, second] = SET_UP.reviewers;
  return { ...SET_UP, ...change.all, reviewers: [{ ...first, ...change.first }, { ...second, ...change.second }] };
}

const folders: string[] = [];

export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-vault-'));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

let model: Promise<string> | null = null;

/** A folder with a vault of its own, copied from one that is made once for each build: RSA keys take seconds to draw. */
export async function newVaultFolder(): Promise<string> {
  model ??= modelVault();
  const copy = freshFolder();
  cpSync(await model, copy, { recursive: true });
  return copy;
}

/** The vault that all test files of a build copy; it lies beside the compiled program and is named after the code that made it. */
async function modelVault(): Promise<string> {
  const code = createHash('sha256');
  for (const folder of ['src/vault', 'src/record', 'test/unit/vault']) {
    for (const name of readdirSync(join(OUT, folder)).filter((each) => each.endsWith('.js')).sort()) code.update(readFileSync(join(OUT, folder, name)));
  }
  const made = join(OUT, '.model-vaults', code.digest('hex').slice(0, 32));
  if (existsSync(join(made, 'vault.json'))) return made;
  const making = freshFolder();
  await createVault(making, SET_UP, portsWith(new TestClock()));
  mkdirSync(dirname(made), { recursive: true });
  // Those of earlier builds; of this one another test file may just be making its own.
  for (const name of readdirSync(dirname(made))) if (!name.startsWith(basename(made))) rmSync(join(dirname(made), name), { recursive: true, force: true });
  const beside = mkdtempSync(`${made}.`);
  cpSync(making, beside, { recursive: true });
  try {
    renameSync(beside, made);
  } catch (error) {
    // Another test file was faster.
    rmSync(beside, { recursive: true });
    if (!existsSync(join(made, 'vault.json'))) throw error;
  }
  return made;
}

export interface Opened {
  readonly folder: string;
  readonly clock: TestClock;
  readonly locked: LockedVault;
  readonly vault: UnlockedVault;
}

export async function openBoth(folder: string, clock = new TestClock()): Promise<Opened> {
  const locked = await openVault(folder, portsWith(clock));
  return { folder, clock, locked, vault: await locked.unlock(PAS, JMK) };
}

export async function newVault(): Promise<Opened> {
  return openBoth(await newVaultFolder());
}

/** The code of what `work` throws, or 'none'. */
export async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'none';
  } catch (error) {
    return isCoded(error) ? error.code : String(error);
  }
}

/** Code and place of what `work` throws. */
export async function failureOf(work: () => unknown): Promise<{ code: string; where: string | undefined }> {
  try {
    await work();
    return { code: 'none', where: undefined };
  } catch (error) {
    return isCoded(error) ? { code: error.code, where: error.where } : { code: String(error), where: undefined };
  }
}

/** `where` of what `work` throws. */
export async function whereOf(work: () => unknown): Promise<string | undefined> {
  try {
    await work();
    return 'nothing was thrown';
  } catch (error) {
    return isCoded(error) ? error.where : String(error);
  }
}

/** A picture as the part of an exhibit. */
export const PNG = { name: 'page.png', mediaType: 'image/png' };

export interface EntryOptions {
  readonly at?: string;
  readonly signers?: readonly Signer[];
}

/** The entry that follows the store's head. */
export function entryFor(store: Pick<CaseStore, 'id' | 'head'>, kind: EntryKind, data: { readonly [key: string]: JsonValue }, options: EntryOptions = {}) {
  const body = { nonce: randomBytes(16).toString('hex'), data };
  const header = nextHeader(store.head, { case: store.id, at: options.at ?? '2026-11-24T10:00:00.000Z', kind, by: ['PAS'], body }, sha256);
  const hash = entryHash(header, sha256);
  const signatures: EntrySignature[] = (options.signers ?? []).map((s) => ({
    by: s.initials, certificate: s.certificate, how: 'machine', value: Buffer.from(s.sign(statementBytes(hash, 'machine'))).toString('base64'),
  }));
  return { header, body, signatures };
}

export function note(store: Pick<CaseStore, 'id' | 'head'>, text: string, options: EntryOptions = {}) {
  return entryFor(store, 'note', { text }, options);
}

export function checkpoint(store: Pick<CaseStore, 'id' | 'head'>, signers: readonly Signer[]) {
  const hash = store.head?.hash ?? '0'.repeat(64);
  return entryFor(store, 'checkpoint', { reason: 'interval', head: hash, count: (store.head?.seq ?? -1) + 1, words: hashWords(hash) }, { signers });
}

export function capture(store: Pick<CaseStore, 'id' | 'head'>, exhibit: string, parts: readonly StagedObject[], url = 'https://example.test/page') {
  const at = '2026-11-24T10:00:00.000Z';
  return entryFor(store, 'capture', {
    exhibit, form: 'viewport', view: 'v1', url, startedAt: at, endedAt: at,
    image: { width: 1280, height: 800, scale: 1 }, composite: hex(sha256.of(new Uint8Array(1))),
    declaration: { by: 'PAS', answer: 'not-suspected', at },
    parts: parts.map(({ name, mediaType, size, sha256: plain, cipherSha256 }) => ({ name, mediaType, size, sha256: plain, cipherSha256 })),
    note: '', warnings: [],
  });
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Every file under `folder`, with its bytes. */
export function filesUnder(folder: string): { path: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .map((path) => ({ path, bytes: readFileSync(path) }));
}

/** What the sqlite3 shell prints for `sql`; the error text when it refuses. */
export function shell(folder: string, sql: string): string {
  try {
    return execFileSync('sqlite3', ['-bail', join(folder, 'vault.db'), sql], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return String((error as { stderr: unknown }).stderr);
  }
}

/** Runs `sql` as someone would who owns the disk and knows the schema: without the triggers, which are put back. */
export function force(folder: string, sql: string): void {
  const triggers = shell(folder, "SELECT name || char(1) || sql || char(2) FROM sqlite_schema WHERE type = 'trigger'").split('\u0002').map((t) => t.trim()).filter((t) => t !== '');
  const drop = triggers.map((t) => `DROP TRIGGER ${t.split('\u0001')[0] ?? ''};`).join('');
  const make = triggers.map((t) => `${t.split('\u0001')[1] ?? ''};`).join('\n');
  const said = shell(folder, `PRAGMA foreign_keys=OFF;${drop}${sql};${make}`);
  if (said.includes('rror')) throw new Error(said);
}

/** A case of entries 0 to 9 with a checkpoint at 5 and the exhibit PAS/1, whose one part is page.png, at 7. */
export async function fillCase(vault: UnlockedVault): Promise<CaseStore> {
  const store = await vault.createCase();
  for (let i = 0; i < 5; i += 1) await store.append(note(store, `note ${i}`));
  await store.append(checkpoint(store, vault.signers));
  await store.append(note(store, 'note 6'));
  const part = await store.stage('PAS/1', { name: 'page.png', mediaType: 'image/png' }, randomBytes(50));
  await store.append(capture(store, 'PAS/1', [part]), [part]);
  await store.append(note(store, 'note 8'));
  await store.append(note(store, 'note 9', { signers: vault.signers }));
  return store;
}
