import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../../src/cdp/connection.js';
import { uiHeaders } from '../ui/content-policy.js';
import type { UiFile, UiFiles } from '../ui/ui-files.js';
import { APP_ORIGIN } from './app-window-flags.js';

/** Shown until the bridge is in place: the window's colour and nothing else. */
const BLANK: UiFile = { mediaType: 'text/html; charset=utf-8', bytes: Buffer.from('<!doctype html><html lang="en-GB"><title>Countersign</title></html>') };

/** Answers every request of the browser that shows the screens. */
export interface FileServer {
  /** Answers one paused request; never throws. */
  answer(session: CdpSession, paused: Protocol.Fetch.RequestPausedEvent): Promise<void>;
  /** From now on the real files are served; until then every document is blank. */
  open(): void;
}

/**
 * Serves `files` at {@link APP_ORIGIN} and fails everything else: another origin, another method, a name in the address.
 *
 * @param refused hears of each request that was failed
 */
export function createFileServer(files: UiFiles, refused: (url: string) => void): FileServer {
  let ready = false;

  async function find(request: Protocol.Network.Request): Promise<UiFile | null | 'foreign'> {
    if (request.method !== 'GET' || !URL.canParse(request.url)) return 'foreign';
    const url = new URL(request.url);
    if (url.origin !== APP_ORIGIN || url.username !== '' || url.password !== '') return 'foreign';
    return ready ? files(url.pathname) : BLANK;
  }

  return {
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
