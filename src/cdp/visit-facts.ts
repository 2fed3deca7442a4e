import type { Protocol } from 'devtools-protocol';
import { failureReason } from './failures.js';
import type { EvidenceSink } from './facts.js';
import type { Load } from './loads.js';
import { maskUrl, oneLine } from './masking.js';
import { answerFacts, headerFacts, NO_ANSWER } from './response-facts.js';

type NavigationFact = Parameters<EvidenceSink['navigation']>[0];
type FailedFact = Parameters<EvidenceSink['failed']>[0];

/** The page view, the target and the frame that a document came to. */
export interface Arrival {
  readonly view: string;
  readonly target: string;
  readonly frame: string;
  readonly main: boolean;
  readonly url: string;
  /** As the browser names it; empty when it does not. */
  readonly mediaType: string;
}

/** What the record says of a document that came; `load` is null for one whose load was never heard of. Passwords in addresses are masked. */
export function navigationFact(load: Load | null, { view, target, frame, main, url, mediaType }: Arrival): NavigationFact {
  const response = load?.response ?? null;
  return {
    view,
    target,
    frame,
    main,
    url: maskUrl(url),
    typed: main && typeof load?.typed === 'string' ? maskUrl(load.typed) : null,
    cause: load?.cause ?? (main ? 'unknown' : 'frame'),
    ...(response === null ? { ...NO_ANSWER, mediaType: mediaType === '' ? null : oneLine(mediaType) } : answerFacts(response)),
    redirects: load?.redirects ?? [],
    ...(response === null ? {} : { responseHeaders: headerFacts(load?.responseHeaders ?? response.headers) }),
    ...(load?.certificate === null || load?.certificate === undefined ? {} : { certificateError: load.certificate.error }),
  };
}

/** What the record says of a load that failed. `demanded`: the site wanted a certificate of this computer. */
export function failedFact(
  load: Load, event: Pick<Protocol.Network.LoadingFailedEvent, 'errorText' | 'blockedReason'>, { view, target, main, demanded }: Pick<Arrival, 'view' | 'target' | 'main'> & { readonly demanded: boolean },
): FailedFact {
  const distrusted = load.certificate !== null && !load.certificate.accepted ? `net::${load.certificate.error}` : null;
  const errorText = distrusted ?? event.errorText;
  const status = load.response === null ? '' : ` (HTTP ${load.response.status})`;
  const blocked = event.blockedReason === undefined ? '' : ` (${event.blockedReason})`;
  return {
    view,
    target,
    frame: load.frameId,
    main,
    url: maskUrl(load.url),
    cause: load.cause,
    error: oneLine(load.refused ? 'refused' : `${errorText}${blocked}${status}`),
    reason: load.refused ? 'refused' : demanded ? 'tls' : failureReason(errorText),
    redirects: load.redirects,
  };
}
