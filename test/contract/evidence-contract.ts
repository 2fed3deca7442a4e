import { expect } from 'expect';
import type { EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import type { EvidenceSink, NavigationFact, Policy } from '../../src/cdp/facts.js';
import type { HostileSite } from '../hostile/site.js';
import type { RecordingSink } from './recording-sink.js';

/** Makes an evidence browser on one host. */
export type HostFactory = (sink: EvidenceSink, policy: Policy) => Promise<EvidenceBrowser>;

/** What each part of the contract works with: a fresh browser, what it told, and the site. */
export interface Scene {
  readonly browser: EvidenceBrowser;
  readonly sink: RecordingSink;
  readonly site: HostileSite;
}

/** One promise of the contract. */
export interface Promised {
  readonly name: string;
  readonly holds: (scene: Scene) => Promise<void>;
}

/** The policy that the contract is run with: web addresses, but those of flagged stand-ins. */
export const CONTRACT_POLICY: Policy = {
  decideAddress: (url) => {
    if (!/^https?:/i.test(url)) return { allow: false, what: 'address-scheme' };
    return url.includes('/flagged') ? { allow: false, what: 'suspected-address' } : { allow: true };
  },
};

const mains = (sink: RecordingSink): NavigationFact[] => sink.all('navigation').filter((fact) => fact.main);
const lastMain = (sink: RecordingSink): NavigationFact => {
  const last = mains(sink).at(-1);
  if (last === undefined) throw new Error('no page was recorded');
  return last;
};

/** What every host must keep. A host runs all of it or says that it ran none. */
export const EVIDENCE_CONTRACT: readonly Promised[] = [
  {
    name: 'a typed address is recorded with status, protocol, address and type',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/`);
      expect(lastMain(sink)).toMatchObject({ view: 'v1', main: true, url: `${site.base}/`, typed: `${site.base}/`, cause: 'typed', status: 200, protocol: 'http/1.1', remoteAddress: site.base.slice(7), mediaType: 'text/html', redirects: [], tls: null });
      await sink.until('title', (fact) => fact.view === 'v1' && fact.title === 'Start');
    },
  },
  {
    name: 'a followed link is recorded as a link, in a new page view',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/`);
      await browser.click('#next');
      await sink.until('navigation', (fact) => fact.url.endsWith('/next'));
      expect(lastMain(sink)).toMatchObject({ view: 'v2', cause: 'link', typed: null });
    },
  },
  {
    name: 'a form, a script and a refresh are recorded as such',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/`);
      await browser.type('#q', 'words\n');
      expect(await sink.until('navigation', (fact) => fact.url.endsWith('/found?q=words'))).toMatchObject({ cause: 'form' });
      await browser.goto(`${site.base}/script`);
      expect(await sink.until('navigation', (fact) => fact.url.endsWith('/next'))).toMatchObject({ cause: 'script' });
      await browser.goto(`${site.base}/refresh`);
      expect(await sink.until('navigation', (fact) => fact.url.endsWith('/next') && fact.cause !== 'script')).toMatchObject({ cause: 'refresh' });
    },
  },
  {
    name: 'each hop of a redirect chain is recorded with its status, location and address',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/hop1`);
      const address = site.base.slice(7);
      expect(lastMain(sink)).toMatchObject({
        url: `${site.base}/next`,
        typed: `${site.base}/hop1`,
        redirects: [
          { url: `${site.base}/hop1`, status: 302, location: '/hop2', remoteAddress: address },
          { url: `${site.base}/hop2`, status: 301, location: '/hop3', remoteAddress: address },
          { url: `${site.base}/hop3`, status: 307, location: '/next', remoteAddress: address },
        ],
      });
    },
  },
  {
    name: 'changes of address within a page keep the page view',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/push`);
      await browser.click('#push');
      expect(await sink.until('in-page', () => true)).toMatchObject({ view: 'v1', main: true, url: `${site.base}/pushed`, cause: 'script' });
      await browser.goto(`${site.base}/`);
      await browser.click('#hash');
      expect(await sink.until('in-page', (fact) => fact.url.endsWith('#part'))).toMatchObject({ view: 'v2', cause: 'link' });
      await browser.back();
      expect(await sink.until('in-page', (fact) => fact.url === `${site.base}/`)).toMatchObject({ view: 'v2', cause: 'history' });
      await browser.goto(`${site.base}/#typed`);
      expect(await sink.until('in-page', (fact) => fact.url.endsWith('#typed'))).toMatchObject({ view: 'v2', cause: 'typed' });
      expect(mains(sink)).toHaveLength(2);
    },
  },
  {
    name: 'history and reload are recorded as page views of their own',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/`);
      await browser.goto(`${site.base}/next`);
      await browser.back();
      await browser.forward();
      await browser.reload();
      expect(mains(sink).map((fact) => [fact.view, new URL(fact.url).pathname, fact.cause])).toEqual([
        ['v1', '/', 'typed'], ['v2', '/next', 'typed'], ['v3', '/', 'history'], ['v4', '/next', 'history'], ['v5', '/next', 'reload'],
      ]);
      await expect(browser.forward()).rejects.toMatchObject({ code: 'browser.no-history' });
    },
  },
  {
    name: 'an address where nobody answers is recorded as failed, and said so',
    holds: async ({ browser, sink, site }) => {
      await expect(browser.goto('http://127.0.0.1:9999/')).rejects.toMatchObject({ code: 'browser.load-failed' });
      expect(await sink.until('failed', () => true)).toMatchObject({ main: true, url: 'http://127.0.0.1:9999/', cause: 'typed', error: 'net::ERR_CONNECTION_REFUSED', redirects: [] });
      await expect(browser.goto(`${site.base}/reset`)).rejects.toMatchObject({ code: 'browser.load-failed' });
      await browser.goto(`${site.base}/`);
      expect(lastMain(sink)).toMatchObject({ url: `${site.base}/`, status: 200 });
    },
  },
  {
    name: 'frames are recorded, also those in another process, with the view of their page',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/frame-page`);
      const near = await sink.until('navigation', (fact) => fact.url.endsWith('/frame?near'));
      const far = await sink.until('navigation', (fact) => fact.url === `${site.other}/frame?far`);
      expect(near).toMatchObject({ main: false, view: 'v1', status: 200, cause: 'frame', typed: null });
      expect(far).toMatchObject({ main: false, view: 'v1', status: 200, cause: 'frame' });
      const composite = await browser.compose('text');
      expect(composite.text.match(/Framed words/g)).toHaveLength(2);
    },
  },
  {
    name: 'a new window is never opened: its address opens in the view',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/popups`);
      await browser.click('#blank');
      expect(await sink.until('navigation', (fact) => fact.url.endsWith('/next'))).toMatchObject({ main: true, cause: 'popup' });
      expect(sink.all('refused')).toEqual([expect.objectContaining({ what: 'popup', url: `${site.base}/next` })]);
      await browser.settle();
      await browser.goto(`${site.base}/popups`);
      await browser.click('#open');
      await sink.until('navigation', (fact) => fact.url.endsWith('/next') && fact.view === 'v4');
      expect(site.documents().filter((path) => path === '/next')).toHaveLength(2);
    },
  },
  {
    name: 'windows that a page opens by itself are refused, and a storm of them is counted',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/popup-storm`);
      // A slow computer needs more than one window of time for them.
      const counted = (): number => sink.all('refused').reduce((sum, fact) => sum + ('detail' in fact ? Number(/^and (\d+) more$/.exec(fact.detail)?.[1] ?? '1') : 1), 0);
      await sink.until('refused', () => counted() >= 200);
      expect(counted()).toBe(200);
      expect(sink.all('refused').length).toBeLessThan(60);
      expect(site.documents()).toEqual(['/popup-storm']);
    },
  },
  {
    name: 'downloads are refused, however they are asked for, and the page stays',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/download-page`);
      for (const [selector, url] of [['#attachment', '/file.bin'], ['#attribute', '/page-file'], ['#blob', 'blob:'], ['#data', 'data:']] as const) {
        await browser.click(selector);
        await sink.until('refused', (fact) => fact.what === 'download' && (fact.url ?? '').includes(url));
      }
      await expect(browser.goto(`${site.base}/archive.zip`)).rejects.toMatchObject({ code: 'browser.address-refused' });
      expect(site.seen.some((seen) => seen.path === '/page-file')).toBe(false);
      expect(mains(sink)).toHaveLength(1);
      await expect(browser.compose('text')).resolves.toMatchObject({ url: `${site.base}/download-page` });
    },
  },
  {
    name: 'message boxes are closed and recorded, and a storm of them is counted',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/alert`);
      expect(await sink.until('refused', (fact) => fact.what === 'dialog')).toMatchObject({ view: 'v1', detail: 'A message box was closed: Look at me' });
      await sink.until('title', (fact) => fact.title === 'After the alert');
      await browser.goto(`${site.base}/dialog-storm`);
      await sink.until('title', (fact) => fact.title === 'Done');
      expect(sink.all('refused').length).toBeLessThan(40);
    },
  },
  {
    name: 'a page cannot keep anyone from leaving it',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/stay`);
      await browser.click('#touch');
      await browser.click('#leave');
      expect(await sink.until('navigation', (fact) => fact.url.endsWith('/next'))).toMatchObject({ cause: 'link' });
      expect(sink.all('refused')).toEqual([expect.objectContaining({ what: 'before-unload' })]);
    },
  },
  {
    name: 'permissions are denied without anyone being asked',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/permissions`);
      await sink.until('title', (fact) => fact.title === 'denied denied denied denied');
    },
  },
  {
    name: 'a file chooser is refused and recorded',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/upload`);
      await browser.click('#file');
      await sink.until('refused', (fact) => fact.what === 'upload');
      await browser.click('#pick');
      await sink.until('title', (fact) => fact.title === 'AbortError');
    },
  },
  {
    name: 'a link to another program is refused and recorded',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/links-out`);
      await sink.until('refused', (fact) => fact.url === 'mailto:frame@example.org');
      await browser.click('#mail');
      expect(await sink.until('refused', (fact) => fact.url === 'mailto:someone@example.org')).toMatchObject({ what: 'external-link', cause: 'link' });
      await browser.goto(`${site.base}/links-out`);
      await browser.click('#tel');
      await sink.until('refused', (fact) => fact.url === 'tel:+441632960000');
      expect(sink.all('failed')).toEqual([]);
    },
  },
  {
    name: 'addresses that are not of the web are refused before anything is loaded',
    holds: async ({ browser, sink }) => {
      for (const url of ['file:///etc/passwd', 'chrome://version', 'view-source:http://127.0.0.1/', 'javascript:alert(1)', 'ftp://127.0.0.1/', 'data:text/html,x']) {
        await expect(browser.goto(url)).rejects.toMatchObject({ code: 'browser.address-refused' });
      }
      expect(sink.all('refused').map((fact) => fact.what)).toEqual(Array.from({ length: 6 }, () => 'address-scheme'));
      expect(sink.all('navigation')).toEqual([]);
    },
  },
  {
    name: 'a service worker cannot register',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/worker-page`);
      await sink.until('title', (fact) => fact.title === 'Not registered');
      expect(await sink.until('refused', (fact) => fact.what === 'service-worker')).toMatchObject({ url: `${site.base}/sw.js` });
      expect(site.seen.some((seen) => seen.path === '/sw.js')).toBe(false);
    },
  },
  {
    name: 'what the policy refuses is never asked for: typed, followed, after a redirect, or as a part of a page',
    holds: async ({ browser, sink, site }) => {
      await expect(browser.goto(`${site.base}/flagged`)).rejects.toMatchObject({ code: 'browser.address-refused' });
      await browser.goto(`${site.base}/shows-flagged`);
      await sink.until('refused', (fact) => (fact.url ?? '').endsWith('/flagged-image'));
      await browser.click('#go');
      await sink.until('refused', (fact) => 'cause' in fact && fact.cause === 'link' && fact.url.endsWith('/flagged'));
      await browser.click('#hop');
      expect(await sink.until('failed', () => true)).toMatchObject({ error: 'refused', redirects: [{ url: `${site.base}/hop-flagged`, status: 302 }] });
      expect(site.seen.filter((seen) => seen.path.startsWith('/flagged'))).toEqual([]);
      const { facts } = await browser.compose('text');
      expect(facts.blocked).toContainEqual({ url: `${site.base}/flagged-image`, what: 'suspected-address' });
    },
  },
  {
    name: 'a site that asks for a password gets none, and its page is shown',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/basic`);
      expect(lastMain(sink)).toMatchObject({ status: 401 });
      await sink.until('refused', (fact) => fact.what === 'authentication');
    },
  },
  {
    name: 'printing and storms of titles and addresses leave the view in working order',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/print`);
      await sink.until('title', (fact) => fact.title === 'After printing');
      await browser.goto(`${site.base}/push-storm`);
      await sink.until('in-page', (fact) => fact.url.endsWith('?149'));
      await browser.goto(`${site.base}/title-storm`);
      await sink.until('title', (fact) => fact.title.startsWith('Title '));
      await browser.goto(`${site.base}/next`);
      expect(lastMain(sink)).toMatchObject({ url: `${site.base}/next` });
    },
  },
  {
    name: 'the record names every document that the server was asked for, in the same order',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/`);
      await browser.click('#hop');
      await sink.until('navigation', (fact) => fact.url.endsWith('/next'));
      await browser.click('#home');
      await sink.until('navigation', (fact) => fact.view === 'v3');
      await browser.goto(`${site.base}/script`);
      await sink.until('navigation', (fact) => fact.url.endsWith('/next') && fact.cause === 'script');
      await browser.settle();
      await browser.goto(`${site.base}/nothing`).catch(() => undefined);
      await browser.goto(`${site.base}/file.bin`).catch(() => undefined);
      await browser.goto(`${site.base}/frame-page`);
      await browser.reload();
      const recorded = sink.told.flatMap((told): string[] => {
        if ((told.kind === 'navigation' || told.kind === 'failed') && told.fact.main) return [...told.fact.redirects.map((hop) => hop.url), told.fact.url];
        return told.kind === 'refused' && told.fact.what === 'download' && told.fact.url !== null ? [told.fact.url] : [];
      });
      expect(recorded.map((url) => new URL(url).pathname)).toEqual(site.documents());
    },
  },
  {
    name: 'the password in an address is masked wherever it is told',
    holds: async ({ browser, sink, site }) => {
      const url = site.base.replace('http://', 'http://ann:opensesame@');
      await browser.goto(`${url}/next`);
      expect(lastMain(sink).typed).toBe(site.base.replace('http://', 'http://ann:***@') + '/next');
      expect(JSON.stringify(sink.told)).not.toContain('opensesame');
    },
  },
  {
    name: 'sites are told of a plain Chrome, by the page and by its requests',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/`);
      expect(browser.userAgent).toMatch(/ Chrome\/\d+/);
      expect(new Set(site.seen.map((seen) => seen.userAgent))).toEqual(new Set([browser.userAgent]));
      expect(browser.userAgent).not.toMatch(/Headless/);
    },
  },
  {
    name: 'a page that never finishes loading can be stopped',
    holds: async ({ browser, sink, site }) => {
      const going = browser.goto(`${site.base}/never-ends`);
      await sink.until('navigation', (fact) => fact.url.endsWith('/never-ends'));
      await browser.stopLoading();
      await going;
      await browser.goto(`${site.base}/next`);
    },
  },
];
