import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBundle } from '../../../main/cli/bundle-source.js';
import { exportBundle } from '../../../src/bundle/bundle.js';
import type { BundleInput } from '../../../src/bundle/bundle-input.js';
import { verifyBundle } from '../../../src/verify/verify.js';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { NOW, sampleInput, samplePorts } from '../../vectors/make-bundle.js';
import { sampleCase, sha256 } from '../../vectors/sample-case.js';

let authority: Authority;
let input: BundleInput;
let folder: string;

beforeAll(async () => {
  authority = makeAuthority('Example School');
  input = sampleInput(authority, await sampleCase(authority, { end: 'sealed' }));
  folder = await mkdtemp(join(tmpdir(), 'export-'));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

function run(command: string, cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

/** The commands of VERIFY.txt, exactly as printed. */
async function printedCommands(bag: string): Promise<string[]> {
  const text = await readFile(join(bag, 'VERIFY.txt'), 'utf8');
  return text.split('\n').filter((line) => line.startsWith('   $ ')).map((line) => line.slice('   $ '.length));
}

async function verdict(path: string, passphrase?: string): Promise<string> {
  const source = await openBundle(path, { passphrase });
  try {
    return (await verifyBundle(source, { rootFingerprint: authority.root }, { sha256, subtle: crypto.subtle, now: NOW })).verdict;
  } finally {
    await source.close();
  }
}

describe('VERIFY.txt', () => {
  let bag: string;
  beforeAll(async () => {
    bag = join(folder, 'for-verify');
    await exportBundle(input, { path: bag, form: 'folder' }, samplePorts());
  });

  test('its seven commands, run as printed, say what it says that they say', async () => {
    const [payload, tags, added, cms, who, keys, root, ...more] = (await printedCommands(bag)).map((command) => run(command, bag));
    expect(more).toEqual([]);
    expect(payload).toEqual({ status: 0, output: '' });
    expect(tags).toEqual({ status: 0, output: '' });
    expect(added).toEqual({ status: 0, output: '' });
    expect(cms).toEqual({ status: 0, output: 'CMS Verification successful\n' });
    expect(who?.output.match(/subject=.*/g)).toEqual(expect.arrayContaining([expect.stringContaining('Priya A. Shah'), expect.stringContaining('Tom R. Ellis')]));
    expect(who?.output.match(/subject=/g)).toHaveLength(2);
    const moduli = keys?.output.match(/Modulus:\s+(.*)/g) ?? [];
    expect(new Set(moduli).size).toBe(2);
    const shown = root?.output.trim().split('=')[1] ?? '';
    expect(shown.replaceAll(':', '').toLowerCase()).toBe(authority.root);
    expect((await readFile(join(bag, 'VERIFY.txt'), 'utf8')).replace(/\n\s+/g, '')).toContain(shown);
  });

  test('they find a changed, an added and a missing file, and a changed list', async () => {
    const [payload = '', tags = '', added = '', cms = ''] = await printedCommands(bag);
    const copy = join(folder, 'tampered');
    run(`cp -r '${bag}' '${copy}'`, folder);
    await writeFile(join(copy, 'data/report.html'), 'another');
    expect(run(payload, copy)).toMatchObject({ status: 1, output: expect.stringContaining('data/report.html: FAILED') as unknown });
    await writeFile(join(copy, 'data/extra.txt'), 'x');
    await rm(join(copy, 'data/self-test.json'));
    expect(run(added, copy).output.split('\n').filter(Boolean)).toEqual(['data/extra.txt', 'data/self-test.json']);
    await writeFile(join(copy, 'bagit.txt'), 'another');
    expect(run(tags, copy).status).toBe(1);
    await writeFile(join(copy, 'tagmanifest-sha256.txt'), 'another');
    expect(run(cms, copy).status).not.toBe(0);
  });

  test('openssl alone accepts one signer, as it warns; the verifier does not', async () => {
    const lone = join(folder, 'lone');
    await exportBundle({ ...input, signers: [input.signers[0], input.signers[0]] }, { path: lone, form: 'folder' }, samplePorts());
    const [, , , cms = '', who = ''] = await printedCommands(lone);
    expect(run(cms, lone).status).toBe(0);
    expect(run(who, lone).output).not.toContain('Tom R. Ellis');
    expect(await verdict(lone)).toBe('changed');
  });
});

describe('exportBundle', () => {
  test('a ZIP opens with unzip, holds one folder of its own name, and passes every check packed and unpacked', async () => {
    const path = join(folder, '2026-014 police.zip');
    const result = await exportBundle(input, { path, form: 'zip' }, samplePorts());
    expect(run(`unzip -q '${path}' -d unzipped`, folder)).toEqual({ status: 0, output: '' });
    expect(await readdir(join(folder, 'unzipped'))).toEqual(['2026-014-police']);
    const bag = join(folder, 'unzipped/2026-014-police');
    for (const command of (await printedCommands(bag)).slice(0, 4)) expect(run(command, bag).status).toBe(0);
    expect(run('sha256sum tagmanifest-sha256.txt', bag).output).toContain(result.tagManifestSha256);
    expect(Number(run('find . -type f | wc -l', bag).output)).toBe(result.files);
    expect(await verdict(path)).toBe('unchanged');
    expect(await verdict(bag)).toBe('unchanged');
    expect(run(`unzip -v '${path}'`, folder).output).not.toContain('Defl:');
  });

  test('the same input and clock give the same ZIP', async () => {
    const make = async (name: string): Promise<Buffer> => {
      const path = join(folder, name, 'same.zip');
      await mkdir(join(folder, name));
      await exportBundle(input, { path, form: 'zip' }, samplePorts());
      return readFile(path);
    };
    expect((await make('one')).equals(await make('two'))).toBe(true);
  });

  test('an encrypted ZIP shows one neutral name, opens with its passphrase alone, and says which it lacks', async () => {
    const path = join(folder, 'carried.zip');
    const passphrase = 'copper lantern orchid seven glacier';
    await exportBundle(input, { path, form: 'zip', passphrase }, samplePorts());
    const listing = run(`unzip -Z1 '${path}'`, folder);
    expect(listing.output).toBe('bundle.zip\n');
    const bytes = await readFile(path);
    for (const secret of ['bagit.txt', 'PAS-1', 'pupil-chat']) expect(bytes.includes(secret)).toBe(false);
    expect(await verdict(path, passphrase)).toBe('unchanged');
    await expect(openBundle(path)).rejects.toMatchObject({ code: 'bundle.encrypted' });
    await expect(openBundle(path, { passphrase: 'copper lantern orchid eight glacier' })).rejects.toMatchObject({ code: 'bundle.wrong-passphrase' });
  });

  test('a byte changed anywhere in an encrypted ZIP is found: in a file of it, between them, or in the authentication code', async () => {
    const path = join(folder, 'carried-whole.zip');
    const passphrase = 'copper lantern orchid seven glacier';
    await exportBundle(input, { path, form: 'zip', passphrase }, samplePorts());
    const whole = await readFile(path);
    const places = [Math.floor(whole.length / 2), 120, 400, whole.length - 120, ...Array.from({ length: 12 }, (_, i) => 150 + Math.floor(((whole.length - 400) * i) / 12))];
    for (const place of places) {
      const bytes = Buffer.from(whole);
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      await writeFile(join(folder, 'carried-damaged.zip'), bytes);
      const found = await verdict(join(folder, 'carried-damaged.zip'), passphrase).catch((error: unknown) => (error as { code: string }).code);
      expect({ place, found }).toEqual({ place, found: expect.stringMatching(/^(?:bundle\.(?:damaged|not-a-zip|cut-short|wrong-passphrase|unsupported)|changed)$/) as unknown });
    }
  });

  test('an encrypted ZIP opens in 7-Zip as VERIFY.txt says, and 7-Zip sees no name but the neutral one', async () => {
    const path = join(folder, 'with-7zip.zip');
    if (run('command -v 7z', folder).status !== 0) {
      process.stdout.write('7-Zip: not run, there is no 7z here\n');
      return;
    }
    await exportBundle(input, { path, form: 'zip', passphrase: 'copper lantern orchid seven glacier' }, samplePorts());
    const place = await mkdtemp(join(folder, 'seven-'));
    const names = run(`7z l -slt '${path}' | grep '^Path = ' | tail -n +2`, place).output;
    expect(names).toBe('Path = bundle.zip\n');
    expect(run(`7z l -slt '${path}'`, place).output).toMatch(/Method = .*AES-256/);
    // As VERIFY.txt prints them; the passphrase is typed where 7-Zip asks for it.
    const [, unpack = '', unzip = ''] = /use (7z x NAME\.zip), then (unzip bundle\.zip)/.exec(await readFile(join(folder, 'for-verify', 'VERIFY.txt'), 'utf8')) ?? [];
    expect(run(`echo 'copper lantern orchid seven glacier' | ${unpack.replace('NAME.zip', `'${path}'`)} && ${unzip}`, place).status).toBe(0);
    const bag = join(place, 'with-7zip');
    for (const command of (await printedCommands(bag)).slice(0, 4)) expect(run(command, bag).status).toBe(0);
    expect(run(`7z t -p'another' '${path}'`, place).status).not.toBe(0);
  });
});
