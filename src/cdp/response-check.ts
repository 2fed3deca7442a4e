import type { Protocol } from 'devtools-protocol';
import { isEvent, type CdpEvent, type CdpSession } from './connection.js';
import { dataUrlBytes } from './data-url.js';

/** Why something that a page loaded was not compared with the lists. */
export type UncheckedReason = 'part' | 'too-large' | 'endless' | 'slow' | 'many';

/** What is looked for in what a page loads. Whoever answers true has begun the halt by then. */
export interface FlagWatch {
  /** Whether what a page loads is looked for too, and not its addresses alone. */
  readonly bodies: boolean;
  /** Whether the address is on a list. Asked before it is requested; `main`: the page itself would be replaced. */
  address(url: string, main: boolean): boolean;
  /** Whether these bytes are on a list. They are the callee's: it wipes them. */
  body(bytes: Uint8Array, url: string): Promise<boolean>;
  /** Something was not compared. */
  unchecked(url: string, why: UncheckedReason): void;
}

/** The largest answer that is looked at whole, in bytes. */
export const MAX_CHECKED = 16 * 2 ** 20;
/** How long an answer may take to arrive whole. */
const WHOLE_WITHIN_MS = 15_000;

/** What can bring a picture or a video into a page; documents' answers are held for other reasons already. */
const TYPES: ReadonlySet<Protocol.Network.ResourceType> = new Set(['Image', 'Media', 'Fetch', 'XHR', 'Prefetch', 'Other']);

/**
 * Looks for what is on a list in what a page loads: addresses before they are requested, whole pictures and videos before
 * the page gets them, `data:` and `blob:` pictures as they are used.
 */
export class ResponseCheck {
  readonly #watch: FlagWatch;
  #shut = false;
  readonly #blobs = new Map<string, { readonly url: string; readonly frameId: string }>();

  constructor(watch: FlagWatch) {
    this.#watch = watch;
  }

  /** Whether the answer to such a request is to be held. (Not by patterns: the browser knows none for what is fetched ahead.) */
  wants(type: Protocol.Network.ResourceType): boolean {
    return this.#watch.bodies && TYPES.has(type);
  }

  /** Lets nothing through any more. */
  shut(): void {
    this.#shut = true;
  }

  /** See {@link FlagWatch.address}. */
  listed(url: string, main: boolean): boolean {
    return this.#watch.address(url, main);
  }

  /** Takes a held answer if it is to be looked at; the page gets it afterwards or never. */
  hold(session: CdpSession, paused: Protocol.Fetch.RequestPausedEvent): boolean {
    if (!this.#watch.bodies || !isPicture(paused)) return false;
    const why = uncheckable(paused);
    if (why === null) {
      void this.#look(session, paused);
      return true;
    }
    this.#watch.unchecked(paused.request.url, why);
    return false;
  }

  /** Takes the event if it tells of what goes past the holding of requests. */
  take(event: CdpEvent): void {
    if (isEvent(event, 'Network.webSocketCreated') || isEvent(event, 'Network.webTransportCreated')) this.#watch.address(event.params.url, false);
    else if (!this.#watch.bodies) return;
    else if (isEvent(event, 'Network.requestWillBeSent')) this.#inner(event.params);
    else if (isEvent(event, 'Network.loadingFinished')) this.#blobLoaded(event.session, event.params.requestId);
  }

  async #look(session: CdpSession, { requestId, request }: Protocol.Fetch.RequestPausedEvent): Promise<void> {
    const fail = (): void => session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    let bytes: Buffer;
    try {
      const { body, base64Encoded } = await session.send('Fetch.getResponseBody', { requestId }, WHOLE_WITHIN_MS);
      bytes = Buffer.from(body, base64Encoded ? 'base64' : 'utf8');
    } catch {
      // Once the browser has begun to read an answer for us it cannot be passed on half-read.
      this.#watch.unchecked(request.url, 'slow');
      fail();
      return;
    }
    const listed = await this.#watch.body(bytes, request.url).catch(() => true);
    if (listed || this.#shut) fail();
    else session.tell('Fetch.continueRequest', { requestId });
  }

  /** A picture that comes from the page itself: nobody can hold it back, but it is looked at as it is used. */
  #inner({ request, requestId, frameId, type }: Protocol.Network.RequestWillBeSentEvent): void {
    if (request.url.startsWith('data:')) {
      const bytes = dataUrlBytes(request.url, MAX_CHECKED, type === 'Image' || type === 'Media');
      if (bytes === null) this.#watch.unchecked(request.url.slice(0, 100), 'too-large');
      else if (bytes.length > 0) void this.#watch.body(bytes, 'data:').catch(() => undefined);
    } else if (request.url.startsWith('blob:') && frameId !== undefined) {
      if (this.#blobs.size >= 1_000) this.#blobs.clear();
      this.#blobs.set(requestId, { url: request.url, frameId });
    }
  }

  #blobLoaded(session: CdpSession, requestId: string): void {
    const blob = this.#blobs.get(requestId);
    if (blob === undefined) return;
    this.#blobs.delete(requestId);
    void this.#lookAt(session, blob.frameId, blob.url);
  }

  /** What a frame has loaded from `url` and still holds; it may be gone by now. */
  async #lookAt(session: CdpSession, frameId: string, url: string): Promise<void> {
    try {
      const { content, base64Encoded } = await session.send('Page.getResourceContent', { frameId, url }, WHOLE_WITHIN_MS);
      await this.#watch.body(Buffer.from(content, base64Encoded ? 'base64' : 'utf8'), url);
    } catch {
      // It is looked for again before a capture.
    }
  }
}

function isPicture({ resourceType, responseHeaders }: Protocol.Fetch.RequestPausedEvent): boolean {
  const type = header(responseHeaders, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^(?:image|video)\/|^multipart\/x-mixed-replace$/.test(type)) return true;
  if (resourceType === 'Image') return true;
  if (resourceType === 'Media') return !type.startsWith('audio/');
  // A script can make a picture out of bytes that do not say what they are.
  return resourceType !== 'Document' && (type === '' || type === 'application/octet-stream');
}

function uncheckable({ responseStatusCode, responseHeaders }: Protocol.Fetch.RequestPausedEvent): UncheckedReason | null {
  if (header(responseHeaders, 'content-type')?.toLowerCase().startsWith('multipart/x-mixed-replace') === true) return 'endless';
  if (responseStatusCode === 206 && !isWhole(header(responseHeaders, 'content-range') ?? '')) return 'part';
  return Number(header(responseHeaders, 'content-length') ?? '0') > MAX_CHECKED ? 'too-large' : null;
}

/** Whether a range is all there is (RFC 9110 section 14.4). */
function isWhole(range: string): boolean {
  const [, last, size] = /^\s*bytes\s+0-(\d{1,15})\/(\d{1,15})\s*$/i.exec(range) ?? [];
  return last !== undefined && Number(last) + 1 === Number(size);
}

function header(headers: readonly Protocol.Fetch.HeaderEntry[] | undefined, name: string): string | null {
  return headers?.find((each) => each.name.toLowerCase() === name)?.value ?? null;
}
