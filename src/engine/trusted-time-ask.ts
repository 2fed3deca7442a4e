import { hex } from '../record/bytes.js';
import { CodedError, isCoded } from '../record/coded-error.js';
import type { Random, Sha256 } from '../record/ports.js';
import { timestampNonce, timestampRequest } from '../bundle/timestamp.js';
import { checkAnswer, type HeldTimestamp } from '../verify/timestamp.js';
import type { TimeAuthority } from './trusted-time-settings.js';

/** A time stamping authority that can be asked. */
export interface TimestampAuthority {
  readonly name: string;
  /**
   * Sends a request (RFC 3161 section 3.4, DER) and gives the answer's bytes, unread.
   *
   * @throws CodedError `time.unreachable`, `time.no-answer`, `time.not-an-answer`, `time.too-large`
   */
  ask(request: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
}

/** Milliseconds that an authority is waited for, whatever its client does. */
const ASK_LIMIT_MS = 15_000;

/** What asking for a time stamp needs. */
export interface AskPorts {
  readonly random: Random;
  readonly sha256: Sha256;
  /** The authority at an address; absent where the host reaches none. */
  readonly timestampAuthority?: (name: string, url: string) => TimestampAuthority;
  /** Only for tests: milliseconds until an authority that failed is asked again; the last one repeats. */
  readonly timeRetryMs?: readonly number[];
}

/** Has `sha256` stamped and checks the answer to the last detail. @throws CodedError `time.*` */
export async function askForTime(authority: TimeAuthority, sha256: Uint8Array, ports: AskPorts, signal: AbortSignal): Promise<HeldTimestamp> {
  if (ports.timestampAuthority === undefined) throw new CodedError('time.unreachable', 'This computer reaches no time stamping authority.');
  const client = ports.timestampAuthority(authority.name, authority.url);
  const nonce = timestampNonce(ports.random);
  try {
    const answer = await whileWanted((wanted) => client.ask(timestampRequest(sha256, nonce), wanted), signal);
    return await checkAnswer(new Uint8Array(answer), { imprint: hex(sha256), nonce, root: authority.root }, { sha256: ports.sha256, subtle: globalThis.crypto.subtle });
  } catch (error) {
    if (isCoded(error) && error.code.startsWith('time.')) throw error;
    throw new CodedError('time.unreachable', 'The time stamping authority could not be reached.', { cause: error });
  }
}

/** What `work` gives, unless `signal` is aborted or the time is over first: an authority that hangs holds nobody up. */
async function whileWanted<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  const stop = new AbortController();
  const give = (): void => { stop.abort(); };
  const limit = setTimeout(give, ASK_LIMIT_MS);
  signal.addEventListener('abort', give, { once: true });
  if (signal.aborted) give();
  const givenUp = new Promise<never>((_, reject) => {
    const refuse = (): void => { reject(new CodedError('time.no-answer', 'The time stamping authority did not answer in time.')); };
    if (stop.signal.aborted) refuse();
    else stop.signal.addEventListener('abort', refuse, { once: true });
  });
  try {
    return await Promise.race([work(stop.signal), givenUp]);
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', give);
  }
}
