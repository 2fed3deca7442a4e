import type { Page } from 'playwright-core';

/** A pair of hands that have no mouse: Tab, arrows, Space, Enter and letters, as far as they reach. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  press(key: string): Promise<void> {
    return this.#page.keyboard.press(key);
  }

  /** Goes on with Tab until what has the focus is called `name`. @throws Error with all that was met on the way */
  async reach(name: RegExp): Promise<void> {
    const met: string[] = [];
    for (let i = 0; i < 120; i += 1) {
      const now = await this.#focused();
      if (name.test(now)) return;
      met.push(now);
      await this.press('Tab');
    }
    throw new Error(`nothing called ${String(name)} can be reached with Tab; met ${[...new Set(met)].join(' | ')}`);
  }

  /** Reaches a button and presses it. */
  async push(name: RegExp): Promise<void> {
    // `^button Seal` names the kind too, which the page's own names do not hold.
    await this.#page.getByRole('button', { name: new RegExp(name.source.replace(/^\^button /, '^'), name.flags) }).first().waitFor();
    await this.reach(name);
    await this.press('Enter');
  }

  /** Reaches a field and types into it, in place of what stands there. */
  async write(name: RegExp, text: string): Promise<void> {
    await this.reach(name);
    await this.press('ControlOrMeta+a');
    await this.#page.keyboard.type(text);
  }

  /** Reaches a group of radio buttons, or a box, and picks what is called `name`. */
  async pick(name: RegExp): Promise<void> {
    for (let i = 0; i < 120; i += 1) {
      if (/^(?:radio|checkbox) /.test(await this.#focused())) {
        for (let at = 0; at < 12; at += 1) {
          const now = await this.#focused();
          if (name.test(now)) {
            await this.press('Space');
            return;
          }
          if (!now.startsWith('radio ')) break;
          await this.press('ArrowDown');
        }
      }
      await this.press('Tab');
    }
    throw new Error(`nothing called ${String(name)} can be picked`);
  }

  /** What has the focus: its kind and the name that it is read out with, as far as labels and words tell. */
  #focused(): Promise<string> {
    return this.#page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return '';
      const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? [...(element.labels ?? [])].map((label) => label.innerText) : [];
      const by = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.innerText ?? '');
      const name = element.getAttribute('aria-label') ?? (labels.length > 0 ? labels.join(' ') : by.join('') !== '' ? by.join(' ') : (element as HTMLElement).innerText);
      const kind = element instanceof HTMLInputElement ? element.type : element.tagName.toLowerCase();
      return `${kind} ${name}`.replace(/\s+/g, ' ').trim();
    });
  }
}
