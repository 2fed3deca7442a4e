import type { Page } from 'playwright-core';

/** Keeps what the view shows so many times, in the name of `by`: through the window's own bridge, because two hands would take an hour. */
export async function moreExhibits(page: Page, by: string, count: number): Promise<void> {
  await page.evaluate(async ({ wanted, initials }) => {
    const { countersign } = window as unknown as { countersign: { call(name: string, input: unknown): Promise<{ ok: boolean; value: { case: { composite: { id: string } | null } } }> } };
    for (let done = 0; done < wanted; done += 1) {
      await countersign.call('capture.prepare', { form: 'viewport' });
      const { value } = await countersign.call('state.get', {});
      await countersign.call('capture.preview', { id: value.case.composite?.id, row: 0, height: 100, maxWidth: 200 });
      await countersign.call('capture.declare', { id: value.case.composite?.id, by: initials, answer: 'not-suspected', note: '', account: '' });
    }
  }, { wanted: count, initials: by });
}
