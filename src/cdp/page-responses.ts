import type { Protocol } from 'devtools-protocol';
import { isEvent, type CdpEvent, type CdpSession } from './connection.js';
import type { Recorder } from './recorder.js';

/**
 * What the browser keeps of bodies for us, in the memory of its network process and nowhere else, as they came: bytes,
 * not text read by a guess at its encoding.
 */
export const BODIES_KEPT = { maxTotalBufferSize: 64 * 2 ** 20, maxResourceBufferSize: 16 * 2 ** 20 } as const;

/** How many requests of one page are followed; the rest are counted. */
const MAX_FOLLOWED = 4_000;
const MAX_HOPS = 20;
const BODY_MS = 10_000;
/** How many bodies are asked for at a time. */
const AT_ONCE = 6;

/** One request and its answer; a redirect makes another. Headers as they went over the wire where the browser told them. */
export interface Hop {
  readonly request: Protocol.Network.Request;
  /** Seconds since 1970. */
  readonly wallTime: number;
  response: Protocol.Network.Response | null;
  requestHeaders: Protocol.Network.Headers;
  responseHeaders: Protocol.Network.Headers | null;
}

interface Followed {
  readonly requestId: string;
  readonly loaderId: string;
  type: string;
  session: CdpSession;
  readonly hops: Hop[];
  readonly sent: Protocol.Network.Headers[];
  readonly received: { readonly headers: Protocol.Network.Headers; readonly status: number }[];
  state: 'open' | 'finished' | 'failed';
}

/** What became of one request of the page on screen; `body` is null where there is none to be had, and `why` says so. */
export interface PageResponse {
  readonly hops: readonly Hop[];
  readonly type: string;
  readonly body: Uint8Array | null;
  readonly why: 'failed' | 'unfinished' | 'evicted' | 'too-large' | 'too-many' | 'media' | null;
}

/** Kinds of request whose answer is a video or a stream, or nothing. */
const STREAMS = new Set(['Media', 'EventSource', 'WebSocket', 'Ping', 'CSPViolationReport', 'Preflight', 'Prefetch', 'SignedExchange']);

/**
 * Follows the requests of the page on screen, so that a capture can have what they brought. No body passes through our
 * own memory before a capture asks for it. When another document takes the page's place, all of the one before is forgotten.
 */
export class PageResponses {
  readonly #recorder: Recorder;
  #followed = new Map<string, Followed>();
  #missed = 0;
  #off = false;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** Follows nothing any more and forgets what it had. */
  cut(): void {
    this.#off = true;
    this.#followed.clear();
  }

  /** How many requests of the page were not followed, because there were too many. */
  get missed(): number {
    return this.#missed;
  }

  /** Takes the event if it is about what a page loads. */
  take(event: CdpEvent): void {
    if (this.#off) return;
    if (isEvent(event, 'Network.requestWillBeSent')) this.#sent(event.params, event.session);
    else if (isEvent(event, 'Network.requestWillBeSentExtraInfo')) this.#followed.get(event.params.requestId)?.sent.push(event.params.headers);
    else if (isEvent(event, 'Network.responseReceivedExtraInfo')) this.#followed.get(event.params.requestId)?.received.push({ headers: event.params.headers, status: event.params.statusCode });
    else if (isEvent(event, 'Network.responseReceived')) this.#answered(event.params, event.session);
    else if (isEvent(event, 'Network.loadingFinished')) this.#ended(event.params.requestId, event.session, 'finished');
    else if (isEvent(event, 'Network.loadingFailed')) this.#ended(event.params.requestId, event.session, 'failed');
    else if (isEvent(event, 'Page.frameNavigated') && event.params.frame.id === this.#recorder.mainFrame) this.#arrived(event.params.frame.loaderId);
  }

  #sent(event: Protocol.Network.RequestWillBeSentEvent, session: CdpSession): void {
    const { requestId, request, wallTime, loaderId, type = 'Other' } = event;
    if (!/^https?:/i.test(request.url)) return;
    const known = this.#followed.get(requestId);
    const hop: Hop = { request, wallTime, response: null, requestHeaders: request.headers, responseHeaders: null };
    if (known === undefined) {
      if (this.#followed.size >= MAX_FOLLOWED) this.#missed += 1;
      else this.#followed.set(requestId, { requestId, loaderId, type, session, hops: [hop], sent: [], received: [], state: 'open' });
      return;
    }
    known.session = session;
    // A frame that changes process is told of twice; only a redirect is another request.
    const last = known.hops.at(-1);
    if (event.redirectResponse === undefined || last?.response !== null || known.hops.length >= MAX_HOPS) return;
    last.response = event.redirectResponse;
    known.hops.push(hop);
  }

  #answered({ requestId, response, type }: Protocol.Network.ResponseReceivedEvent, session: CdpSession): void {
    const known = this.#followed.get(requestId);
    const last = known?.hops.at(-1);
    if (known === undefined || last === undefined) return;
    last.response = response;
    known.type = type;
    known.session = session;
  }

  #ended(requestId: string, session: CdpSession, state: 'finished' | 'failed'): void {
    const known = this.#followed.get(requestId);
    if (known === undefined) return;
    known.state = state;
    known.session = session;
  }

  /** What the new document asked for so far is its own load; everything else was the old one's. */
  #arrived(loaderId: string): void {
    this.#missed = 0;
    this.#followed = new Map([...this.#followed].filter(([, { loaderId: of }]) => of === loaderId));
  }

  /** The bytes of the document that `loaderId` loaded, as they came; null where the browser does not hold them whole. */
  async documentBody(loaderId: string): Promise<Uint8Array | null> {
    const followed = this.#followed.get(loaderId);
    return followed === undefined ? null : (await bodyOf(followed)).body;
  }

  /**
   * Everything that the page on screen asked for until now, with the bodies that the browser still holds: at most 64 MiB
   * in all. `wanted` is asked for each answer; what it declines is given without its body.
   */
  async collect(): Promise<PageResponse[]> {
    const followed = [...this.#followed.values()];
    const found: PageResponse[] = [];
    let left: number = BODIES_KEPT.maxTotalBufferSize;
    let next = 0;
    const work = async (): Promise<void> => {
      for (let at = next++; at < followed.length; at = next++) {
        const one = followed[at];
        if (one === undefined) continue;
        withWireHeaders(one);
        const { body, why } = await bodyOf(one);
        const fits = body === null || body.length <= left;
        if (body !== null && fits) left -= body.length;
        found[at] = { hops: one.hops, type: one.type, body: fits ? body : null, why: fits ? why : 'too-many' };
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return found;
  }
}

/** The browser tells headers as sent in events of their own, in order; they count only where each hop has one. */
function withWireHeaders({ hops, sent, received }: Followed): void {
  hops.forEach((hop, index) => {
    if (sent.length === hops.length) hop.requestHeaders = sent[index] ?? hop.requestHeaders;
    const wire = received.length === hops.length ? received[index] : undefined;
    hop.responseHeaders = wire?.headers ?? hop.response?.headers ?? null;
    // Of a redirect that was held and let go the browser tells no status elsewhere.
    if (hop.response?.status === 0 && wire !== undefined) hop.response = { ...hop.response, status: wire.status };
  });
}

async function bodyOf({ session, requestId, state, type, hops }: Followed): Promise<Pick<PageResponse, 'body' | 'why'>> {
  if (STREAMS.has(type)) return { body: null, why: 'media' };
  if (state === 'open') return { body: null, why: 'unfinished' };
  const response = hops.at(-1)?.response ?? null;
  if (state === 'failed' || response === null) return { body: null, why: 'failed' };
  try {
    const answer = await session.send('Network.getResponseBody', { requestId }, BODY_MS);
    return { body: Buffer.from(answer.body, answer.base64Encoded ? 'base64' : 'utf8'), why: null };
  } catch {
    const length = Number(Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? response.encodedDataLength);
    return { body: null, why: length > BODIES_KEPT.maxResourceBufferSize ? 'too-large' : 'evicted' };
  }
}
