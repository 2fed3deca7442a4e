import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBundle } from '../../src/bundle/bundle.js';
import { nodeZipPorts } from '../../src/engine/node-zip.js';
import { isCoded } from '../../src/record/coded-error.js';
import { verifyBundle } from '../../src/verify/verify.js';
import type { ZipPorts } from '../../src/verify/zip-ports.js';
import { openZip } from '../../src/verify/zip.js';
import { makeAuthority, type Authority } from './authority.js';
import { NOW, resigned, sampleInput, samplePorts, verifyFiles, type BundleFiles } from './make-bundle.js';
import { Mutator } from './mutator.js';
import { sha256 } from './sample-case.js';
import { smallBundle } from './small-bundle.js';

const PASSPHRASE = 'copper lantern orchid';

/** What was seen while the verifier was given changed inputs. */
export interface Mutated {
  readonly inputs: number;
  /** Answered by a coded error; the others by a report. */
  readonly refused: number;
  readonly slowestMs: number;
  /** What the process grew by at most, in bytes. */
  readonly grewBy: number;
}

interface Originals {
  readonly authority: Authority;
  readonly files: BundleFiles;
  readonly plain: Uint8Array;
  readonly carried: Uint8Array;
}

/** How often each kind comes, in a hundred: an encrypted ZIP costs a thousand rounds of key derivation. */
const SHARES: readonly (readonly [kind: keyof typeof KINDS, share: number])[] = [['a file', 40], ['a file that both signed', 20], ['a ZIP', 30], ['an encrypted ZIP', 10]];

/** Where a change may be of no consequence: a ZIP's own times and attributes say nothing of the files. */
const KINDS = {
  'a file': async (by: Mutator, { files, authority }: Originals) => {
    const [path, bytes] = by.oneOf([...files]);
    const changed = by.mutated(bytes);
    const same = Buffer.from(changed).equals(Buffer.from(bytes));
    const { verdict } = await verifyFiles(new Map(files).set(path, changed), { rootFingerprint: authority.root });
    if (verdict === 'unchanged' && !same) throw new Error(`a change of ${path} was not found`);
  },
  'a file that both signed': async (by: Mutator, { files, authority }: Originals) => {
    const path = by.oneOf(['data/record.jsonl', 'certificates/root.pem', 'certificates/reviewers.pem', 'certificates/crl.der', 'bagit.txt', 'data/self-test.json']);
    await verifyFiles(resigned(new Map(files).set(path, by.mutated(files.get(path) ?? new Uint8Array())), authority.people), { rootFingerprint: authority.root });
  },
  'a ZIP': (by: Mutator, { plain, authority }: Originals) => verified(by.mutated(plain, 'ends'), authority, undefined, by.oneOf([nodeZipPorts, undefined])),
  'an encrypted ZIP': (by: Mutator, { carried, authority }: Originals) => verified(by.mutated(carried, 'ends'), authority, PASSPHRASE, nodeZipPorts),
} as const;

/**
 * Gives the verifier `wanted` inputs that were changed by chance, the same ones for the same seed but for the keys of the bundle.
 *
 * @throws Error for an input that is answered by neither a report nor a coded error, or whose change nobody noticed
 */
export async function mutated(wanted: number, seed: number): Promise<Mutated> {
  const originals = await makeOriginals();
  const by = new Mutator(seed);
  const before = process.memoryUsage().rss;
  let [slowestMs, grewBy, refused] = [0, 0, 0];
  for (let run = 0; run < wanted; run += 1) {
    const kind = by.weighted(SHARES);
    const began = performance.now();
    try {
      await KINDS[kind](by, originals);
    } catch (error) {
      if (!isCoded(error)) throw new Error(`input ${run} (${kind}, seed ${seed}) was answered by no code`, { cause: error });
      refused += 1;
    }
    slowestMs = Math.max(slowestMs, performance.now() - began);
    if (run % 50 === 0) grewBy = Math.max(grewBy, process.memoryUsage().rss - before);
  }
  return { inputs: wanted, refused, slowestMs, grewBy };
}

async function makeOriginals(): Promise<Originals> {
  const authority = makeAuthority('Example School');
  const small = await smallBundle(authority);
  const folder = await mkdtemp(join(tmpdir(), 'mutated-'));
  const zip = async (name: string, passphrase?: string): Promise<Uint8Array> => {
    await exportBundle(sampleInput(authority, small.sample), { path: join(folder, name), form: 'zip', passphrase }, samplePorts());
    return new Uint8Array(await readFile(join(folder, name)));
  };
  try {
    return { authority, files: small.files, plain: await zip('plain.zip'), carried: await zip('carried.zip', PASSPHRASE) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function verified(bytes: Uint8Array, authority: Authority, passphrase: string | undefined, ports: ZipPorts | undefined): Promise<void> {
  const source = await openZip({ size: bytes.length, read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)) }, { passphrase, ports });
  try {
    await verifyBundle(source, { rootFingerprint: authority.root }, { sha256, subtle: crypto.subtle, now: NOW });
  } finally {
    await source.close();
  }
}
