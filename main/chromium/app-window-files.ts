import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../../src/cdp/connection.js';
import { uiHeaders } from '../ui/content-policy.js';
import type { UiFile, UiFiles } from '../ui/ui-files.js';
import { APP_ORIGIN } from './app-window-flags.js';

/** What the blank page asks for, and so tells that it is there. */
const SIGN_PATH = '/blank.css';

/** Shown until the bridge is in place. */
const BLANK: UiFile = {
  mediaType: 'text/html; charset=utf-8',
  bytes: Buffer.from(`<!doctype html><html lang="en-GB"><title>Countersign</title><link rel="stylesheet" href="${SIGN_PATH}"></html>`),
};
const EMPTY_STYLE: UiFile = { mediaType: 'text/css; charset=utf-8', bytes: new Uint8Array() };

/** What the browser asks for by itself when a page names no icon; an empty answer is no error. */
const ICON_PATH = '/favicon.ico';
const NO_ICON: UiFile = { mediaType: 'image/x-icon', bytes: new Uint8Array() };

/** Answers every request of the browser that shows the screens. */
export interface FileServer {
  /** Resolves once the window has loaded the blank page. */
  readonly blankShown: Promise<void>;
  /** Answers one paused request; never throws. */
  answer(session: CdpSession, paused: Protocol.Fetch.RequestPausedEvent): Promise<void>;
  /** From now on the real files are served; until then every document is blank, since the bridge must be in place first. */
  open(): void;
}

/**
 * Serves `files` at {@link APP_ORIGIN} and fails everything else: another origin, another method, a name in the address.
 *
 * @param refused hears of each request that was failed
 */
export function createFileServer(files: UiFiles, refused: (url: string) => void): FileServer {
  let ready = false;
  let show = (): void => undefined;
  const blankShown = new Promise<void>((resolve) => { show = resolve; });

  async function find(request: Protocol.Network.Request): Promise<UiFile | null | 'foreign'> {
    if (request.method !== 'GET' || !URL.canParse(request.url)) return 'foreign';
    const url = new URL(request.url);
    if (url.origin !== APP_ORIGIN || url.username !== '' || url.password !== '') return 'foreign';
    if (ready) return (await files(url.pathname)) ?? (url.pathname === ICON_PATH ? NO_ICON : null);
    if (url.pathname !== SIGN_PATH) return BLANK;
    show();
    return EMPTY_STYLE;
  }

  return {
    blankShown,
    open: () => { ready = true; },
    async answer(session, { requestId, request }) {
      const found = await find(request).catch(() => null);
      if (found === 'foreign') {
        session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
        refused(request.url);
        return;
      }
      const file = found ?? { mediaType: 'text/plain; charset=utf-8', bytes: new Uint8Array() };
      session.tell('Fetch.fulfillRequest', {
        requestId,
        responseCode: found === null ? 404 : 200,
        responseHeaders: Object.entries(uiHeaders(file.mediaType)).map(([name, value]) => ({ name, value })),
        body: Buffer.from(file.bytes).toString('base64'),
      });
    },
  };
}
