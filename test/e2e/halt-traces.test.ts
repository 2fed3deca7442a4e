import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createChromiumHost, demandBrowser, type ChromiumHost } from '../../main/chromium/chromium-host.js';
import { Engine } from '../../src/engine/engine.js';
import { systemClock } from '../../src/engine/node-ports.js';
import type { OpenCase } from '../../src/engine/open-case.js';
import { isCoded } from '../../src/record/coded-error.js';
import { CASE, codeOf, enginePorts, Heard, told } from '../unit/engine/support.js';
import { freshFolder, JMK, newVaultFolder, PAS, removeFolders } from '../unit/vault/support.js';
import { startStandInSite, type StandInSite } from './flag-lists-site.js';
import { browserFolders, tracesOf } from './stand-in-search.js';

/* Every way into a halt that is not a list (those are in flag-lists.test.ts), in a real browser that shows a plain teal square. */

/** The temporary folder of this file alone, so that all of it can be searched. */
const TEMPORARY = mkdtempSync(join(tmpdir(), 'countersign-halt-traces-'));
process.env['TMPDIR'] = TEMPORARY;

let site: StandInSite;
let host: ChromiumHost;

beforeAll(async () => {
  site = await startStandInSite();
  host = createChromiumHost(demandBrowser());
});

afterAll(async () => {
  await host.close();
  await site.close();
  removeFolders();
  rmSync(TEMPORARY, { recursive: true, force: true });
});

interface Way {
  readonly cause: string;
  readonly page: '/shown' | '/blocked' | '/blocked-frame';
  readonly go: (open: OpenCase) => Promise<unknown>;
}

const refusedOr = async (work: Promise<unknown>): Promise<void> => {
  await work.catch((error: unknown) => {
    if (!isCoded(error)) throw error;
  });
};

const declared = (form: 'full-page' | 'viewport', answer: 'suspected' | 'unsure') => async (open: OpenCase): Promise<void> => {
  await open.prepareCapture(form);
  await refusedOr(open.declare('PAS', answer, ''));
};
const stopped = (answer: 'stop-suspected' | 'stop-unsure') => async (open: OpenCase): Promise<void> => {
  await open.halt.stop('JMK');
  await open.halt.answer('JMK', answer, '');
};

const WAYS: Readonly<Record<string, Way>> = {
  'STOP, suspected': { cause: 'stop-suspected', page: '/shown', go: stopped('stop-suspected') },
  'STOP, not sure': { cause: 'stop-unsure', page: '/shown', go: stopped('stop-unsure') },
  'STOP during a capture': { cause: 'stop-suspected', page: '/shown', go: async (open) => { await Promise.allSettled([open.prepareCapture('full-page'), stopped('stop-suspected')(open)]); } },
  'STOP while a capture waits for its answer': { cause: 'stop-unsure', page: '/shown', go: async (open) => { await open.prepareCapture('full-page'); await stopped('stop-unsure')(open); } },
  'the answer “yes”': { cause: 'declared-suspected', page: '/shown', go: declared('full-page', 'suspected') },
  'the answer “not sure”': { cause: 'declared-unsure', page: '/shown', go: declared('viewport', 'unsure') },
  'the filter’s own page': { cause: 'block-page', page: '/blocked', go: () => Promise.resolve() },
  'the filter’s own page in a frame': { cause: 'block-page', page: '/blocked-frame', go: () => Promise.resolve() },
};

/** Resolves once the halt is on record. */
async function halted({ context: { record } }: OpenCase): Promise<void> {
  if (record.state.halt?.answered === true) return;
  await new Promise<void>((resolve) => {
    record.onEntry(({ header }) => { if (header.kind === 'halt') resolve(); });
  });
}

async function caseWith(suspected: readonly string[]): Promise<{ engine: Engine; heard: Heard; folders: readonly string[]; exports: string }> {
  const heard = new Heard();
  const folder = await newVaultFolder();
  const exports = freshFolder();
  const engine = await Engine.start(folder, true, enginePorts(systemClock, { host, exportFolder: exports }), heard);
  await engine.signIn(PAS, JMK);
  await engine.openCase({ ...CASE, suspected: [...suspected] });
  await engine.openedCase.startBrowsing();
  return { engine, heard, exports, folders: [folder, exports, TEMPORARY, ...browserFolders()] };
}

describe('after a halt neither the bytes nor the colour of what was on the page is in the vault, the bundle, the temporary folder or the browser’s profile', () => {
  test.each(Object.entries(WAYS))('%s', async (_name, { cause, page, go }) => {
    const running = await caseWith([]);
    const open = running.engine.openedCase;
    try {
      const shown = open.browsing.goto(site.base + page);
      if (page === '/shown') {
        await shown;
        await open.browsing.browser.settle();
        // An exhibit of the same page, kept before anybody suspected anything.
        await open.prepareCapture('full-page');
        await open.declare('PAS', 'not-suspected', '');
      } else void refusedOr(shown);
      await go(open);
      await halted(open);
      expect(told(running, 'halt')).toMatchObject([{ cause, url: site.base + page }]);
      expect(running.heard.blanks).toBe(1);
      await open.halt.call('PAS', { force: 'Example Police', officer: '', reference: '', advice: '' });
      await open.export({ recipient: 'police', first: PAS, second: JMK, path: join(running.exports, 'halt-record'), form: 'folder', encrypt: false });
      expect(await tracesOf(site.mark, running.folders)).toEqual([]);
    } finally {
      await running.engine.close();
    }
    expect(await tracesOf(site.mark, running.folders)).toEqual([]);
  }, 60_000);

  test('an address that was reported as suspected is never asked for, whatever way a page has to ask', async () => {
    const before = site.seen.length;
    const running = await caseWith([`${site.base}/listed`, `${site.base}/listed/picture`]);
    const { browsing } = running.engine.openedCase;
    const ways = ['/listed', '/to-listed', '/listed-frame', '/listed-image', '/listed-redirect', '/listed-worker', '/listed-prefetch', '/listed-background', '/listed-poster', '/listed-icon'];
    for (const page of ways) {
      await refusedOr(browsing.goto(site.base + page));
      await browsing.browser.settle();
    }
    // Under another scheme and with a query it is the same page.
    expect(await codeOf(() => browsing.goto(`${site.base}/listed?again#there`))).toBe('browse.suspected-address');
    const asked = site.seen.slice(before);
    expect(asked).toEqual(expect.arrayContaining(ways.slice(1)));
    expect(asked.filter((path) => /^\/listed(?:$|[?/])/.test(path))).toEqual([]);
    await running.engine.close();
    expect(await tracesOf(site.mark, running.folders)).toEqual([]);
  }, 60_000);

  test('one that a page gives itself halts the case', async () => {
    const running = await caseWith([`${site.base}/listed`]);
    const open = running.engine.openedCase;
    await open.browsing.goto(`${site.base}/`);
    void refusedOr(open.browsing.visit((browser) => browser.click('#push')));
    await halted(open);
    expect(told(running, 'halt')).toMatchObject([{ cause: 'suspected-address', url: `${site.base}/listed` }]);
    await running.engine.close();
  }, 60_000);

  test('and the search finds both where they are', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'database'), Buffer.concat([Buffer.from('SQLite format 3\0 and so on'), site.square]));
    expect((await tracesOf(site.mark, [folder])).map((trace) => trace.slice(folder.length))).toEqual(['/database: its bytes', '/database: a picture with its colour at byte 26']);
  });
});
