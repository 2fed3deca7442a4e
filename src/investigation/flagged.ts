import type { EntryData, EntryKind } from '../record/kinds.js';

/** A page that led to a halt: every load that showed it, and every address that it showed there, without fragments. */
export interface FlaggedPage {
  readonly views: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
}

/** What is read of an entry here; a withheld body is null. */
export interface PlacedEntry {
  readonly header: { readonly kind: EntryKind; readonly seq: number };
  readonly body: { readonly data: unknown } | null;
}

/** Nothing is flagged. */
export const NOT_FLAGGED: FlaggedPage = { views: new Set(), addresses: new Set() };

/** Where a halt was, and its place in the record. */
export interface HaltPlace {
  readonly seq: number;
  readonly view: string | null;
  readonly url: string | null;
  /** References of the exhibits that stood on the screen. */
  readonly shown?: readonly string[] | undefined;
}

/**
 * What a halt is about: the page in the view, and the page of each exhibit that stood on the screen. Where there was
 * neither, every page that had been captured by then, because nobody said which.
 */
export function flaggedBy(entries: readonly PlacedEntry[], { seq, view, url, shown = [] }: HaltPlace): FlaggedPage {
  const inView = view === null && url === null ? [] : [flaggedPage(entries, view, url)];
  const onScreen = capturedPages(entries, ({ exhibit }) => shown.includes(exhibit));
  if (inView.length + onScreen.length > 0) return together([...inView, ...onScreen]);
  return together(capturedPages(entries.filter(({ header }) => header.seq < seq), () => true));
}

function capturedPages(entries: readonly PlacedEntry[], fits: (capture: EntryData<'capture'>) => boolean): FlaggedPage[] {
  const captures = entries.flatMap(({ header, body }) => (header.kind === 'capture' && body !== null ? [body.data as EntryData<'capture'>] : []));
  return captures.filter(fits).map(({ view, url }) => flaggedPage(entries, view, url));
}

function together(pages: readonly FlaggedPage[]): FlaggedPage {
  return { views: new Set(pages.flatMap(({ views }) => [...views])), addresses: new Set(pages.flatMap(({ addresses }) => [...addresses])) };
}

/**
 * The page that a halt on `view` and `url` is about. A document that changes its address while it stands there is one
 * document, so every address of that load counts, and so does every other load that showed one of them. An address that
 * only sent the browser on (a redirect) is not the document.
 */
export function flaggedPage(entries: Iterable<PlacedEntry>, view: string | null, url: string | null): FlaggedPage {
  const shown = [...places(entries)];
  const addresses = new Set(shown.filter((place) => place.view === view).map((place) => place.address));
  if (url !== null) addresses.add(withoutFragment(url));
  const views = new Set(shown.filter((place) => addresses.has(place.address)).map((place) => place.view));
  if (view !== null) views.add(view);
  return { views, addresses };
}

/** Every page of the record that led to a halt which nobody withdrew, as one. */
export function flaggedPages(entries: readonly PlacedEntry[]): FlaggedPage {
  return together(entries.flatMap(({ header, body }) => {
    if (header.kind !== 'halt' || body === null) return [];
    const { view, url, shown } = body.data as EntryData<'halt'>;
    return [flaggedBy(entries, { seq: header.seq, view, url, shown })];
  }));
}

/** Whether an entry tells of a flagged page: what it says is for the police alone. */
export function tellsOfFlagged({ body }: PlacedEntry, { views, addresses }: FlaggedPage): boolean {
  if (body === null || typeof body.data !== 'object' || body.data === null) return false;
  const { view, url } = body.data as { view?: unknown; url?: unknown };
  return (typeof view === 'string' && views.has(view)) || (typeof url === 'string' && addresses.has(withoutFragment(url)));
}

function* places(entries: Iterable<PlacedEntry>): Generator<{ view: string; address: string }> {
  for (const { header, body } of entries) {
    if (body === null || (header.kind !== 'navigation' && header.kind !== 'navigation-in-page')) continue;
    const data = body.data as EntryData<'navigation-in-page'>;
    if (data.main) yield { view: data.view, address: withoutFragment(data.url) };
  }
}

/** An address without its fragment. */
export function withoutFragment(url: string): string {
  const mark = url.indexOf('#');
  return mark < 0 ? url : url.slice(0, mark);
}
