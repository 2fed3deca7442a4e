import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printFailure } from '../../../main/print-failure.js';
import { exportBundle } from '../../../src/bundle/bundle.js';
import { eraseFile } from '../../../src/bundle/erase.js';
import type { BundleInput, BundlePorts } from '../../../src/bundle/bundle-input.js';
import { CodedError } from '../../../src/record/coded-error.js';
import { makeAuthority } from '../../vectors/authority.js';
import { sampleInput, samplePorts } from '../../vectors/make-bundle.js';
import { sampleCase } from '../../vectors/sample-case.js';

let input: BundleInput;
let folder: string;

beforeAll(async () => {
  const authority = makeAuthority('Example School');
  input = sampleInput(authority, await sampleCase(authority, { end: 'sealed' }));
  folder = await mkdtemp(join(tmpdir(), 'export-'));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('exportBundle', () => {
  test('what encrypts stops half-way: the export says so, and nothing is left', async () => {
    const place = await mkdtemp(join(folder, 'unencrypted-'));
    const broken: BundlePorts['cipher'] = () => ({ next: () => Promise.reject(new CodedError('export.failed', 'The bundle could not be encrypted.')), code: () => Promise.reject(new Error('asked for the code')), close: () => undefined });
    await expect(exportBundle(input, { path: join(place, 'b.zip'), form: 'zip', passphrase: 'copper lantern orchid seven glacier' }, { ...samplePorts(), cipher: broken })).rejects.toMatchObject({ code: 'export.failed', sentence: 'The bundle could not be encrypted.' });
    expect(await readdir(place)).toEqual([]);
  });

  test.each(['zip', 'folder'] as const)('a %s is never written over something that exists', async (form) => {
    const place = await mkdtemp(join(folder, 'exists-'));
    await writeFile(join(place, 'file'), 'mine');
    await mkdir(join(place, 'folder'));
    await symlink('nowhere', join(place, 'link'));
    for (const name of ['file', 'folder', 'link']) {
      await expect(exportBundle(input, { path: join(place, name), form }, samplePorts())).rejects.toMatchObject({ code: 'export.exists' });
    }
    expect(await readFile(join(place, 'file'), 'utf8')).toBe('mine');
    expect((await readdir(place)).sort()).toEqual(['file', 'folder', 'link']);
  });

  test.each([['zip', undefined], ['folder', undefined], ['zip', 'a passphrase of words']] as const)('a cancelled export (%s, passphrase %s) leaves nothing', async (form, passphrase) => {
    const place = await mkdtemp(join(folder, 'cancel-'));
    const abort = new AbortController();
    let steps = 0;
    // A second name for each file shows what becomes of the bytes of those that are removed.
    const kept = await mkdtemp(join(folder, 'kept-'));
    const ports = { ...samplePorts(), signal: abort.signal, onProgress: () => {
      if ((steps += 1) !== 7) return;
      for (const item of readdirSync(place, { recursive: true, withFileTypes: true })) if (item.isFile()) linkSync(join(item.parentPath, item.name), join(kept, `${readdirSync(kept).length}`));
      abort.abort();
    } };
    await expect(exportBundle(input, { path: join(place, 'bundle'), form, passphrase }, ports)).rejects.toMatchObject({ code: 'export.cancelled' });
    expect(await readdir(place)).toEqual([]);
    expect(await readdir(kept)).not.toEqual([]);
    if (passphrase === undefined) for (const name of await readdir(kept)) expect((await readFile(join(kept, name))).every((byte) => byte === 0)).toBe(true);
  });

  test('what cannot be removed is told of', async () => {
    const place = await mkdtemp(join(folder, 'left-'));
    const abort = new AbortController();
    const ports = { ...samplePorts(), signal: abort.signal, onProgress: () => {
      if (abort.signal.aborted) return;
      const [partial = ''] = readdirSync(place);
      rmSync(join(place, partial));
      mkdirSync(join(place, partial));
      abort.abort();
    } };
    await expect(exportBundle(input, { path: join(place, 'bundle.zip'), form: 'zip' }, ports)).rejects.toMatchObject({ code: 'export.left-behind' });
    expect(await eraseFile(join(place, 'never-there'))).toBe(true);
  });

  test('a cancelled export does not wait for the printer', async () => {
    const place = await mkdtemp(join(folder, 'cancel-print-'));
    const abort = new AbortController();
    const ports = samplePorts(() => new Promise(() => { abort.abort(); }));
    await expect(exportBundle(input, { path: join(place, 'bundle.zip'), form: 'zip' }, { ...ports, signal: abort.signal })).rejects.toMatchObject({ code: 'export.cancelled' });
    expect(await readdir(place)).toEqual([]);
  });

  test.each(['zip', 'folder'] as const)('a part that is not as it was captured stops the export (%s), and nothing is left', async (form) => {
    const place = await mkdtemp(join(folder, 'changed-'));
    const exhibits = input.exhibits.map((exhibit) => ({ ...exhibit, parts: exhibit.parts.map((part) => (part.name === 'page.txt' ? { ...part, read: () => Promise.resolve(Buffer.from('another text here')) } : part)) }));
    await expect(exportBundle({ ...input, exhibits }, { path: join(place, 'bundle'), form }, samplePorts())).rejects.toMatchObject({ code: 'export.exhibit-changed' });
    expect(await readdir(place)).toEqual([]);
  });

  test('what fails while the report is printed ends the printing too', async () => {
    const place = await mkdtemp(join(folder, 'failed-copy-'));
    const exhibits = input.exhibits.map((exhibit) => ({ ...exhibit, parts: exhibit.parts.map((part) => (part.name === 'page.txt' ? { ...part, read: () => Promise.reject(new Error('the disk is gone')) } : part)) }));
    const signals: AbortSignal[] = [];
    const ports: BundlePorts = { ...samplePorts(), printPdf: (_html, _options, _pictures, signal) => {
      signals.push(signal);
      return new Promise((_, reject) => { signal.addEventListener('abort', () => { reject(new Error('the page is closed')); }); });
    } };
    await expect(exportBundle({ ...input, exhibits }, { path: join(place, 'bundle.zip'), form: 'zip' }, ports)).rejects.toMatchObject({ code: 'export.failed', cause: { message: 'the disk is gone' } });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(await readdir(place)).toEqual([]);
  });

  test('a place that cannot be written to is named, in words', async () => {
    await expect(exportBundle(input, { path: join(folder, 'not-there', 'bundle.zip'), form: 'zip' }, samplePorts())).rejects.toMatchObject({ code: 'export.not-writable' });
  });

  test('a printer that fails leaves nothing and is told as one sentence', async () => {
    const place = await mkdtemp(join(folder, 'printer-'));
    await expect(exportBundle(input, { path: join(place, 'b.zip'), form: 'zip' }, samplePorts(() => Promise.reject(new Error('target closed'))))).rejects.toMatchObject({ code: 'export.failed' });
    expect(await readdir(place)).toEqual([]);
  });

  test.each([['zip', undefined], ['folder', undefined], ['zip', 'a passphrase of words']] as const)('a printer that fails while the exhibits are copied ends the export at once (%s, passphrase %s), with its own sentence, and nothing is left', async (form, passphrase) => {
    const place = await mkdtemp(join(folder, 'printer-early-'));
    let fail: (error: Error) => void = () => undefined;
    const printing = new Promise<never>((_, reject) => { fail = reject; });
    const told = printFailure(new Error('target closed'));
    let copied = 0;
    const ports: BundlePorts = { ...samplePorts(() => printing), onProgress: (step) => {
      if (step === 'Copying the exhibits' && (copied += 1) === 2) fail(told);
    } };
    expect(input.exhibits.flatMap(({ parts }) => parts).length).toBeGreaterThan(4);
    await expect(exportBundle(input, { path: join(place, 'bundle'), form, passphrase }, ports)).rejects.toBe(told);
    expect(copied).toBe(2);
    expect(await readdir(place)).toEqual([]);
  });

  test.each([['zip', undefined], ['folder', undefined], ['zip', 'a passphrase of words']] as const)('a full disk (%s, passphrase %s) is told as one, and nothing is left on it', async (form, passphrase) => {
    const disk = await mkdtemp(join(folder, 'disk-'));
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', disk]).status !== 0) {
      process.stdout.write('full disk: not run, this user cannot mount a small disk\n');
      return;
    }
    try {
      await expect(exportBundle(input, { path: join(disk, 'bundle'), form, passphrase }, samplePorts())).rejects.toMatchObject({ code: 'export.disk-full' });
      expect(await readdir(disk)).toEqual([]);
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
