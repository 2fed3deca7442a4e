import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { faultsOf } from './preview/axe.js';

/** The two people of every test. */
export const PEOPLE = [
  { name: 'Priya A. Shah', position: 'Deputy Head', initials: 'PAS', passphrase: 'correct horse battery staple' },
  { name: 'Tom R. Ellis', position: 'Assistant Head', initials: 'TRE', passphrase: 'orchard lantern seven kettle' },
] as const;

/** What two people do in the window, in the words that they see there. */
export class Hands {
  readonly page: Page;
  readonly #gallery: string;
  readonly #held = new Set<string>();
  #shots = 0;

  constructor(page: Page, gallery: string) {
    this.page = page;
    this.#gallery = join(process.cwd(), 'test', 'e2e', 'gallery', gallery);
    mkdirSync(this.#gallery, { recursive: true });
  }

  /** Keeps a picture of the window for people to look at, and holds what it shows against axe, once for each name. @throws Error with what axe found */
  async look(name: string): Promise<void> {
    this.#shots += 1;
    await this.page.evaluate(() => document.fonts.ready.then(() => undefined));
    await this.page.screenshot({ path: join(this.#gallery, `${String(this.#shots).padStart(2, '0')}-${name}.png`) });
    if (this.#held.has(name)) return;
    this.#held.add(name);
    const faults = await faultsOf(this.page);
    if (faults.length > 0) throw new Error(`${name}:\n${faults.join('\n')}`);
  }

  press(name: string | RegExp): Promise<void> {
    return this.#told(this.page.getByRole('button', { name }).first().click());
  }

  type(label: string | RegExp, text: string): Promise<void> {
    return this.#told(this.page.getByRole('textbox', { name: label }).first().fill(text));
  }

  /** Picks a radio button or ticks a box by the words beside it. */
  pick(words: string | RegExp): Promise<void> {
    return this.#told(this.page.locator('label').filter({ hasText: words }).first().click());
  }

  see(heading: string | RegExp, timeout = 60_000): Promise<void> {
    return this.#told(this.page.getByRole('heading', { name: heading }).first().waitFor({ timeout }));
  }

  /** Waits for words that can be seen, wherever they stand. */
  read(words: string | RegExp): Promise<void> {
    return this.#told(this.page.getByText(words).filter({ visible: true }).first().waitFor());
  }

  /** Both type their passphrases into the cards in front of them. */
  async sign(passphrases: readonly string[] = PEOPLE.map(({ passphrase }) => passphrase)): Promise<void> {
    for (const [at, passphrase] of passphrases.entries()) await this.page.locator(`#passphrase-${at}`).fill(passphrase);
  }

  /** Both sign in on the first screen. */
  async signIn(): Promise<void> {
    const fields = this.page.locator('input[type=password]');
    for (const [at, { passphrase }] of PEOPLE.entries()) await fields.nth(at).fill(passphrase);
    await this.press('Sign in');
  }

  /** From the first start to the empty list of cases. */
  async setUp(): Promise<void> {
    await this.look('set-up');
    await this.press('Start');
    await this.type('Name', 'Example School');
    await this.press('Continue');
    await this.type('Name or asset number', 'INV-01');
    await this.type('Room', 'Head’s office');
    await this.press('Continue');
    await this.type('Your police force', 'Example Police, 01632 960 101');
    await this.look('set-up-contacts');
    await this.press('Continue');
    for (const [at, { name, position, passphrase }] of PEOPLE.entries()) {
      await this.type('Full name', name);
      await this.type('Position', position);
      await this.pick('Senior leader');
      await this.page.locator('#passphrase').fill(passphrase);
      await this.page.locator('#passphrase-again').fill(passphrase);
      await this.look('set-up-reviewer');
      await this.press('Continue');
      // The passphrase is judged before the next page comes.
      await this.see(at === 0 ? 'Who is the second reviewer?' : 'Check your answers');
    }
    await this.look('set-up-check');
    await this.press('Set up this computer');
    await this.see('Finish setting up');
    await this.look('finish-set-up');
    await this.press('Go to the cases');
    await this.see('Cases');
  }

  /** Opens a case and starts its browser. */
  async openCase(reference: string, reported: readonly string[] = [], names: readonly string[] = PEOPLE.map(({ name }) => name), passphrases?: readonly string[]): Promise<void> {
    await this.press('Open a case');
    await this.type('Reference', reference);
    await this.press('Continue');
    await this.page.locator('textarea').first().fill('A parent reported that a pupil is mocked on a forum.');
    await this.press('Continue');
    await this.pick('A parent or carer told us');
    await this.press('Continue');
    await this.pick('A pupil');
    await this.press('Continue');
    await this.page.locator('textarea').first().fill(reported.join('\n'));
    await this.look('open-case-addresses');
    await this.press('Continue');
    for (const name of names) await this.pick(`${name} declares this`);
    await this.press('Continue');
    await this.sign(passphrases);
    await this.look('open-case-check');
    await this.press('Open the case');
    await this.begin();
  }

  /** Answers what is asked before the first browsing, or confirms the answers of last time, and starts the browser. */
  async begin(): Promise<void> {
    await this.see('Before you begin');
    await this.page.getByRole('button', { name: /Start the browser/ }).waitFor();
    if ((await this.page.getByRole('heading', { name: 'Is this still right?' }).count()) === 0) {
      await this.type('Full name', 'Ada Okafor');
      await this.type('Job title', 'Head');
      for (const answer of ['Nobody else', 'As usual', 'Yes']) await this.pick(answer);
    }
    await this.look('before-you-begin');
    await this.browseAgain();
  }

  /** Starts the browser where the questions before browsing are answered. */
  async browseAgain(): Promise<void> {
    await this.press(/Start the browser/);
    await this.page.getByRole('textbox', { name: 'Address' }).and(this.page.locator(':enabled')).waitFor();
  }

  /** Types an address and waits until the record tells of it. */
  async visit(url: string): Promise<void> {
    const bar = this.page.getByRole('textbox', { name: 'Address' });
    await bar.fill(url);
    await bar.press('Enter');
    await this.page.getByRole('button', { name: /Capture page/ }).and(this.page.locator(':enabled')).waitFor();
    await this.record(new RegExp(`Opened ${url.replace(/^https?:\/\//, '').replace(/[.?*+^$()[\]{}|\\]/g, '\\$&')}`));
  }

  /** Waits for what is asked after STOP. */
  stopped(): Promise<void> {
    return this.see('The page is hidden. Why did you stop?');
  }

  /** STOP is taken back by both. */
  async byMistake(): Promise<void> {
    await this.pick('STOP was pressed by mistake');
    await this.type('What happened?', 'A test of the key');
    await this.sign();
    await this.press('Sign and go back to the case');
  }

  /** Concludes that there is nothing in it, and seals the case. */
  async sealWithoutSubstance(passphrases?: readonly string[]): Promise<void> {
    await this.press('Finish');
    await this.pick('No, it has no substance');
    await this.type('Conclusion and action proposed or taken', 'Nothing more is done.');
    await this.press('Conclude the case');
    await this.see(/seal/i);
    await this.sign(passphrases);
    await this.press(/^Seal/);
    await this.see('This case is sealed');
  }

  /** Takes a case out of a halt as the police allow it: the call is written down, both sign, and the cases show. */
  async released(): Promise<void> {
    await this.press('Write down a call');
    await this.type(/force/i, 'Example Police');
    await this.type(/reference/i, 'INC-0042');
    await this.look('call');
    await this.press('Add to the record');
    await this.press('This computer may be used again');
    await this.page.locator('textarea').first().fill('An officer has seen the computer. It may be used again.');
    await this.sign();
    await this.look('release');
    await this.press('Sign together');
    await this.press('Back to the cases');
    await this.see('Cases');
  }

  /** Waits for a line of the record. */
  async record(line: string | RegExp): Promise<void> {
    const grid = this.page.getByRole('grid', { name: 'The record' });
    const found = grid.getByText(line).first();
    // Of a long record only what is in view is in the page.
    for (const until = Date.now() + 15_000; Date.now() < until && (await found.count()) === 0; ) await grid.evaluate((list) => new Promise((done) => { list.scrollTop = list.scrollHeight; setTimeout(done, 100); }));
    await this.#told(found.waitFor());
  }

  /** A step that fails says what was on the screen instead. */
  async #told(step: Promise<void>): Promise<void> {
    try {
      await step;
    } catch (error) {
      const shown = await this.page.locator('h1, h2, .lead, .summary, [role=alert], [role=status]').allInnerTexts().catch(() => ['nothing: the window is gone']);
      const { message, stack } = error as Error;
      const told = new Error(`${message}\nOn the screen: ${shown.filter((text) => text.trim() !== '').join(' | ').slice(0, 2000)}`);
      // The way here is the failed step's own, not that of these lines.
      told.stack = `${told.message}\n${(stack ?? '').slice((stack ?? '').indexOf('\n    at ') + 1)}`;
      throw told;
    }
  }
}
