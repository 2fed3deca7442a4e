import { CodedError, isCoded } from '../src/record/coded-error.js';
import type { TimestampAuthority } from '../src/engine/trusted-time-ask.js';
import { TIMESTAMP_LIMITS } from '../src/verify/timestamp.js';
import { askOverHttp, type HttpAnswer } from './http-client.js';

/** Milliseconds from asking to the last byte of the answer. */
const TIME_LIMIT_MS = 10_000;
const MOST_REDIRECTS = 3;

/**
 * A time stamping authority over HTTP or HTTPS (RFC 3161 section 3.4). What is sent says nothing of the case: it is a hash and a
 * random number.
 *
 * @param limitMs milliseconds for one question, redirects included
 */
export function timestampClient(name: string, url: string, limitMs = TIME_LIMIT_MS): TimestampAuthority {
  return {
    name,
    async ask(request, signal) {
      const limit = AbortSignal.timeout(limitMs);
      const stop = AbortSignal.any([signal, limit]);
      try {
        return (await post(new URL(url), request, stop)).bytes;
      } catch (error) {
        if (isCoded(error)) throw error;
        if (stop.aborted) throw new CodedError('time.no-answer', 'The time stamping authority did not answer in time.', { cause: error });
        throw new CodedError('time.unreachable', 'The time stamping authority could not be reached.', { cause: error });
      }
    },
  };
}

function post(url: URL, body: Uint8Array, signal: AbortSignal): Promise<HttpAnswer> {
  return askOverHttp(url, {
    body, signal, mostRedirects: MOST_REDIRECTS, mayGo: (from, to) => from.protocol === to.protocol, mostBytes: TIMESTAMP_LIMITS.answer,
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply', 'content-length': body.length },
    look: (status, headers) => {
      if (status !== 200) throw new CodedError('time.unreachable', 'The time stamping authority is not at work.');
      if (headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/timestamp-reply') {
        throw new CodedError('time.not-an-answer', 'The time stamping authority sent something that is not a time stamp.');
      }
    },
    elsewhere: () => new CodedError('time.not-an-answer', 'The time stamping authority sends its callers elsewhere.'),
    tooLarge: () => new CodedError('time.too-large', 'The time stamping authority sent more than an answer can hold.'),
  });
}
