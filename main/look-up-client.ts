import { Resolver } from 'node:dns/promises';
import { CodedError, isCoded } from '../src/record/coded-error.js';
import { networkOfHost } from '../src/investigation/networks.js';
import type { LookedUp, LookUpPort, NameAnswers } from '../src/engine/look-up.js';
import { askOverHttp } from './http-client.js';

/** Milliseconds for one question, redirects included; most bytes of an answer. */
const TIME_LIMIT_MS = 10_000;
const MOST_BYTES = 256 * 1024;
const MOST_REDIRECTS = 5;
const NOT_FOUND = new Set(['ENOTFOUND', 'ENODATA']);

/** Looks up names by Node's resolver, and short texts over HTTP(S): a connection for each, no cookies, nothing kept. `limitMs` is for one text, redirects included. */
export function lookUpsWithin(limitMs: number): LookUpPort {
  return {
    names,
    get: (url, accept) => fetchText(url, accept, limitMs),
  };
}

/** See {@link lookUpsWithin}. */
export const lookUpClient: LookUpPort = lookUpsWithin(TIME_LIMIT_MS);

async function names(host: string): Promise<NameAnswers> {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  const asked = await Promise.allSettled([resolver.resolve4(host, { ttl: true }), resolver.resolve6(host, { ttl: true }), resolver.resolveCname(host)]);
  const [four, six, alias] = asked;
  const answers: NameAnswers['answers'] = [
    ...(alias.status === 'fulfilled' ? alias.value.map((value) => ({ type: 'CNAME' as const, value: value.slice(0, 500), ttl: null })) : []),
    ...(four.status === 'fulfilled' ? four.value.map(({ address, ttl }) => ({ type: 'A' as const, value: address, ttl })) : []),
    ...(six.status === 'fulfilled' ? six.value.map(({ address, ttl }) => ({ type: 'AAAA' as const, value: address, ttl })) : []),
  ];
  const failed = asked.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : [])).find((reason) => !NOT_FOUND.has(codeOf(reason)));
  if (answers.length > 0) return { servers: resolver.getServers(), answers };
  if (failed === undefined) throw new CodedError('look-up.not-found', 'There is no such name.');
  if (codeOf(failed) === 'ETIMEOUT') throw new CodedError('look-up.no-answer', 'The resolver did not answer in time.', { cause: failed });
  throw new CodedError('look-up.unreachable', 'The resolver could not be asked.', { cause: failed });
}

async function fetchText(url: string, accept: string, limitMs: number): Promise<LookedUp> {
  const signal = AbortSignal.timeout(limitMs);
  try {
    return await askOverHttp(new URL(url), {
      signal, mostRedirects: MOST_REDIRECTS, mayGo, mostBytes: MOST_BYTES,
      headers: { accept, 'accept-encoding': 'identity', 'user-agent': 'Countersign' },
      elsewhere: () => new CodedError('look-up.refused', 'The service sends its callers where they are not to go.'),
      tooLarge: () => new CodedError('look-up.too-large', 'The answer was too long to read.'),
    });
  } catch (error) {
    if (isCoded(error)) throw error;
    if (signal.aborted) throw new CodedError('look-up.no-answer', 'There was no answer in time.', { cause: error });
    throw new CodedError('look-up.unreachable', 'It could not be reached.', { cause: error });
  }
}

/** A register sends its callers to another one; never from a safe connection to another, nor into this network. */
function mayGo(from: URL, to: URL): boolean {
  const safe = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
  return safe && (!isInside(to) || isInside(from));
}

function isInside({ hostname }: URL): boolean {
  const network = networkOfHost(hostname);
  return network === 'private' || network === 'this-computer';
}

function codeOf(reason: unknown): string {
  return reason instanceof Error && 'code' in reason && typeof reason.code === 'string' ? reason.code : '';
}
