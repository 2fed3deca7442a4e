import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { CodedError, isCoded } from '../src/record/coded-error.js';
import type { TimestampAuthority } from '../src/engine/trusted-time-ask.js';
import { TIMESTAMP_LIMITS } from '../src/verify/timestamp.js';

/** Milliseconds from asking to the last byte of the answer. */
const TIME_LIMIT_MS = 10_000;
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 307, 308]);

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
        return await post(new URL(url), request, stop, MOST_REDIRECTS);
      } catch (error) {
        if (isCoded(error)) throw error;
        if (stop.aborted) throw new CodedError('time.no-answer', 'The time stamping authority did not answer in time.', { cause: error });
        throw new CodedError('time.unreachable', 'The time stamping authority could not be reached.', { cause: error });
      }
    },
  };
}

async function post(url: URL, request: Uint8Array, signal: AbortSignal, redirects: number): Promise<Uint8Array> {
  const response = await send(url, request, signal);
  try {
    const { statusCode = 0, headers } = response;
    if (REDIRECTS.has(statusCode)) {
      const target = headers.location !== undefined && URL.canParse(headers.location, url) ? new URL(headers.location, url) : null;
      if (target?.protocol !== url.protocol || redirects === 0) throw new CodedError('time.not-an-answer', 'The time stamping authority sends its callers elsewhere.');
      return await post(target, request, signal, redirects - 1);
    }
    if (statusCode !== 200) throw new CodedError('time.unreachable', 'The time stamping authority is not at work.');
    if (headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/timestamp-reply') {
      throw new CodedError('time.not-an-answer', 'The time stamping authority sent something that is not a time stamp.');
    }
    return await readAll(response);
  } finally {
    response.destroy();
  }
}

function send(url: URL, request: Uint8Array, signal: AbortSignal): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method: 'POST',
    // Its own connection, closed afterwards: nothing stays open between two questions.
    agent: false,
    signal,
    maxHeaderSize: 16_384,
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply', 'content-length': request.length },
  };
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, resolve);
    sent.on('error', reject);
    sent.end(request);
  });
}

async function readAll(response: IncomingMessage): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response) {
    pieces.push(piece as Buffer);
    size += (piece as Buffer).length;
    if (size > TIMESTAMP_LIMITS.answer) throw new CodedError('time.too-large', 'The time stamping authority sent more than an answer can hold.');
  }
  return Buffer.concat(pieces);
}
