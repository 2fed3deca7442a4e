import type { Page } from 'playwright-core';
import { startDemoSite } from '../../main/demo-site.js';
import { scratch } from '../e2e/command.js';
import { Hands, PEOPLE } from '../e2e/hands.js';
import { startApp } from '../e2e/running-app.js';
import { startScreen, whyNoWindow } from '../e2e/virtual-screen.js';

/**
 * Seconds of a hand, by the keystroke-level model (Card, Moran and Newell, "The Psychology of Human-Computer Interaction", 1983): a key
 * of somebody who types 40 words a minute, pointing and pressing, moving between mouse and keys, and making up one's mind.
 */
const KEY = 0.28;
const POINT_AND_PRESS = 1.1 + 0.2;
const MOVE_HAND = 0.4;
const THINK = 1.35;
/** Words a minute of an adult who reads silently (Brysbaert, "How many words do we read per minute?", 2019). */
const READ = 238;

/** What hands did, heard in the window itself. */
interface Heard {
  clicks: number;
  letters: number;
  keys: number;
  fields: number;
  screens: number;
  /** Words on the screens as each of them came up, each line once: what somebody reads who reads everything. */
  words: number;
}

/** One way to a bundle: who does it, and with which page. */
interface Way {
  readonly name: string;
  readonly passphrases: readonly string[];
  /** From the first screen to the page to look at, in a case. */
  begin(hands: Hands): Promise<void>;
}

/**
 * From the first screen to the verdict on a bundle of a page that was looked at, in a practice and after a set-up: what the app takes,
 * what hands do, and how long that is for people who know what to write. Nobody reads here; there is no peer that asks two people as much.
 */
export async function benchFirstBundle(): Promise<object[]> {
  const reason = whyNoWindow();
  if (reason !== null) {
    process.stderr.write(`not measured: ${reason}\n`);
    return [];
  }
  const site = await startDemoSite();
  try {
    return [
      ...(await measured({
        name: 'practice', passphrases: ['practice one', 'practice two'],
        async begin(hands) {
          await hands.press(/Practise first/);
          await hands.press('Open a case');
          await hands.press('Use a made-up case');
          for (const person of ['Practice One', 'Practice Two']) await hands.pick(`${person} declares this`);
          await hands.press('Continue');
          await hands.sign(['practice one', 'practice two']);
          await hands.press('Open the case');
          await hands.press('Put in made-up answers');
          await hands.browseAgain();
          await hands.press(/Reported/);
          await hands.page.getByRole('menuitem').first().click();
          await hands.record(/Opened 127\.0\.0\.1:\d+\/forum/);
        },
      })),
      ...(await measured({
        name: 'set-up', passphrases: PEOPLE.map(({ passphrase }) => passphrase),
        async begin(hands) {
          await hands.setUp();
          await hands.openCase('2026-014');
          await hands.visit(`${site.origin}/forum/thread/48213`);
        },
      })),
    ];
  } finally {
    await site.close();
  }
}

async function measured(way: Way): Promise<object[]> {
  const folder = scratch();
  const screen = await startScreen({ width: 1440, height: 900 });
  try {
    const app = await startApp({ display: screen.display, vault: folder.path('vault'), home: folder.path('home') });
    const hands = new Hands(app.page, 'bench');
    await hands.see('Set up this computer');
    await listen(app.page);
    const started = performance.now();
    await upToTheBundle(hands, way);
    const bundle = await figure(`first-bundle.${way.name}-made`, app.page, started);
    await check(hands);
    const checked = await figure(`first-bundle.${way.name}-checked`, app.page, started);
    await app.close();
    return [bundle, checked];
  } finally {
    await screen.stop();
    folder.remove();
  }
}

async function upToTheBundle(hands: Hands, { passphrases, begin }: Way): Promise<void> {
  await begin(hands);
  await hands.page.keyboard.press('F4');
  await hands.press('Show what would be kept');
  await hands.press(/^No, keep it/);
  await hands.press('Describe a concern about it');
  await hands.press(/What kind of concern/);
  await hands.page.getByRole('option', { name: /Bullying/ }).click();
  await hands.type('What did you see?', 'A pupil is mocked by name in five posts.');
  await hands.press('Add to the record');
  await hands.press('Finish');
  await hands.pick('Yes, it has substance');
  await hands.pick('The school deals with it');
  await hands.type('Conclusion and action proposed or taken', 'The school talks to the pupils who wrote the posts.');
  await hands.press('Conclude the case');
  await hands.see(/seal/i);
  await hands.sign(passphrases);
  await hands.press(/^Seal/);
  await hands.see(/sealed/i);
  await hands.press(/^Make a bundle/);
  await hands.pick('The school’s own record');
  await hands.sign(passphrases);
  await hands.press(/^Sign/);
  await hands.see('The bundle is made', 90_000);
}

async function check(hands: Hands): Promise<void> {
  const passphrase = (await hands.page.getByLabel('Passphrase of the bundle').innerText()).trim().split(/\s+/).join(' ');
  await hands.press('Check this bundle');
  await hands.page.getByLabel(/^Passphrase/).fill(passphrase);
  await hands.press('Check the bundle');
  await hands.see('Unchanged since two people signed it', 60_000);
}

/** Counts presses, letters, keys, fields and screens as the page hears of them. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard: Heard = { clicks: 0, letters: 0, keys: 0, fields: 0, screens: 0, words: 0 };
    const lengths = new WeakMap<EventTarget, number>();
    Object.assign(window, { heard });
    window.addEventListener('pointerdown', () => { heard.clicks += 1; }, true);
    window.addEventListener('keydown', () => { heard.keys += 1; }, true);
    window.addEventListener('input', ({ target }) => {
      if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || /radio|checkbox/.test(target.type)) return;
      heard.letters += Math.max(0, target.value.length - (lengths.get(target) ?? 0));
      heard.fields += lengths.has(target) ? 0 : 1;
      lengths.set(target, target.value.length);
    }, true);
    const lines = new Set<string>();
    const read = (): void => {
      for (const line of document.body.innerText.split('\n').filter((each) => !lines.has(each))) {
        lines.add(line);
        heard.words += line.split(/\s+/).filter((word) => word !== '').length;
      }
    };
    new MutationObserver(() => {
      heard.screens += 1;
      setTimeout(read, 200);
    }).observe(document.querySelector('title') ?? document.head, { childList: true, characterData: true, subtree: true });
  });
}

async function figure(name: string, page: Page, started: number): Promise<object> {
  const appSeconds = (performance.now() - started) / 1_000;
  const heard = await page.evaluate(() => (window as unknown as { heard: Heard }).heard);
  const handSeconds = heard.clicks * POINT_AND_PRESS + (heard.letters + heard.keys) * KEY + heard.fields * 2 * MOVE_HAND + heard.screens * THINK;
  return { figure: name, seconds: Math.round(appSeconds + handSeconds), appSeconds: Math.round(appSeconds), handSeconds: Math.round(handSeconds), readSeconds: Math.round((heard.words / READ) * 60), ...heard };
}
