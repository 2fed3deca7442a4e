import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

/** The themes of a screen, as the system asks for them. */
export const THEMES = { light: { colorScheme: 'light', contrast: 'no-preference' }, dark: { colorScheme: 'dark', contrast: 'no-preference' }, contrast: { colorScheme: 'light', contrast: 'more' }, 'contrast, dark': { colorScheme: 'dark', contrast: 'more' } } as const;

/** See {@link THEMES}. */
export type Theme = keyof typeof THEMES;

/** What axe finds wrong with a page, and whether it is wider than its window: one line each. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults = await axe(page, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return wide > 0 ? [...faults, `the page is ${wide} px too wide`] : faults;
}

/** Which words of a page, or of what `within` selects, have too little contrast in some themes, one line each: the colours are all that a theme changes. The page is in its light theme again afterwards. */
export async function contrastFaultsOf(page: Page, themes: readonly Theme[], within = 'html'): Promise<string[]> {
  const faults: string[] = [];
  for (const theme of themes) {
    await page.emulateMedia({ ...THEMES[theme], reducedMotion: 'reduce' });
    faults.push(...(await axe(page, ['color-contrast'], within)).map((fault) => `${theme}: ${fault}`));
  }
  await page.emulateMedia({ ...THEMES.light, reducedMotion: null });
  return faults;
}

async function axe(page: Page, runOnly: readonly string[], within = 'html'): Promise<string[]> {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
  const violations = await page.evaluate(async ({ only, part }) => {
    const { axe: found } = window as unknown as { axe: { run: (context: string, options: unknown) => Promise<{ violations: Violation[] }> } };
    const { violations: all } = await found.run(part, { resultTypes: ['violations'], elementRef: false, runOnly: only });
    return all.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })) }));
  }, { only: runOnly, part: within });
  return violations.flatMap(({ id, impact, nodes }) => nodes.map((node) => `axe ${id} (${impact}): ${node.target.join(' ')} ${node.failureSummary.split('\n')[1]?.trim() ?? ''}`));
}
