import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { CodedError } from '../src/record/coded-error.js';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** One question over HTTP(S), and what is thrown where it goes wrong. */
export interface HttpQuestion {
  readonly headers: OutgoingHttpHeaders;
  /** Sent with POST; absent: GET. */
  readonly body?: Uint8Array;
  readonly signal: AbortSignal;
  /** Redirects that are followed, and the one that is being followed may go. */
  readonly mostRedirects: number;
  readonly mayGo: (from: URL, to: URL) => boolean;
  /** Bytes of the longest answer that is read. */
  readonly mostBytes: number;
  /** Looks at an answer before its body is read; what it throws ends the question. */
  readonly look?: (status: number, headers: IncomingHttpHeaders) => void;
  readonly elsewhere: () => CodedError;
  readonly tooLarge: () => CodedError;
}

/** What came in the end: the address that gave it, and all of its bytes. */
export interface HttpAnswer {
  readonly status: number;
  readonly url: string;
  readonly bytes: Uint8Array;
}

/**
 * Asks once: a connection of its own that is closed afterwards, no cookies, nothing kept, redirects only where `mayGo` allows.
 *
 * @throws what `elsewhere`, `tooLarge` and `look` give, and Node's own errors
 */
export async function askOverHttp(url: URL, question: HttpQuestion): Promise<HttpAnswer> {
  const response = await send(url, question);
  try {
    const { statusCode: status = 0, headers } = response;
    // What 303 names is to be fetched, which is no answer to what was sent (RFC 9110 section 15.4.4).
    if (REDIRECTS.has(status) && !(status === 303 && question.body !== undefined)) {
      const target = headers.location !== undefined && URL.canParse(headers.location, url) ? new URL(headers.location, url) : null;
      if (target === null || question.mostRedirects === 0 || !question.mayGo(url, target)) throw question.elsewhere();
      return await askOverHttp(target, { ...question, mostRedirects: question.mostRedirects - 1 });
    }
    question.look?.(status, headers);
    return { status, url: url.href, bytes: await readAll(response, question) };
  } finally {
    response.destroy();
  }
}

function send(url: URL, { headers, body, signal }: HttpQuestion): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, { method, agent: false, signal, maxHeaderSize: 16_384, headers }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

async function readAll(response: IncomingMessage, { mostBytes, tooLarge }: HttpQuestion): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response) {
    pieces.push(piece as Buffer);
    size += (piece as Buffer).length;
    if (size > mostBytes) throw tooLarge();
  }
  return Buffer.concat(pieces);
}
