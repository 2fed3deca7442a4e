import { afterAll, describe, expect, test } from '@jest/globals';
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { entryHash, statementBytes } from '../../../src/record/entry.js';
import { JMK, PAS, removeFolders, sha256 } from '../vault/support.js';
import { CASE, codeOf, kindsOf, recordOf, signedIn, told, withCase, WRONG } from './support.js';

afterAll(removeFolders);

describe('signing out', () => {
  test('reads no case a second time that has just been on the screen, and a case opened again is told what came after', async () => {
    const started = await withCase();
    const { engine, id } = started;
    const { vault } = engine.openedCase.context;
    const store = await vault.openCase(id);
    let reads = 0;
    const entries = store.entries.bind(store);
    Object.assign(store, { entries: () => {
      reads += 1;
      return entries();
    } });
    await engine.prepareSignOut();
    await engine.showCase(id);
    await engine.openedCase.addNote('PAS', 'One more thing');
    expect(reads).toBe(1);
    const [read] = await engine.prepareSignOut();
    expect(read?.sums.notes).toBe(1);
    await engine.signOut([PAS, JMK]);
    expect(reads).toBe(1);
    await engine.close();
  });

  test('with both reviewers’ acts signs for the sums that they read', async () => {
    const started = await withCase();
    const { engine, id } = started;
    await engine.openedCase.addNote('PAS', 'One');
    await engine.openedCase.addNote('JMK', 'Two');
    expect(await codeOf(() => engine.signOut([PAS, JMK]))).toBe('sign-out.not-read');
    const [read] = await engine.prepareSignOut();
    expect(read).toMatchObject({ id, reference: CASE.reference, sums: { notes: 2, captures: 0, pages: 0 } });
    const [gone] = await engine.signOut([PAS, JMK]);
    expect(gone?.words).toHaveLength(8);
    expect(engine.signedIn).toBeNull();
    await engine.signIn(PAS, JMK);
    await engine.showCase(id);
    const { state } = recordOf(started);
    const entries = recordOf(started).since(0);
    const entry = entries.findLast((each) => each.header.kind === 'sign-out');
    expect(entry?.header.by).toEqual(['PAS', 'JMK']);
    expect(entry?.body.data).toEqual({ acts: true, ...read?.sums, head: entry?.header.prev });
    expect(entry?.signatures.map((signature) => signature.how)).toEqual(['act', 'act']);
    expect(state.checkpoint?.words).toEqual(gone?.words);
    const [signer] = engine.openedCase.context.vault.signers;
    const [signature] = entry?.signatures ?? [];
    const key = createPublicKey(new X509Certificate(signer.certificatePem).publicKey.export({ type: 'spki', format: 'pem' }));
    if (entry === undefined || signature === undefined) throw new Error('nobody signed');
    expect(verify('sha256', statementBytes(entryHash(entry.header, sha256), 'act'), key, Buffer.from(signature.value, 'base64'))).toBe(true);
    await engine.close();
  });

  test('with a wrong passphrase signs nobody out and nothing for', async () => {
    const started = await withCase();
    const { engine, id } = started;
    await engine.prepareSignOut();
    expect(await codeOf(() => engine.signOut([WRONG, JMK]))).toBe('auth.bad-passphrase');
    expect(engine.signedIn).toEqual(['PAS', 'JMK']);
    await engine.showCase(id);
    expect(kindsOf(started)).not.toContain('sign-out');
    await engine.closeCase();
    expect(await codeOf(() => engine.signOut([PAS, JMK]))).toBe('sign-out.not-read');
    await engine.close();
  });

  test('without acts is possible, and the record says so', async () => {
    const started = await withCase();
    const { engine, id } = started;
    await engine.signOut();
    await engine.signIn(PAS, JMK);
    await engine.showCase(id);
    expect(told(started, 'sign-out').map((each) => each.acts)).toEqual([false]);
    expect(recordOf(started).since(0).findLast((each) => each.header.kind === 'sign-out')?.signatures.map((each) => each.how)).toEqual(['machine', 'machine']);
    await engine.close();
  });

  test('is written into every case that was changed, and into no other', async () => {
    const { engine } = await signedIn();
    const first = await engine.openCase(CASE);
    await engine.closeCase();
    const second = await engine.openCase({ ...CASE, reference: '2026-015' });
    const gone = await engine.signOut();
    expect(gone.map((each) => each.reference)).toEqual(['2026-014', '2026-015']);
    await engine.signIn(PAS, JMK);
    await engine.showCase(first);
    await engine.closeCase();
    expect(await engine.signOut()).toEqual([]);
    await engine.signIn(PAS, JMK);
    await engine.showCase(second);
    await engine.openedCase.addNote('PAS', 'One more');
    await engine.lock('step-out');
    await engine.resume(PAS, JMK);
    expect((await engine.signOut()).map((each) => each.reference)).toEqual(['2026-015']);
    await engine.close();
  });
});
