import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { contrastFaultsOf, faultsOf, type Theme } from './axe.js';
import { SCENES, type Scene } from './scenes.js';
import { useStage } from './stage.js';

/*
 * Every screen as a screen reader hears it, against what is committed in `test/e2e/preview/names`: a name that changes or goes away
 * is seen in a review. COUNTERSIGN_WRITE_NAMES=1 writes them anew. Each screen is also held against axe, its contrast in the dark theme too, and
 * in the long run in those with more contrast and against its own width at 400 %. All screens in the long run; in the short one every twelfth.
 */

const FOLDER = resolve('test/e2e/preview/names');
const WRITE = process.env['COUNTERSIGN_WRITE_NAMES'] === '1';
const WHOLE = process.env['COUNTERSIGN_LONG'] !== undefined;
const CHOSEN = WHOLE || WRITE ? SCENES : SCENES.filter((_scene, at) => at % 12 === 0);
const THEMES: readonly Theme[] = WHOLE ? ['dark', 'contrast', 'contrast, dark'] : ['dark'];
/** A list of hundreds says the same again and again. */
const MOST_LINES = 160;
const stage = useStage();

/** Scenes of one kind share a file: `open-case-1-reference` lies in `open-case.txt`. */
function fileOf({ name }: Scene): string {
  return `${name.replace(/-\d.*$/, '')}.txt`;
}

const FILES = new Map<string, Scene[]>();
for (const scene of CHOSEN) FILES.set(fileOf(scene), [...(FILES.get(fileOf(scene)) ?? []), scene]);

/** What a screen reader reads once it is the same twice: what comes a moment after the act, such as an error, is there. */
async function settled(page: Page): Promise<string> {
  let before = '';
  for (let turn = 0; turn < 40; turn += 1) {
    const heard = await page.locator('body').ariaSnapshot();
    if (heard === before) return heard;
    before = heard;
    await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => { requestAnimationFrame(drawn); }); }));
  }
  return before;
}

/** Of the record only what stands in view: how much is drawn beyond that rests on how fast the list was moved. */
function hideUnseenLines(page: Page): Promise<void> {
  return page.evaluate(() => {
    const list = document.querySelector('.record');
    const box = list?.getBoundingClientRect();
    for (const row of list?.querySelectorAll('[role="row"]') ?? []) {
      const { top, bottom } = row.getBoundingClientRect();
      if (box !== undefined && (top < box.top - 1 || bottom > box.bottom + 1)) row.setAttribute('aria-hidden', 'true');
    }
  });
}

/** The lines of the record in one order: they stand in the document as they came into view. */
function inOrder(lines: readonly string[]): string[] {
  const begin = lines.findIndex((line) => line.includes('- grid "The record"')) + 1;
  if (begin === 0) return [...lines];
  const depth = (line: string): number => line.search(/\S/);
  const within = depth(lines[begin - 1] ?? '');
  const length = lines.slice(begin).findIndex((line) => depth(line) <= within);
  const end = length < 0 ? lines.length : begin + length;
  const rows: string[][] = [];
  for (const line of lines.slice(begin, end)) {
    if (depth(line) === within + 2 || rows.length === 0) rows.push([line]);
    else rows.at(-1)?.push(line);
  }
  return [...lines.slice(0, begin), ...rows.map((row) => row.join('\n')).sort(), ...lines.slice(end)].flatMap((line) => line.split('\n'));
}

/** What a screen reader reads, without what the clock changes. */
async function namesOn(page: Page): Promise<string> {
  await settled(page);
  await hideUnseenLines(page);
  const heard = await page.locator('body').ariaSnapshot();
  const lines = inOrder(heard.replace(/(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} [A-Z][a-z]+ \d{4}(?:, \d\d:\d\d(?: [A-Z]{3})?)?/g, '<date>').replace(/\b\d\d\/\d\d\/\d{4}\b/g, '<date>').replace(/\b\d\d:\d\d(?::\d\d)?\b(?: (?:GMT|BST))?/g, '<time>').replace(/Time left to answer: \d:\d\d/g, 'Time left to answer: <left>').split('\n'));
  return lines.length <= MOST_LINES ? lines.join('\n') : [...lines.slice(0, MOST_LINES), `# and ${lines.length - MOST_LINES} lines more`].join('\n');
}

/** How much too wide the page is in a window of 320 pixels, which is what is left of 1280 at 400 %; what follows the window's size is waited for. */
async function tooWide(page: Page): Promise<number> {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, undefined, { timeout: 2_000 }).catch(() => undefined);
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What is committed of each scene of a file. */
function committed(file: string): Map<string, string> {
  const parts = readFileSync(join(FOLDER, file), 'utf8').split(/^(?=# (?!and \d))/m);
  return new Map(parts.map((part) => [/^# (.*)/.exec(part)?.[1] ?? '', part]));
}

const heard = new Map<string, string[]>();

afterAll(() => {
  if (!WHOLE) process.stdout.write(`screens: ${CHOSEN.length} of ${SCENES.length} held against axe and their names; the others, and the width of all, only in the long run\n`);
  if (!WRITE) return;
  mkdirSync(FOLDER, { recursive: true });
  for (const [file, parts] of heard) writeFileSync(join(FOLDER, file), parts.join(''));
});

describe('every screen', () => {
  for (const [file, scenes] of FILES) {
    test(`${file.replace('.txt', '')}: names and order for a screen reader are as committed, and axe finds nothing, and it fits at 400 %`, async () => {
      const parts: string[] = [];
      const faults: string[] = [];
      await stage.each(scenes, async (page, scene) => {
        if (!WRITE) for (const fault of [...(await faultsOf(page)), ...(await contrastFaultsOf(page, THEMES))]) faults.push(`${scene.name}: ${fault}`);
        parts.push(`# ${scene.name}\n${await namesOn(page)}\n\n`);
        if (!WHOLE) return;
        const wide = await tooWide(page);
        if (wide > 0) faults.push(`${scene.name}: ${wide} px too wide at 400 %`);
      });
      heard.set(file, parts);
      expect(faults).toEqual([]);
      if (WRITE) return;
      const kept = committed(file);
      expect(parts).toEqual(scenes.map(({ name }) => kept.get(name)));
    }, 300_000);
  }
});
