import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { faultsOf } from './axe.js';
import { SCENES, type Scene } from './scenes.js';
import { useStage } from './stage.js';

/*
 * Every screen as a screen reader hears it, against what is committed in `test/e2e/preview/names`: a name that changes or goes away
 * is seen in a review. COUNTERSIGN_WRITE_NAMES=1 writes them anew; a kind of screen that has none yet is not compared. Each screen is also
 * held against axe and its own width, once. That takes a quarter of an hour, so the short run holds one screen in twelve against axe alone.
 */

const FOLDER = resolve('test/e2e/preview/names');
const WRITE = process.env['COUNTERSIGN_WRITE_NAMES'] === '1';
const WHOLE = WRITE || process.env['COUNTERSIGN_LONG'] !== undefined;
const CHOSEN = WHOLE ? SCENES : SCENES.filter((_scene, at) => at % 12 === 0);
const stage = useStage();

/** Scenes of one kind share a file: `open-case-1-reference` lies in `open-case.txt`. */
function fileOf({ name }: Scene): string {
  return `${name.replace(/-\d.*$/, '')}.txt`;
}

const FILES = new Map<string, Scene[]>();
for (const scene of CHOSEN) FILES.set(fileOf(scene), [...(FILES.get(fileOf(scene)) ?? []), scene]);

/** What a screen reader reads, without what the clock changes. */
async function namesOn(page: Page): Promise<string> {
  const heard = await page.locator('body').ariaSnapshot();
  return heard.replace(/(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} [A-Z][a-z]+ \d{4}(?:, \d\d:\d\d(?: [A-Z]{3})?)?/g, '<date>').replace(/\b\d\d:\d\d(?::\d\d)?\b(?: (?:GMT|BST))?/g, '<time>');
}

const heard = new Map<string, string[]>();

afterAll(() => {
  if (!WHOLE) process.stdout.write(`screens: ${CHOSEN.length} of ${SCENES.length} held against axe; the others, all of them at 400 % and their names for a screen reader only in the long run\n`);
  if (!WRITE) return;
  mkdirSync(FOLDER, { recursive: true });
  for (const [file, parts] of heard) writeFileSync(join(FOLDER, file), parts.join(''));
});

describe('every screen', () => {
  for (const [file, scenes] of FILES) {
    test(`${file.replace('.txt', '')}: names and order for a screen reader are as committed, and axe finds nothing, and it fits at 400 %`, async () => {
      const parts: string[] = [];
      const faults: string[] = [];
      for (const scene of scenes) {
        await stage.show(scene, async (page) => {
          parts.push(`# ${scene.name}\n${await namesOn(page)}\n\n`);
          faults.push(...(await faultsOf(page)).map((fault) => `${scene.name}: ${fault}`));
          if (!WHOLE) return;
          // What is left of 1280 pixels at 400 %.
          await page.setViewportSize({ width: 320, height: 640 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (wide > 0) faults.push(`${scene.name}: ${wide} px too wide at 400 %`);
        });
      }
      heard.set(file, parts);
      expect(faults).toEqual([]);
      const committed = join(FOLDER, file);
      if (WHOLE && !WRITE && existsSync(committed)) expect(parts.join('')).toBe(readFileSync(committed, 'utf8'));
    }, 300_000);
  }
});
