import { beforeAll, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportBundle } from '../../../src/bundle/bundle.js';
import { BundleChecks, type BundleIntake } from '../../../src/engine/bundle-checks.js';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { NOW, sampleInput, samplePorts } from '../../vectors/make-bundle.js';
import { sampleCase } from '../../vectors/sample-case.js';
import { openZip } from '../../../src/verify/zip.js';
import { nodeZipPorts } from '../../../src/engine/node-zip.js';
import { codeOf, freshFolder } from '../vault/support.js';
import { enginePorts } from './support.js';

let ours: { authority: Authority; zip: Buffer };
let theirs: { authority: Authority; zip: Buffer };

async function bundleOf(organisation: string): Promise<{ authority: Authority; zip: Buffer }> {
  const authority = makeAuthority(organisation);
  const path = join(freshFolder(), 'bundle.zip');
  await exportBundle(sampleInput(authority, await sampleCase(authority, { end: 'sealed' })), { path, form: 'zip' }, samplePorts());
  return { authority, zip: await readFile(path) };
}

beforeAll(async () => {
  [ours, theirs] = [await bundleOf('Example School'), await bundleOf('Another School')];
}, 120_000);

const checks = new BundleChecks(enginePorts({ now: () => NOW, monotonicMs: () => 0 }), (size) => Promise.resolve(inMemory(size)), () => undefined);

function inMemory(size: number): BundleIntake {
  const bytes = Buffer.alloc(size);
  let at = 0;
  return {
    write: (piece) => {
      bytes.set(piece, at);
      at += piece.length;
      return Promise.resolve();
    },
    access: () => ({ size, read: (offset, length) => Promise.resolve(new Uint8Array(bytes.subarray(offset, offset + length))) }),
    discard: () => Promise.resolve(),
  };
}

async function check(zip: Buffer, typed: string | null, own: string | null) {
  const { id } = await checks.begin('bundle.zip', zip.length);
  await checks.piece(id, zip.toString('base64'));
  return checks.finish(id, null, typed, own);
}

test('a bundle of this computer is vouched for by its own root', async () => {
  expect(await check(ours.zip, null, ours.authority.root)).toMatchObject({ verdict: 'unchanged', trustedBy: 'this-computer' });
});

test('another school’s bundle is not judged by this computer’s root: it is unchanged, and nobody says by whom it was signed', async () => {
  const view = await check(theirs.zip, null, ours.authority.root);
  expect(view).toMatchObject({ verdict: 'unchanged-signers-not-shown', trustedBy: null });
  expect(view.checks.filter((each) => each.outcome === 'fail')).toEqual([]);
});

test('a root that was typed counts alone, also against this computer’s own', async () => {
  expect(await check(theirs.zip, theirs.authority.root, ours.authority.root)).toMatchObject({ verdict: 'unchanged', trustedBy: 'typed' });
  expect(await check(ours.zip, theirs.authority.root, ours.authority.root)).toMatchObject({ verdict: 'changed', trustedBy: null });
});

test('the words of the bundle, typed where the school’s belong, do not make a sound bundle one that nobody may rely on', async () => {
  const { bundle } = await check(theirs.zip, null, ours.authority.root);
  for (const typed of [bundle?.words.join(' '), bundle?.tagManifest]) expect(await codeOf(() => check(theirs.zip, typed ?? '', ours.authority.root))).toBe('verify.bundles-own-fingerprint');
});

test('without an installation nothing is vouched for', async () => {
  expect(await check(ours.zip, null, null)).toMatchObject({ verdict: 'unchanged-signers-not-shown', trustedBy: null });
});

test('the bundle that the app was opened with is checked where it lies, again and again, until it is let go of or another takes its place', async () => {
  const offer = (zip: Buffer): string => {
    checks.offer({ name: 'bundle.zip', size: zip.length, encrypted: null, open: (passphrase) => openZip({ size: zip.length, read: (at, length) => Promise.resolve(new Uint8Array(zip.subarray(at, at + length))) }, { passphrase, ports: nodeZipPorts }) });
    return checks.offered?.id ?? '';
  };
  const known = { passphrase: null, root: null, own: ours.authority.root };
  const first = offer(ours.zip);
  expect(checks.offered).toEqual({ id: first, name: 'bundle.zip', size: ours.zip.length, encrypted: null });
  expect(await codeOf(() => checks.checkOffered(first, { ...known, root: 'no fingerprint' }))).toMatch(/^verify\./);
  expect(await checks.checkOffered(first, known)).toMatchObject({ verdict: 'unchanged', trustedBy: 'this-computer' });
  const second = offer(theirs.zip);
  expect(await codeOf(() => checks.checkOffered(first, known))).toBe('verify.unknown');
  expect(await checks.checkOffered(second, known)).toMatchObject({ verdict: 'unchanged-signers-not-shown' });
  await checks.cancel(second);
  expect([checks.offered, await codeOf(() => checks.checkOffered(second, known))]).toEqual([null, 'verify.unknown']);
});

test('a check of it can be stopped, and made again', async () => {
  const { zip } = ours;
  checks.offer({ name: 'bundle.zip', size: zip.length, encrypted: null, open: () => openZip({ size: zip.length, read: (at, length) => { checks.cancelAll(); return Promise.resolve(new Uint8Array(zip.subarray(at, at + length))); } }, { ports: nodeZipPorts }) });
  const id = checks.offered?.id ?? '';
  const known = { passphrase: null, root: null, own: null };
  const stopped = checks.checkOffered(id, known);
  expect(await codeOf(() => checks.checkOffered(id, known))).toBe('verify.busy');
  expect(await codeOf(() => stopped)).toMatch(/cancelled$/);
  expect(checks.offered?.id).toBe(id);
  await checks.cancel(id);
});

test('a file that is longer or shorter than it said is refused', async () => {
  const { id } = await checks.begin('a.zip', 4);
  expect(await codeOf(() => checks.piece(id, Buffer.alloc(5).toString('base64')))).toBe('verify.too-long');
  await checks.cancel(id);
  const next = await checks.begin('a.zip', 4);
  expect(await codeOf(() => checks.finish(next.id, null, null, null))).toBe('verify.cut-short');
});
