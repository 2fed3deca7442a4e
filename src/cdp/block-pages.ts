import type { EvidenceSink, Policy } from './facts.js';
import type { CdpSession } from './connection.js';
import { IsolatedWorld } from './isolated-world.js';
import { maskUrl } from './masking.js';
import type { Recorder } from './recorder.js';

/** How much of a page is looked at, in UTF-16 code units; a filter's page is short. */
const LOOKED_AT = 20_000;

/** Asks the policy of each page in the view whether it is the filter's own, as it has loaded. */
export class BlockPages {
  readonly #world: IsolatedWorld;
  readonly #recorder: Recorder;
  readonly #policy: Policy;
  readonly #sink: EvidenceSink;
  #told: string | null = null;

  constructor(world: IsolatedWorld, recorder: Recorder, policy: Policy, sink: EvidenceSink) {
    this.#world = world;
    this.#recorder = recorder;
    this.#policy = policy;
    this.#sink = sink;
  }

  /**
   * Looks at a frame inside the page, which the filter replaces alone. Only what halts is told of it: a frame that is merely blocked
   * (advertisements are) is no page that the reviewers wanted.
   */
  lookInside(session: CdpSession, frameId: string): void {
    if (this.#policy.blockPage !== undefined) void this.#lookInside(this.#policy.blockPage.bind(this.#policy), session, frameId).catch(() => undefined);
  }

  async #lookInside(recognise: NonNullable<Policy['blockPage']>, session: CdpSession, frameId: string): Promise<void> {
    const page = this.#recorder.current;
    if (page === null) return;
    const { status, url, text } = await new IsolatedWorld(session, frameId, () => '').run(shownInside, [LOOKED_AT], 5_000);
    const seen = recognise({ status: status === 0 ? null : status, url, text });
    if (seen?.says !== 'suspected' || this.#recorder.current?.view !== page.view) return;
    this.#sink.noted('block-page', { view: page.view, url: maskUrl(url), ...seen });
  }

  /** Looks at the page in the view; without a policy that asks it is not read. */
  look(): void {
    if (this.#policy.blockPage !== undefined) void this.#look(this.#policy.blockPage.bind(this.#policy)).catch(() => undefined);
  }

  async #look(recognise: NonNullable<Policy['blockPage']>): Promise<void> {
    const page = this.#recorder.current;
    if (page === null || this.#told === page.view) return;
    const text = await this.#world.run(visibleText, [LOOKED_AT], 5_000);
    if (this.#recorder.current?.view !== page.view) return;
    const seen = recognise({ status: page.load?.response?.status ?? null, url: page.url, text });
    if (seen === null || this.#told === page.view) return;
    this.#told = page.view;
    this.#sink.noted('block-page', { view: page.view, url: maskUrl(page.url), ...seen });
  }
}

/** What a frame shows, where, and with which status it was answered (0: not known); sent as text, so it uses nothing outside itself. */
function shownInside(length: number): { status: number; url: string; text: string } {
  const [answer] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const text = `${document.title}\n${(document.body as HTMLElement | null)?.innerText ?? ''}`.slice(0, length);
  return { status: answer?.responseStatus ?? 0, url: location.href, text };
}

/** The beginning of what a page shows; sent as text, so it uses nothing outside itself. */
function visibleText(length: number): string {
  return `${document.title}\n${(document.body as HTMLElement | null)?.innerText ?? ''}`.slice(0, length);
}
