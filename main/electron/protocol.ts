import { uiHeaders } from '../ui/content-policy.js';
import type { UiFiles } from '../ui/ui-files.js';

/** The scheme of the screens. It is ours alone: no web page can be on it, and a page on it is no file. */
export const UI_SCHEME = 'countersign';
/** Origin of the screens. */
export const UI_ORIGIN = `${UI_SCHEME}://app`;
/** Address of the screens. */
export const UI_ADDRESS = `${UI_ORIGIN}/`;
/** The scheme from which a report is printed, in a session of its own. */
export const PRINT_SCHEME = 'countersign-print';

/**
 * Rights of our schemes, for `protocol.registerSchemesAsPrivileged`. `standard` gives them real origins and `secure` makes them
 * trustworthy; neither may be fetched by script, skip a content policy, or have service workers.
 */
export const SCHEME_PRIVILEGES = [UI_SCHEME, PRINT_SCHEME].map((scheme) => ({
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: false, bypassCSP: false, allowServiceWorkers: false, corsEnabled: false, stream: false },
}));

/** Whether an address is one of the screens' own: compared by parsed parts, never by how the text begins. */
export function isUiAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  // The URL standard gives a scheme of ours no origin, so scheme and host are compared themselves.
  return url.protocol === `${UI_SCHEME}:` && url.host === 'app' && url.username === '' && url.password === '';
}

/** Answers requests for `countersign://app/…` with the built screens; GET only, nothing outside the folder. */
export function createProtocolHandler(files: UiFiles): (request: { readonly method: string; readonly url: string }) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' || !isUiAddress(request.url)) return refused(403);
    const file = await files(new URL(request.url).pathname);
    if (file === null) return refused(404);
    return new Response(new Uint8Array(file.bytes), { status: 200, headers: { ...uiHeaders(file.mediaType) } });
  };
}

function refused(status: number): Response {
  return new Response(null, { status, headers: { ...uiHeaders('text/plain; charset=utf-8') } });
}
