/*
 * Chromium knows no scheme of ours, and none can be added over DevTools. So `countersign://app/x` is `https://app.countersign.invalid/x`
 * inside the browser, a name that no server can have (RFC 2606), and is turned back wherever the app hears of it.
 */

/** What the browser is given for an address of the app. */
export function inBrowser(url: string): string {
  const own = /^([a-z][a-z-]*):\/\/([a-z]+)(\/.*)?$/.exec(url);
  return own === null || /^(?:https?|wss?|file|devtools)$/.test(own[1] ?? '') ? url : `https://${own[2] ?? ''}.${own[1] ?? ''}.invalid${own[3] ?? '/'}`;
}

/** What the app is told for an address of the browser. */
export function inApp(url: string): string {
  const own = /^https:\/\/([a-z]+)\.([a-z-]+)\.invalid(\/.*)?$/.exec(url);
  return own === null ? url : `${own[2] ?? ''}://${own[1] ?? ''}${own[3] ?? '/'}`;
}
