import type { Locator, Page } from 'playwright-core';

/** Something that is done on a page before its picture is taken. */
export type Act = (page: Page) => Promise<void>;

/** Presses the first button with that name. */
export const press = (name: string | RegExp): Act => async (page) => { await page.getByRole('button', { name }).first().click(); };

/** Types into the first field with that label. */
export const type = async (page: Page, label: string | RegExp, text: string): Promise<void> => { await page.getByLabel(label, typeof label === 'string' ? { exact: true } : {}).first().fill(text); };

/** Does one thing after another. */
export const steps = (...acts: Act[]): Act => async (page) => { for (const act of acts) await act(page); };

/** Picks what stands beside those words. */
export const choose = (name: string | RegExp): Act => async (page) => { await page.getByText(name).first().click(); };

/** Both type their passphrases. */
export const sign: Act = async (page) => { for (const at of [0, 1]) await page.locator(`#passphrase-${at}`).fill('sample'); };

/** What {@link sign} types, as the engine is handed it. */
export const BOTH = { first: { initials: 'PAS', passphrase: 'sample' }, second: { initials: 'TRE', passphrase: 'sample' } };

/** A new passphrase, typed twice. */
export const newPassphrase: Act = async (page) => {
  await type(page, 'Passphrase', 'four words of sample');
  await type(page, 'Type it again', 'four words of sample');
};

/** Scrolls a list to its end while the browser's word that it was scrolled does not arrive, as on a computer that is too busy; puts the mouse on its last line, and says where that is. */
export async function scrolledUnheard(page: Page, list: Locator, last: Locator): Promise<Awaited<ReturnType<Locator['boundingBox']>>> {
  await last.waitFor({ state: 'attached' });
  await list.scrollIntoViewIfNeeded();
  await list.evaluate((element) => {
    window.addEventListener('scroll', (event) => { if (event.isTrusted) event.stopImmediatePropagation(); }, { capture: true });
    element.scrollTop = element.scrollHeight;
  });
  const where = await last.boundingBox();
  if (where === null) throw new Error('the last line is not there');
  await page.mouse.move(where.x + where.width / 2, where.y + where.height / 2);
  return where;
}

/** Opens a page of the register by its name in the list. */
export const register = (title: string): Act => steps(press('Register and settings'), press(title));

/** Picks a form of capture from the menu. */
export async function chooseCapture(page: Page, item: string): Promise<void> {
  await page.locator('#other-captures').click();
  await page.getByRole('menuitem', { name: item }).click();
}
