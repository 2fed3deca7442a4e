import { expect } from 'expect';
import type { Composite } from '../../src/cdp/capture.js';
import { pixelRows } from '../../src/cdp/pixel-rows.js';
import { rowColour } from '../hostile/site.js';
import type { Promised } from './evidence-contract.js';

const HOOKS = { onPicture: () => undefined, finish: new AbortController().signal, signal: new AbortController().signal };

/** The first pixel of each row as three numbers. */
async function firstPixels(png: Uint8Array): Promise<string[]> {
  const found: string[] = [];
  for await (const row of pixelRows(png)) found.push(row.subarray(0, 3).join());
  return found;
}

/** Every row of a picture, in short, so that two pictures can be compared. */
async function rowsOf(png: Uint8Array): Promise<string[]> {
  const found: string[] = [];
  for await (const row of pixelRows(png)) found.push(Buffer.from(row).toString('latin1'));
  return found;
}

function imageOf(composite: Composite): NonNullable<Composite['image']> {
  if (composite.image === null) throw new Error('this capture has no picture');
  return composite.image;
}

/** What every host must keep of the forms of capture. */
export const CAPTURE_FORMS_CONTRACT: readonly Promised[] = [
  {
    name: 'a region far down a page is exact, and no larger than asked for',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/rows?n=60000`);
      const area = { x: 100, y: 41_234, width: 300, height: 5_000 };
      const image = imageOf(await browser.compose({ form: 'region', area }));
      expect(image).toMatchObject({ width: 300, height: 5_000, area });
      expect(await firstPixels(image.png)).toEqual(Array.from({ length: 5_000 }, (_, i) => rowColour(41_234 + i).join()));
      await expect(browser.compose({ form: 'region', area: { x: 0, y: 90_000, width: 10, height: 10 } })).rejects.toMatchObject({ code: 'capture.outside' });
    },
  },
  {
    name: 'a region within the view is cut from what is on the screen',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/rows?n=9000`);
      await browser.scrollTo(2_000);
      const image = imageOf(await browser.compose({ form: 'region', area: { x: 7, y: 2_100, width: 50, height: 60 } }));
      expect(await firstPixels(image.png)).toEqual(Array.from({ length: 60 }, (_, i) => rowColour(2_100 + i).join()));
      expect((await browser.compose('viewport')).facts.scroll).toEqual({ x: 0, y: 2_000 });
    },
  },
  {
    name: 'an element is captured by its box, also when it is taller than the view, and named',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/things`);
      const card = imageOf(await browser.compose({ form: 'element', point: { x: 350, y: 350 } }));
      expect(card).toMatchObject({ width: 400, height: 150, element: 'div#card.post.large', area: { x: 200, y: 300, width: 400, height: 150 } });
      expect(new Set(await firstPixels(card.png))).toEqual(new Set(['18,52,86']));
      await browser.scrollTo(3_500);
      const tall = imageOf(await browser.compose({ form: 'element', point: { x: 100, y: 300 } }));
      expect(tall).toMatchObject({ width: 300, height: 2_500, element: 'div#tall' });
      expect(new Set(await firstPixels(tall.png))).toEqual(new Set(['101,67,33']));
      await expect(browser.compose({ form: 'element', point: { x: 5_000, y: 300 } })).rejects.toMatchObject({ code: 'capture.no-element' });
    },
  },
  {
    name: 'the numbered pieces of a tall composite hold its rows, each once and in order',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/rows?n=35000`);
      const image = imageOf(await browser.compose('full-page'));
      expect(image.pieces.map(({ row, height }) => [row, height])).toEqual([[0, 16_000], [16_000, 16_000], [32_000, 3_000]]);
      const whole = await rowsOf(image.png);
      for (const { png, row, height } of image.pieces) expect((await rowsOf(png)).every((each, i) => each === whole[row + i])).toBe(height > 0);
      await browser.goto(`${site.base}/rows?n=9000`);
      expect(imageOf(await browser.compose('full-page')).pieces).toEqual([]);
    },
  },
  {
    name: 'bars at the top and at the bottom of the view appear once, where they stand at the top of the page',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/bars`);
      await browser.scrollTo(9_000);
      const composite = await browser.compose('full-page');
      const rows = await firstPixels(imageOf(composite).png);
      const at = (colour: string): number[] => rows.flatMap((row, i) => (row === colour ? [i] : []));
      expect(at('255,0,0')).toEqual(Array.from({ length: 40 }, (_, i) => i));
      expect(at('255,255,0')).toEqual(Array.from({ length: 50 }, (_, i) => 750 + i));
      expect(composite.warnings).toEqual([expect.stringContaining('stay in place')]);
    },
  },
  {
    name: 'a page that scrolls sideways is captured in its whole width',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/rows?n=3000&w=4000`);
      const image = imageOf(await browser.compose('full-page'));
      expect(image).toMatchObject({ width: 4_000, height: 3_000 });
      let row = 0;
      for await (const pixels of pixelRows(image.png)) {
        expect([[...pixels.subarray(0, 3)], [...pixels.subarray(-3)]]).toEqual([rowColour(row), rowColour(row)]);
        row += 1;
      }
    },
  },
  {
    name: 'animations of styles stand still for the shot and go on after it',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/spins`);
      const composite = await browser.compose('full-page');
      expect(new Set(await firstPixels(imageOf(composite).png)).size).toBe(1);
      expect(composite.warnings).toEqual([]);
      const first = imageOf(composite).png;
      let changed = false;
      for (let i = 0; i < 20 && !changed; i += 1) changed = !Buffer.from(imageOf(await browser.compose('full-page')).png).equals(Buffer.from(first));
      expect(changed).toBe(true);
    },
  },
  {
    name: 'what reviewers see and a viewport capture are one state of a changing page, and strips of several moments are said to be',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/colours`);
      // Hidden pictures would be another state of the screen; this is about what is shown.
      browser.shield(false);
      const shown: Uint8Array[] = [];
      await browser.startFrames((frame) => { if (frame.mediaType === 'image/png') shown.push(frame.data); });
      for (let i = 0; i < 5; i += 1) {
        const composite = await browser.compose('viewport');
        const { png } = imageOf(composite);
        expect(new Set(await firstPixels(png)).size).toBe(1);
        expect(shown).toHaveLength(i + 1);
        expect(Buffer.from(shown[i] ?? []).equals(Buffer.from(png))).toBe(true);
      }
      await browser.stopFrames();
      browser.shield(true);
      await browser.goto(`${site.base}/colours-tall`);
      expect((await browser.compose('full-page')).warnings.join(' ')).toMatch(/changed by itself while it was captured/);
    },
  },
  {
    name: 'a series holds each picture whole, with its time, in one composite',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/colours`);
      const told: number[] = [];
      const composite = await browser.composeSeries({ form: 'series', everyMs: 150, count: 4 }, { ...HOOKS, onPicture: (done) => told.push(done) });
      const image = imageOf(composite);
      expect([composite.form, image.width, image.height, told]).toEqual(['series', 1280, 3_200, [1, 2, 3, 4]]);
      const whole = await firstPixels(image.png);
      for (const { png, row } of image.pieces) expect(await firstPixels(png)).toEqual(whole.slice(row, row + 800));
      expect(new Set(whole).size).toBeGreaterThan(1);
      const times = image.pieces.map(({ at }) => at ?? '');
      expect(times).toEqual([...times].sort());
      expect(times.every((at) => at.endsWith('Z'))).toBe(true);
      composite.wipe();
      expect([image.png, ...image.pieces.map((piece) => piece.png)].every((png) => png.every((byte) => byte === 0))).toBe(true);
    },
  },
  {
    name: 'a series ends with what it has when it is told to, or when the page goes elsewhere, and can be cancelled',
    holds: async ({ browser, site }) => {
      const finish = new AbortController();
      await browser.goto(`${site.base}/colours`);
      const ended = await browser.composeSeries({ form: 'series', everyMs: 50, count: 90 }, { ...HOOKS, finish: finish.signal, onPicture: (done) => { if (done === 3) finish.abort(); } });
      expect(imageOf(ended).pieces).toHaveLength(3);
      let left: Promise<void> = Promise.resolve();
      const moved = await browser.composeSeries({ form: 'series', everyMs: 300, count: 90 }, { ...HOOKS, onPicture: (done) => { if (done === 2) left = new Promise((resolve) => setImmediate(resolve)).then(() => browser.goto(`${site.base}/next`)); } });
      await left;
      expect(moved.warnings.join(' ')).toMatch(/went to another address after \d+ pictures/);
      expect(moved.url).toMatch(/colours$/);
      const cancel = new AbortController();
      await expect(browser.composeSeries({ form: 'series', everyMs: 50, count: 90 }, { ...HOOKS, signal: cancel.signal, onPicture: () => cancel.abort() })).rejects.toMatchObject({ code: 'capture.cancelled' });
    },
  },
  {
    name: 'the HTML of frames is kept beside that of the page, also of frames in another process',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/frame-page`);
      const { frames, html } = await browser.compose('viewport');
      expect(frames.map(({ url }) => new URL(url).search).sort()).toEqual(['?far', '?near']);
      for (const frame of frames) expect(frame.html).toContain('Framed words');
      expect(html).not.toContain('Framed words');
    },
  },
  {
    name: 'a page that is too large for one picture is refused with its size, and parts are offered that fit together',
    holds: async ({ browser, site }) => {
      await browser.goto(`${site.base}/huge`);
      await expect(browser.compose('full-page', undefined, null, false)).rejects.toMatchObject({ code: 'capture.too-large', sentence: expect.stringMatching(/1,280 by 2,000,\d{3} pixels.*in 2 parts/) });
      await browser.scrollTo(640);
      const { size, parts, scroll } = await browser.measure();
      expect(scroll).toEqual({ x: 0, y: 640 });
      expect(parts).toHaveLength(2);
      expect(parts.reduce((sum, { height }) => sum + height, 0)).toBe(size.height);
      expect(parts[1]?.y).toBe(parts[0]?.height);
    },
  },
];
