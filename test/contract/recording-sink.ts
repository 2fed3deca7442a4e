import type { BrowserQuestion, EvidenceSink, FailedFact, InPageFact, NavigationFact, NavigationRefusedFact, NotedKind, PageState, RefusalFact } from '../../src/cdp/facts.js';
import type { EntryData } from '../../src/record/kinds.js';

/** What was noted, with the kind of its entry. */
export type Noted = { [K in NotedKind]: { readonly kind: K } & EntryData<K> }[NotedKind];

/** What a sink was told, by kind, in order. */
export type Told =
  | { readonly kind: 'navigation'; readonly fact: NavigationFact }
  | { readonly kind: 'in-page'; readonly fact: InPageFact }
  | { readonly kind: 'failed'; readonly fact: FailedFact }
  | { readonly kind: 'refused'; readonly fact: NavigationRefusedFact | RefusalFact }
  | { readonly kind: 'title'; readonly fact: { readonly view: string; readonly title: string } }
  | { readonly kind: 'page'; readonly fact: PageState }
  | { readonly kind: 'noted'; readonly fact: Noted }
  | { readonly kind: 'asked'; readonly fact: BrowserQuestion }
  | { readonly kind: 'closed'; readonly fact: string };

type FactOf<K extends Told['kind']> = Extract<Told, { kind: K }>['fact'];

/** How long a test waits for what must happen; only a broken browser takes that long. */
const PATIENCE_MS = 20_000;

/** A sink that remembers everything, in order, and lets tests wait for what must come. */
export class RecordingSink implements EvidenceSink {
  readonly told: Told[] = [];
  #wake: (() => void)[] = [];

  navigation(fact: NavigationFact): void {
    this.#add({ kind: 'navigation', fact });
  }
  inPage(fact: InPageFact): void {
    this.#add({ kind: 'in-page', fact });
  }
  failed(fact: FailedFact): void {
    this.#add({ kind: 'failed', fact });
  }
  refused(fact: NavigationRefusedFact | RefusalFact): void {
    this.#add({ kind: 'refused', fact });
  }
  title(view: string, title: string): void {
    this.#add({ kind: 'title', fact: { view, title } });
  }
  noted<K extends NotedKind>(kind: K, fact: EntryData<K>): void {
    this.#add({ kind: 'noted', fact: { kind, ...fact } as Noted });
  }
  asked(fact: BrowserQuestion): void {
    this.#add({ kind: 'asked', fact });
  }
  page(fact: PageState): void {
    this.#add({ kind: 'page', fact });
  }
  closed(fact: string): void {
    this.#add({ kind: 'closed', fact });
  }

  /** Everything told of one kind so far. */
  all<K extends Told['kind']>(kind: K): FactOf<K>[] {
    return this.told.filter((told) => told.kind === kind).map((told) => told.fact as FactOf<K>);
  }

  /** The first fact of that kind that fits, waiting for it if need be. */
  async until<K extends Told['kind']>(kind: K, fits: (fact: FactOf<K>) => boolean): Promise<FactOf<K>> {
    const until = performance.now() + PATIENCE_MS;
    const timer = setTimeout(() => {
      this.#stir();
    }, PATIENCE_MS + 1);
    try {
      for (;;) {
        const found = this.all(kind).find(fits);
        if (found !== undefined) return found;
        if (performance.now() >= until) throw new Error(`no such ${kind}; told: ${JSON.stringify(this.told.filter((t) => t.kind !== 'page'), null, 1)}`);
        await new Promise<void>((resolve) => this.#wake.push(resolve));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #add(told: Told): void {
    this.told.push(told);
    this.#stir();
  }

  #stir(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
