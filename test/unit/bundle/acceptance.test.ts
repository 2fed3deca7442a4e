import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBundle } from '../../../src/bundle/bundle.js';
import type { BundleInput, BundlePorts, UnfinishedBundle } from '../../../src/bundle/bundle-input.js';
import { acceptBundle } from '../../../src/engine/bundle-acceptance.js';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { NOW, sampleInput, samplePorts } from '../../vectors/make-bundle.js';
import { sampleCase, sha256 } from '../../vectors/sample-case.js';

const FORMS = [['zip', undefined], ['folder', undefined], ['zip', 'copper lantern orchid seven']] as const;

let authority: Authority;
let input: BundleInput;
let folder: string;

beforeAll(async () => {
  authority = makeAuthority('Example School');
  input = sampleInput(authority, await sampleCase(authority, { end: 'sealed' }));
  folder = await mkdtemp(join(tmpdir(), 'acceptance-'));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

function accepting(root = authority.rootPem, change: (written: UnfinishedBundle) => UnfinishedBundle = (written) => written): BundlePorts {
  const signal = new AbortController().signal;
  return { ...samplePorts(), accept: (written) => acceptBundle(change(written), { rootPem: root }, { sha256, now: NOW, signal, onProgress: () => undefined }) };
}

/** A disk that gives back another byte than was written, in the middle of the file. */
function rotten(written: UnfinishedBundle): UnfinishedBundle {
  if (written.form === 'folder') return { ...written, list: async () => (await written.list()).filter((file) => file.path !== 'data/exhibits/PAS-1/page.txt') };
  const middle = Math.floor(written.size / 3);
  return {
    ...written,
    read: async (offset, length) => {
      const bytes = await written.read(offset, length);
      if (middle >= offset && middle < offset + length) bytes[middle - offset] = (bytes[middle - offset] ?? 0) ^ 1;
      return bytes;
    },
  };
}

describe('an export reads its bundle back before it hands it over', () => {
  test.each(FORMS)('a good one is accepted (%s, passphrase %s)', async (form, passphrase) => {
    const place = await mkdtemp(join(folder, 'good-'));
    await exportBundle(input, { path: join(place, 'bundle'), form, passphrase }, accepting());
    expect(await readdir(place)).toEqual(['bundle']);
  });

  test.each(FORMS)('one that one person signed twice is refused and nothing is left (%s, passphrase %s)', async (form, passphrase) => {
    const place = await mkdtemp(join(folder, 'lone-'));
    const made = exportBundle({ ...input, signers: [input.signers[0], input.signers[0]] }, { path: join(place, 'bundle'), form, passphrase }, accepting());
    await expect(made).rejects.toMatchObject({ code: 'export.not-accepted', where: expect.stringMatching(/^signature\./) as unknown });
    expect(await readdir(place)).toEqual([]);
  });

  test.each(FORMS)('one that the disk did not keep as it was written is refused (%s, passphrase %s)', async (form, passphrase) => {
    const place = await mkdtemp(join(folder, 'rotten-'));
    await expect(exportBundle(input, { path: join(place, 'bundle'), form, passphrase }, accepting(authority.rootPem, rotten))).rejects.toMatchObject({ code: 'export.not-accepted' });
    expect(await readdir(place)).toEqual([]);
  });

  test.each(FORMS)('one that is cancelled while it is read back leaves nothing (%s, passphrase %s)', async (form, passphrase) => {
    const place = await mkdtemp(join(folder, 'cancelled-'));
    const abort = new AbortController();
    const accept: BundlePorts['accept'] = (written) => acceptBundle(written, { rootPem: authority.rootPem }, { sha256, now: NOW, signal: abort.signal, onProgress: () => { abort.abort(); } });
    await expect(exportBundle(input, { path: join(place, 'bundle'), form, passphrase }, { ...samplePorts(), accept, signal: abort.signal })).rejects.toMatchObject({ code: 'export.cancelled' });
    expect(await readdir(place)).toEqual([]);
  });

  test('one with a record that breaks a rule is refused, and the first fault is named', async () => {
    const place = await mkdtemp(join(folder, 'record-'));
    const entries = input.entries.filter((entry) => entry.header.seq !== 5);
    const made = exportBundle({ ...input, entries }, { path: join(place, 'bundle'), form: 'zip' }, accepting());
    await expect(made).rejects.toMatchObject({ code: 'export.not-accepted', where: 'record.chain', sentence: expect.stringContaining('The case itself is safe') as unknown });
  });

  test('one that is signed under another root than this installation’s is refused', async () => {
    const place = await mkdtemp(join(folder, 'root-'));
    await expect(exportBundle(input, { path: join(place, 'bundle'), form: 'zip' }, accepting(makeAuthority('Another School').rootPem))).rejects.toMatchObject({ code: 'export.not-accepted', where: 'trust.root' });
  });
});
