import { CodedError } from '../record/coded-error.js';
import { decideAddress, MAX_ADDRESS } from '../investigation/addresses.js';
import { networkOfHost } from '../investigation/networks.js';
import { recogniseBlockPage } from '../investigation/policy/block-pages.js';
import type { EvidenceBrowser } from '../cdp/evidence-browser.js';
import type { Policy } from '../cdp/facts.js';
import { isSuspected } from '../safety/address-form.js';
import type { FlagFound } from './flag-matching.js';
import { flagWatch } from './flag-watch.js';
import type { Place } from './sitting-hearing.js';
import type { SittingRecord } from './sitting-record.js';
import { addressOf, maskedAddress } from './typed-address.js';

/** Hears, at once, of what is on a flag list: where the reviewers are, and the address of what was found. */
export type FlaggedListener = (found: FlagFound, place: { readonly view: string | null; readonly url: string | null }, url: string) => void;

/** What may be opened and loaded in a sitting: schemes, suspected and private addresses, the flag lists, the filter's pages. */
export class SittingRules {
  readonly #record: SittingRecord;
  readonly #onFlagged: FlaggedListener;

  constructor(record: SittingRecord, onFlagged: FlaggedListener) {
    this.#record = record;
    this.#onFlagged = onFlagged;
  }

  /** What the browser asks of each request and each page. */
  policy(): Policy {
    const { context, unchecked } = this.#record;
    const { matcher } = context.flags();
    return {
      ...(matcher === null ? {} : { flags: flagWatch(matcher, { found: this.flagged.bind(this), unchecked: unchecked.add.bind(unchecked) }) }),
      decideAddress: (address) => {
        if (this.#record.locked) return { allow: false, what: 'locked' };
        if (address.length > MAX_ADDRESS || !URL.canParse(address)) return { allow: false, what: 'address-scheme' };
        return this.#decide(new URL(address));
      },
      blockPage: (page) => recogniseBlockPage(page, this.#record.context.network().blockPages),
    };
  }

  /**
   * The address that a reviewer typed, if it may be opened; that it may not is recorded.
   *
   * @throws CodedError `browse.bad-address`, `browse.refused-address`, `browse.private-address`, `browse.suspected-address`, `gate.listed`
   */
  async typed(text: string): Promise<string> {
    const { record, flags } = this.#record.context;
    const url = addressOf(text);
    const decision = this.#decide(url);
    if (!decision.allow) {
      await record.add('navigation-refused', [record.state.heldBy], { url: maskedAddress(url), cause: 'typed', what: decision.what });
      throw refused(decision.what);
    }
    const found = flags().matcher?.address(url.href) ?? null;
    if (found !== null) {
      this.flagged(found, url.href, true);
      throw new CodedError('gate.listed', found.sentence);
    }
    return url.href;
  }

  /**
   * Looks for pictures that no request brought, before a capture.
   *
   * @throws CodedError `gate.listed`: one is on a list, and the halt has begun
   */
  async checkInnerPictures(browser: EvidenceBrowser): Promise<void> {
    const { matcher } = this.#record.context.flags();
    if (matcher?.bodies !== true) return;
    for await (const picture of browser.innerPictures()) {
      if ('unchecked' in picture) {
        this.#record.unchecked.addInner(picture);
        continue;
      }
      const { url, bytes } = picture;
      const found = await matcher.body(bytes);
      bytes.fill(0);
      if (found === null) continue;
      this.flagged(found, url, false);
      throw new CodedError('gate.listed', `${found.sentence} Nothing of it was kept.`);
    }
  }

  /** The case halts where the reviewers are; for an address that would have replaced the page (`main`), at that address. */
  flagged(found: FlagFound, url: string, main: boolean): void {
    const { cut, ended, place } = this.#record;
    if (cut || ended) return;
    const here: Place | { view: null; url: null } = place ?? { view: null, url: null };
    this.#onFlagged(found, main ? { view: null, url: url.slice(0, MAX_ADDRESS) } : here, url.slice(0, MAX_ADDRESS));
  }

  #decide(url: URL): ReturnType<typeof decideAddress> {
    const { context } = this.#record;
    return decideAddress(url.protocol, isSuspected(context.record.state.suspected, url.href), networkOfHost(url.hostname), context.network().privateAddresses);
  }
}

function refused(what: string): CodedError {
  if (what === 'suspected-address') return new CodedError('browse.suspected-address', 'This address is marked as suspected. It is never opened here. Give it to the police.');
  if (what === 'private-address') return new CodedError('browse.private-address', 'The settings say that addresses inside the school’s own network are not opened.');
  return new CodedError('browse.refused-address', 'Only addresses that start with http or https can be opened.');
}
