import type { FlagWatch, UncheckedReason } from '../cdp/response-check.js';
import type { FlagFound, FlagMatcher } from './flag-matching.js';

/** Who hears of what is found. */
export interface FlagListener {
  /** The halt is to begin; `main`: the address would have replaced the page. */
  found(found: FlagFound, url: string, main: boolean): void;
  unchecked(url: string, why: UncheckedReason): void;
}

/** The lists as the browser asks them: what is found begins the halt before the answer is given. */
export function flagWatch(matcher: FlagMatcher, listener: FlagListener): FlagWatch {
  return {
    bodies: matcher.bodies,
    address: (url, main) => {
      const found = matcher.address(url);
      if (found !== null) listener.found(found, url, main);
      return found !== null;
    },
    body: async (bytes, url) => {
      try {
        const found = await matcher.body(bytes);
        if (found !== null) listener.found(found, url, false);
        return found !== null;
      } finally {
        bytes.fill(0);
      }
    },
    unchecked: (url, why) => listener.unchecked(url, why),
  };
}

/** How many things that were not compared are told one by one for each page; the rest is told as a number. */
const TOLD_ONE_BY_ONE = 10;

/** Tells what was not compared with the lists, bounded. */
export class UncheckedLog {
  readonly #tell: (url: string, why: UncheckedReason, count: number) => void;
  #told = 0;
  readonly #inner = new Set<string>();
  readonly #more = new Map<UncheckedReason, number>();

  constructor(tell: (url: string, why: UncheckedReason, count: number) => void) {
    this.#tell = tell;
  }

  add(url: string, why: UncheckedReason): void {
    this.#told += 1;
    if (this.#told <= TOLD_ONE_BY_ONE) this.#tell(url, why, 1);
    else this.#more.set(why, (this.#more.get(why) ?? 0) + 1);
  }

  /** Something of the page itself, which is looked at anew for every capture, and told once for each page. */
  addInner({ url, unchecked, count }: { readonly url: string; readonly unchecked: UncheckedReason; readonly count: number }): void {
    const told = `${unchecked} ${count} ${url}`;
    if (this.#inner.has(told)) return;
    this.#inner.add(told);
    if (url === '') this.#tell('', unchecked, count);
    else this.add(url, unchecked);
  }

  /** Another page has come, or none will: the numbers are told. */
  flush(): void {
    for (const [why, count] of this.#more) this.#tell('', why, count);
    this.#more.clear();
    this.#inner.clear();
    this.#told = 0;
  }
}
