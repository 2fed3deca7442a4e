import { afterAll, describe, expect, test } from '@jest/globals';
import { readExhibitPart } from '../../../src/engine/exhibit-parts.js';
import { JMK, PAS, removeFolders } from '../vault/support.js';
import { CALL, exported, failures, FLAGGED, halt, HANDED, NO_ACTION, PRINTS, twoPages } from './halted-case.js';
import { codeOf, recordOf, signedIn, told } from './support.js';

afterAll(removeFolders);

describe('a halt that ends with the police', () => {
  test('needs a call on record and both passphrases; after it the case takes nothing more, for ever', async () => {
    const started = await twoPages();
    const { engine, id } = started;
    await halt(started);
    expect(await codeOf(() => engine.openedCase.halt.end(PAS, JMK, HANDED))).toBe('case.no-police-call');
    await engine.openedCase.halt.call('PAS', CALL);
    expect(await codeOf(() => engine.openedCase.halt.end(PAS, PAS, HANDED))).toBe('auth.same-person');
    expect(await codeOf(() => engine.openedCase.halt.end(PAS, { ...JMK, passphrase: 'wrong' }, HANDED))).toBe('auth.bad-passphrase');
    started.clock.pass(30);
    await engine.openedCase.halt.end(PAS, JMK, HANDED);
    expect(told(started, 'halt-ended')).toEqual([HANDED]);
    const signed = recordOf(started).since(0).find((entry) => entry.header.kind === 'halt-ended')?.signatures;
    expect(signed?.map(({ by, how }) => `${by} ${how}`)).toEqual(['PAS act', 'JMK act']);
    const count = recordOf(started).since(0).length;
    const tries = async (): Promise<string[]> => {
      const open = engine.openedCase;
      return Promise.all([
        () => open.addNote('PAS', 'x'), () => open.halt.call('PAS', CALL), () => open.halt.step('PAS', 'stay', true), () => open.startBrowsing(), () => open.addConcern('PAS', 'other', 'x'),
        () => open.halt.end(PAS, JMK, NO_ACTION), () => open.takeControls('JMK'),
      ].map((each) => codeOf(each)));
    };
    expect(new Set(await tries())).toEqual(new Set(['case.handed-over', 'case.halted']));
    expect(recordOf(started).since(0)).toHaveLength(count);
    await engine.close();
    const again = await signedIn(PRINTS, started.folder, started.clock);
    await again.engine.showCase(id);
    expect(new Set(await Promise.all([() => again.engine.openedCase.addNote('PAS', 'x'), () => again.engine.openedCase.startBrowsing()].map((each) => codeOf(each))))).toEqual(new Set(['case.handed-over', 'case.halted']));
    expect(await failures(await exported(again, 'police'))).toEqual([]);
    await again.engine.openedCase.halt.release(PAS, JMK, 'The computer may be used again');
    expect(await codeOf(() => again.engine.openedCase.addNote('PAS', 'x'))).toBe('case.handed-over');
    await again.engine.close();
  }, 60_000);
});

describe('a halt after which the police advise no further action', () => {
  test('goes on to the conclusion; what was quarantined and the address of the page stay closed', async () => {
    const started = await twoPages();
    const { engine } = started;
    await halt(started);
    await engine.openedCase.halt.call('PAS', CALL);
    await engine.openedCase.halt.end(PAS, JMK, NO_ACTION);
    const { context } = engine.openedCase;
    expect([context.record.state.phase, context.stopped, context.record.state.suspected, engine.installation?.crisis]).toEqual(['open', false, [FLAGGED], null]);
    expect(await codeOf(() => readExhibitPart(context, 'PAS/2', 'page.png'))).toBe('exhibit.quarantined');
    expect(Buffer.from(await readExhibitPart(context, 'PAS/1', 'page.png')).toString()).toBe('teal square PAS/1');
    await engine.openedCase.conclude({ substance: true, outcomes: ['internal'], text: 'Dealt with' });
    await engine.openedCase.seal(PAS, JMK, engine.openedCase.context.record.count);
    for (const recipient of ['police', 'lado'] as const) {
      const files = await exported(started, recipient);
      expect(await failures(files)).toEqual([]);
      expect([...files.keys()].filter((path) => path.includes('PAS-2'))).toEqual([]);
    }
    await engine.close();
  }, 60_000);
});
