import type { CaptureListView } from '../../src/ipc/case-view.js';

/** Most addresses of one list. */
export const MOST_ADDRESSES = 200;

/** The addresses in a text, one a line, without those that stand there twice. */
export function addressesIn(text: string): string[] {
  return [...new Set(text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== ''))];
}

/** What is wrong with a list before it is started, or null. */
export function listProblem(addresses: readonly string[]): string | null {
  if (addresses.length === 0) return 'Paste at least one address';
  if (addresses.length > MOST_ADDRESSES) return `A list may have ${MOST_ADDRESSES} addresses. This one has ${addresses.length}. Do it in two lists`;
  const long = addresses.find((address) => address.length > 16_384);
  return long === undefined ? null : `This address is too long: ${long.slice(0, 60)}…`;
}

type Status = CaptureListView['items'][number]['status'];

const UNDER_WAY: readonly Status[] = ['loading', 'taking', 'declaring'];

/** Where a list stands: how many addresses are behind it, the number of the one under way from 1 (0 for none), and how many were kept. */
export function listStanding({ items }: CaptureListView): { readonly done: number; readonly at: number; readonly kept: number } {
  return {
    done: items.filter(({ status }) => status !== 'waiting' && !UNDER_WAY.includes(status)).length,
    at: items.findIndex(({ status }) => UNDER_WAY.includes(status)) + 1,
    kept: items.filter(({ status }) => status === 'kept').length,
  };
}
