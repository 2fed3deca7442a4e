import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createChromiumHost, type ChromiumHost } from '../../main/chromium/chromium-host.js';
import { html, startHostileSite, type HostileSite } from '../hostile/site.js';
import { codeOf, kindsOf, recordOf, told, withCase, type Started } from '../unit/engine/support.js';
import { filesUnder, JMK, PAS, removeFolders } from '../unit/vault/support.js';
import { testBrowser } from './chromium-host.js';

afterAll(removeFolders);

/** Everything here calls home as often as it can, and says when: the page, a frame of another site, a worker; and at every event that comes with an end. */
const BEATS = "const beat = (who) => fetch('/beat?who=' + who + '&t=' + Date.now(), { mode: 'no-cors', keepalive: who === 'end' }).catch(() => 0);";
const ENDS = "for (const name of ['freeze', 'pagehide', 'visibilitychange', 'unload', 'blur', 'offline']) for (const where of [document, window]) where.addEventListener(name, () => { navigator.sendBeacon('/bye?by=' + name + '&t=' + Date.now()); beat('end'); });";
const TALL = '<div style="height:60000px;background:linear-gradient(#088,#808)"></div>';

describe('a halt with a real browser', () => {
  let host: ChromiumHost;
  let site: HostileSite;
  let started: Started;

  beforeEach(async () => {
    host = createChromiumHost(testBrowser());
    const script = (text: string, type = 'text/html') => (_request: unknown, response: { writeHead: (status: number, headers: Record<string, string>) => { end: (body: string) => unknown } }): void => void response.writeHead(200, { 'content-type': type }).end(text);
    site = await startHostileSite({
      '/busy': (_request, response, url) => void response.writeHead(200, { 'content-type': 'text/html' }).end(html('flagged', `<iframe src="http://localhost:${url.port}/frame"></iframe><script>${BEATS}${ENDS}setInterval(() => beat('page'), 10); new Worker('/worker.js'); document.title = 'busy'</script>`)),
      '/frame': script(html('Frame', `<script>${BEATS}${ENDS}setInterval(() => beat('frame'), 10)</script>`)),
      '/worker.js': script(`${BEATS}setInterval(() => beat('worker'), 10)`, 'text/javascript'),
      '/beat': (_request, response) => void response.writeHead(204).end(),
      '/bye': (_request, response) => void response.writeHead(204).end(),
      '/probe': (_request, response) => void response.writeHead(204).end(),
      '/tall': script(html('Tall', TALL)),
    });
    started = await withCase({ host });
    await started.engine.openedCase.startBrowsing();
  }, 60_000);

  afterEach(async () => {
    await started.engine.close();
    await Promise.all([host.close(), site.close()]);
  }, 60_000);

  const from = (who: string): number => site.seen.filter((each) => each.path.startsWith(`/beat?who=${who}&`)).length;
  /** Goes on once the server has heard `who`, by asking it again and again. */
  async function heard(who: string): Promise<void> {
    while (from(who) < 3) await fetch(`${site.base}/probe`);
  }

  test('from the key on the server hears nothing more: not the page, a frame, a worker, nor a beacon at the end', async () => {
    await started.engine.openedCase.browsing.goto(`${site.base}/busy`);
    for (const who of ['page', 'frame', 'worker']) await heard(who);
    const key = Date.now();
    const stopping = started.engine.openedCase.halt.stop('PAS');
    expect(started.heard.blanks).toBe(1);
    await stopping;
    const count = site.seen.filter((each) => !each.path.startsWith('/probe')).length;
    for (let n = 0; n < 200; n += 1) await fetch(`${site.base}/probe`);
    const later = site.seen.filter((each) => !each.path.startsWith('/probe'));
    expect(later).toHaveLength(count);
    expect(later.filter((each) => each.path.startsWith('/bye'))).toEqual([]);
    const last = Math.max(...later.map((each) => Number(/t=(\d+)/.exec(each.path)?.[1] ?? 0)));
    process.stdout.write(`halt: heard ${from('page')} beats of the page, ${from('frame')} of the frame, ${from('worker')} of the worker; the last was sent ${last - key} ms after the key\n`);
    expect(kindsOf(started)).toEqual(expect.arrayContaining(['stop', 'cut-off']));
    expect(told(started, 'cut-off')[0]?.steps.every((step) => step.done)).toBe(true);
    expect(await codeOf(() => started.engine.openedCase.browsing.goto(`${site.base}/tall`))).toBe('case.halted');
  }, 60_000);

  test('STOP during a tall capture: nothing of it is kept, in memory or on the disk', async () => {
    await started.engine.openedCase.browsing.goto(`${site.base}/tall`);
    const before = filesUnder(started.folder).filter((file) => file.path.includes('objects')).length;
    const begun = new Promise<void>((resolve) => { started.heard.progress = () => { resolve(); }; });
    const taking = codeOf(() => started.engine.openedCase.prepareCapture('full-page'));
    await begun;
    await started.engine.openedCase.halt.stop('JMK');
    expect(await taking).not.toBe('none');
    expect(started.engine.openedCase.captures.pending).toBeNull();
    expect(kindsOf(started)).not.toContain('capture');
    expect(filesUnder(started.folder).filter((file) => file.path.includes('objects'))).toHaveLength(before);
    expect(await codeOf(() => started.engine.openedCase.declare('PAS', 'not-suspected', ''))).toBe('capture.none');
  }, 90_000);

  test('after no further action the page of the halt is never opened again in this case, by nobody and by no link', async () => {
    await started.engine.openedCase.browsing.goto(`${site.base}/tall`);
    await started.engine.openedCase.halt.stop('PAS');
    const { halt } = started.engine.openedCase;
    await halt.answer('PAS', 'stop-unsure', '');
    await halt.call('PAS', { force: 'Example Police', officer: 'PC 1', reference: 'EX-1', advice: '' });
    await halt.end(PAS, JMK, { how: 'no-further-action', reference: 'EX-1', officer: 'PC 1', advisedAt: started.clock.now(), text: 'No crime' });
    await started.engine.openedCase.startBrowsing();
    const opened = site.documents().length;
    expect(await codeOf(() => started.engine.openedCase.browsing.goto(`${site.base}/tall#again`))).toBe('browse.suspected-address');
    await started.engine.openedCase.browsing.goto(`${site.base}/busy`);
    await recordOf(started).settled();
    expect(site.documents().slice(opened)).toEqual(['/busy']);
    expect(recordOf(started).state.phase).toBe('open');
  }, 90_000);
});
