import { MAX_ADDRESS } from '../investigation/addresses.js';

/** How long a text from a page may be in the record, by the name of its field; other texts get 500 characters. */
const TEXT_BOUNDS: Readonly<Record<string, number>> = { url: MAX_ADDRESS, typed: MAX_ADDRESS, location: MAX_ADDRESS, title: 2_000 };

/** `data` cut to what an entry may hold, so that no page can keep a visit out of the record by the length of what it says. */
export function bounded<T>(data: T, key = ''): T {
  if (typeof data === 'string') return data.slice(0, TEXT_BOUNDS[key] ?? 500) as T;
  if (Array.isArray(data)) return data.slice(0, 50).map((item: unknown) => bounded(item, key)) as T;
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([name, member]) => [name, bounded<unknown>(member, name)])) as T;
}
