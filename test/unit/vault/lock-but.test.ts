import { afterAll, expect, test } from '@jest/globals';
import { utf8 } from '../../../src/record/bytes.js';
import { codeOf, collect, fillCase, JMK, newVault, note, PAS, removeFolders } from './support.js';

afterAll(removeFolders);

const WRONG = { ...JMK, passphrase: 'not the right one' };

test('locked but for one case, that case is read, written and signed for, and nothing else can be reached', async () => {
  const { locked, vault } = await newVault();
  const [kept, other] = [await fillCase(vault), await fillCase(vault)];
  await vault.putSetting('contacts', { lado: '01632 960001' });
  vault.lockBut(kept.id);
  await kept.append(note(kept, 'the bundle is finished', { signers: vault.signers }));
  expect(await collect(kept.entries())).toHaveLength(11);
  expect(await kept.readPart('PAS/1', 'page.png')).toHaveLength(50);
  expect(vault.signers[1].sign(utf8('signed'))).toHaveLength(384);
  for (const [what, work] of [
    ['another case', () => other.append(note(other, 'no'))], ['its evidence', () => other.readPart('PAS/1', 'page.png')], ['a case anew', () => vault.openCase(other.id)], ['the same anew', () => vault.openCase(kept.id)],
    ['a new case', () => vault.createCase()], ['the list', () => vault.caseIds()], ['a setting', () => vault.setting('contacts')], ['the root', () => vault.certificates()], ['a passphrase', () => vault.confirm(PAS)],
    ['an act', () => vault.makeRecoverySheet(PAS, JMK, 'Rowan Hale')],
  ] as const) expect([what, await codeOf(work)]).toEqual([what, 'auth.locked']);
  vault.lock();
  expect(await codeOf(() => kept.append(note(kept, 'no')))).toBe('auth.locked');
  expect(await codeOf(() => vault.signers[0].sign(utf8('no')))).toBe('auth.locked');
  expect(await codeOf(() => vault.resume(PAS, JMK))).toBe('auth.locked');
  await locked.close();
});

test('both come back with their passphrases, and everything is open again', async () => {
  const { locked, vault, clock } = await newVault();
  const [kept, other] = [await fillCase(vault), await fillCase(vault)];
  await vault.putSetting('contacts', { lado: '01632 960001' });
  vault.lockBut(kept.id);
  expect(await codeOf(() => vault.resume(PAS, WRONG))).toBe('auth.bad-passphrase');
  clock.pass(60);
  expect(await codeOf(() => vault.resume(PAS, PAS))).toBe('auth.same-person');
  expect(await codeOf(() => vault.caseIds())).toBe('auth.locked');
  await vault.resume(PAS, JMK);
  await kept.append(note(kept, 'it goes on'));
  const again = await vault.openCase(other.id);
  await again.append(note(again, 'so does this'));
  expect(await vault.setting('contacts')).toEqual({ lado: '01632 960001' });
  expect((await vault.fullCheck(() => undefined)).findings).toEqual([]);
  await locked.close();
});
