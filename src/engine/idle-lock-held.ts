import type { EntryData, EntryKind } from '../record/kinds.js';
import type { Clock } from '../record/ports.js';

/** Kinds that a browser can tell of by itself; each may say when it was seen. */
export type HeldKind = 'navigation' | 'navigation-in-page' | 'navigation-failed' | 'navigation-refused' | 'title' | 'refusal' | 'page-left' | 'certificates' | 'socket-opened' | 'block-page';

/** Something that the browser told while nothing could be written. */
export interface HeldFact {
  readonly kind: HeldKind;
  readonly data: EntryData<HeldKind> & { readonly seenAt: string };
}

const MOST = 1_000;
/** In characters of JSON. */
const LARGEST = 2 * 1024 * 1024;

/** What happens in the browser while the app is locked: metadata alone, in memory, bounded, until it can be written. */
export class HeldFacts {
  readonly #clock: Clock;
  readonly #facts: HeldFact[] = [];
  #size = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a fact. Gives false when there is no room for it: then the browser must be closed. */
  take(kind: HeldKind, data: EntryData<HeldKind>): boolean {
    const fact = { kind, data: { ...data, seenAt: this.#clock.now() } };
    this.#size += JSON.stringify(fact.data).length;
    if (this.#facts.length >= MOST || this.#size > LARGEST) return false;
    this.#facts.push(fact);
    return true;
  }

  /** Everything that is not written yet, in order. */
  get facts(): readonly HeldFact[] {
    return this.#facts;
  }

  /** Hands each to `write` in order, also those that come meanwhile, and forgets it once that has resolved. */
  async drain(write: (fact: HeldFact) => Promise<unknown>): Promise<void> {
    for (let fact = this.#facts[0]; fact !== undefined; fact = this.#facts[0]) {
      await write(fact);
      this.#facts.shift();
    }
  }
}

const HELD_KINDS: ReadonlySet<EntryKind> = new Set<EntryKind>(['navigation', 'navigation-in-page', 'navigation-failed', 'navigation-refused', 'title', 'refusal', 'page-left', 'certificates', 'socket-opened', 'block-page']);

/** Whether facts of this kind can be held. */
export function isHeldKind(kind: EntryKind): kind is HeldKind {
  return HELD_KINDS.has(kind);
}
