import { afterAll, describe, expect, test } from '@jest/globals';
import { X509Certificate, verify } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createVault, openVault } from '../../../src/vault/vault.js';
import { codeOf, freshFolder, JMK, newVault, newVaultFolder, openBoth, PAS, portsWith, removeFolders, TestClock, whereOf, setUpWith } from './support.js';

afterAll(removeFolders);

describe('signing in', () => {
  test('asks for two different, enrolled reviewers with the right passphrases', async () => {
    const locked = await openVault(await newVaultFolder(), portsWith(new TestClock()));
    expect(await codeOf(() => locked.unlock(PAS, PAS))).toBe('auth.same-person');
    expect(await codeOf(() => locked.unlock(PAS, { initials: 'PAS', passphrase: JMK.passphrase }))).toBe('auth.same-person');
    expect(await codeOf(() => locked.unlock(PAS, { initials: '', passphrase: '' }))).toBe('auth.one-person');
    expect(await codeOf(() => locked.unlock(PAS, { initials: 'JMK', passphrase: '' }))).toBe('auth.one-person');
    expect(await codeOf(() => locked.unlock(PAS, { initials: 'XYZ', passphrase: 'whatever it is' }))).toBe('auth.unknown-reviewer');
    expect(await codeOf(() => locked.unlock(PAS, { ...JMK, passphrase: PAS.passphrase }))).toBe('auth.bad-passphrase');
    await locked.close();
  });

  test('says whose passphrase was wrong and nothing else', async () => {
    const clock = new TestClock();
    const locked = await openVault(await newVaultFolder(), portsWith(clock));
    expect(await whereOf(() => locked.unlock(PAS, { ...JMK, passphrase: 'wrong passphrase' }))).toBe('JMK');
    clock.pass(60);
    const both = { first: { ...PAS, passphrase: 'secret-typed-one' }, second: { ...JMK, passphrase: 'secret-typed-two' } };
    const error = await locked.unlock(both.first, both.second).catch((e: unknown) => e as Error);
    expect(error).toMatchObject({ sentence: expect.stringMatching(/^The passphrases of .+ and .+ are not right\./), where: 'PAS JMK' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret-typed');
    await locked.close();
  });

  test('takes a passphrase typed in another Unicode form', async () => {
    const folder = join(freshFolder(), 'vault');
    await createVault(folder, setUpWith({ first: { passphrase: 'caf\u00e9 cr\u00e8me br\u00fbl\u00e9e' } }), portsWith(new TestClock()));
    const locked = await openVault(folder, portsWith(new TestClock()));
    await locked.unlock({ initials: 'PAS', passphrase: 'cafe\u0301 cre\u0300me bru\u0302le\u0301e' }, JMK);
    await locked.close();
  });

  test('slows wrong passphrases down: 1, 2, 4 … 60 seconds for that reviewer alone, never locking anyone out', async () => {
    const clock = new TestClock();
    const locked = await openVault(await newVaultFolder(), portsWith(clock));
    const wrong = { ...JMK, passphrase: 'wrong passphrase' };
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(await codeOf(() => locked.unlock(PAS, wrong))).toBe('auth.bad-passphrase');
      clock.pass(seconds - 0.001);
      const error = await locked.unlock(PAS, JMK).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: 'auth.slow-down', where: 'JMK', sentence: expect.stringContaining('Wait 1 second,') });
      clock.pass(0.001);
    }
    await locked.unlock(PAS, JMK);
    expect(await codeOf(() => locked.unlock(PAS, wrong))).toBe('auth.bad-passphrase');
    clock.pass(1);
    const vault = await locked.unlock(PAS, JMK);
    expect((await vault.wrongAttempts()).map((a) => a.initials)).toEqual(Array(9).fill('JMK'));
    await locked.close();
  });

  test('remembers wrong passphrases across a restart, also when the wall clock was set back meanwhile', async () => {
    const folder = await newVaultFolder();
    const clock = new TestClock();
    const first = await openVault(folder, portsWith(clock));
    for (const seconds of [0, 1, 2]) {
      clock.pass(seconds);
      expect(await codeOf(() => first.unlock(PAS, { ...JMK, passphrase: 'wrong passphrase' }))).toBe('auth.bad-passphrase');
    }
    await first.close();
    clock.pass(1);
    const second = await openVault(folder, portsWith(clock));
    expect(await second.unlock(PAS, JMK).catch((e: unknown) => e)).toMatchObject({ code: 'auth.slow-down', sentence: expect.stringContaining('Wait 3 seconds') });
    await second.close();
    clock.wallMs -= 10 * 365 * 86_400_000;
    const third = await openVault(folder, portsWith(clock));
    expect(await codeOf(() => third.unlock(PAS, JMK))).toBe('auth.slow-down');
    clock.monoMs += 4_000;
    await third.unlock(PAS, JMK);
    await third.close();
  });

  test('counts a try as wrong before it is made, so two at once gain nothing', async () => {
    const locked = await openVault(await newVaultFolder(), portsWith(new TestClock()));
    const wrong = { ...JMK, passphrase: 'wrong passphrase' };
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(() => locked.unlock(PAS, wrong))));
    expect(codes).toEqual(['auth.bad-passphrase', 'auth.slow-down', 'auth.slow-down']);
    await locked.close();
  });
});

describe('an unlocked vault', () => {
  test('signs natively with keys that the certificates stand for', async () => {
    const { locked, vault } = await newVault();
    for (const signer of vault.signers) {
      const bytes = Buffer.from('what is signed');
      const signature = signer.sign(bytes);
      expect(signature).toHaveLength(384);
      expect(verify('sha256', bytes, new X509Certificate(signer.certificatePem).publicKey, signature)).toBe(true);
    }
    await locked.close();
  });

  test('confirms an act only by one of the two who are signed in, with the passphrase', async () => {
    const { locked, vault, clock } = await newVault();
    expect((await vault.confirm(JMK)).initials).toBe('JMK');
    expect(await codeOf(() => vault.confirm({ initials: 'XYZ', passphrase: 'whatever it is' }))).toBe('auth.not-signed-in');
    expect(await codeOf(() => vault.confirm({ ...PAS, passphrase: JMK.passphrase }))).toBe('auth.bad-passphrase');
    expect(await codeOf(() => vault.confirm(PAS))).toBe('auth.slow-down');
    clock.pass(1);
    expect((await vault.confirm(PAS)).initials).toBe('PAS');
    await locked.close();
  });

  test('keeps settings, and gives undefined for none', async () => {
    const { locked, vault, folder } = await newVault();
    expect(await vault.setting('contacts')).toBeUndefined();
    await vault.putSetting('contacts', { lado: '01632 960001' });
    await vault.putSetting('contacts', { lado: '01632 960002', list: [1, null] });
    await locked.close();
    const again = await openBoth(folder);
    expect(await again.vault.setting('contacts')).toEqual({ lado: '01632 960002', list: [1, null] });
    await again.locked.close();
  });

  test('does nothing any more once it is locked', async () => {
    const { locked, vault } = await newVault();
    const store = await vault.createCase();
    const [signer] = vault.signers;
    vault.lock();
    expect(await codeOf(() => signer.sign(new Uint8Array(1)))).toBe('auth.locked');
    for (const call of [() => vault.createCase(), () => vault.caseIds(), () => vault.openCase(store.id), () => vault.setting('a'), () => vault.putSetting('a', 1), () => vault.confirm(PAS), () => vault.certificates(), () => vault.clearCrisis(), () => vault.wrongAttempts()]) {
      expect(await codeOf(call)).toBe('auth.locked');
    }
    expect(await codeOf(() => store.readPart('PAS/1', 'page.png'))).toBe('auth.locked');
    expect(await codeOf(() => store.stage('PAS/1', { name: 'page.png', mediaType: 'image/png' }, new Uint8Array(1)))).toBe('auth.locked');
    const again = await locked.unlock(PAS, JMK);
    expect(await again.caseIds()).toEqual([]);
    const third = await locked.unlock(PAS, JMK);
    expect(await codeOf(() => again.caseIds())).toBe('auth.locked');
    expect(await third.caseIds()).toEqual([]);
    await locked.close();
  });

  test('writes the crisis where it can be read without any key, and clears it', async () => {
    const { locked, vault, folder } = await newVault();
    const crisis = { caseReference: 'AG-2026-014', at: '2026-11-24T10:41:02.123Z', contacts: { policeForce: '999', safeguardingLead: '01632 960001', lado: '', support: '' } };
    await vault.writeCrisis(crisis);
    expect(locked.crisis).toEqual(crisis);
    await locked.close();
    const second = await openVault(folder, portsWith(new TestClock()));
    expect(second.crisis).toEqual(crisis);
    await (await second.unlock(PAS, JMK)).clearCrisis();
    expect(second.crisis).toBeNull();
    await second.close();
    expect(existsSync(join(folder, 'crisis.json'))).toBe(false);
    writeFileSync(join(folder, 'crisis.json'), '{"caseRef');
    const third = await openVault(folder, portsWith(new TestClock()));
    expect(third.crisis).toMatchObject({ caseReference: '' });
    await third.close();
  });
});
