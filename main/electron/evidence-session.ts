import type { Policy } from '../../src/cdp/facts.js';
import type { RefusedThing } from '../../src/record/kinds.js';
import { denyPermissions, refuseDownloads, type AskableSession, type DownloadingSession, type NetworkedSession } from './hardening.js';

/** The part of `Session` that the page under investigation lives in. */
export interface EvidenceSession extends AskableSession, DownloadingSession, NetworkedSession {
  setSpellCheckerEnabled(enable: boolean): void;
  setUserAgent(userAgent: string): void;
  enableNetworkEmulation(options: { offline: boolean }): void;
  closeAllConnections(): Promise<void>;
  clearData(): Promise<void>;
}

/** Told of what a page tried and did not get. */
export type Refuse = (what: RefusedThing, url: string | null, detail: string) => void;

/** What the session of one investigation can be told to do. */
export interface SessionControl {
  /** No request passes from now on, and what is open is closed. */
  cutOff(): void;
}

/** Electron's names of what has a row of its own in the policy table. */
const OWN_ROW: Readonly<Record<string, RefusedThing>> = { openExternal: 'external-link', fullscreen: 'fullscreen', 'automatic-fullscreen': 'fullscreen', pointerLock: 'pointer-lock' };

/**
 * Makes a fresh in-memory session fit for a page under investigation: nothing granted, nothing saved, no dictionary fetched
 * for the spelling, and the policy asked about every request, also those that interception over the protocol never sees
 * (WebSockets).
 */
export function prepareEvidenceSession(session: EvidenceSession, userAgent: string, policy: Policy, refuse: Refuse): SessionControl {
  let cut = false;
  session.setSpellCheckerEnabled(false);
  session.setUserAgent(userAgent);
  denyPermissions(session, (permission, url) => { refuse(OWN_ROW[permission] ?? 'permission', url, `The page asked for: ${permission}.`); });
  refuseDownloads(session, (url, name) => { refuse('download', url, `A file was about to be saved (${name}). It was stopped.`); });
  session.webRequest.onBeforeRequest((details, callback) => {
    const socket = /^wss?:/i.test(details.url);
    const refused = refusedBy(policy, details.url);
    callback({ cancel: cut || refused !== null });
    // Anything but a socket was told of already, by the interception.
    if (!cut && socket && refused !== null) refuse(refused, details.url, 'A part of the page was not loaded (WebSocket).');
  });
  return {
    cutOff(): void {
      cut = true;
      session.enableNetworkEmulation({ offline: true });
      void session.closeAllConnections();
    },
  };
}

/** Addresses inside the page itself, which no network is asked for. */
const INNER = /^(?:data|blob|about):/i;

function refusedBy(policy: Policy, url: string): RefusedThing | null {
  if (INNER.test(url)) return null;
  // A socket's address is judged as that of the page with the same host.
  const decision = policy.decideAddress(url.replace(/^ws/i, 'http'), { main: false, cause: 'unknown' });
  return decision.allow ? null : decision.what;
}

/**
 * What sites are told the browser is: Chromium on this system, without the names of Electron and of this app, which would
 * tell a site who is looking.
 */
export function plainUserAgent(userAgent: string): string {
  return userAgent
    .split(' ')
    .filter((word) => !/^(?:Electron|Countersign)\//i.test(word))
    .join(' ');
}
