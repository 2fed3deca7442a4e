import { EventEmitter } from 'node:events';
import type { Protocol } from 'devtools-protocol';
import { CdpConnection, isEvent, type CdpEvent } from '../../../src/cdp/connection.js';
import { startBrowserProcess, type BrowserProcess } from '../../../main/chromium/browser-process.js';
import { testBrowser } from '../../contract/chromium-host.js';
import { inApp } from './addresses.js';
import { listening } from './events.js';

/** The part of `Session` that the app uses, as `electron.d.ts` has it. */
export type UsedSession = Pick<
  Electron.Session,
  | 'on' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setDisplayMediaRequestHandler' | 'setBluetoothPairingHandler'
  | 'setSpellCheckerEnabled' | 'setUserAgent' | 'enableNetworkEmulation' | 'closeAllConnections' | 'clearData'
> & { readonly webRequest: Pick<Electron.WebRequest, 'onBeforeRequest'>; readonly protocol: Pick<Electron.Protocol, 'handle'> };

type BeforeRequest = (details: Electron.OnBeforeRequestListenerDetails, callback: (response: Electron.CallbackResponse) => void) => void;

const FLAGS = ['--headless=new', '--hide-scrollbars', '--mute-audio', '--lang=en-GB', '--deny-permission-prompts', '--autoplay-policy=user-gesture-required', '--disable-blink-features=AutomationControlled'];
const PREFERENCES = { net: { network_prediction_options: 2 }, policy: { url_blocklist: ['*'], url_allowlist: ['http://*', 'https://*', 'about:*', 'data:*', 'blob:*'] }, intl: { accept_languages: 'en-GB,en', selected_languages: 'en-GB,en' } };

/** A page whose events the session hands on. */
export interface SessionPage {
  readonly targetId: string | null;
  heard(event: CdpEvent): void;
  /** Before a document is asked for; false where the app stops it. */
  mayLoad(request: Protocol.Fetch.RequestPausedEvent): boolean;
  gone(): void;
}

/** A session: a browser process of its own, started with its first window and gone with its last. */
export class DoubleSession implements UsedSession {
  readonly #events = new EventEmitter();
  readonly on = listening<Electron.Session['on']>(this.#events, 'on');
  readonly #switches: () => readonly string[];
  readonly #pages = new Set<SessionPage>();
  readonly #schemes = new Map<string, (request: Request) => Response | Promise<Response>>();
  #process: Promise<BrowserProcess> | null = null;
  #connection: CdpConnection | null = null;
  #running: BrowserProcess | null = null;
  #beforeRequest: BeforeRequest | null = null;
  #userAgent: string | null = null;
  #offline = false;
  /** The handlers of permissions, by the name with which they were set. Chromium asks none of them: every permission is denied there. */
  readonly handlers = new Map<string, unknown>();

  /** @param switches what the app has put on its command line by the time the browser starts */
  constructor(switches: () => readonly string[]) {
    this.#switches = switches;
  }

  readonly webRequest: UsedSession['webRequest'] = {
    onBeforeRequest: (...args: readonly unknown[]) => { this.#beforeRequest = args.at(-1) as BeforeRequest | null; },
  };

  readonly protocol: UsedSession['protocol'] = {
    handle: (scheme, handler) => { this.#schemes.set(scheme, handler as (request: Request) => Response | Promise<Response>); },
  };

  setPermissionRequestHandler(handler: Parameters<Electron.Session['setPermissionRequestHandler']>[0]): void { this.handlers.set('request', handler); }
  setPermissionCheckHandler(handler: Parameters<Electron.Session['setPermissionCheckHandler']>[0]): void { this.handlers.set('check', handler); }
  setDevicePermissionHandler(handler: Parameters<Electron.Session['setDevicePermissionHandler']>[0]): void { this.handlers.set('device', handler); }
  setDisplayMediaRequestHandler(handler: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0]): void { this.handlers.set('display', handler); }
  setBluetoothPairingHandler(handler: Parameters<Electron.Session['setBluetoothPairingHandler']>[0]): void { this.handlers.set('bluetooth', handler); }
  setSpellCheckerEnabled(enable: boolean): void { this.handlers.set('spelling', enable); }
  setUserAgent(userAgent: string): void { this.#userAgent = userAgent; }
  enableNetworkEmulation({ offline = false }: Electron.EnableNetworkEmulationOptions): void { this.#offline = offline; }
  closeAllConnections(): Promise<void> { return Promise.resolve(); }
  clearData(): Promise<void> { return this.#end(); }

  /** Everything the browser runs a page in. */
  rendererIds(): number[] {
    return this.#running?.processIds() ?? [];
  }

  /** Starts the browser, unless it runs; adds a page to those that hear of its events. */
  async join(page: SessionPage): Promise<CdpConnection> {
    this.#pages.add(page);
    this.#process ??= startBrowserProcess({ browser: testBrowser(), flags: [...FLAGS, ...this.#switches(), ...(this.#userAgent === null ? [] : [`--user-agent=${this.#userAgent}`])], preferences: PREFERENCES });
    this.#running = await this.#process;
    return (this.#connection ??= await this.#connect(this.#running));
  }

  /** A window is gone; the last one takes the browser with it. */
  async leave(page: SessionPage): Promise<void> {
    this.#pages.delete(page);
    if (this.#pages.size === 0) await this.#end();
  }

  async #end(): Promise<void> {
    const process = this.#process;
    this.#process = null;
    this.#connection = null;
    this.#running = null;
    await (await process)?.kill();
  }

  async #connect(process: BrowserProcess): Promise<CdpConnection> {
    const connection = new CdpConnection(process.transport);
    connection.onEvent((event) => { this.#heard(connection, event); });
    connection.onClose(() => { for (const page of this.#pages) page.gone(); });
    await connection.root.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter: [{ type: 'page' }, { exclude: true }] });
    await connection.root.send('Target.setDiscoverTargets', { discover: true });
    await connection.root.send('Fetch.enable', { patterns: [{ requestStage: 'Request' }] });
    await connection.root.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
    return connection;
  }

  #heard(connection: CdpConnection, event: CdpEvent): void {
    if (event.session.id === null && isEvent(event, 'Fetch.requestPaused')) void this.#asked(connection, event.params).catch(() => undefined);
    else if (isEvent(event, 'Browser.downloadWillBegin')) this.#events.emit('will-download', { preventDefault: () => undefined }, { getURL: () => inApp(event.params.url), getFilename: () => event.params.suggestedFilename });
    else for (const page of [...this.#pages]) page.heard(event);
  }

  /** What Electron asks on the way of a request: the window's guards, the session's filter, then the handler of its scheme. */
  async #asked(connection: CdpConnection, paused: Protocol.Fetch.RequestPausedEvent): Promise<void> {
    const { requestId, request } = paused;
    const refuse = (errorReason: Protocol.Network.ErrorReason): Promise<unknown> => connection.root.send('Fetch.failRequest', { requestId, errorReason });
    if (this.#offline) return void (await refuse('InternetDisconnected'));
    if (paused.resourceType === 'Document' && ![...this.#pages].every((page) => page.mayLoad(paused))) return void (await refuse('Aborted'));
    if (await this.#cancelled(paused)) return void (await refuse('BlockedByClient'));
    const url = inApp(request.url);
    const handler = this.#schemes.get(url.slice(0, url.indexOf(':')));
    if (url === request.url || handler === undefined) return void (await connection.root.send('Fetch.continueRequest', { requestId }));
    const response = await handler({ method: request.method, url } as Request);
    const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
    await connection.root.send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body: Buffer.from(await response.arrayBuffer()).toString('base64') });
  }

  #cancelled({ request, resourceType }: Protocol.Fetch.RequestPausedEvent): Promise<boolean> {
    const ask = this.#beforeRequest;
    if (ask === null) return Promise.resolve(false);
    const details = { id: 0, url: inApp(request.url), method: request.method, resourceType: resourceType.toLowerCase(), referrer: '', timestamp: Date.now(), uploadData: [] } as unknown as Electron.OnBeforeRequestListenerDetails;
    return new Promise((resolve) => { ask(details, ({ cancel }) => { resolve(cancel === true); }); });
  }
}
