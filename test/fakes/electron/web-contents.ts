import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Protocol } from 'devtools-protocol';
import { isEvent, type CdpConnection, type CdpEvent, type CdpSession } from '../../../src/cdp/connection.js';
import { inApp, inBrowser } from './addresses.js';
import { listening, stoppable } from './events.js';
import type { DoubleSession, SessionPage } from './session.js';
import { MAIN_WORLD, preloadSource, PRELOAD_WORLD } from './worlds.js';

/** The part of `WebContents` that the app uses, as `electron.d.ts` has it. */
export type UsedContents = Pick<
  Electron.WebContents,
  | 'on' | 'once' | 'setWindowOpenHandler' | 'setWebRTCIPHandlingPolicy' | 'setAudioMuted' | 'loadURL' | 'getURL' | 'send' | 'isDestroyed' | 'executeJavaScript'
  | 'startPainting' | 'stopPainting' | 'invalidate' | 'setFrameRate'
> & {
  readonly session: object;
  readonly debugger: Pick<Electron.Debugger, 'attach' | 'detach' | 'isAttached' | 'sendCommand' | 'on'>;
  readonly mainFrame: { readonly framesInSubtree: readonly Pick<Electron.WebFrameMain, 'osProcessId'>[] };
  printToPDF(options: Electron.PrintToPDFOptions): Promise<Uint8Array>;
};

/** Hears what the page of the app's own window sends through its preload script. */
export interface Mailbox {
  invoke(channel: string, args: unknown[], from: DoubleContents): Promise<unknown>;
  send(channel: string, args: unknown[], from: DoubleContents): void;
}

/** One page of a real Chromium with the face of Electron's `WebContents`. */
export class DoubleContents implements UsedContents, SessionPage {
  readonly #events = new EventEmitter();
  readonly on = listening<Electron.WebContents['on']>(this.#events, 'on');
  readonly once = listening<Electron.WebContents['once']>(this.#events, 'once');
  readonly session: DoubleSession;
  readonly #options: Electron.BrowserWindowConstructorOptions;
  readonly #mail: Mailbox;
  readonly #protocol = new EventEmitter();
  #opened: Promise<void> | null = null;
  #connection: CdpConnection | null = null;
  #guard: CdpSession | null = null;
  #debugged: string | null = null;
  #attached = false;
  #painting = false;
  #destroyed = false;
  #title = '';
  #url = '';
  /** What the app itself asked to be loaded, of which its own guards are not asked. */
  #own: string | null = null;
  #preloadContext: number | null = null;
  #opener: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null = null;
  targetId: string | null = null;

  constructor(session: DoubleSession, options: Electron.BrowserWindowConstructorOptions, mail: Mailbox) {
    this.session = session;
    this.#options = options;
    this.#mail = mail;
  }

  readonly debugger: UsedContents['debugger'] = {
    attach: (version) => {
      if (version !== '1.3' || this.#debugged === null) throw new Error('cannot attach');
      this.#attached = true;
    },
    detach: () => { this.#attached = false; },
    isAttached: () => this.#attached,
    sendCommand: (method, params, child) => {
      if (!this.#attached || this.#connection === null) return Promise.reject(new Error('the debugger is not attached'));
      return this.#connection.command(child ?? this.#debugged, method, params, 30_000);
    },
    on: listening<Electron.Debugger['on']>(this.#protocol, 'on'),
  };

  get mainFrame(): UsedContents['mainFrame'] {
    return { framesInSubtree: this.session.rendererIds().filter(isRenderer).map((osProcessId) => ({ osProcessId })) };
  }

  setWindowOpenHandler(handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse): void { this.#opener = handler; }
  setWebRTCIPHandlingPolicy(): void { /* A switch of the browser, which is started with it. */ }
  setAudioMuted(): void { /* The same. */ }
  setFrameRate(): void { /* Chromium's screencast sends what changes, when it was taken. */ }
  getURL(): string { return this.#url; }
  isDestroyed(): boolean { return this.#destroyed; }

  async loadURL(url: string): Promise<void> {
    this.#opened ??= this.#open();
    await this.#opened;
    if (url === 'about:blank' || this.#guard === null) return;
    const guard = this.#guard;
    const loaded = new Promise<void>((resolve) => { this.#events.once('did-finish-load', resolve); });
    this.#own = url;
    const { errorText } = await guard.send('Page.navigate', { url: inBrowser(url) });
    this.#own = null;
    if (errorText !== undefined) throw new Error(`${errorText} loading ${url}`);
    await loaded;
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const answer = await this.#guard?.send('Runtime.evaluate', { expression: code, awaitPromise: true, returnByValue: true });
    if (answer?.exceptionDetails !== undefined) throw new Error(answer.exceptionDetails.text);
    return answer?.result.value as unknown;
  }

  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Uint8Array> {
    const { printBackground = false, preferCSSPageSize = false, generateTaggedPDF = false, generateDocumentOutline = false } = options;
    const printed = await this.#guard?.send('Page.printToPDF', { printBackground, preferCSSPageSize, generateTaggedPDF, generateDocumentOutline, paperWidth: 8.27, paperHeight: 11.69 });
    return Buffer.from(printed?.data ?? '', 'base64');
  }

  send(channel: string, ...args: unknown[]): void {
    this.#deliver({ channel, args });
  }

  startPainting(): void {
    this.#painting = true;
    this.#guard?.tell('Page.startScreencast', { format: 'jpeg', quality: 85 });
  }

  stopPainting(): void {
    this.#painting = false;
    this.#guard?.tell('Page.stopScreencast');
  }

  invalidate(): void {
    // A screencast begins with the picture as it is.
    if (this.#painting) this.startPainting();
  }

  /** A key that a person pressed, as the window hears it first. */
  pressed(key: string): void {
    const event = stoppable({});
    this.#events.emit('before-input-event', event, { type: 'keyDown', key });
    if (!event.defaultPrevented) this.#guard?.tell('Input.dispatchKeyEvent', { type: 'keyDown', key });
  }

  /** The page is closed, and with the last of its session the browser. */
  async destroyed(): Promise<void> {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#attached = false;
    await this.#opened?.catch(() => undefined);
    await this.session.leave(this);
  }

  gone(): void {
    if (this.#attached) this.#protocol.emit('detach', {}, 'target closed');
    this.#attached = false;
  }

  mayLoad({ request, frameId, redirectedRequestId }: Protocol.Fetch.RequestPausedEvent): boolean {
    const url = inApp(request.url);
    if (url === this.#own) return true;
    const event = stoppable({ url, isMainFrame: frameId === this.targetId });
    this.#events.emit(redirectedRequestId === undefined ? 'will-frame-navigate' : 'will-redirect', event);
    return !event.defaultPrevented;
  }

  heard(event: CdpEvent): void {
    if (isEvent(event, 'Target.attachedToTarget') && event.session.id === null) this.#joined(event.params);
    else if (isEvent(event, 'Target.targetInfoChanged')) this.#titled(event.params.targetInfo);
    else if (event.session.id === this.#guard?.id) this.#guarded(event);
    else if (this.#attached && event.session.id !== null) this.#protocol.emit('message', {}, event.method, event.params, event.session.id === this.#debugged ? '' : event.session.id);
  }

  async #open(): Promise<void> {
    const { width = 1440, height = 900, webPreferences = {} } = this.#options;
    const connection = await this.session.join(this);
    this.#connection = connection;
    const attached = new Promise<CdpSession>((resolve) => { this.#events.once('guarded', resolve); });
    const { targetId } = await connection.root.send('Target.createTarget', { url: 'about:blank', width, height });
    this.targetId = targetId;
    const guard = await attached;
    await guard.send('Page.enable');
    await guard.send('Runtime.enable');
    await guard.send('Inspector.enable');
    if (webPreferences.preload !== undefined) await this.#preload(guard, webPreferences.preload);
    if (webPreferences.offscreen === undefined) await guard.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    this.#debugged = (await connection.root.send('Target.attachToTarget', { targetId, flatten: true })).sessionId;
    await guard.send('Runtime.runIfWaitingForDebugger');
  }

  async #preload(guard: CdpSession, path: string): Promise<void> {
    await guard.send('Runtime.addBinding', { name: 'countersignDoubleSend', executionContextName: PRELOAD_WORLD });
    await guard.send('Page.addScriptToEvaluateOnNewDocument', { source: MAIN_WORLD });
    await guard.send('Page.addScriptToEvaluateOnNewDocument', { source: preloadSource(readFileSync(path, 'utf8')), worldName: PRELOAD_WORLD });
  }

  /** Our own page, or a window that a page has opened: Electron asks before there is one, here it is closed before it runs. */
  #joined({ sessionId, targetInfo }: Protocol.Target.AttachedToTargetEvent): void {
    if (this.#connection === null) return;
    if (this.#guard === null && targetInfo.openerId === undefined) {
      this.#guard = this.#connection.session(sessionId);
      this.#events.emit('guarded', this.#guard);
    } else if (targetInfo.openerId === this.targetId) {
      this.#connection.root.tell('Target.closeTarget', { targetId: targetInfo.targetId });
    }
  }

  #titled({ targetId, title, url }: Protocol.Target.TargetInfo): void {
    if (targetId !== this.targetId) return;
    this.#url = inApp(url);
    if (title !== this.#title) this.#events.emit('page-title-updated', {}, title);
    this.#title = title;
  }

  #guarded(event: CdpEvent): void {
    if (isEvent(event, 'Page.windowOpen')) this.#opener?.({ url: event.params.url, frameName: event.params.windowName, features: '', disposition: 'new-window', referrer: { url: '', policy: 'default' } } as Electron.HandlerDetails);
    else if (isEvent(event, 'Page.loadEventFired')) this.#events.emit('did-finish-load');
    else if (isEvent(event, 'Page.frameStartedLoading')) this.#events.emit('did-start-loading');
    else if (isEvent(event, 'Page.frameNavigated') && event.params.frame.parentId === undefined) this.#url = inApp(event.params.frame.url);
    else if (isEvent(event, 'Inspector.targetCrashed')) this.#events.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    else if (isEvent(event, 'Page.javascriptDialogOpening')) this.#asksToStay(event.params.type);
    else if (isEvent(event, 'Page.screencastFrame')) this.#painted(event.params);
    else if (isEvent(event, 'Runtime.executionContextCreated')) this.#context(event.params.context);
    else if (isEvent(event, 'Runtime.bindingCalled')) this.#called(event.params);
  }

  #asksToStay(type: string): void {
    if (type !== 'beforeunload') return;
    const event = stoppable({});
    this.#events.emit('will-prevent-unload', event);
    if (event.defaultPrevented) this.#guard?.tell('Page.handleJavaScriptDialog', { accept: true });
  }

  #painted({ data, sessionId, metadata }: Protocol.Page.ScreencastFrameEvent): void {
    this.#guard?.tell('Page.screencastFrameAck', { sessionId });
    if (!this.#painting) return;
    const image = { isEmpty: () => false, getSize: () => ({ width: metadata.deviceWidth, height: metadata.deviceHeight }), toJPEG: () => Buffer.from(data, 'base64') };
    this.#events.emit('paint', {}, {}, image);
  }

  #context({ id, name }: Protocol.Runtime.ExecutionContextDescription): void {
    if (name === PRELOAD_WORLD) this.#preloadContext = id;
  }

  #called({ name, payload, executionContextId }: Protocol.Runtime.BindingCalledEvent): void {
    if (name !== 'countersignDoubleSend' || executionContextId !== this.#preloadContext) return;
    const { id, channel, args } = JSON.parse(payload) as { id: number | null; channel: string; args: unknown[] };
    if (id === null) this.#mail.send(channel, args, this);
    else this.#mail.invoke(channel, args, this).then((value) => { this.#deliver({ id, value }); }, (error: unknown) => { this.#deliver({ id, error: String(error) }); });
  }

  #deliver(message: unknown): void {
    if (this.#preloadContext === null) return;
    this.#guard?.tell('Runtime.evaluate', { contextId: this.#preloadContext, expression: `countersignDoubleDeliver(${JSON.stringify(JSON.stringify(message))})` });
  }
}

/** Whether a process of the browser runs pages, and not the browser itself. */
function isRenderer(pid: number): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('--type=renderer');
  } catch {
    return false;
  }
}
