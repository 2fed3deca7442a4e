import { EventEmitter } from 'node:events';
import { CdpConnection, isEvent, type CdpEvent } from '../../../src/cdp/connection.js';
import { startBrowserProcess, type BrowserProcess } from '../../../main/chromium/browser-process.js';
import type { FoundBrowser } from '../../../main/chromium/find-browser.js';
import type { EvidenceElectron, HiddenContents, HiddenWindow } from '../../../main/electron/evidence-host.js';
import type { EvidenceSession } from '../../../main/electron/evidence-session.js';

/*
 * Stands for the part of Electron that holds a page under investigation: a hidden window whose contents have a debugger, and a
 * session. The page and its debugger are those of a real Chromium; what Electron alone does (its own window-open handler,
 * paint events, session handlers) is played by this file, and so is not proven by tests that use it.
 */

/** A page of a real Chromium with the face of Electron's `WebContents`. */
class FakeContents extends EventEmitter {
  readonly debugger: EventEmitter;
  readonly mainFrame = { framesInSubtree: [{ osProcessId: 4_242 }] };
  readonly #connection: CdpConnection;
  #session: string | null = null;
  #painting = false;
  #url = '';
  opener: ((details: { url: string }) => { action: 'deny' }) | null = null;

  constructor(transport: BrowserProcess['transport']) {
    super();
    this.#connection = new CdpConnection(transport);
    const protocol = new EventEmitter();
    this.debugger = Object.assign(protocol, {
      attach: (version: string) => { if (version !== '1.3') throw new Error('version not supported'); },
      detach: () => undefined,
      isAttached: () => true,
      sendCommand: (method: string, params?: unknown, child?: string) => this.#connection.command(child ?? this.#session, method, params, 30_000),
    });
    this.#connection.onEvent((event) => {
      const id = event.session.id;
      if (this.#refuseWindow(event)) return;
      if (event.method === 'Page.frameNavigated') this.#url = (event.params as { frame: { url: string } }).frame.url;
      // As Electron does: the page's own session has no name.
      if (id !== null) protocol.emit('message', {}, event.method, event.params, id === this.#session ? '' : id);
    });
    this.#connection.onClose(() => protocol.emit('detach', {}, 'target closed'));
  }

  /** Electron asks its handler before there is a window; here it is there already, and is closed. */
  #refuseWindow(event: CdpEvent): boolean {
    if (!isEvent(event, 'Target.targetCreated') || event.params.targetInfo.openerId === undefined) return false;
    this.#connection.root.tell('Target.closeTarget', { targetId: event.params.targetInfo.targetId });
    this.opener?.({ url: event.params.targetInfo.url });
    return true;
  }

  async loadURL(url: string): Promise<void> {
    const { root } = this.#connection;
    await root.send('Target.setDiscoverTargets', { discover: true });
    const { targetId } = await root.send('Target.createTarget', { url });
    this.#session = (await root.send('Target.attachToTarget', { targetId, flatten: true })).sessionId;
  }

  getURL(): string {
    return this.#url;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' }): void {
    this.opener = handler;
  }

  setWebRTCIPHandlingPolicy(): void {
    // A switch of the browser, which this one was started with.
  }

  setAudioMuted(): void {
    // A switch of the browser, which this one was started with.
  }

  setFrameRate(): void {
    // A picture is painted when the test asks for one.
  }

  startPainting(): void {
    this.#painting = true;
  }

  stopPainting(): void {
    this.#painting = false;
  }

  get painting(): boolean {
    return this.#painting;
  }

  /** Paints the page once, as an off-screen window does. */
  invalidate(): void {
    if (this.#session === null) return;
    void this.#connection.session(this.#session).send('Page.captureScreenshot', { format: 'jpeg' }).then(({ data }) => {
      if (this.#painting) this.emit('paint', {}, {}, { isEmpty: () => false, getSize: () => ({ width: 1280, height: 800 }), toJPEG: () => Buffer.from(data, 'base64') });
    });
  }
}

/** What a test can look at and do. */
export interface FakeElectron {
  readonly electron: EvidenceElectron;
  readonly contents: FakeContents;
  /** Processes that were to be stopped. */
  readonly stopped: number[];
  /** Calls on the session, by name. */
  readonly session: Map<string, unknown[]>;
  close(): Promise<void>;
}

/** One hidden window over a headless browser. */
export async function startFakeElectron(browser: FoundBrowser): Promise<FakeElectron> {
  const host = await startBrowserProcess({ browser, flags: ['--headless=new', '--hide-scrollbars', '--mute-audio'], preferences: {} });
  const contents = new FakeContents(host.transport);
  const stopped: number[] = [];
  const calls = new Map<string, unknown[]>();
  const noted = (name: string) => (...args: unknown[]) => {
    calls.set(name, args);
    return Promise.resolve();
  };
  const session = new Proxy({}, { get: (_target, name: string) => (name === 'webRequest' ? { onBeforeRequest: noted('onBeforeRequest') } : noted(name)) }) as EvidenceSession;
  let destroyed = false;
  const window: HiddenWindow = {
    webContents: contents as unknown as HiddenContents,
    destroy: () => { destroyed = true; },
    isDestroyed: () => destroyed,
  };
  return {
    electron: {
      session: () => session,
      window: () => window,
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Countersign/0.1.0 Chrome/156.0.0.0 Electron/45.4.1 Safari/537.36',
      chrome: '156.0.0.0',
      stop: (pid) => { stopped.push(pid); },
      unique: () => 'evidence-test',
    },
    contents,
    stopped,
    session: calls,
    close: () => host.kill(),
  };
}
