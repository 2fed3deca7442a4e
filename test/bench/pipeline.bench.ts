import { chromium } from 'playwright-core';
import { commandAnnouncer, commandPorts } from '../../main/cli/session.js';
import { createOutput } from '../../main/cli/output.js';
import { Engine } from '../../src/engine/engine.js';
import { NO_CONTACTS } from '../../src/engine/contacts.js';
import { scratch } from '../e2e/command.js';
import { DRAWING, median, serveLongPage, timed } from './long-page.js';

/** How often each side takes its picture, after one that is not counted. */
const ROUNDS = 5;

const REVIEWERS = [
  { initials: 'AAA', name: 'First', position: 'Bench', passphrase: 'one long passphrase' },
  { initials: 'BBB', name: 'Second', position: 'Bench', passphrase: 'another long passphrase' },
] as const;

/**
 * The whole pipeline of a full-page capture of a 13,000 px text page, from asking to acknowledged: settling on a page that is quiet already, pixels, text,
 * HTML, the first slice that reviewers see, facts, hashing, encryption, durable writing, the signed entry and its checkpoint; against Playwright's bare
 * full-page screenshot in memory, on the same browser and page, taking turns.
 */
export async function benchPipeline(): Promise<object[]> {
  const folder = scratch();
  const ports = await commandPorts(folder.path('bundles'));
  const { url, close } = await serveLongPage();
  const engine = await Engine.start(folder.path('vault'), false, ports, commandAnnouncer({ ...createOutput(true), progress: () => undefined }));
  const theirs = await chromium.launch({ executablePath: ports.host.browser.path, args: DRAWING, chromiumSandbox: process.getuid?.() !== 0 });
  try {
    await engine.setUp({ organisation: 'Bench', computer: { name: 'Bench', location: 'Bench' }, reviewers: REVIEWERS, contacts: NO_CONTACTS });
    await engine.openCase({ reference: 'Bench', reason: 'Bench', subject: 'other', suspected: [], first: REVIEWERS[0], second: REVIEWERS[1] });
    const open = engine.openedCase;
    await open.startBrowsing();
    await open.browsing.goto(url);
    const page = await theirs.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(url);
    const times = { playwright: [] as number[], still: [] as number[], taken: [] as number[], shown: [] as number[], kept: [] as number[] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const playwright = await timed(() => page.screenshot({ fullPage: true }));
      const still = await timed(() => open.browsing.browser.compose('full-page', undefined, null, false));
      still.value.wipe();
      const taken = await timed(() => open.prepareCapture('full-page'));
      const shown = await timed(() => taken.value.composite.preview(0, 1_200, 1_280));
      const kept = await timed(() => open.declare('AAA', 'not-suspected', ''));
      if (round === 0) continue;
      times.playwright.push(playwright.ms);
      times.still.push(still.ms);
      times.taken.push(taken.ms);
      times.shown.push(shown.ms);
      times.kept.push(kept.ms);
    }
    const base = median(times.playwright);
    const figure = (bench: string, ms: number): object => ({ bench, value: Math.round(ms), unit: 'ms', ratio: Number((ms / base).toFixed(2)) });
    return [
      figure('pipeline-13000px-taken-settling-included', median(times.taken)),
      figure('pipeline-13000px-hashed-encrypted-durable-signed', median(times.kept)),
      { ...figure('pipeline-13000px-whole-settling-apart', median(times.still) + median(times.kept)), aim: 1.5, playwright: Math.round(base) },
      { ...figure('pipeline-13000px-whole-settling-and-preview-included', median(times.taken) + median(times.shown) + median(times.kept)), aim: 1.8, playwright: Math.round(base) },
    ];
  } finally {
    await engine.close();
    await ports.host.close();
    await theirs.close();
    await close();
    folder.remove();
  }
}
