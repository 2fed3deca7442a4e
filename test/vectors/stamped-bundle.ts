import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBundle } from '../../src/bundle/bundle.js';
import type { BundleInput, BundlePorts } from '../../src/bundle/bundle-input.js';
import { timestampNonce, timestampRequest } from '../../src/bundle/timestamp.js';
import { fromHex, hex } from '../../src/record/bytes.js';
import { entryHash } from '../../src/record/entry.js';
import type { EntryData } from '../../src/record/kinds.js';
import { checkAnswer, rootOfPem, type HeldTimestamp } from '../../src/verify/timestamp.js';
import type { TestAuthority, Manner } from '../tsa/authority.js';
import { makeAuthority, type Authority } from './authority.js';
import { readFolder, sampleInput, samplePorts, type BundleFiles } from './make-bundle.js';
import { navigate, openCase, RecordBuilder, sha256 } from './sample-case.js';

/** A school whose certificates are valid now: time stamps come from a real authority with the real time. */
export function schoolOfToday(): Authority {
  return makeAuthority('Example School', [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000 * 3_650)]);
}

/** A time stamp over `imprint` (hexadecimal), asked for and checked as the engine does. */
export async function stampOf(tsa: TestAuthority, imprint: string, manner: Manner = 'good'): Promise<HeldTimestamp> {
  const ports = { sha256, subtle: crypto.subtle };
  const root = await rootOfPem(tsa.rootPem, ports);
  if (root === null) throw new Error('no root');
  const nonce = timestampNonce({ bytes: (count) => randomBytes(count) });
  return checkAnswer(new Uint8Array(tsa.answer(timestampRequest(fromHex(imprint), nonce), manner)), { imprint, nonce, root }, ports);
}

/** What an entry says of `held` over the record's last entry, which must be a checkpoint. */
export function timestampData(record: RecordBuilder, held: HeldTimestamp): EntryData<'timestamp'> {
  const { genTime, serial, imprint } = held.statement;
  return {
    checkpointSeq: record.entries.length - 1, head: imprint, authority: 'Example Time', root: held.root.fingerprint, genTime, serial, token: Buffer.from(held.token).toString('base64'),
    unstampedSince: null,
  };
}

export interface StampedOptions {
  /** Milliseconds by which the computer's clock is ahead of the authority's. */
  readonly clockAhead?: number;
  /** How each authority stamps the signatures; null: it does not answer. */
  readonly signatures?: readonly (Manner | null)[];
  /** Changes what the entry of the time stamp says. */
  readonly entry?: (data: EntryData<'timestamp'>) => EntryData<'timestamp'>;
  /** Whether an outage is on record. */
  readonly outage?: boolean;
}

/** A bundle whose record has a checkpoint with a time stamp, and whose signatures are stamped. */
export async function stampedBundle(school: Authority, tsa: TestAuthority, options: StampedOptions = {}): Promise<{ files: BundleFiles; input: BundleInput }> {
  const ahead = options.clockAhead ?? 0;
  const record = new RecordBuilder(school.people, new Date(Date.now() + ahead - 300_000).toISOString());
  openCase(record, school, '');
  navigate(record, 'v1', 'https://pupil-chat.example/', { typed: 'pupil-chat.example', cause: 'typed' });
  if (options.outage === true) {
    record.checkpoint('interval');
    record.add('timestamp-failed', ['app'], { checkpointSeq: record.entries.length - 1, head: record.head?.hash ?? '', authority: 'Example Time', code: 'time.unreachable' });
  }
  record.skipTo(Date.now() + ahead);
  record.checkpoint('interval');
  const last = record.entries.at(-1);
  const held = await stampOf(tsa, last === undefined ? '' : entryHash(last.header, sha256));
  const data = timestampData(record, held);
  record.addNow('timestamp', ['app'], options.entry === undefined ? data : options.entry(data));
  record.addNow('export', school.people.map((each) => each.initials), { recipient: 'police', exhibits: 0, withheld: 0, quarantined: 0 });
  const input = stampedInput(school, tsa, record);
  const at = new Date(Date.now() + ahead + 1_000).toISOString();
  return { files: await exported(input, tsa, { at, signatures: options.signatures ?? ['good', 'elliptic'] }), input };
}

/** The input of a bundle whose signatures two authorities are asked to stamp. */
export function stampedInput(school: Authority, tsa: TestAuthority, record: RecordBuilder): BundleInput {
  const input = sampleInput(school, { caseId: record.caseId, entries: record.entries, exhibits: [], bytes: new Map() });
  return { ...input, certificates: { ...input.certificates, timeRoots: [{ name: 'Example Time', rootPem: tsa.rootPem }, { name: 'Another Time', rootPem: tsa.rootPem }] } };
}

/** Ports of an export at `at` whose authorities answer in the given manners. */
export function stampingPorts(tsa: TestAuthority, at: string, signatures: readonly (Manner | null)[]): BundlePorts {
  return {
    ...samplePorts(),
    clock: { now: () => at, monotonicMs: () => 0 },
    timestamps: async (digest) => {
      const tokens: { name: string; token: Uint8Array }[] = [];
      for (const [i, manner] of signatures.entries()) {
        if (manner !== null) tokens.push({ name: i === 0 ? 'Example Time' : 'Another Time', token: (await stampOf(tsa, hex(digest), manner)).token });
      }
      return tokens;
    },
  };
}

async function exported(input: BundleInput, tsa: TestAuthority, { at, signatures }: { at: string; signatures: readonly (Manner | null)[] }): Promise<BundleFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'stamped-'));
  try {
    await exportBundle(input, { path: join(folder, 'bag'), form: 'folder' }, stampingPorts(tsa, at, signatures));
    return await readFolder(join(folder, 'bag'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
