import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createChromiumHost, demandBrowser, type ChromiumHost } from '../../main/chromium/chromium-host.js';
import { imagePixels } from '../../src/cdp/image-pixels.js';
import { systemClock } from '../../src/engine/node-ports.js';
import { Engine } from '../../src/engine/engine.js';
import type { ListFormat } from '../../src/safety/list-format.js';
import { pdqHash, pdqText } from '../../src/safety/pdq-hash.js';
import { isCoded } from '../../src/record/coded-error.js';
import { CASE, enginePorts, Heard, told } from '../unit/engine/support.js';
import { freshFolder, JMK, newVaultFolder, PAS, removeFolders } from '../unit/vault/support.js';
import { hashLine, startStandInSite, type StandInSite } from './flag-lists-site.js';
import { browserFolders, showsTeal, tracesOf } from './stand-in-search.js';

/* Flag lists in a real browser, with neutral stand-ins: a teal square and a pattern of coloured shapes. */

/** The temporary folder of this file alone, so that all of it can be searched. */
const TEMPORARY = mkdtempSync(join(tmpdir(), 'countersign-flag-lists-'));
process.env['TMPDIR'] = TEMPORARY;

let site: StandInSite;
let host: ChromiumHost;
let pdq = '';

beforeAll(async () => {
  site = await startStandInSite();
  host = createChromiumHost(demandBrowser());
  const pixels = await imagePixels(site.shapes);
  const hash = pixels === null ? null : pdqHash(pixels);
  if (hash === null) throw new Error('the pattern has no PDQ hash');
  pdq = `${pdqText(hash.words)},${hash.quality}\n`;
});

afterAll(async () => {
  await host.close();
  await site.close();
  removeFolders();
  rmSync(TEMPORARY, { recursive: true, force: true });
});

/** Keeps every frame that would have been shown. */
class Watching extends Heard {
  readonly pictures: Uint8Array[] = [];
  override frame(_mediaType?: string, data?: Uint8Array): void {
    if (data !== undefined) this.pictures.push(Buffer.from(data));
  }
}

interface Running {
  readonly engine: Engine;
  readonly heard: Watching;
  readonly folders: readonly string[];
}

async function withList(format: ListFormat, text: string): Promise<Running> {
  const heard = new Watching();
  const folder = await newVaultFolder();
  const exports = freshFolder();
  const engine = await Engine.start(folder, true, enginePorts(systemClock, { host, exportFolder: exports }), heard);
  await engine.signIn(PAS, JMK);
  const bytes = Buffer.from(text);
  await engine.changeableLists.begin('one', { source: 'Test list', givenBy: 'Test', note: '', format, size: bytes.length });
  await engine.changeableLists.piece('one', bytes);
  await engine.changeableLists.finish('one', PAS, JMK);
  await engine.openCase(CASE);
  await engine.openedCase.startBrowsing();
  return { engine, heard, folders: [folder, exports, TEMPORARY, ...browserFolders()] };
}

/** Resolves once the halt is on record. */
async function halted({ engine }: Running): Promise<void> {
  const { record } = engine.openedCase.context;
  if (record.state.halt !== null) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('the case was not halted'));
    }, 10_000);
    record.onEntry((entry) => {
      if (entry.header.kind !== 'halt') return;
      clearTimeout(timer);
      resolve();
    });
  });
}

const whatever = async (work: Promise<unknown>): Promise<void> => {
  await work.catch((error: unknown) => {
    if (!isCoded(error)) throw error;
  });
};

/** Opens a page that brings the stand-in in, and looks at everything that the halt promises. */
async function halts(running: Running, path: string, cause: string, options: { seen?: boolean; url?: string } = {}): Promise<void> {
  const { engine, heard, folders } = running;
  try {
    // The halt does not wait for the page, and the page need never come.
    void whatever(engine.openedCase.browsing.goto(site.base + path));
    await halted(running);
    const [halt] = told(running, 'halt');
    expect(halt).toMatchObject({ cause, listed: { list: 'Test list' } });
    expect(halt?.sentence).toContain('Test list');
    if (options.url !== undefined) expect(halt?.listed?.url).toBe(options.url);
    expect(heard.blanks).toBe(1);
    if (options.seen !== true) for (const picture of heard.pictures) expect(await showsTeal(picture)).toBe(false);
    expect(await tracesOf(site.mark, folders)).toEqual([]);
  } finally {
    await engine.close();
  }
  expect(await tracesOf(site.mark, folders)).toEqual([]);
}

describe('a picture or video on a list of hashes halts the case', () => {
  test.each([
    ['opened by itself', '/square', 'md5'], ['in a page', '/image', 'sha1'], ['in a frame', '/frame', 'sha256'], ['fetched by a worker', '/worker', 'md5'], ['fetched without a type', '/fetch', 'md5'],
    ['as a background', '/background', 'md5'], ['as a poster', '/poster', 'md5'], ['as a video', '/film', 'md5'], ['preloaded', '/preload', 'md5'], ['by a redirect', '/redirected', 'md5'], ['as the icon of a page', '/icon', 'md5'],
  ] as const)('%s, before it is shown', async (_name, path, algorithm) => {
    await halts(await withList('hashes', hashLine(site.square, algorithm)), path, 'listed-hash');
  });

  test.each([['data:', '/data'], ['data: (without a type)', '/data-unnamed'], ['data: in a style', '/data-background'], ['blob:', '/blob']] as const)('in a %s address, as it is used', async (_name, path) => {
    await halts(await withList('hashes', hashLine(site.square, 'md5')), path, 'listed-hash', { seen: true });
  });

  test('from a VICS file', async () => {
    const md5 = hashLine(site.square, 'md5').trim().toUpperCase();
    await halts(await withList('vics', `{"@odata.context":"http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/UK/$metadata#Media","value":[{"MediaID":1,"MD5":"${md5}"}]}`), '/image', 'listed-hash');
  });
});

describe('a picture like one on a list halts the case', () => {
  test.each([['in a page', '/alike'], ['in a frame', '/alike-frame'], ['as a background', '/alike-background'], ['as a poster', '/alike-poster'], ['fetched by a worker', '/alike-worker']] as const)('smaller and as a JPEG, %s', async (_name, path) => {
    await halts(await withList('pdq', pdq), path, 'listed-pdq');
  });

  test.each([['of the page', '/canvas'], ['of a frame', '/canvas-frame']])('drawn on a canvas %s, before a capture', async (_name, path) => {
    const running = await withList('pdq', pdq);
    try {
      const { openedCase } = running.engine;
      await openedCase.browsing.goto(site.base + path);
      await openedCase.browsing.browser.settle();
      // What the canvas was drawn from may have been found as it was used; then the case is halted already.
      await whatever(Promise.resolve().then(() => openedCase.prepareCapture('viewport')));
      await halted(running);
      expect(told(running, 'halt')).toMatchObject([{ cause: 'listed-pdq' }]);
      expect(told(running, 'capture')).toEqual([]);
    } finally {
      await running.engine.close();
    }
  });
});

describe('an address on a list halts the case and is never asked for', () => {
  test.each([
    ['typed', '/listed'], ['in a frame', '/listed-frame'], ['a folder of it', '/listed-image'], ['by a redirect of a picture', '/listed-redirect'], ['by a redirect of the page', '/to-listed'],
    ['by a worker', '/listed-worker'], ['prefetched', '/listed-prefetch'], ['as a background', '/listed-background'], ['as a poster', '/listed-poster'], ['as the icon of a page', '/listed-icon'],
  ] as const)('%s', async (_name, path) => {
    const before = site.seen.length;
    await halts(await withList('addresses', `${site.base}/listed\n${site.base}/listed/*\n`), path, 'listed-address');
    expect(site.seen.slice(before).filter((seen) => seen.startsWith('/listed') && seen !== path)).toEqual([]);
    if (path === '/listed') expect(site.seen.slice(before)).not.toContain('/listed');
  });

  test('a socket, as it opens', async () => {
    await halts(await withList('addresses', `${site.base}/listed`), '/listed-socket', 'listed-address');
  });

  test('a link, and an address that a page gives itself', async () => {
    for (const selector of ['#go', '#push']) {
      const running = await withList('hashed-addresses', hashLine(Buffer.from(`${site.base.slice('http://'.length)}/listed`), 'sha256'));
      await running.engine.openedCase.browsing.goto(`${site.base}/`);
      void whatever(running.engine.openedCase.browsing.visit((browser) => browser.click(selector)));
      await halted(running);
      expect(told(running, 'halt')).toMatchObject([{ cause: 'listed-address', listed: { url: `${site.base}/listed` } }]);
      await running.engine.close();
    }
  });
});

describe('what is not on a list', () => {
  test('is shown as ever, and the record says with which lists it was watched', async () => {
    const running = await withList('hashes', hashLine(site.square, 'md5'));
    await running.engine.openedCase.browsing.goto(`${site.base}/plain`);
    await running.engine.openedCase.browsing.browser.settle();
    expect(running.engine.openedCase.context.record.state.halt).toBeNull();
    expect(told(running, 'lists-in-force')).toMatchObject([{ lists: [{ source: 'Test list', format: 'hashes', values: 1 }] }]);
    expect(told(running, 'not-checked')).toEqual([]);
    await running.engine.closeCase();
    await running.engine.close();
  });

  test('and could not be compared, because it is too large, has no end or is a part, is recorded as such', async () => {
    const running = await withList('hashes', hashLine(site.square, 'md5'));
    const { record } = running.engine.openedCase.context;
    const all = new Promise<void>((resolve) => {
      record.onEntry(() => {
        if (new Set(told(running, 'not-checked').map(({ why }) => why)).size === 3) resolve();
      });
    });
    // A page with an endless picture never finishes loading.
    void whatever(running.engine.openedCase.browsing.goto(`${site.base}/unchecked`));
    await all;
    expect(Object.fromEntries(told(running, 'not-checked').map(({ why, url }) => [why, url]))).toMatchObject({ 'too-large': `${site.base}/too-large`, endless: `${site.base}/stream`, part: `${site.base}/film-part` });
    await running.engine.close();
  });

  test('and is more, or larger, than what is looked at of a page itself, is recorded as such once for each page', async () => {
    const running = await withList('hashes', hashLine(site.square, 'md5'));
    const { engine } = running;
    await engine.openedCase.browsing.goto(`${site.base}/crowd`);
    for (let times = 0; times < 2; times += 1) {
      await engine.openedCase.prepareCapture('viewport');
      await engine.openedCase.captures.discard();
    }
    expect(told(running, 'not-checked').map(({ why, url, count }) => [why, url, count])).toEqual([['many', '', 6], ['too-large', 'canvas', 1], ['many', '', 4]]);
    await engine.close();
  });

  test('lists cannot be changed while the browser runs', async () => {
    const { engine } = await withList('addresses', 'listed.example');
    expect(() => engine.changeableLists).toThrow('The browser is running');
    await engine.close();
  });
});
