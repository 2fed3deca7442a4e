/*
 * What the app forbids itself and every page, applied to Electron's objects. Each object is taken as the few methods that
 * are used, so that the rules can be tested where Electron's binary is not. The list follows Electron's own security
 * checklist (electronjs.org/docs/latest/tutorial/security) and goes further where a page under investigation is concerned.
 */

/** Chromium switches that every process of the app gets, before it is ready; a null has no value. */
export const SWITCHES: readonly (readonly [name: string, value: string | null])[] = [
  // Traffic that nobody asked for would stand in a school's filter log as if the reviewers had made it.
  ['disable-background-networking', null],
  ['disable-component-update', null],
  ['disable-domain-reliability', null],
  ['no-pings', null],
  ['disable-sync', null],
  // Name look-ups made on speculation reach addresses that nobody visited.
  ['dns-prefetch-disable', null],
  // QUIC goes over UDP, past the request interception that the record relies on.
  ['disable-quic', null],
  // WebRTC would reveal the computer's own addresses and open UDP ports.
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['disable-speech-api', null],
  ['disable-breakpad', null],
];

/** Switches that would let another program into an installed app; started with one of them, it does not run. */
export const REFUSED_SWITCHES: readonly string[] = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-allow-origins', 'inspect', 'inspect-brk', 'no-sandbox', 'disable-web-security', 'load-extension', 'js-flags'];

/** The part of `app.commandLine` that is used. */
export interface CommandLine {
  appendSwitch(name: string, value?: string): void;
  hasSwitch(name: string): boolean;
}

/** The part of Electron's `app` that is used before it is ready. */
export interface HardenableApp {
  readonly commandLine: CommandLine;
  enableSandbox(): void;
}

/**
 * Applies what must be in place before the app is ready: the sandbox for every renderer, and {@link SWITCHES}.
 *
 * @returns the name of a refused switch that the app was started with, null when there is none
 */
export function hardenApp(app: HardenableApp): string | null {
  app.enableSandbox();
  for (const [name, value] of SWITCHES) {
    if (value === null) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  }
  return REFUSED_SWITCHES.find((name) => app.commandLine.hasSwitch(name)) ?? null;
}

/** An event that can be stopped. */
export interface Preventable {
  preventDefault(): void;
}

/** The part of `WebContents` that the guards use. */
export interface GuardedContents {
  on(event: 'will-frame-navigate', listener: (details: Preventable & { readonly url: string }) => void): unknown;
  on(event: 'will-redirect', listener: (details: Preventable & { readonly url: string }) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void;
}

/**
 * Guards that hold for every page from the moment it exists: no `webview`, no new window. A page that is not under
 * investigation also never leaves where it was put: `mayNavigate` decides, for the main frame, frames and redirects.
 * The page under investigation has a window-open handler of its own, which replaces the one set here.
 */
export function guardContents(contents: GuardedContents, mayNavigate: (url: string) => boolean): void {
  const keep = (details: Preventable & { readonly url: string }): void => {
    if (!mayNavigate(details.url)) details.preventDefault();
  };
  contents.on('will-frame-navigate', keep);
  contents.on('will-redirect', keep);
  contents.on('will-attach-webview', (event) => { event.preventDefault(); });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** The part of Electron's `app` that chooses a certificate for the user. */
export interface CertificateApp {
  on(event: 'select-client-certificate', listener: (event: Preventable, contents: unknown, url: string, list: unknown, callback: () => void) => void): unknown;
}

/** No site is shown a certificate of this computer or its user; Electron would send the first one that fits, without asking. */
export function refuseClientCertificates(app: CertificateApp): void {
  app.on('select-client-certificate', (event, _contents, _url, _list, callback) => {
    event.preventDefault();
    callback();
  });
}

/** The part of `Session` through which a page may ask for something on the computer. */
export interface AskableSession {
  setPermissionRequestHandler(handler: (contents: unknown, permission: string, callback: (granted: boolean) => void, details: { readonly requestingUrl?: string }) => void): void;
  setPermissionCheckHandler(handler: () => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  setDisplayMediaRequestHandler(handler: (request: unknown, callback: (streams: null) => void) => void): void;
  setBluetoothPairingHandler(handler: (details: unknown, callback: (response: { confirmed: boolean }) => void) => void): void;
}

/** Refuses every permission, asked for or looked up. `refused` hears of each request, with the address that asked when it is known. */
export function denyPermissions(session: AskableSession, refused: (permission: string, url: string | null) => void): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(false);
    refused(permission, details.requestingUrl ?? null);
  });
  // Without a check handler a page finds permissions granted that it never asked for.
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => {
    callback(null);
    refused('display-capture', null);
  });
  session.setBluetoothPairingHandler((_details, callback) => { callback({ confirmed: false }); });
}

/** The part of `Session` through which a page reaches the network. */
export interface NetworkedSession {
  readonly webRequest: {
    onBeforeRequest(listener: (details: { readonly url: string }, callback: (response: { cancel?: boolean }) => void) => void): void;
  };
}

/** Lets a session's pages load `mayLoad` addresses and nothing else: no network, no files. */
export function cutOffNetwork(session: NetworkedSession, mayLoad: (url: string) => boolean): void {
  session.webRequest.onBeforeRequest((details, callback) => { callback({ cancel: !mayLoad(details.url) }); });
}

/** The part of `Session` through which a page hands over a file. */
export interface DownloadingSession {
  on(event: 'will-download', listener: (event: Preventable, item: { getURL(): string; getFilename(): string }) => void): unknown;
}

/** Refuses every download before anything of it is written. */
export function refuseDownloads(session: DownloadingSession, refused: (url: string, name: string) => void): void {
  session.on('will-download', (event, item) => {
    event.preventDefault();
    refused(item.getURL(), item.getFilename());
  });
}
