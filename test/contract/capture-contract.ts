import { expect } from 'expect';
import sharp from 'sharp';
import { rowColour } from '../hostile/site.js';
import type { Promised } from './evidence-contract.js';

/** Pixels of a PNG, three bytes each. */
async function pixels(png: Uint8Array): Promise<{ data: Buffer; width: number; height: number }> {
  const { data, info } = await sharp(png, { limitInputPixels: false, unlimited: true }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Numbers of the rows that do not have the colour of `first + row`, looked at in three columns. */
function wrongRows({ data, width, height }: { data: Buffer; width: number; height: number }, first = 0): number[] {
  const wrong: number[] = [];
  for (let row = 0; row < height; row += 1) {
    const want = rowColour(first + row);
    for (const column of [0, width >> 1, width - 1]) {
      const at = 3 * (row * width + column);
      if (data[at] !== want[0] || data[at + 1] !== want[1] || data[at + 2] !== want[2]) {
        wrong.push(row);
        break;
      }
    }
  }
  return wrong;
}

/** What every host must keep of captures. */
export const CAPTURE_CONTRACT: readonly Promised[] = [
  {
    name: 'every row of a page 40,000 pixels tall is exact in a full-page capture',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/rows?n=40000`);
      const progress: [number, number][] = [];
      const composite = await browser.compose('full-page', (done, total) => progress.push([done, total]));
      expect(composite.image).toMatchObject({ width: 1280, height: 40_000, scale: 1 });
      const image = await pixels(composite.image?.png ?? new Uint8Array());
      expect({ width: image.width, height: image.height, wrong: wrongRows(image) }).toEqual({ width: 1280, height: 40_000, wrong: [] });
      expect(progress.at(-1)).toEqual([40_000, 40_000]);
      expect(progress.map(([done]) => done)).toEqual([...progress.map(([done]) => done)].sort((a, b) => a - b));
      const slice = await pixels(await composite.preview(15_900, 300, 5_000));
      expect(wrongRows(slice, 15_900)).toEqual([]);
      expect((await pixels(await composite.preview(39_900, 300, 640))).width).toBe(640);
      expect(composite.warnings).toEqual([]);
      composite.wipe();
      expect(composite.image?.png.every((byte) => byte === 0)).toBe(true);
      await expect(composite.preview(0, 10, 10)).rejects.toMatchObject({ code: 'capture.wiped' });
    },
  },
  {
    name: 'a viewport capture is what is on the screen, row for row, and the page stays where it was',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/rows?n=9000`);
      await browser.scrollTo(3_333);
      const composite = await browser.compose('viewport');
      const image = await pixels(composite.image?.png ?? new Uint8Array());
      expect({ width: image.width, height: image.height, wrong: wrongRows(image, 3_333) }).toEqual({ width: 1280, height: 800, wrong: [] });
      expect(composite.facts.scroll).toEqual({ x: 0, y: 3_333 });
      await browser.compose('full-page');
      expect((await browser.compose('viewport')).facts.scroll).toEqual({ x: 0, y: 3_333 });
    },
  },
  {
    name: 'images that load only when seen are in a full-page capture',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/lazy`);
      const composite = await browser.compose('full-page');
      expect(new Set(site.seen.filter((seen) => seen.path.startsWith('/lazy-image')).map((seen) => seen.path)).size).toBe(12);
      const { data, width } = await pixels(composite.image?.png ?? new Uint8Array());
      const green = Array.from({ length: 12 }, (_, i) => 3 * ((8 + 1500 * (i + 1) + 100 * i + 50) * width + 50)).filter((at) => data[at] === 10 && data[at + 1] === 200 && data[at + 2] === 30);
      expect(green).toHaveLength(12);
      expect(composite.warnings).toEqual([]);
    },
  },
  {
    name: 'what stays in place while scrolling appears once, at the top, and the capture says so',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/fixed`);
      await browser.scrollTo(5_000);
      const composite = await browser.compose('full-page');
      const { data, width, height } = await pixels(composite.image?.png ?? new Uint8Array());
      const red = Array.from({ length: height }, (_, row) => row).filter((row) => data[3 * row * width] === 255);
      expect(red).toEqual(Array.from({ length: 40 }, (_, row) => row));
      expect(composite.warnings).toEqual([expect.stringContaining('stay in place')]);
    },
  },
  {
    name: 'a page that grows while it is captured is bounded, and the capture says so',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/grows`);
      const composite = await browser.compose('full-page');
      expect(composite.warnings.join(' ')).toMatch(/grew/);
      expect(composite.image?.height).toBeLessThan(60_000);
    },
  },
  {
    name: 'text and HTML hold what is shown, shadow trees included, and not what is hidden',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/shadow`);
      const composite = await browser.compose('text');
      expect(composite.text).toBe('Open shade\nClosed shade\nOne\tTwo');
      expect(composite.html).toMatch(/^<!DOCTYPE html><html lang="en">/i);
      expect(composite.html).toContain('Closed shade');
      expect(composite.image).toBeNull();
      await expect(composite.preview(0, 10, 10)).rejects.toMatchObject({ code: 'capture.bad-slice' });
    },
  },
  {
    name: 'facts come from the load on the screen, with secrets masked, and nothing is fetched again',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/headers`);
      const before = site.seen.length;
      const composite = await browser.compose('full-page');
      expect(composite.facts).toMatchObject({ typedUrl: `${site.base}/headers`, status: 200, protocol: 'http/1.1', remoteAddress: site.base.slice(7), document: { width: 1280, height: 800 } });
      expect(composite.facts.responseHeaders).toMatchObject({ 'x-shown': 'yes', 'set-cookie': 'session=***; Path=/; HttpOnly\nother=***' });
      expect(composite.title).toBe('Headers');
      expect(JSON.stringify(composite.facts)).not.toMatch(/secret/);
      expect(site.seen.length).toBe(before);
    },
  },
  {
    name: 'a capture can be cancelled and leaves the page as it was',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/rows?n=40000`);
      const stop = new AbortController();
      await expect(browser.compose('full-page', () => stop.abort(), stop.signal)).rejects.toMatchObject({ code: 'capture.cancelled' });
      expect((await browser.compose('viewport')).facts.scroll).toEqual({ x: 0, y: 0 });
    },
  },
  {
    name: 'nothing is captured before a page was loaded, nor of a page beyond 1.5 gigapixels',
    holds: async ({ browser, site }) => {
      await expect(browser.compose('viewport')).rejects.toMatchObject({ code: 'capture.no-page' });
      await browser.goto(`${site.base}/rows?n=10`);
      await browser.goto(`${site.base}/huge`);
      await expect(browser.compose('full-page', undefined, null, false)).rejects.toMatchObject({ code: 'capture.too-large' });
    },
  },
  {
    name: 'frames of the view arrive, in its size, and stop when told',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/rows?n=5000`);
      let seen: (data: Uint8Array) => void = () => undefined;
      const first = new Promise<Uint8Array>((resolve) => {
        seen = resolve;
      });
      await browser.startFrames((frame) => seen(frame.data));
      const { width, height, format } = await sharp(await first).metadata();
      expect({ width, height, format }).toEqual({ width: 1280, height: 800, format: 'jpeg' });
      const second = new Promise<Uint8Array>((resolve) => {
        seen = resolve;
      });
      await browser.input({ kind: 'wheel', x: 600, y: 400, deltaX: 0, deltaY: 300, modifiers: 0 });
      await second;
      await browser.stopFrames();
    },
  },
  {
    name: 'mouse, keys and text reach the page',
    holds: async ({ browser, sink, site }) => {
      await browser.goto(`${site.base}/`);
      await browser.type('#q', 'ab');
      for (const type of ['down', 'up'] as const) await browser.input({ kind: 'key', type, key: 'c', code: 'KeyC', text: 'c', modifiers: 0 });
      for (const type of ['down', 'up'] as const) await browser.input({ kind: 'key', type, key: 'Backspace', code: 'Backspace', text: '', modifiers: 0 });
      await browser.input({ kind: 'text', text: 'é' });
      for (const type of ['down', 'up'] as const) await browser.input({ kind: 'key', type, key: 'Enter', code: 'Enter', text: '', modifiers: 0 });
      await sink.until('navigation', (fact) => fact.url.endsWith('/found?q=ab%C3%A9'));
    },
  },
];
