import { createHash, X509Certificate } from 'node:crypto';
import type { Protocol } from 'devtools-protocol';
import { isEvent, type CdpEvent, type CdpSession, type EventParams } from './connection.js';
import type { EvidenceSink } from './facts.js';
import { maskUrl, oneLine } from './masking.js';
import type { Recorder } from './recorder.js';
import type { RefusalLog } from './refusal-log.js';

/** How many hosts' certificates are remembered. */
const MAX_ORIGINS = 500;
/** How many certificates of one chain are told. */
const MAX_CHAIN = 10;

/**
 * Decides on certificates that are not valid, and tells each chain once. Without a word from the reviewers every
 * connection with such a certificate is given up; the chain of one that was given up cannot be had from the browser.
 */
export class Certificates {
  readonly #root: CdpSession;
  readonly #recorder: Recorder;
  readonly #refusals: RefusalLog;
  readonly #sink: EvidenceSink;
  readonly #accepted = new Map<string, string>();
  readonly #read = new Set<string>();
  readonly #told = new Set<string>();

  constructor(root: CdpSession, recorder: Recorder, refusals: RefusalLog, sink: EvidenceSink) {
    this.#root = root;
    this.#recorder = recorder;
    this.#refusals = refusals;
    this.#sink = sink;
  }

  /** Starts to be asked, for every process of the browser. */
  async open(): Promise<void> {
    await this.#root.send('Security.enable');
    await this.#root.send('Security.setOverrideCertificateErrors', { override: true });
  }

  /** Both reviewers go on to `origin`, although the browser says `error`; it holds for this browser and this error alone. */
  accept(origin: string, error: string): void {
    if (this.#accepted.size < MAX_ORIGINS) this.#accepted.set(origin, error);
  }

  /** Takes the event if it is about certificates. */
  take(event: CdpEvent): void {
    if (isEvent(event, 'Security.certificateError')) this.#decide(event.session, event.params);
    else if (isEvent(event, 'Network.responseReceived')) this.#answered(event.session, event.params.response);
  }

  #decide(session: CdpSession, { eventId, errorType, requestURL }: EventParams<'Security.certificateError'>): void {
    const origin = originOf(requestURL);
    const error = oneLine(errorType.replace(/^net::/, ''));
    const accepted = this.#accepted.get(origin) === error;
    session.tell('Security.handleCertificateError', { eventId, action: accepted ? 'continue' : 'cancel' });
    if (this.#recorder.noteCertificate(requestURL, error, accepted)) {
      if (!accepted) this.#sink.asked({ kind: 'certificate', url: maskUrl(requestURL), origin: maskUrl(origin), error });
    } else if (!accepted) {
      this.#refusals.refuse('certificate', requestURL, `A part of the page was not loaded: its certificate is not valid (${error}).`);
    }
  }

  #answered(session: CdpSession, { url, securityDetails }: Protocol.Network.Response): void {
    if (securityDetails === undefined) return;
    const origin = originOf(url);
    const seen = `${origin} ${securityDetails.subjectName} ${securityDetails.validFrom} ${securityDetails.issuer}`;
    if (this.#read.has(seen) || this.#read.size >= MAX_ORIGINS) return;
    this.#read.add(seen);
    const view = this.#recorder.current?.view ?? null;
    session.send('Network.getCertificate', { origin }, 5_000).then(
      ({ tableNames }) => this.#chain(view, origin, tableNames),
      () => this.#read.delete(seen),
    );
  }

  #chain(view: string | null, origin: string, encoded: readonly string[]): void {
    const chain = encoded.slice(0, MAX_CHAIN).map(certificateFact).filter((fact) => fact !== null);
    const name = `${origin} ${chain.map((one) => one.sha256).join(' ')}`;
    if (chain.length === 0 || this.#told.has(name)) return;
    this.#told.add(name);
    this.#sink.noted('certificates', { view, origin: maskUrl(origin), chain });
  }
}

/** One certificate from base64 of its DER; null for what is none. */
function certificateFact(base64: string): { sha256: string; subject: string; issuer: string; validFrom: string; validTo: string } | null {
  const der = Buffer.from(base64, 'base64');
  try {
    const read = new X509Certificate(der);
    return { sha256: createHash('sha256').update(der).digest('hex'), subject: nameLine(read.subject), issuer: nameLine(read.issuer), validFrom: instant(read.validFrom), validTo: instant(read.validTo) };
  } catch {
    return null;
  }
}

function nameLine(name: string | undefined): string {
  return oneLine((name ?? '').replaceAll('\n', ', '));
}

function instant(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString();
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
