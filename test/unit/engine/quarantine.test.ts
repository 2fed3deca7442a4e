import { afterAll, describe, expect, test } from '@jest/globals';
import { captureHandlers } from '../../../src/engine/app-browsing.js';
import type { AppContext } from '../../../src/engine/app.js';
import { readExhibitPart } from '../../../src/engine/exhibit-parts.js';
import { verifyFiles } from '../../vectors/make-bundle.js';
import { freshFolder, JMK, PAS, removeFolders } from '../vault/support.js';
import { CALL, exported, failures, FLAGGED, halt, kept, NO_ACTION, PRINTS, textOf, twoPages, visited } from './halted-case.js';
import { CASE, codeOf, recordOf, signedIn, told } from './support.js';

afterAll(removeFolders);

describe('quarantine', () => {
  test('takes in the same load, the same address and the same document, and no other page', async () => {
    const started = await twoPages();
    await visited(started, 'v3', `${FLAGGED}#top`);
    await kept(started, 'PAS/3', 'v3', `${FLAGGED}#top`);
    await visited(started, 'v4', 'http://flagged.test/start');
    await kept(started, 'PAS/4', 'v4', 'http://flagged.test/start');
    await visited(started, 'v5', 'http://flagged.test/start');
    await recordOf(started).add('navigation-in-page', ['app'], { view: 'v5', target: 't', frame: 'f', main: true, url: FLAGGED, cause: 'script' });
    await kept(started, 'PAS/5', 'v5', FLAGGED);
    await started.engine.openedCase.halt.begin('PAS', 'declared-unsure', { view: 'v5', url: FLAGGED });
    expect(told(started, 'quarantine').map((each) => each.exhibit)).toEqual(['PAS/2', 'PAS/3', 'PAS/4', 'PAS/5']);
    const [capture] = recordOf(started).state.exhibits.filter((exhibit) => exhibit.reference === 'PAS/2');
    expect(capture?.capture).toMatchObject({ url: FLAGGED, view: 'v2', composite: expect.any(String) as unknown });
    expect(await failures(await exported(started, 'police'))).toEqual([]);
    await started.engine.close();
  }, 60_000);

  test('STOP over an older exhibit of another page seals that exhibit, its page’s other captures and the page in the view, and nothing else', async () => {
    const started = await twoPages();
    await visited(started, 'v3', 'http://old.test/a');
    await kept(started, 'PAS/3', 'v3', 'http://old.test/a');
    await visited(started, 'v4', 'http://old.test/a#again');
    await kept(started, 'PAS/4', 'v4', 'http://old.test/a#again');
    await visited(started, 'v5', 'http://other.test/');
    await kept(started, 'PAS/5', 'v5', 'http://other.test/');
    const { halt: halting, review, context } = started.engine.openedCase;
    review.viewer.show(['PAS/5']);
    review.viewer.show([]);
    review.viewer.show(['PAS/3', 'XXX/9']);
    await halting.stop('PAS');
    expect(told(started, 'stop')).toEqual([{ view: null, url: null, shown: ['PAS/3'] }]);
    await halting.answer('PAS', 'stop-unsure', '');
    expect(told(started, 'halt')).toMatchObject([{ shown: ['PAS/3'] }]);
    expect(told(started, 'quarantine').map((each) => each.exhibit)).toEqual(['PAS/3', 'PAS/4']);
    expect(await codeOf(() => readExhibitPart(context, 'PAS/4', 'page.png'))).toBe('exhibit.quarantined');
    expect(await failures(await exported(started, 'police'))).toEqual([]);
    const others = await exported(started, 'lado');
    expect([await failures(others), textOf(others).includes('old.test')]).toEqual([[], false]);
    await halting.call('PAS', CALL);
    await halting.end(PAS, JMK, NO_ACTION);
    expect(context.record.state.suspected).toEqual(['http://old.test/a']);
    await started.engine.close();
  }, 60_000);

  test('an exhibit whose picture or text was asked for is on the screen until the screens say otherwise', async () => {
    const started = await twoPages();
    const { viewer } = started.engine.openedCase.review;
    await viewer.text('PAS/1');
    await codeOf(() => viewer.text('XXX/9'));
    await codeOf(() => viewer.slice({ reference: 'PAS/2', redaction: null, row: 0, height: 1, maxWidth: 10 }));
    expect(viewer.shown).toEqual(['PAS/1', 'PAS/2']);
    viewer.show(['PAS/2']);
    expect(viewer.shown).toEqual(['PAS/2']);
    viewer.show([]);
    expect(viewer.shown).toEqual([]);
    await started.engine.close();
  }, 60_000);

  test('every call that could show, open, export or print refuses', async () => {
    const started = await twoPages();
    await halt(started);
    const { engine } = started;
    const preview = captureHandlers({ engine } as AppContext)['exhibit.preview'];
    for (const part of ['page.png', 'page.txt']) expect(await codeOf(() => readExhibitPart(engine.openedCase.context, 'PAS/2', part))).toBe('exhibit.quarantined');
    expect(await codeOf(() => preview({ reference: 'PAS/2', maxWidth: 100 }))).toBe('exhibit.quarantined');
    for (const recipient of ['police', 'lado', 'group-record', 'other'] as const) {
      const text = textOf(await exported(started, recipient));
      expect([text.includes('teal square PAS/2'), text.includes('text of PAS/2'), text.includes('teal square PAS/1')]).toEqual([false, false, true]);
    }
    await engine.close();
  }, 60_000);

  test('is finished at the next start when the app died between the halt and the quarantine, and holds before that', async () => {
    const started = await twoPages();
    const { engine, id } = started;
    await recordOf(started).add('halt', ['PAS'], { cause: 'stop-suspected', view: 'v2', url: FLAGGED, sentence: '' });
    expect(await codeOf(() => readExhibitPart(engine.openedCase.context, 'PAS/2', 'page.png'))).toBe('exhibit.quarantined');
    await engine.close();
    const again = await signedIn(PRINTS, started.folder, started.clock);
    await again.engine.showCase(id);
    expect(told(again, 'quarantine')).toEqual([{ exhibit: 'PAS/2', reason: 'Captured from the page that was flagged.' }]);
    expect(recordOf(again).state.checkpoint?.reason).toBe('halt');
    expect(again.engine.installation?.crisis?.caseReference).toBe(CASE.reference);
    await again.engine.close();
  }, 60_000);

  test('the bundles and backups that hold it are listed for the police, and no others', async () => {
    const started = await twoPages();
    const { engine } = started;
    const before = await exported(started, 'group-record');
    await engine.closeCase();
    const backup = await engine.register.backUpInto(freshFolder());
    await engine.showCase(started.id);
    started.clock.pass(5);
    await halt(started);
    await exported(started, 'police');
    await engine.closeCase();
    await engine.showCase(started.id);
    const { copies } = engine.openedCase.halt;
    expect(copies.bundles).toEqual([{ at: expect.any(String), recipient: 'group-record', tagManifest: (await verifyFiles(before, {})).tagManifestSha256, exhibits: ['PAS/2'] }]);
    expect(copies.backups).toEqual([{ at: backup.at, place: backup.place, exhibits: ['PAS/2'] }]);
    await engine.close();
  }, 60_000);
});
