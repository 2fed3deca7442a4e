import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from './connection.js';
import type { EvidenceSink } from './facts.js';
import { maskUrl, oneLine } from './masking.js';
import type { RefusalLog } from './refusal-log.js';

/** A name and a password for one place, in memory until they are used once. */
interface Given {
  readonly origin: string;
  readonly realm: string;
  readonly username: string;
  readonly password: string;
}

/**
 * Answers sites that ask for a user name and a password (HTTP authentication). Without an answer from the reviewers
 * none is given, and they are asked; what they give is used for the next time that the same place asks, once, and forgotten.
 */
export class Passwords {
  readonly #refusals: RefusalLog;
  readonly #sink: EvidenceSink;
  readonly #mainFrame: () => string;
  #given: Given | null = null;

  constructor(refusals: RefusalLog, sink: EvidenceSink, mainFrame: () => string) {
    this.#refusals = refusals;
    this.#sink = sink;
    this.#mainFrame = mainFrame;
  }

  /** What to answer `origin` when it asks for `realm` again. */
  give(origin: string, realm: string, username: string, password: string): void {
    this.#given = { origin, realm, username, password };
  }

  /** Forgets what was not used. */
  forget(): void {
    this.#given = null;
  }

  /** Answers one that asks. */
  answer(session: CdpSession, { requestId, request, authChallenge, frameId, resourceType }: Protocol.Fetch.AuthRequiredEvent): void {
    const { origin, realm, scheme, source } = authChallenge;
    const given = this.#given;
    if (given !== null && source !== 'Proxy' && given.origin === origin && given.realm === oneLine(realm)) {
      this.#given = null;
      return session.tell('Fetch.continueWithAuth', { requestId, authChallengeResponse: { response: 'ProvideCredentials', username: given.username, password: given.password } });
    }
    const who = source === 'Proxy' ? 'The proxy' : 'The site';
    this.#refusals.refuse('authentication', request.url, `${who} asked for a user name and password (${scheme}).`);
    session.tell('Fetch.continueWithAuth', { requestId, authChallengeResponse: { response: 'CancelAuth' } });
    if (source !== 'Proxy' && resourceType === 'Document' && frameId === this.#mainFrame()) {
      this.#sink.asked({ kind: 'password', url: maskUrl(request.url), origin: maskUrl(origin), realm: oneLine(realm), scheme: oneLine(scheme) });
    }
  }
}
