import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBundle } from '../../../main/cli/bundle-source.js';
import { timestampClient } from '../../../main/timestamp-client.js';
import { Engine } from '../../../src/engine/engine.js';
import { nodeSha256, systemClock, systemRandom } from '../../../src/engine/node-ports.js';
import type { CaseRecord } from '../../../src/engine/case-record.js';
import type { WholeEntry } from '../../../src/vault/entry-row.js';
import type { EnginePorts } from '../../../src/engine/ports.js';
import { recordLine } from '../../../src/engine/record-lines.js';
import type { EntryData, EntryKind } from '../../../src/record/kinds.js';
import { entryHash } from '../../../src/record/entry.js';
import { verifyBundle } from '../../../src/verify/verify.js';
import type { VerifyReport } from '../../../src/verify/report.js';
import { TsaServer, type ServerManner } from '../../tsa/server.js';
import { FAST_KDF } from '../vault/support.js';

const PAS = { initials: 'PAS', passphrase: 'harbour pencil velvet comet' };
const TRE = { initials: 'TRE', passphrase: 'otter lantern gravel museum' };
const CASE = { reference: '2026-014', reason: 'A report by a parent.', subject: 'pupil' as const, suspected: [] };
const PDF = Buffer.from('%PDF-1.7\n%%EOF\n');

let server: TsaServer;
let model: string;
let folder: string;
let engine: Engine;
let retryMs: readonly number[];
let clientLimitMs: number;

function ports(): EnginePorts {
  const none = (): Promise<never> => Promise.reject(new Error('no browser in this test'));
  return {
    clock: systemClock, random: systemRandom, sha256: nodeSha256, kdf: FAST_KDF, exportFolder: folder,
    host: { kind: 'chromium', startEvidenceBrowser: none, printPdf: () => Promise.resolve(PDF) },
    versions: { app: 'Countersign', browser: 'none', node: process.version, system: 'test', hostname: 'test' },
    timestampAuthority: (name, url) => timestampClient(name, url, clientLimitMs), timeRetryMs: retryMs,
  };
}

async function start(vault: string, exists: boolean): Promise<Engine> {
  const quiet = (): void => undefined;
  return Engine.start(vault, exists, ports(), { changed: quiet, blank: quiet, frame: quiet, progress: quiet, progressDone: quiet, alert: quiet });
}

beforeAll(async () => {
  server = await TsaServer.start();
  folder = mkdtempSync(join(tmpdir(), 'time-'));
  retryMs = [20];
  clientLimitMs = 10_000;
  model = join(folder, 'model');
  const first = await start(model, false);
  await first.setUp({
    organisation: 'Example School', computer: { name: 'INV-01', location: 'Office' }, contacts: { policeForce: '', safeguardingLead: '', lado: '', support: '' },
    reviewers: [{ ...PAS, name: 'Priya A. Shah', position: 'Deputy Head' }, { ...TRE, name: 'Tom R. Ellis', position: 'Assistant Head' }],
  });
  await first.close();
}, 120_000);

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

let number = 0;
beforeEach(async () => {
  server.down = false;
  retryMs = [20];
  clientLimitMs = 10_000;
  number += 1;
  const vault = join(folder, `vault-${number}`);
  cpSync(model, vault, { recursive: true });
  engine = await start(vault, true);
  await engine.signIn(PAS, TRE);
});

afterEach(() => engine.close());

const authority = (manner: ServerManner, name = 'Example Time') => ({ name, url: server.url(manner), rootPem: server.authority.rootPem });

async function opened(...manners: readonly [ServerManner, string][]): Promise<CaseRecord> {
  await engine.school.saveTimeAuthorities(manners.map(([manner, name]) => authority(manner, name)));
  await engine.openCase({ ...CASE, first: PAS, second: TRE });
  return engine.openedCase.context.record;
}

/** Resolves with the first entry that fits, now or later. */
function entryWhere(record: CaseRecord, fits: (entry: WholeEntry) => boolean): Promise<WholeEntry> {
  const known = record.since(0).find(fits);
  if (known !== undefined) return Promise.resolve(known);
  return new Promise((done) => {
    const stop = record.onEntry((entry) => {
      if (!fits(entry)) return;
      stop();
      done(entry);
    });
  });
}

function told<K extends EntryKind>(record: CaseRecord, kind: K): EntryData<K>[] {
  return record.since(0).filter((entry) => entry.header.kind === kind).map((entry) => entry.body.data as EntryData<K>);
}

const isOver = (checkpoint: WholeEntry) => (entry: WholeEntry): boolean => entry.header.kind === 'timestamp' && entry.body.data['checkpointSeq'] === checkpoint.header.seq;

async function verified(path: string): Promise<VerifyReport> {
  const source = await openBundle(path);
  try {
    return await verifyBundle(source, { rootFingerprint: engine.installation?.rootFingerprint, tsaRoots: [server.authority.rootPem] }, { sha256: nodeSha256, subtle: crypto.subtle, now: systemClock.now() });
  } finally {
    await source.close();
  }
}

async function lastCheckpoint(record: CaseRecord, reason: EntryData<'checkpoint'>['reason']): Promise<WholeEntry> {
  await record.checkpoint(reason);
  const found = record.since(0).findLast((entry) => entry.header.kind === 'checkpoint');
  if (found === undefined) throw new Error('no checkpoint');
  return found;
}

describe('settings', () => {
  test('are kept over a sign-out and gone from memory in between', async () => {
    const list = [authority('good'), authority('elliptic', 'Another Time')];
    await engine.school.saveTimeAuthorities(list);
    await engine.signOut();
    expect(engine.school.timeAuthorities).toEqual([]);
    await engine.signIn(PAS, TRE);
    expect(engine.school.timeAuthorities).toEqual(list);
    await engine.school.saveTimeAuthorities([]);
    expect(engine.school.timeAuthorities).toEqual([]);
  });

  test('that make no sense are refused, and those before stay', async () => {
    const good = authority('good');
    await engine.school.saveTimeAuthorities([good]);
    for (const wrong of [[good, good], [good, { ...good, name: 'B' }, { ...good, name: 'C' }], [{ ...good, url: 'ftp://time.example/' }], [{ ...good, url: 'what' }], [{ ...good, name: ' ' }]]) {
      await expect(engine.school.saveTimeAuthorities(wrong)).rejects.toMatchObject({ code: 'time.bad-setting' });
    }
    for (const rootPem of ['junk', '', `${good.rootPem}${server.authority.strangerPem}`]) {
      await expect(engine.school.saveTimeAuthorities([{ ...good, rootPem }])).rejects.toMatchObject({ code: 'time.bad-root' });
    }
    expect(engine.school.timeAuthorities).toEqual([good]);
  });
});

describe('an open case', () => {
  test('has each checkpoint stamped by both authorities, over the checkpoint’s own hash', async () => {
    const record = await opened(['good', 'Example Time'], ['elliptic', 'Another Time']);
    const checkpoint = await lastCheckpoint(record, 'capture');
    for (const name of ['Example Time', 'Another Time']) {
      const stamp = await entryWhere(record, (entry) => isOver(checkpoint)(entry) && entry.body.data['authority'] === name);
      expect(stamp.body.data).toMatchObject({ head: entryHash(checkpoint.header, nodeSha256), unstampedSince: null });
      expect(stamp.header.by).toEqual(['app']);
    }
  });

  test('never waits for an authority that does not answer, nor does signing out for long', async () => {
    clientLimitMs = 100_000;
    const record = await opened(['silent', 'Example Time']);
    const arrived = server.nextRequest();
    await record.checkpoint('capture');
    await arrived;
    await engine.openedCase.addNote('PAS', 'The work goes on.');
    expect(told(record, 'note')).toHaveLength(1);
    expect(told(record, 'timestamp-failed')).toHaveLength(0);
    await engine.closeCase();
    expect(told(record, 'timestamp-failed')).toMatchObject([{ code: 'time.no-answer' }]);
  });

  test('tells of an outage once, and has the newest checkpoint stamped when it is over, with the gap', async () => {
    const record = await opened(['good', 'Example Time']);
    server.down = true;
    const first = await lastCheckpoint(record, 'interval');
    await entryWhere(record, (entry) => entry.header.kind === 'timestamp-failed');
    for (let i = 0; i < 3; i += 1) {
      const again = server.nextRequest();
      await record.checkpoint('interval');
      await again;
    }
    const newest = await lastCheckpoint(record, 'interval');
    // The first may have been on its way before the newest was there.
    for (let i = 0; i < 2; i += 1) await server.nextRequest();
    server.down = false;
    const stamp = await entryWhere(record, isOver(newest));
    expect(told(record, 'timestamp-failed')).toMatchObject([{ authority: 'Example Time', code: 'time.unreachable', checkpointSeq: first.header.seq }]);
    expect(stamp.body.data['unstampedSince']).toBe(first.header.at);
    expect(recordLine('timestamp', stamp.body.data as EntryData<'timestamp'>, ['app']).detail).toContain(`There had been none since ${first.header.at.slice(0, 10)}`);
    expect(told(record, 'timestamp').every((each) => each.checkpointSeq === newest.header.seq)).toBe(true);
    server.down = true;
    await record.checkpoint('interval');
    await entryWhere(record, (entry) => entry.header.kind === 'timestamp-failed' && entry.header.seq > stamp.header.seq);
    expect(told(record, 'timestamp-failed')).toHaveLength(2);
  });

  test.each([
    ['wrong-nonce', 'time.other-nonce'], ['other-imprint', 'time.other-imprint'], ['rejecting', 'time.refused'], ['expired', 'time.expired'], ['wrong-purpose', 'time.wrong-purpose'],
    ['other-root', 'time.other-root'], ['no-certificate', 'time.bad-certificate'], ['oversized', 'time.too-large'], ['html', 'time.not-an-answer'], ['junk', 'time.not-an-answer'],
    ['silent', 'time.no-answer'],
  ] as const)('keeps nothing of a wrong answer (%s) but that it was wrong: %s', async (manner, code) => {
    retryMs = [3_600_000];
    clientLimitMs = manner === 'silent' ? 100 : 10_000;
    await engine.close();
    engine = await start(join(folder, `vault-${number}`), true);
    await engine.signIn(PAS, TRE);
    const record = await opened([manner, 'Example Time']);
    await record.checkpoint('capture');
    const failed = await entryWhere(record, (entry) => entry.header.kind === 'timestamp-failed');
    expect(failed.body.data).toMatchObject({ authority: 'Example Time', code });
    expect(recordLine('timestamp-failed', failed.body.data as EntryData<'timestamp-failed'>, ['app']).line).toBe('No time stamp from Example Time');
    expect(told(record, 'timestamp')).toEqual([]);
  });

  test('has what a sitting without a network left unstamped stamped in the next, and adds no checkpoint for it', async () => {
    const record = await opened(['good', 'Example Time']);
    server.down = true;
    await engine.closeCase();
    expect(record.since(0).slice(-2).map((entry) => entry.header.kind)).toEqual(['checkpoint', 'timestamp-failed']);
    server.down = false;
    await engine.showCase(record.store.id);
    const again = engine.openedCase.context.record;
    await entryWhere(again, (entry) => entry.header.kind === 'timestamp');
    expect(await engine.closeCase()).toBeNull();
    expect(told(again, 'checkpoint')).toHaveLength(1);
  });
});

describe('signing out', () => {
  const inRecord = async (id: string): Promise<readonly WholeEntry[]> => {
    await engine.signIn(PAS, TRE);
    return entriesOf(id);
  };

  test('has the last checkpoint of every case stamped that was changed, with signatures and without', async () => {
    const first = await opened(['good', 'Example Time'], ['elliptic', 'Another Time']);
    await engine.closeCase();
    await engine.openCase({ ...CASE, reference: '2026-015', first: PAS, second: TRE });
    const second = engine.openedCase.context.record;
    await engine.prepareSignOut();
    await engine.signOut([PAS, TRE]);
    for (const { store: { id } } of [first, second]) {
      const asked = server.asked;
      const entries = await inRecord(id);
      expect(server.asked).toBe(asked);
      const last = entries.findLast((entry) => entry.header.kind === 'checkpoint');
      expect(last?.body.data).toMatchObject({ reason: 'sign-out' });
      expect(entries.slice((last?.header.seq ?? 0) + 1).map(({ header, body }) => [header.kind, body.data['checkpointSeq']])).toEqual([['timestamp', last?.header.seq], ['timestamp', last?.header.seq]]);
      await engine.showCase(id);
      await engine.openedCase.addNote('PAS', 'One more');
      await engine.signOut();
      const again = await inRecord(id);
      expect(again.slice(-2).map(({ header }) => header.kind)).toEqual(['timestamp', 'timestamp']);
      expect(again.at(-1)?.body.data['checkpointSeq']).toBe(again.findLast((entry) => entry.header.kind === 'checkpoint')?.header.seq);
      await engine.signOut();
    }
    await engine.signIn(PAS, TRE);
  });

  test('says in the record that no authority answered', async () => {
    const { store: { id } } = await opened(['good', 'Example Time']);
    server.down = true;
    await engine.signOut();
    expect((await inRecord(id)).filter(({ header }) => header.kind === 'timestamp-failed')).toHaveLength(1);
  });
});

describe('a halted case', () => {
  test('has the halt’s checkpoint stamped, and none after it', async () => {
    const record = await opened(['good', 'Example Time']);
    await engine.openedCase.halt.stop('PAS');
    await engine.openedCase.halt.answer('PAS', 'stop-suspected', '');
    const halted = record.since(0).findLast((entry) => entry.header.kind === 'checkpoint');
    await entryWhere(record, (entry) => entry.header.kind === 'timestamp');
    const { path } = await engine.openedCase.export({ recipient: 'police', first: PAS, second: TRE, path: join(folder, `halted-${number}.zip`), form: 'zip', encrypt: false });
    await engine.closeCase();
    expect(told(record, 'timestamp').map((each) => each.checkpointSeq)).toEqual([halted?.header.seq]);
    const report = await verified(path);
    expect(report.verdict).toBe('unchanged');
    expect(report.times).toHaveLength(1);
  });
});

describe('a sealed case', () => {
  test('has its seal stamped and, in the bundle, its signatures; looking at it again adds nothing', async () => {
    const record = await opened(['good', 'Example Time'], ['elliptic', 'Another Time']);
    await engine.openedCase.conclude({ substance: false, outcomes: [], text: 'Nothing was found.' });
    await engine.openedCase.seal(PAS, TRE, engine.openedCase.context.record.count);
    const sealed = record.since(0).findLast((entry) => entry.header.kind === 'checkpoint');
    if (sealed === undefined) throw new Error('no checkpoint');
    for (const name of ['Example Time', 'Another Time']) await entryWhere(record, (entry) => isOver(sealed)(entry) && entry.body.data['authority'] === name);
    const { path } = await engine.openedCase.export({ recipient: 'police', first: PAS, second: TRE, path: join(folder, `sealed-${number}.zip`), form: 'zip', encrypt: false });
    const report = await verified(path);
    expect(report.checks.filter((each) => each.outcome !== 'pass')).toEqual([]);
    expect(report.times.map(({ trusted }) => trusted)).toEqual([true, true]);
    await engine.closeCase();
    expect(told(record, 'timestamp')).toHaveLength(2);
    const asked = server.asked;
    await engine.showCase(record.store.id);
    const before = engine.openedCase.context.record.since(0).length;
    expect(await engine.closeCase()).toBeNull();
    expect((await entriesOf(record.store.id)).length).toBe(before);
    expect(server.asked).toBe(asked);
  });

  test('is exported without time stamps when no authority answers, and the record says so', async () => {
    const record = await opened(['good', 'Example Time']);
    await engine.openedCase.conclude({ substance: false, outcomes: [], text: 'Nothing was found.' });
    server.down = true;
    await engine.openedCase.seal(PAS, TRE, engine.openedCase.context.record.count);
    const { path } = await engine.openedCase.export({ recipient: 'police', first: PAS, second: TRE, path: join(folder, `down-${number}.zip`), form: 'zip', encrypt: false });
    const report = await verified(path);
    expect(report.verdict).toBe('unchanged');
    expect(report.times).toEqual([]);
    expect(report.checks.find((each) => each.id === 'time.gaps')).toMatchObject({ outcome: 'note' });
    expect(told(record, 'timestamp-failed').length).toBe(1);
  });
});

async function entriesOf(id: string): Promise<readonly WholeEntry[]> {
  await engine.showCase(id);
  const entries = await engine.openedCase.context.record.read(0);
  await engine.closeCase();
  return entries;
}
