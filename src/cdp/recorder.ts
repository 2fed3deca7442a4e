import type { Protocol } from 'devtools-protocol';
import type { NavigationCause } from '../record/kinds.js';
import { Causes, type OwnStep } from './causes.js';
import { CertificateDemands } from './certificate-demands.js';
import { isEvent, type CdpEvent } from './connection.js';
import type { EvidenceSink } from './facts.js';
import { Loads, type Load } from './loads.js';
import { maskUrl } from './masking.js';
import type { RefusalLog } from './refusal-log.js';
import { redirectFact } from './response-facts.js';
import { failedFact, navigationFact } from './visit-facts.js';

/** The page on screen. */
export interface CurrentPage {
  readonly view: string;
  readonly url: string;
  readonly load: Load | null;
  readonly loaderId: string;
}

/** What can happen to the page in the view; for whoever waits on it. */
export type PageStep = 'committed' | 'in-page' | 'failed' | 'refused' | 'loaded' | 'stopped' | 'started';

const MAX_REDIRECTS = 50;

/** Addresses that name no place outside the page itself. */
const NO_PLACE = /^(?:about:|chrome-error:|chrome-extension:|chrome:)/;
/** What a document can be loaded from; anything else asks the system to open another program. */
const DOCUMENT_SCHEME = /^(?:https?|about|data|blob|chrome-error|chrome-extension|chrome|filesystem):/i;

/**
 * Turns what the browser tells into the record of visits: each document, each hop that led to it, each change of
 * address, each failure, in order. Loads are kept by their loader's identifier, which stays the same while a load
 * moves between processes and sessions.
 */
export class Recorder {
  readonly #sink: EvidenceSink;
  readonly #refusals: RefusalLog;
  readonly #targetOf: (sessionId: string | null) => string;
  readonly #loads = new Loads();
  readonly #causes = new Causes();
  readonly #demands = new CertificateDemands();
  #inPageCause: { readonly frameId: string; readonly cause: NavigationCause } | null = null;
  #clicked: { readonly sessionId: string | null; readonly url: string } | null = null;
  #mainFrame = '';
  #views = 0;
  #current: CurrentPage | null = null;
  #stopLoading: () => void = () => undefined;
  #onStep: (step: PageStep, loaderId: string | null) => void = () => undefined;

  constructor(sink: EvidenceSink, refusals: RefusalLog, targetOf: (sessionId: string | null) => string) {
    this.#sink = sink;
    this.#refusals = refusals;
    this.#targetOf = targetOf;
  }

  /** The page on screen; null before the first. */
  get current(): CurrentPage | null {
    return this.#current;
  }

  /** Identifier of the page's own frame. */
  get mainFrame(): string {
    return this.#mainFrame;
  }

  /** Names the page's own frame, once it is known. */
  watch(mainFrame: string): void {
    this.#mainFrame = mainFrame;
  }

  /** Sets how a load of the page that is not to come is given up. */
  onStop(stop: () => void): void {
    this.#stopLoading = stop;
  }

  /** Sets who is told what happens to the page in the view. */
  onStep(listener: (step: PageStep, loaderId: string | null) => void): void {
    this.#onStep = listener;
  }

  /** The view is about to send the page somewhere. */
  expect(step: OwnStep): void {
    this.#causes.expect(step);
  }

  /** The view's step is over. */
  forget(): void {
    this.#causes.forget();
  }

  /** Why the load of that identifier started; `unknown` for one never heard of. */
  causeOf(loaderId: string | undefined): NavigationCause {
    return (loaderId === undefined ? undefined : this.#loads.get(loaderId))?.cause ?? 'unknown';
  }

  /** The policy stopped this load: its failure is not news, but the hops that led to it are. */
  markRefused(loaderId: string): void {
    const load = this.#loads.get(loaderId);
    if (load !== undefined) load.refused = true;
  }

  /** The certificate of an address is not valid; whether it is that of a page or a frame on its way. */
  noteCertificate(url: string, error: string, accepted: boolean): boolean {
    const load = this.#loads.onItsWayTo(url);
    if (load === undefined) return false;
    load.certificate = { error, accepted };
    return load.frameId === this.#mainFrame;
  }

  /** A person clicked a link with a fragment in the page: the change of address that follows is its doing. */
  clicked(sessionId: string | null, url: string): void {
    this.#clicked = { sessionId, url };
  }

  /** Takes the event if it is about navigation. */
  take(event: CdpEvent): void {
    if (isEvent(event, 'Network.requestWillBeSent')) this.#requestWillBeSent(event.params, event.session.id);
    else if (isEvent(event, 'Network.responseReceived')) this.#responseReceived(event.params);
    else if (isEvent(event, 'Network.requestWillBeSentExtraInfo')) this.#extra(event.params.requestId, 'requestHeaders', event.params.headers);
    else if (isEvent(event, 'Network.responseReceivedExtraInfo')) this.#extra(event.params.requestId, 'responseHeaders', event.params.headers);
    else if (isEvent(event, 'Network.loadingFailed')) this.#loadingFailed(event.params);
    else if (isEvent(event, 'Page.frameRequestedNavigation')) this.#causes.requested(event.params);
    else if (isEvent(event, 'Page.frameStartedNavigating')) this.#started(event.params, event.session.id);
    else if (isEvent(event, 'Page.frameDetached') && event.params.reason === 'remove') this.#abandon(event.params.frameId);
    else if (isEvent(event, 'Page.frameNavigated')) this.#frameNavigated(event.params, event.session.id);
    else if (isEvent(event, 'Page.navigatedWithinDocument')) this.#withinDocument(event.params, event.session.id);
    else if (isEvent(event, 'Page.loadEventFired')) this.#mainEvent(event, 'loaded');
    else if (isEvent(event, 'Page.frameStoppedLoading') && event.params.frameId === this.#mainFrame) this.#onStep('stopped', null);
  }

  #mainEvent(event: CdpEvent, step: PageStep): void {
    if (this.#targetOf(event.session.id) === this.#mainFrame) this.#onStep(step, null);
  }

  #started(event: Protocol.Page.FrameStartedNavigatingEvent, sessionId: string | null): void {
    const main = event.frameId === this.#mainFrame;
    const start = this.#causes.started(event, main);
    if (event.navigationType === 'sameDocument' || event.navigationType === 'historySameDocument') {
      this.#inPageCause = { frameId: event.frameId, cause: start.cause };
    } else if (!this.#loads.has(event.loaderId)) {
      this.#refuseOutside(this.#loads.remember({ ...start, loaderId: event.loaderId, frameId: event.frameId, sessionId, url: event.url }));
    }
    if (main && !event.navigationType.toLowerCase().includes('samedocument')) this.#onStep('started', event.loaderId);
  }

  #requestWillBeSent(event: Protocol.Network.RequestWillBeSentEvent, sessionId: string | null): void {
    if (event.type !== 'Document' || event.requestId !== event.loaderId) return;
    const frameId = event.frameId ?? '';
    const load = this.#loads.get(event.requestId) ?? this.#loads.remember({ cause: 'unknown', typed: null, loaderId: event.requestId, frameId, sessionId, url: event.request.url });
    // A frame that changes process is told of in two sessions; a hop must stand in the record once.
    if (load.sessionId !== sessionId) return;
    if (event.redirectResponse !== undefined && load.redirects.length < MAX_REDIRECTS) load.redirects.push(redirectFact(event.redirectResponse, event.request.url));
    load.url = event.request.url + (event.request.urlFragment ?? '');
    load.request = event.request;
    this.#refuseOutside(load);
  }

  /** The browser itself refuses what another program would have to open; here it is told, once. */
  #refuseOutside(load: Load): void {
    if (load.refused || DOCUMENT_SCHEME.test(load.url)) return;
    load.refused = true;
    this.#refusals.refuseNavigation(load.url, load.cause, 'external-link');
    // The browser would put an error page in the page's place.
    if (load.frameId === this.#mainFrame) this.#stopLoading();
  }

  #responseReceived(event: Protocol.Network.ResponseReceivedEvent): void {
    const load = event.type === 'Document' ? this.#loads.get(event.requestId) : undefined;
    if (load !== undefined) load.response = event.response;
  }

  #extra(requestId: string, which: 'requestHeaders' | 'responseHeaders', headers: Protocol.Network.Headers): void {
    const load = this.#loads.get(requestId);
    if (load !== undefined && !load.committed) load[which] = headers;
  }

  #loadingFailed(event: Protocol.Network.LoadingFailedEvent): void {
    const load = event.type === 'Document' ? this.#loads.get(event.requestId) : undefined;
    if (load === undefined || load.committed) return;
    const main = load.frameId === this.#mainFrame;
    const demanded = this.#demands.failed(load.url, event.errorText);
    if ((!load.refused || load.redirects.length > 0) && !NO_PLACE.test(load.url)) this.#tellFailed(load, event, main, demanded);
    if (demanded) this.#refusals.refuse('client-certificate', load.url, 'The site opens only for those who show a certificate. None was shown.');
    if (main) this.#onStep(load.refused ? 'refused' : 'failed', load.loaderId);
    if (load.view === null) this.#loads.forget(load.loaderId);
  }

  #tellFailed(load: Load, event: Pick<Protocol.Network.LoadingFailedEvent, 'errorText' | 'blockedReason'>, main: boolean, demanded = false): void {
    // An aborted load leaves the page that was there; any other puts an error page in its place, which is a page view.
    if (main && event.errorText !== 'net::ERR_ABORTED' && !load.refused) load.view = this.#nextView();
    this.#sink.failed(failedFact(load, event, { view: load.view ?? this.#current?.view ?? 'v0', target: this.#targetOf(load.sessionId), main, demanded }));
  }

  /** Of loads that go with their frame, or with the page around it, the browser says no more; the server has seen them. */
  #abandon(frameId: string | null): void {
    for (const load of this.#loads.under((of) => (frameId === null ? of !== this.#mainFrame : of === frameId))) {
      if (!load.refused) this.#tellFailed(load, { errorText: 'net::ERR_ABORTED' }, false);
      this.#loads.forget(load.loaderId);
    }
  }

  #frameNavigated({ frame }: Protocol.Page.FrameNavigatedEvent, sessionId: string | null): void {
    const main = frame.id === this.#mainFrame;
    const load = this.#loads.get(frame.loaderId) ?? null;
    if (load !== null) load.committed = true;
    const url = frame.url + (frame.urlFragment ?? '');
    if (frame.unreachableUrl !== undefined) {
      if (main) this.#arrived(load?.view ?? this.#nextView(), frame.unreachableUrl, load, frame.loaderId);
      return;
    }
    if (!main && (NO_PLACE.test(url) || this.#inViewer())) return;
    if (main) this.#abandon(null);
    const view = main ? this.#nextView() : (this.#current?.view ?? 'v0');
    this.#sink.navigation(navigationFact(load, { view, target: this.#targetOf(sessionId), frame: frame.id, main, url, mediaType: frame.mimeType }));
    if (main) this.#arrived(view, url, load, frame.loaderId);
  }

  /** The frames around a PDF are the browser's own viewer, which shows what has arrived; a PDF has none. */
  #inViewer(): boolean {
    return this.#current?.load?.response?.mimeType.toLowerCase() === 'application/pdf';
  }

  #arrived(view: string, url: string, load: Load | null, loaderId: string): void {
    this.#current = { view, url, load, loaderId };
    this.#onStep('committed', loaderId);
  }

  #withinDocument(event: Protocol.Page.NavigatedWithinDocumentEvent, sessionId: string | null): void {
    const main = event.frameId === this.#mainFrame;
    const known = this.#inPageCause?.frameId === event.frameId ? this.#inPageCause.cause : null;
    this.#inPageCause = null;
    const clicked = this.#clicked?.sessionId === sessionId && this.#clicked.url === event.url;
    this.#clicked = null;
    // What nobody typed, went back to or clicked, the page did by itself.
    const cause = known !== null && known !== 'unknown' ? known : clicked ? 'link' : 'script';
    this.#sink.inPage({ view: this.#current?.view ?? 'v0', target: this.#targetOf(sessionId), frame: event.frameId, main, url: maskUrl(event.url), cause });
    if (!main) return;
    if (this.#current !== null) this.#current = { ...this.#current, url: event.url };
    this.#onStep('in-page', null);
  }

  #nextView(): string {
    this.#views += 1;
    return `v${this.#views}`;
  }
}
