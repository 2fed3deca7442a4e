import { afterAll, describe, expect, test } from '@jest/globals';
import { JMK, PAS, removeFolders } from '../vault/support.js';
import { CASE, codeOf, kindsOf, told, withCase } from './support.js';

afterAll(removeFolders);

describe('the clock', () => {
  test('that is set while a case is open is an entry of its own, before the next one', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    clock.wallMs += 3_600_000;
    await engine.openedCase.addNote('PAS', 'After the jump');
    expect(told(started, 'clock-jump')).toEqual([{ wallMs: 3_600_000, monotonicMs: 0 }]);
    expect(kindsOf(started).slice(-2)).toEqual(['clock-jump', 'note']);
    await engine.openedCase.addNote('PAS', 'Steady');
    expect(told(started, 'clock-jump')).toHaveLength(1);
    await engine.close();
  });

  test('that is set while the app is locked is one entry, once both are back', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    await engine.lock('step-out');
    clock.wallMs += 3_600_000;
    await engine.resume(PAS, JMK);
    await engine.openedCase.addNote('PAS', 'Back again');
    expect(told(started, 'clock-jump')).toEqual([{ wallMs: 3_600_000, monotonicMs: 0 }]);
    await engine.close();
  });

  test('that is set while no case is open is in the next one, and a new case begins with its opening all the same', async () => {
    const started = await withCase();
    const { engine, clock, id } = started;
    await engine.closeCase();
    clock.wallMs -= 3_600_000;
    await engine.openCase({ ...CASE, reference: '2026-015' });
    await engine.openedCase.addNote('PAS', 'In the new case');
    expect(kindsOf(started).slice(0, 3)).toEqual(['case-opened', 'clock-jump', 'note']);
    await engine.closeCase();
    clock.wallMs += 3_600_000;
    await engine.showCase(id);
    await engine.openedCase.addNote('PAS', 'In the old one');
    expect(told(started, 'clock-jump')).toEqual([{ wallMs: 3_600_000, monotonicMs: 0 }]);
    await engine.close();
  });

  test('that is set in five steps of a second is one entry', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    for (let step = 0; step < 5; step += 1) {
      clock.wallMs += 1_000;
      await engine.openedCase.addNote('PAS', `Step ${step}`);
    }
    expect(told(started, 'clock-jump')).toEqual([{ wallMs: 3_000, monotonicMs: 0 }]);
    await engine.close();
  });

  test('can be compared by a reviewer who is signed in', async () => {
    const started = await withCase();
    await started.engine.openedCase.compareClock('PAS', { source: 'Speaking clock', shown: null, note: 'The same to the second' });
    expect(told(started, 'clock-check')).toEqual([{ how: 'manual', offsetMs: null, server: null, note: 'Speaking clock. The same to the second', timeZone: expect.any(String), utcOffsetMinutes: expect.any(Number) }]);
    expect(await codeOf(() => started.engine.openedCase.compareClock('XYZ', { source: 'a', shown: null, note: '' }))).toBe('auth.not-signed-in');
    await started.engine.close();
  });
});
