import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createChromiumHost, demandBrowser, type ChromiumHost } from '../../main/chromium/chromium-host.js';
import { startHostileSite, type HostileSite } from '../hostile/site.js';
import { recordOf, told, withCase } from '../unit/engine/support.js';
import { freshFolder, JMK, PAS, removeFolders } from '../unit/vault/support.js';

let site: HostileSite;
let host: ChromiumHost;

beforeAll(async () => {
  site = await startHostileSite();
  host = createChromiumHost(demandBrowser());
});

afterAll(async () => {
  await host.close();
  await site.close();
  removeFolders();
}, 60_000);

describe('the archive as a part of an exhibit', () => {
  test('is kept under the one declaration, hashed like every part; looking is recorded once a page', async () => {
    const started = await withCase({ host });
    const open = started.engine.openedCase;
    await open.startBrowsing();
    await open.browsing.goto(`${site.base}/shows-flagged`);
    await open.browsing.holdShield(null, true);
    await open.browsing.holdShield(null, false);
    await open.browsing.holdShield(null, true);
    await open.browsing.holdShield(null, false);
    await open.prepareCapture('full-page');
    const { exhibit } = await open.declare('PAS', 'not-suspected', '');
    const part = told(started, 'capture')[0]?.parts.find(({ name }) => name === 'page.wacz');
    expect(part).toMatchObject({ mediaType: 'application/wacz' });
    const stored = await recordOf(started).store.readPart(exhibit, 'page.wacz');
    expect(Buffer.from(stored.subarray(0, 4)).toString('latin1')).toBe('PK\x03\x04');
    expect(JSON.parse(Buffer.from(await recordOf(started).store.readPart(exhibit, 'capture.json')).toString())).toMatchObject({ archive: { notKept: 0, picturesTakenOut: 0 } });
    expect(told(started, 'shield')).toEqual([{ view: 'v1', lifted: true, how: 'held' }]);
    await open.browsing.shield(false);
    await open.browsing.goto(`${site.base}/next`);
    await open.browsing.shield(true);
    await started.engine.openedCase.context.record.checkpoint('interval');
    expect(told(started, 'shield').slice(1).map(({ lifted, how }) => [lifted, how])).toEqual([[true, 'switched'], [true, 'switched'], [false, 'switched']]);
    await started.engine.close();
  }, 90_000);

  test('of a page that was flagged is quarantined with it and in no bundle', async () => {
    const started = await withCase({ host });
    const open = started.engine.openedCase;
    await open.startBrowsing();
    await open.browsing.goto(`${site.base}/flagged`);
    await open.prepareCapture('viewport');
    await open.declare('PAS', 'not-suspected', '');
    await open.halt.stop('PAS');
    await open.halt.answer('PAS', 'stop-suspected', '');
    expect(told(started, 'quarantine')).toHaveLength(1);
    const path = join(freshFolder(), 'bundle');
    await open.export({ recipient: 'police', first: PAS, second: JMK, path, form: 'folder', encrypt: false });
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /\.wacz$|page\.png$/.test(name))).toEqual([]);
    expect(files).toContain(join('data', 'record.jsonl'));
    await started.engine.close();
  }, 90_000);
});
