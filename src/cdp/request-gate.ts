import type { Protocol } from 'devtools-protocol';
import { isEvent, type CdpEvent, type CdpSession } from './connection.js';
import { suggestedName, wouldBeSaved } from './downloads.js';
import type { Policy } from './facts.js';
import { maskUrl } from './masking.js';
import type { Recorder } from './recorder.js';
import type { RefusalLog } from './refusal-log.js';
import type { RefusedThing } from '../record/kinds.js';

/** A request that the policy stopped while a page was shown. */
export interface BlockedRequest {
  readonly url: string;
  readonly what: RefusedThing;
}

/** How many stopped requests a page's facts list; the rest is in the record as a number. */
const MAX_BLOCKED = 200;

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
  #blocked: BlockedRequest[] = [];
  #shut = false;
  #textFirst = false;
  #notLoaded = 0;
  readonly #doomed = new Set<string>();

  constructor(root: CdpSession, policy: Policy, recorder: Recorder, refusals: RefusalLog) {
    this.#root = root;
    this.#policy = policy;
    this.#recorder = recorder;
    this.#refusals = refusals;
  }

  /** Starts to hold requests. */
  async open(): Promise<void> {
    await this.#root.send('Fetch.enable', { patterns: PATTERNS, handleAuthRequests: true });
  }

  /** Fails every request from now on. */
  shut(): void {
    this.#shut = true;
  }

  /** Lets nothing through any more for the frame of that identifier: its window is being closed. */
  doom(frameId: string): void {
    if (this.#doomed.size >= MAX_BLOCKED) this.#doomed.clear();
    this.#doomed.add(frameId);
  }

  /** Loads no picture, film, sound or script file from now on, or loads them again. What a page carries in itself is not asked for, and stays. */
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
    else if (isEvent(event, 'Fetch.authRequired')) this.#noPassword(event.session, event.params);
    else return false;
    return true;
  }

  #decide(session: CdpSession, paused: Protocol.Fetch.RequestPausedEvent): void {
    const { requestId, responseStatusCode, responseErrorReason } = paused;
    if (this.#shut) return session.tell('Fetch.failRequest', { requestId, errorReason: 'InternetDisconnected' });
    if (this.#doomed.has(paused.frameId)) return session.tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    if (responseStatusCode !== undefined || responseErrorReason !== undefined) return this.#answer(session, paused);
    if (header(paused.request.headers, 'service-worker') !== null) {
      this.#refusals.refuse('service-worker', paused.request.url, 'A service worker was not allowed to register.');
      return session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    }
    if (paused.resourceType === 'Document') return this.#navigation(session, paused);
    if (this.#textFirst && NOT_TEXT.has(paused.resourceType)) return this.#leaveOut(session, requestId);
    const decision = this.#policy.decideAddress(paused.request.url, { main: false, cause: 'unknown' });
    if (decision.allow) return session.tell('Fetch.continueRequest', { requestId });
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
    const headers = paused.responseHeaders ?? [];
    const redirect = responseStatusCode !== undefined && responseStatusCode >= 300 && responseStatusCode < 400;
    if (responseStatusCode === undefined || redirect || !wouldBeSaved(responseStatusCode, headers)) {
      // The page that this answer makes begins with a clean list; its own parts are asked for after this.
      if (!redirect && paused.frameId === this.#recorder.mainFrame) this.#newPage();
      return session.tell('Fetch.continueRequest', { requestId });
    }
    if (networkId !== undefined) this.#recorder.markRefused(networkId);
    const name = suggestedName(headers);
    this.#note(paused.request.url, 'download');
    this.#refusals.refuse('download', paused.request.url, `The site sent a file to save${name === null ? '' : ` (${name})`}. None of it was read.`);
    session.tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
  }

  #newPage(): void {
    this.#blocked = [];
    this.#notLoaded = 0;
  }

  /** Told once a page: how many there were stands in its captures. */
  #leaveOut(session: CdpSession, requestId: string): void {
    if (this.#notLoaded === 0) this.#refusals.refuse('text-first', null, 'Pictures, films, sounds and script files of this page are not loaded.');
    this.#notLoaded += 1;
    session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
  }

  #noPassword(session: CdpSession, asked: Protocol.Fetch.AuthRequiredEvent): void {
    this.#refusals.refuse('authentication', asked.request.url, `The site asked for a user name and password (${asked.authChallenge.scheme}).`);
    session.tell('Fetch.continueWithAuth', { requestId: asked.requestId, authChallengeResponse: { response: 'CancelAuth' } });
  }

  #note(url: string, what: RefusedThing): void {
    if (this.#blocked.length < MAX_BLOCKED) this.#blocked.push({ url: maskUrl(url), what });
  }
}

function header(headers: Protocol.Network.Headers, name: string): string | null {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}
