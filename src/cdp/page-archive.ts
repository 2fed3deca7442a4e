import { createHash } from 'node:crypto';
import type { Displayed } from './displayed-pictures.js';
import { sniff } from './image-header.js';
import { maskHeaders, maskUrl, oneLine } from './masking.js';
import type { Hop, PageResponse } from './page-responses.js';

/** A response that goes with a capture: of the load on the screen, masked. See `Exchange` of the archive, which it becomes. */
export interface KeptResponse {
  readonly url: string;
  readonly at: string;
  readonly method: string;
  readonly requestHeaders: readonly (readonly [string, string])[];
  readonly status: number;
  readonly statusText: string;
  readonly responseHeaders: readonly (readonly [string, string])[];
  readonly address: string | null;
  readonly protocol: string | null;
  readonly mediaType: string;
  readonly body: Uint8Array;
  readonly text: boolean;
}

/** A response that does not go with it, and why. */
export interface NotKept {
  readonly url: string;
  readonly mediaType: string | null;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly reason: 'not-displayed' | 'animated' | 'not-readable' | NonNullable<PageResponse['why']>;
}

/** What one capture has of its page's responses, in memory alone. */
export interface PageArchive {
  readonly kept: readonly KeptResponse[];
  readonly notKept: readonly NotKept[];
  /** How many requests were not even followed. */
  readonly missed: number;
  /** Overwrites every body. */
  wipe(): void;
}

/** How much smaller than it is a picture may have been shown, in each direction. */
const MAX_SHRINK = 8;
/** How far a picture's proportions may differ from those of the box that it filled, so that hardly anything was cut off. */
const PROPORTION = 0.1;

const FONT = /^(?:wOFF|wOF2|OTTO|true|ttcf|\0\x01\0\0)/;

/**
 * Chooses what of a page's responses may be kept with a picture of it: text, fonts, and those pictures that were
 * displayed whole. A picture that nobody saw, a moving one, video, sound and what cannot be read are named with their
 * SHA-256 and wiped. `displayed` is null for a capture without pixels: then no picture is kept.
 */
export function choose(responses: readonly PageResponse[], displayed: readonly Displayed[] | null, missed: number): PageArchive {
  const kept: KeptResponse[] = [];
  const notKept: NotKept[] = [];
  for (const { hops, body, why, type } of responses) {
    for (const hop of hops.slice(0, -1)) if (hop.response !== null) kept.push(keptResponse(hop, hop.response, Buffer.alloc(0), true));
    const last = hops.at(-1);
    if (last === undefined) continue;
    const { response } = last;
    const about = { url: maskUrl(last.request.url), mediaType: response === null ? null : oneLine(response.mimeType) };
    if (body === null || response === null) {
      notKept.push({ ...about, size: null, sha256: null, reason: why ?? 'evicted' });
      continue;
    }
    const reason = refused(body, response.mimeType, type, last.request.url, displayed ?? []);
    if (reason === null) kept.push(keptResponse(last, response, body, isText(body)));
    else {
      notKept.push({ ...about, size: body.length, sha256: createHash('sha256').update(body).digest('hex'), reason });
      body.fill(0);
    }
  }
  return { kept, notKept, missed, wipe: () => kept.forEach(({ body }) => body.fill(0)) };
}

/** Why this body may not be kept; null when it may. What it is, its own bytes say, and not only the server. */
function refused(body: Uint8Array, mimeType: string, type: string, url: string, displayed: readonly Displayed[]): NotKept['reason'] | null {
  const what = sniff(body);
  if (what.kind === 'media' || /^(?:video|audio)\//i.test(mimeType)) return 'media';
  if (what.kind === 'picture') return what.animated ? 'animated' : shownWhole(url, what, displayed) ? null : 'not-displayed';
  // Drawings are text, and yet pictures: they too must have been in sight. Their size is their own choice.
  if (/^image\//i.test(mimeType)) return /svg/i.test(mimeType) && isText(body) && shownWhole(url, null, displayed) ? null : 'not-displayed';
  if (isText(body) || (type === 'Font' && FONT.test(Buffer.from(body.subarray(0, 4)).toString('latin1')))) return null;
  return 'not-readable';
}

function shownWhole(url: string, own: { readonly width: number | null; readonly height: number | null } | null, displayed: readonly Displayed[]): boolean {
  const places = displayed.filter((each) => withoutFragment(each.url) === withoutFragment(url));
  if (own === null) return places.length > 0;
  const { width, height } = own;
  // Of a picture whose size is not known nobody can say how much of it was shown.
  if (width === null || height === null || width === 0 || height === 0) return false;
  return places.some((place) => {
    if (place.width * MAX_SHRINK < width || place.height * MAX_SHRINK < height) return false;
    if (place.fit === 'cover') return Math.abs((place.width / place.height) * (height / width) - 1) <= PROPORTION;
    return place.fit === 'whole' || (place.width >= width * (1 - PROPORTION) && place.height >= height * (1 - PROPORTION));
  });
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? '';
}

/** Text in an encoding that holds ASCII as it is: no zero bytes. */
function isText(body: Uint8Array): boolean {
  return !body.includes(0) && !/[\x01-\x08\x0e-\x1a]/.test(Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 4_096)).toString('latin1'));
}

function keptResponse({ request, wallTime, requestHeaders, responseHeaders }: Hop, response: NonNullable<Hop['response']>, body: Uint8Array, text: boolean): KeptResponse {
  return {
    url: maskUrl(request.url),
    at: new Date(wallTime * 1_000).toISOString(),
    method: request.method,
    requestHeaders: headers(requestHeaders),
    status: response.status,
    statusText: response.statusText,
    responseHeaders: headers(responseHeaders ?? response.headers),
    address: response.remoteIPAddress === undefined || response.remoteIPAddress === '' ? null : response.remoteIPAddress.replace(/^\[|\]$/g, ''),
    protocol: response.protocol === undefined || response.protocol === '' ? null : response.protocol,
    mediaType: response.mimeType === '' ? 'unk' : oneLine(response.mimeType),
    body,
    text,
  };
}

/** Masked; the browser joins values of one name with line breaks. */
function headers(from: { readonly [name: string]: string }): [string, string][] {
  return Object.entries(maskHeaders(from)).flatMap(([name, value]) => value.split('\n').map((line): [string, string] => [name, line]));
}
