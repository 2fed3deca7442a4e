import { afterAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_KDF } from '../../../src/vault/ports.js';
import { createVault, openVault } from '../../../src/vault/vault.js';
import { codeOf, freshFolder, JMK, newVaultFolder, openBoth, PAS, portsWith, removeFolders, SET_UP, TestClock, setUpWith } from './support.js';

afterAll(removeFolders);

describe('set-up', () => {
  test('with the real passphrase parameters, two reviewers open what was set up', async () => {
    const folder = join(freshFolder(), 'deep', 'vault');
    const ports = portsWith(new TestClock(), DEFAULT_KDF);
    await createVault(folder, SET_UP, ports);
    const locked = await openVault(folder, ports);
    expect(locked.organisation).toBe('Ash Grove Academy');
    expect(locked.computer).toEqual({ name: 'REVIEW-01', location: 'Locked office, first floor' });
    expect(locked.reviewers.map((r) => [r.initials, r.name, r.status])).toEqual([['PAS', 'Priya Anand-Sutton', 'active'], ['JMK', 'Jürgen Mac Kenna', 'active']]);
    expect(locked.crisis).toBeNull();
    const vault = await locked.unlock(JMK, PAS);
    expect(vault.signers.map((s) => s.initials)).toEqual(['JMK', 'PAS']);
    await locked.close();
  }, 60_000);

  test.each([
    ['set-up.bad-initials', setUpWith({ first: { initials: 'pas' } })],
    ['set-up.bad-initials', setUpWith({ second: { initials: 'JK' } })],
    ['set-up.same-initials', setUpWith({ second: { initials: 'PAS' } })],
    ['set-up.bad-name', setUpWith({ first: { name: ' ' } })],
    ['set-up.bad-name', setUpWith({ first: { position: 'two\nlines' } })],
    ['set-up.bad-name', setUpWith({ second: { name: 'x'.repeat(65) } })],
    ['set-up.bad-name', setUpWith({ all: { organisation: '' } })],
    ['auth.weak-passphrase', setUpWith({ first: { passphrase: 'seven77' } })],
    ['auth.weak-passphrase', setUpWith({ first: { passphrase: 'seven7 \u0301' } })],
    ['set-up.same-passphrase', setUpWith({ second: { passphrase: PAS.passphrase } })],
  ])('refuses with %s and leaves nothing behind', async (code, setUp) => {
    const folder = join(freshFolder(), 'vault');
    expect(await codeOf(() => createVault(folder, setUp, portsWith(new TestClock())))).toBe(code);
    expect(existsSync(folder)).toBe(false);
  });

  test('refuses a folder that holds something, and leaves it as it was', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'letter.txt'), 'mine');
    expect(await codeOf(() => createVault(folder, SET_UP, portsWith(new TestClock())))).toBe('vault.not-empty');
    expect(readdirSync(folder)).toEqual(['letter.txt']);
    const vault = await newVaultFolder();
    expect(await codeOf(() => createVault(vault, SET_UP, portsWith(new TestClock())))).toBe('vault.not-empty');
    const { locked } = await openBoth(vault);
    await locked.close();
  });

  test('starts anew in a folder where an earlier set-up was cut short', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'vault.json.unfinished'), '{}');
    writeFileSync(join(folder, 'vault.db'), 'half a database');
    mkdirSync(join(folder, 'objects'));
    expect(await codeOf(() => openVault(folder, portsWith(new TestClock())))).toBe('vault.not-a-vault');
    await createVault(folder, SET_UP, portsWith(new TestClock()));
    const { locked } = await openBoth(folder);
    await locked.close();
  });

  test('leaves an absent folder absent when a step fails', async () => {
    const folder = join(freshFolder(), 'vault');
    const ports = portsWith(new TestClock());
    let calls = 0;
    const random = { bytes: (count: number) => { if ((calls += 1) > 5) throw new Error('no randomness'); return ports.random.bytes(count); } };
    expect(await codeOf(() => createVault(folder, SET_UP, { ...ports, random }))).not.toBe('none');
    expect(existsSync(folder)).toBe(false);
  });
});

describe('opening', () => {
  test('refuses what is not a vault, what is newer, and what is absurd', async () => {
    const ports = portsWith(new TestClock());
    expect(await codeOf(() => openVault(freshFolder(), ports))).toBe('vault.not-a-vault');
    expect(await codeOf(() => openVault(join(freshFolder(), 'absent'), ports))).toBe('vault.not-a-vault');
    for (const [text, code] of [
      ['', 'vault.not-a-vault'],
      ['[]', 'vault.not-a-vault'],
      ['{"format":"something-else","version":1}', 'vault.not-a-vault'],
      ['{"format":"countersign-vault","version":-1}', 'vault.not-a-vault'],
      ['{"format":"countersign-vault","version":2,"more":{}}', 'vault.newer'],
      [`{"format":"countersign-vault","version":1,"x":"${'x'.repeat(10_000)}"}`, 'vault.not-a-vault'],
    ] as const) {
      const folder = await newVaultFolder();
      writeFileSync(join(folder, 'vault.json'), text);
      expect([text.slice(0, 50), await codeOf(() => openVault(folder, ports))]).toEqual([text.slice(0, 50), code]);
    }
    const empty = await newVaultFolder();
    rmSync(join(empty, 'vault.db'));
    expect(await codeOf(() => openVault(empty, ports))).toBe('vault.damaged');
    const junk = await newVaultFolder();
    writeFileSync(join(junk, 'vault.db'), Buffer.alloc(8192, 7));
    expect(await codeOf(() => openVault(junk, ports))).toBe('vault.damaged');
  });

  test('refuses a second instance and lets one in after the first has closed', async () => {
    const folder = await newVaultFolder();
    const first = await openVault(folder, portsWith(new TestClock()));
    expect(await codeOf(() => openVault(folder, portsWith(new TestClock())))).toBe('vault.in-use');
    await first.close();
    await first.close();
    const second = await openVault(folder, portsWith(new TestClock()));
    await second.close();
  });
});
