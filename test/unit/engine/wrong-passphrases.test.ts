import { afterAll, describe, expect, test } from '@jest/globals';
import { JMK, PAS, removeFolders } from '../vault/support.js';
import { CASE, codeOf, signedIn, told, withCase, WRONG } from './support.js';

afterAll(removeFolders);

describe('wrong passphrases', () => {
  test('are in the next case that is opened, once', async () => {
    const started = await signedIn();
    const { engine, clock } = started;
    await engine.signOut();
    const at: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      clock.pass(60);
      at.push(clock.now());
      await codeOf(() => engine.signIn(WRONG, JMK));
    }
    clock.pass(60);
    await engine.signIn(PAS, JMK);
    await engine.openCase(CASE);
    expect(told(started, 'wrong-passphrase')).toEqual(at.map((each) => ({ initials: 'PAS', at: each })));
    await engine.closeCase();
    await engine.openCase({ ...CASE, reference: '2026-015' });
    expect(told(started, 'wrong-passphrase')).toEqual([]);
    await engine.close();
  });

  test('are bounded: the newest hundred, and how many came before', async () => {
    const started = await signedIn();
    const { engine, clock } = started;
    await engine.signOut();
    for (let i = 0; i < 103; i += 1) {
      clock.pass(61);
      await codeOf(() => engine.signIn(WRONG, JMK));
    }
    clock.pass(61);
    await engine.signIn(PAS, JMK);
    await engine.openCase(CASE);
    const recorded = told(started, 'wrong-passphrase');
    expect(recorded).toHaveLength(100);
    expect(recorded.map((each) => each.earlier).filter((earlier) => earlier !== undefined)).toEqual([3]);
    await engine.close();
  }, 60_000);

  test('given to a locked app are in the record of its case, also when the clock was set back', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    await engine.lock('idle');
    clock.wallMs -= 86_400_000;
    await codeOf(() => engine.resume(WRONG, JMK));
    clock.pass(5);
    await engine.resume(PAS, JMK);
    expect(told(started, 'wrong-passphrase').map((each) => each.initials)).toEqual(['PAS']);
    await engine.close();
  });
});
