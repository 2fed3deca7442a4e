import type { Page } from 'playwright-core';

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

/** A new passphrase, typed twice. */
export const newPassphrase: Act = async (page) => {
  await type(page, 'Passphrase', 'four words of sample');
  await type(page, 'Type it again', 'four words of sample');
};

/** Opens a page of the register by its name in the list. */
export const register = (title: string): Act => steps(press('Register and settings'), press(title));
