import { afterAll, describe, expect, test } from '@jest/globals';
import { readExhibitPart } from '../../../src/engine/exhibit-parts.js';
import type { EntryData } from '../../../src/record/kinds.js';
import { JMK, PAS, removeFolders } from '../vault/support.js';
import { CALL, exported, failures, FLAGGED, halt, textOf, twoPages } from './halted-case.js';
import { CASE, codeOf, kindsOf, recordOf, signedIn, told } from './support.js';

afterAll(removeFolders);

describe('the halt record', () => {
  test('names the page to the police, and to nobody else; both copies verify', async () => {
    const started = await twoPages();
    const { engine } = started;
    await engine.openedCase.addConcern('PAS', 'other', 'About the flagged page');
    // As STOP writes it down where a browser shows the page.
    await recordOf(started).add('stop', ['PAS'], { view: 'v2', url: FLAGGED });
    await engine.openedCase.halt.answer('PAS', 'stop-suspected', 'Came by a link');
    await engine.openedCase.halt.call('PAS', CALL);
    await engine.openedCase.halt.step('JMK', 'monitor', true);
    const police = await exported(started, 'police');
    expect(await failures(police)).toEqual([]);
    expect(textOf(police)).toContain(FLAGGED);
    expect(textOf(police)).toContain('Flagged title');
    for (const recipient of ['lado', 'group-record', 'other'] as const) {
      const files = await exported(started, recipient);
      expect(await failures(files)).toEqual([]);
      const text = textOf(files);
      expect([text.includes('flagged.test'), text.includes('Flagged title'), text.includes('EX-1'), text.includes('http://plain.test/')]).toEqual([false, false, true, true]);
    }
    await engine.close();
  }, 60_000);

  test('cannot be made between STOP and its answer', async () => {
    const started = await twoPages();
    await started.engine.openedCase.halt.stop('PAS');
    expect(await codeOf(() => exported(started, 'police'))).toBe('case.stop-unanswered');
    expect(await codeOf(() => readExhibitPart(started.engine.openedCase.context, 'PAS/1', 'page.png'))).toBe('case.halted');
    await started.engine.close();
  }, 60_000);

  test('says what was done between the key and the standing browser, in order', async () => {
    const started = await twoPages();
    await started.engine.openedCase.halt.stop('PAS');
    const [cut] = told(started, 'cut-off') as [EntryData<'cut-off'>];
    expect(cut.steps.map((each) => each.step)).toEqual(['refuse', 'blank', 'captures', 'exports', 'frames', 'offline', 'processes']);
    expect(kindsOf(started).slice(-2)).toEqual(['stop', 'cut-off']);
    await started.engine.close();
  }, 60_000);
});

test('what the LADO advises during a halt is kept with the halt, told as such in the report, and stands ready as told; a time that has not come is refused', async () => {
  const started = await twoPages();
  const { openedCase } = started.engine;
  await openedCase.declareNotConcerned(PAS, JMK);
  await halt(started);
  const advice = { from: 'lado', name: 'Ms R. Iqbal, LADO', advice: 'Tell nobody else until we have met.', advisedAt: started.clock.now() } as const;
  expect(await codeOf(() => openedCase.addStaffAdvice('PAS', { ...advice, advisedAt: '2099-01-01T00:00:00.000Z' }))).toBe('halt.call-time');
  expect(await codeOf(() => openedCase.declareNotConcerned(PAS, JMK))).toBe('case.halted');
  await openedCase.addStaffAdvice('PAS', advice);
  const { halt: state, told: toldSoFar } = recordOf(started).state;
  const [kept] = state?.advice ?? [];
  expect(kept).toMatchObject({ ...advice, by: ['PAS'] });
  expect(toldSoFar).toMatchObject([{ who: 'lado', name: 'Ms R. Iqbal, LADO' }]);
  await openedCase.addWords('JMK', kept?.seq ?? -1, 'She rang back: Thursday at ten.');
  await openedCase.halt.call('PAS', CALL);
  const files = await exported(started, 'police');
  expect(await failures(files)).toEqual([]);
  expect(files.get('data/report.html')?.toString()).toMatch(/What was advised about a member of staff[^]*Tell nobody else until we have met\.[^]*Added later[^]*Thursday at ten/);
  // In the annex and in both draft statements.
  expect(files.get('data/report.html')?.toString().split('“I am not the person that this case is about, nor that person’s partner or relative.”')).toHaveLength(4);
  // It is no call to the police, and nothing rests on it that rests on one.
  expect(state?.calls).toEqual([]);
  await started.engine.close();
}, 60_000);

test('words that turn out later are added to a call to the police, which stays as it was', async () => {
  const started = await twoPages();
  await halt(started);
  const { halt: halting, context } = started.engine.openedCase;
  await halting.call('PAS', CALL);
  const seq = recordOf(started).newest('police-call')?.header.seq ?? -1;
  await started.engine.openedCase.addWords('JMK', seq, 'The officer rang back: the number was wrong.');
  expect(context.record.state.halt?.calls.map((call) => [call.seq, call.officer])).toEqual([[seq, CALL.officer]]);
  expect(told(started, 'addendum')).toEqual([{ to: seq, text: 'The officer rang back: the number was wrong.' }]);
  const files = await exported(started, 'police');
  expect(textOf(files)).toContain('The officer rang back: the number was wrong.');
  expect(await failures(files)).toEqual([]);
  expect(files.get('data/report.html')?.toString()).toMatch(/Calls to the police[^]*Added later[^]*The officer rang back/);
  await started.engine.close();
}, 60_000);

test('about a member of staff nothing is opened before the LADO or the police advised and both declared', async () => {
  const started = await signedIn();
  const { engine } = started;
  await engine.openCase({ ...CASE, subject: 'staff' });
  expect(await codeOf(() => engine.openedCase.startBrowsing())).toBe('case.staff-advice-first');
  await engine.openedCase.addStaffAdvice('PAS', { from: 'lado', name: 'Example Council', advice: 'Look at the one address', advisedAt: started.clock.now() });
  expect(await codeOf(() => engine.openedCase.startBrowsing())).toBe('case.staff-advice-first');
  expect(await codeOf(() => engine.openedCase.declareNotConcerned(PAS, PAS))).toBe('auth.same-person');
  await engine.openedCase.declareNotConcerned(PAS, JMK);
  expect(recordOf(started).state.staff).toEqual({ advised: true, declared: true });
  await engine.close();
});
