import type { Protocol } from 'devtools-protocol';
import { isEvent, type CdpEvent, type CdpSession } from './connection.js';
import { suggestedName, wouldBeSaved } from './downloads.js';
import type { Policy } from './facts.js';
import { maskUrl } from './masking.js';
import { withoutFeatures } from './page-features.js';
import type { Passwords } from './passwords.js';
import type { Recorder } from './recorder.js';
import { ResponseCheck } from './response-check.js';
import type { RefusalLog } from './refusal-log.js';
import type { RefusedThing } from '../record/kinds.js';

/** A request that the policy stopped while a page was shown. */
export interface BlockedRequest {
  readonly url: string;
  readonly what: RefusedThing;
}

/** How many stopped requests a page's facts list; the rest is in the record as a number. */
const MAX_BLOCKED = 200;

/** Kinds of request that a page makes behind everybody's back: on leaving, and for pages that nobody opened. */
const UNASKED: { readonly [type: string]: RefusedThing | undefined } = { Ping: 'beacon', CSPViolationReport: 'beacon', Prefetch: 'prefetch' };
/** What a page is not given while text comes first. */
const NOT_TEXT = new Set<string>(['Image', 'Media', 'Script']);

/** Every request before it is sent, and every document's answer before its body is read. */
const PATTERNS: Protocol.Fetch.RequestPattern[] = [{ requestStage: 'Request' }, { requestStage: 'Response', resourceType: 'Document' }];

/**
 * Stands between the view and the network. It is enabled at the browser's level, where it sees every process's
 * requests, before the page exists. It never sees `data:` addresses, what comes from a cache in the renderer's memory,
 * or WebSockets.
 */
export class RequestGate {
  readonly #root: CdpSession;
  readonly #policy: Policy;
  readonly #recorder: Recorder;
  readonly #refusals: RefusalLog;
  readonly #passwords: Passwords;
  #blocked: BlockedRequest[] = [];
  #shut = false;
  #textFirst = false;
  #notLoaded = 0;
  readonly #doomed = new Set<string>();
  /** What looks for listed addresses and contents; null where no list is set. */
  readonly check: ResponseCheck | null;

  constructor(root: CdpSession, policy: Policy, recorder: Recorder, refusals: RefusalLog, passwords: Passwords) {
    this.#passwords = passwords;
    this.#root = root;
    this.#policy = policy;
    this.#recorder = recorder;
    this.#refusals = refusals;
    this.check = policy.flags === undefined ? null : new ResponseCheck(policy.flags);
  }

  /** Starts to hold requests. */
  async open(): Promise<void> {
    await this.#root.send('Fetch.enable', { patterns: PATTERNS, handleAuthRequests: true });
  }

  /** Fails every request from now on. */
  shut(): void {
    this.#shut = true;
    this.check?.shut();
  }

  /** Lets nothing through any more for the frame of that identifier: its window is being closed. */
  doom(frameId: string): void {
    if (this.#doomed.size >= MAX_BLOCKED) this.#doomed.clear();
    this.#doomed.add(frameId);
  }

  /** Loads no picture, video, sound or script file from now on, or loads them again. What a page carries in itself is not asked for, and stays. */
  textFirst(on: boolean): void {
    this.#textFirst = on;
  }

  /** How many parts of the page on screen were not loaded because text comes first. */
  get notLoaded(): number {
    return this.#notLoaded;
  }

  /** What was stopped since the page on screen began to load. */
  get blocked(): readonly BlockedRequest[] {
    return this.#blocked;
  }

  /** Takes the event if it is about a held request. */
  take(event: CdpEvent): boolean {
    if (isEvent(event, 'Fetch.requestPaused')) this.#decide(event.session, event.params);
    else if (isEvent(event, 'Fetch.authRequired')) this.#passwords.answer(event.session, event.params);
    else return false;
    return true;
  }

  #decide(session: CdpSession, paused: Protocol.Fetch.RequestPausedEvent): void {
    const { requestId, responseStatusCode, responseErrorReason } = paused;
    if (this.#shut) return session.tell('Fetch.failRequest', { requestId, errorReason: 'InternetDisconnected' });
    if (this.#doomed.has(paused.frameId)) return session.tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    if (responseStatusCode !== undefined || responseErrorReason !== undefined) return this.#answer(session, paused);
    if (this.check?.listed(paused.request.url, paused.resourceType === 'Document' && paused.frameId === this.#recorder.mainFrame) === true) {
      return session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    }
    if (header(paused.request.headers, 'service-worker') !== null) {
      this.#refusals.refuse('service-worker', paused.request.url, 'A service worker was not allowed to register.');
      return session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    }
    const ahead = header(paused.request.headers, 'sec-purpose')?.startsWith('prefetch') === true;
    if (paused.resourceType === 'Document' && !ahead) return this.#navigation(session, paused);
    const unasked = ahead ? 'prefetch' : UNASKED[paused.resourceType];
    if (unasked !== undefined) {
      this.#refusals.refuse(unasked, paused.request.url, '');
      return session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    }
    if (this.#textFirst && NOT_TEXT.has(paused.resourceType)) return this.#leaveOut(session, requestId);
    const decision = this.#policy.decideAddress(paused.request.url, { main: false, cause: 'unknown' });
    if (decision.allow) return session.tell('Fetch.continueRequest', { requestId, ...(this.check?.wants(paused.resourceType) === true ? { interceptResponse: true } : {}) });
    this.#note(paused.request.url, decision.what);
    this.#refusals.refuse(decision.what, paused.request.url, `A part of the page was not loaded (${paused.resourceType}).`);
    session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
  }

  #navigation(session: CdpSession, paused: Protocol.Fetch.RequestPausedEvent): void {
    const { requestId, networkId, request, frameId } = paused;
    // A document that no frame will load is a file about to be saved: a link with the `download` attribute.
    if (networkId === undefined) {
      this.#refusals.refuse('download', request.url, 'A link asked to save a file. Nothing was fetched.');
      return session.tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    }
    const main = frameId === this.#recorder.mainFrame;
    const cause = this.#recorder.causeOf(networkId);
    const decision = this.#policy.decideAddress(request.url, { main, cause });
    if (decision.allow) return session.tell('Fetch.continueRequest', { requestId });
    this.#recorder.markRefused(networkId);
    this.#note(request.url, decision.what);
    this.#refusals.refuseNavigation(request.url, cause, decision.what);
    session.tell('Fetch.failRequest', { requestId, errorReason: main ? 'Aborted' : 'BlockedByClient' });
  }

  #answer(session: CdpSession, paused: Protocol.Fetch.RequestPausedEvent): void {
    const { requestId, responseStatusCode, networkId } = paused;
    if (paused.resourceType !== 'Document') return this.#passOn(session, paused);
    const headers = paused.responseHeaders ?? [];
    const redirect = responseStatusCode !== undefined && responseStatusCode >= 300 && responseStatusCode < 400;
    if (responseStatusCode === undefined || redirect || !wouldBeSaved(responseStatusCode, headers)) {
      // The page that this answer makes begins with a clean list; its own parts are asked for after this.
      if (!redirect && paused.frameId === this.#recorder.mainFrame) this.#newPage();
      if (!redirect && hasBody(responseStatusCode) && this.check?.hold(session, paused) === true) return;
      const responseHeaders = redirect || responseStatusCode === undefined ? null : withoutFeatures(headers);
      if (responseStatusCode === undefined || responseHeaders === null) return session.tell('Fetch.continueRequest', { requestId });
      const phrase = paused.responseStatusText;
      return session.tell('Fetch.continueResponse', { requestId, responseCode: responseStatusCode, responseHeaders, ...(phrase === undefined || phrase === '' ? {} : { responsePhrase: phrase }) });
    }
    if (networkId !== undefined) this.#recorder.markRefused(networkId);
    const name = suggestedName(headers);
    this.#note(paused.request.url, 'download');
    this.#refusals.refuse('download', paused.request.url, `The site sent a file to save${name === null ? '' : ` (${name})`}. None of it was read.`);
    session.tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
  }

  #passOn(session: CdpSession, paused: Protocol.Fetch.RequestPausedEvent): void {
    if (!hasBody(paused.responseStatusCode) || this.check?.hold(session, paused) !== true) session.tell('Fetch.continueRequest', { requestId: paused.requestId });
  }

  #newPage(): void {
    this.#blocked = [];
    this.#notLoaded = 0;
  }

  /** Told once a page: how many there were stands in its captures. */
  #leaveOut(session: CdpSession, requestId: string): void {
    if (this.#notLoaded === 0) this.#refusals.refuse('text-first', null, 'Pictures, videos, sounds and script files of this page are not loaded.');
    this.#notLoaded += 1;
    session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
  }

  #note(url: string, what: RefusedThing): void {
    if (this.#blocked.length < MAX_BLOCKED) this.#blocked.push({ url: maskUrl(url), what });
  }
}

function header(headers: Protocol.Network.Headers, name: string): string | null {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}

/** Whether an answer of that status brings bytes that something could be made of. */
function hasBody(status = 0): boolean {
  return status >= 200 && ![204, 205, 304].includes(status) && !(status >= 300 && status < 400);
}
