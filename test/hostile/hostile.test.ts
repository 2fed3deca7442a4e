import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BROWSER_RULES } from '../../src/investigation/policy/browser.js';
import type { EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import { isCoded } from '../../src/record/coded-error.js';
import { CONTRACT_POLICY } from '../contract/evidence-contract.js';
import { RecordingSink } from '../contract/recording-sink.js';
import { SharedBrowser } from '../contract/shared-browser.js';
import { HOSTILE_PAGES, SUPPORTING, type HostilePage } from './pages.js';
import { html, startHostileSite, type HostileSite, type Page } from './site.js';

const PATH = '/hostile';

function answer(page: HostilePage): Page {
  if (typeof page.body !== 'string') return page.body;
  const { body } = page;
  const title = /<title>(.*?)<\/title>/.exec(body)?.[1] ?? 'Hostile';
  return (_request, response) => void response.setHeader('content-type', 'text/html').end(html(title, body.replace(/<title>.*?<\/title>/, '')));
}

test('the table holds at least sixty things', () => {
  expect(HOSTILE_PAGES.length).toBeGreaterThanOrEqual(60);
  expect(new Set(HOSTILE_PAGES.map((page) => page.name)).size).toBe(HOSTILE_PAGES.length);
});

describe('what hostile pages try on the Chromium host', () => {
  const shared = new SharedBrowser();
  let site: HostileSite;
  let sink: RecordingSink;
  let browser: EvidenceBrowser;
  let held = 0;

  beforeEach(async () => {
    sink = new RecordingSink();
    browser = await shared.open(sink, CONTRACT_POLICY);
  }, 60_000);

  afterEach(async () => {
    await browser.close();
    await site.close();
  }, 60_000);

  afterAll(async () => {
    await shared.end();
    process.stdout.write(`Hostile pages on Chromium: ${held} of ${HOSTILE_PAGES.length} held\n`);
  });

  test.each(HOSTILE_PAGES.map((page) => [page.name, page] as const))('a page that %s: it is refused, shown so and recorded', async (_name, page) => {
    site = await startHostileSite({ ...SUPPORTING, [PATH]: answer(page) });
    await browser.goto(page.typed ?? `${site.base}${PATH}`).catch((error: unknown) => {
      if (!isCoded(error)) throw error;
    });
    await page.act?.({ browser, site });
    for (const [what, detail] of page.refused) {
      await sink.until('refused', (fact) => fact.what === what && (!('detail' in fact) || fact.detail.includes(detail)));
      expect(BROWSER_RULES[what].sentence).not.toBe('');
    }
    // What the reviewers see: the page is there, in working order, under this title.
    if (page.typed === undefined) await sink.until('title', (fact) => fact.title === page.title || fact.title === page.or);
    await browser.settle();
    if (page.typed === undefined) expect([page.title, page.or]).toContain(sink.all('title').at(-1)?.title);
    await browser.goto(`${site.base}/next?after`);
    await sink.until('navigation', (fact) => fact.url.endsWith('/next?after'));
    for (const path of page.unasked ?? []) expect(site.seen.map((seen) => seen.path)).not.toContain(path);
    expect(sink.all('closed')).toEqual([]);
    held += 1;
  }, 90_000);
});
