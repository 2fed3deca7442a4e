import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
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
import type { EntryData, EntryKind } from '../../../src/record/kinds.js';
import { verifyBundle } from '../../../src/verify/verify.js';
import type { VerifyReport } from '../../../src/verify/report.js';
import { TsaServer, type ServerManner } from '../../tsa/server.js';
import { FAST_KDF } from '../vault/support.js';

export const PAS = { initials: 'PAS', passphrase: 'harbour pencil velvet comet' };
export const TRE = { initials: 'TRE', passphrase: 'otter lantern gravel museum' };
/** A case that the two open. */
export const CASE = { reference: '2026-014', reason: 'A report by a parent.', subject: 'pupil' as const, suspected: [] };
const PDF = Buffer.from('%PDF-1.7\n%%EOF\n');

/** An engine that has its checkpoints stamped by an authority on this computer; each test has a vault of its own, in which both are signed in. */
export interface Stamping {
  readonly server: TsaServer;
  readonly engine: Engine;
  /** For what a test writes to the disk. */
  readonly folder: string;
  /** When the engine asks again; what a test sets holds from {@link restart} on. */
  retryMs: readonly number[];
  /** How long the engine waits for an answer; what a test sets holds for every request after it. */
  clientLimitMs: number;
  /** Closes the engine and starts it again over the same vault, both signed in. */
  restart(): Promise<void>;
  /** An authority that answers in that manner, as the settings have it. */
  authority(manner: ServerManner, name?: string): { name: string; url: string; rootPem: string };
  /** Sets the authorities and opens a case; gives its record. */
  opened(...manners: readonly [ServerManner, string][]): Promise<CaseRecord>;
  /** Makes a checkpoint, and gives its entry. */
  lastCheckpoint(record: CaseRecord, reason: EntryData<'checkpoint'>['reason']): Promise<WholeEntry>;
  /** Opens a case, reads all its entries and closes it again. */
  entriesOf(id: string): Promise<readonly WholeEntry[]>;
  /** What the check of a bundle says. */
  verified(path: string): Promise<VerifyReport>;
}

/** Sets a vault up before the tests of a file and copies it for each of them. */
export function useStamping(): Stamping {
  let server: TsaServer;
  let model: string;
  let folder: string;
  let vault: string;
  let engine: Engine;
  let retryMs: readonly number[];
  let clientLimitMs: number;
  let number = 0;

  function ports(): EnginePorts {
    const none = (): Promise<never> => Promise.reject(new Error('no browser in this test'));
    return {
      clock: systemClock, random: systemRandom, sha256: nodeSha256, kdf: FAST_KDF, exportFolder: folder,
      host: { kind: 'chromium', startEvidenceBrowser: none, printPdf: () => Promise.resolve(PDF) },
      versions: { app: 'Countersign', browser: 'none', node: process.version, system: 'test', hostname: 'test' },
      timestampAuthority: (name, url) => timestampClient(name, url, clientLimitMs), timeRetryMs: retryMs,
    };
  }

  async function start(at: string, exists: boolean): Promise<Engine> {
    const quiet = (): void => undefined;
    return Engine.start(at, exists, ports(), { changed: quiet, blank: quiet, frame: quiet, progress: quiet, progressDone: quiet, alert: quiet });
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

  beforeEach(async () => {
    server.down = false;
    retryMs = [20];
    clientLimitMs = 10_000;
    number += 1;
    vault = join(folder, `vault-${number}`);
    cpSync(model, vault, { recursive: true });
    engine = await start(vault, true);
    await engine.signIn(PAS, TRE);
  });

  afterEach(() => engine.close());

  const authority = (manner: ServerManner, name = 'Example Time') => ({ name, url: server.url(manner), rootPem: server.authority.rootPem });

  return {
    get server() { return server; },
    get engine() { return engine; },
    get folder() { return folder; },
    get retryMs() { return retryMs; },
    set retryMs(wanted) { retryMs = wanted; },
    get clientLimitMs() { return clientLimitMs; },
    set clientLimitMs(wanted) { clientLimitMs = wanted; },
    async restart() {
      await engine.close();
      engine = await start(vault, true);
      await engine.signIn(PAS, TRE);
    },
    authority,
    async opened(...manners) {
      await engine.school.saveTimeAuthorities(manners.map(([manner, name]) => authority(manner, name)));
      await engine.openCase({ ...CASE, first: PAS, second: TRE });
      return engine.openedCase.context.record;
    },
    async lastCheckpoint(record, reason) {
      await record.checkpoint(reason);
      const found = record.since(0).findLast((entry) => entry.header.kind === 'checkpoint');
      if (found === undefined) throw new Error('no checkpoint');
      return found;
    },
    async entriesOf(id) {
      await engine.showCase(id);
      const entries = await engine.openedCase.context.record.read(0);
      await engine.closeCase();
      return entries;
    },
    async verified(path) {
      const source = await openBundle(path);
      try {
        return await verifyBundle(source, { rootFingerprint: engine.installation?.rootFingerprint, tsaRoots: [server.authority.rootPem] }, { sha256: nodeSha256, subtle: crypto.subtle, now: systemClock.now() });
      } finally {
        await source.close();
      }
    },
  };
}

/** Resolves with the first entry that fits, now or later. */
export function entryWhere(record: CaseRecord, fits: (entry: WholeEntry) => boolean): Promise<WholeEntry> {
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

/** What every entry of one kind says, in order. */
export function told<K extends EntryKind>(record: CaseRecord, kind: K): EntryData<K>[] {
  return record.since(0).filter((entry) => entry.header.kind === kind).map((entry) => entry.body.data as EntryData<K>);
}

/** Whether an entry is a time stamp over that checkpoint. */
export const isOver = (checkpoint: WholeEntry) => (entry: WholeEntry): boolean => entry.header.kind === 'timestamp' && entry.body.data['checkpointSeq'] === checkpoint.header.seq;
