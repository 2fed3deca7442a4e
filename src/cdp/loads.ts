import type { Protocol } from 'devtools-protocol';
import type { Start } from './causes.js';
import type { RedirectFact } from './facts.js';

/** A document on its way or arrived: all that CDP told of its one load. */
export interface Load extends Start {
  readonly loaderId: string;
  readonly frameId: string;
  readonly sessionId: string | null;
  url: string;
  readonly redirects: RedirectFact[];
  request: Protocol.Network.Request | null;
  response: Protocol.Network.Response | null;
  /** Headers as they went over the wire, where the browser told them. */
  requestHeaders: Protocol.Network.Headers | null;
  responseHeaders: Protocol.Network.Headers | null;
  refused: boolean;
  /** What the browser says is wrong with the certificate, and whether the reviewers went on. */
  certificate: { readonly error: string; readonly accepted: boolean } | null;
  committed: boolean;
  /** View that the error page of a failed load was given. */
  view: string | null;
}

/** How many loads are remembered; a page may start frames without end, and only the newest matter. */
const MAX_LOADS = 4_000;

/** The loads of the page and of its frames, by their loader's identifier. */
export class Loads {
  readonly #loads = new Map<string, Load>();

  /** Begins a load; the oldest one is forgotten where there are too many. */
  remember(begun: Pick<Load, 'cause' | 'typed' | 'loaderId' | 'frameId' | 'sessionId' | 'url'>): Load {
    const load: Load = { ...begun, redirects: [], request: null, response: null, requestHeaders: null, responseHeaders: null, refused: false, certificate: null, committed: false, view: null };
    this.#loads.set(load.loaderId, load);
    if (this.#loads.size > MAX_LOADS) {
      const oldest = this.#loads.keys().next();
      if (oldest.done !== true) this.#loads.delete(oldest.value);
    }
    return load;
  }

  get(loaderId: string): Load | undefined {
    return this.#loads.get(loaderId);
  }

  has(loaderId: string): boolean {
    return this.#loads.has(loaderId);
  }

  forget(loaderId: string): void {
    this.#loads.delete(loaderId);
  }

  /** The newest load that has not arrived at an address; fragments do not count. */
  onItsWayTo(url: string): Load | undefined {
    const [bare] = url.split('#');
    return [...this.#loads.values()].reverse().find((one) => !one.committed && one.url.split('#')[0] === bare);
  }

  /** Loads of these frames that were asked for and have not arrived. */
  under(frame: (frameId: string) => boolean): Load[] {
    return [...this.#loads.values()].filter((load) => frame(load.frameId) && !load.committed && load.request !== null);
  }
}
