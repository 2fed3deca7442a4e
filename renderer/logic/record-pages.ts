import type { RecordItem } from '../../src/ipc/case-view.js';

/** Asks the engine for so many lines of the record from one on. */
type List = (from: number, count: number) => Promise<{ readonly items: readonly RecordItem[] }>;

/** Lines that are asked for at a time: nobody waits long for their turn. */
const AT_A_TIME = 1_000;

/** Of a longer record so many lines are there when a case opens, and the earlier ones when somebody asks for them. */
export const AT_FIRST = 5_000;

/** The newest lines of a record of so many, a page at a time, the newest page first. */
export async function* newestPages(list: List, total: number): AsyncGenerator<readonly RecordItem[]> {
  yield* pagesBefore(list, total, Math.max(0, total - AT_FIRST));
}

/** Every line before line `before`, a page at a time, the newest page first. */
export function earlierPages(list: List, before: number): AsyncGenerator<readonly RecordItem[]> {
  return pagesBefore(list, before, 0);
}

async function* pagesBefore(list: List, before: number, first: number): AsyncGenerator<readonly RecordItem[]> {
  for (let end = before; end > first; ) {
    const from = Math.max(first, end - AT_A_TIME);
    const { items } = await list(from, end - from);
    yield items;
    end = from;
  }
}
