import type { CdpTransport } from '../../src/cdp/transport.js';
import { createPaintedFrames, type PaintedFrames, type PaintedImage, type PaintingContents } from './painted-frames.js';

/*
 * Makes one hidden window of Electron look like a browser that is attached at its own level, which is how `src/cdp` talks to any
 * browser. Everything in which `webContents.debugger` differs from a pipe to a browser is here, with its reason.
 */

/** The part of `webContents.debugger` that is used. */
export interface ContentsDebugger {
  attach(version: string): void;
  detach(): void;
  isAttached(): boolean;
  sendCommand(method: string, params?: unknown, sessionId?: string): Promise<unknown>;
  on(event: 'message', listener: (event: unknown, method: string, params: unknown, sessionId: string) => void): unknown;
  on(event: 'detach', listener: (event: unknown, reason: string) => void): unknown;
}

/** The part of the hidden window's contents that is used. */
export interface DebuggedContents extends PaintingContents {
  readonly debugger: ContentsDebugger;
  on(event: 'paint', listener: (details: unknown, dirty: unknown, image: PaintedImage) => void): unknown;
  on(event: 'page-title-updated', listener: (event: unknown, title: string) => void): unknown;
  on(event: 'render-process-gone', listener: () => void): unknown;
  getURL(): string;
}

/** A hidden window, made when the protocol asks for its one page. */
export interface EvidenceWindow {
  readonly contents: DebuggedContents;
  /** Loads the empty page; see the workaround in {@link debuggerTransport}. */
  loadEmpty(): Promise<void>;
  destroy(): void;
}

/** What the transport is made of. */
export interface DebuggerTransportOptions {
  /** Makes the hidden window with this size in CSS pixels. */
  openWindow(size: { readonly width: number; readonly height: number }): EvidenceWindow;
  /** `Chrome/…` as the browser names itself. */
  readonly product: string;
  readonly userAgent: string;
  /** Milliseconds since 1970, for the time of a frame. */
  now(): number;
}

/** A transport that can also be told of windows that a page asked for. */
export interface DebuggerTransport extends CdpTransport {
  /** A page asked for a window, which Electron refused; told to the listener as a browser tells of it. */
  windowRefused(url: string): void;
}

/** Identifiers of the page's session and of its context, which Electron's debugger has no names for. */
const PAGE_SESSION = 'page';
const CONTEXT = 'evidence';

interface Command {
  readonly id: number;
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly sessionId?: string;
}

/** An answer that a browser would give as an error. */
class Refused extends Error {}

/**
 * A transport over the debugger of one hidden window.
 *
 * Workarounds: commands sent before a first navigation are never answered (electron#14810), so an empty page is loaded before
 * the debugger is attached. The debugger attaches to a page and not to a browser, so what `src/cdp` asks of the browser is
 * answered here: `Fetch` is enabled on the page and then on each process that joins it, before that process runs. A window that
 * a page asks for is never made, so it is told of as a target that comes and is closed. A title and a crash, of which the
 * browser would tell, are told from the window's own events. Screencasts come from `paint` events, because an off-screen
 * window has no surface that the browser's own screencast could copy.
 */
export function debuggerTransport(options: DebuggerTransportOptions): DebuggerTransport {
  return new Facade(options);
}

class Facade implements DebuggerTransport {
  readonly #options: DebuggerTransportOptions;
  #message: (message: string) => void = () => undefined;
  #ended: () => void = () => undefined;
  #window: EvidenceWindow | null = null;
  #frames: PaintedFrames | null = null;
  #fetch: unknown = null;
  readonly #security: { readonly method: string; readonly params: unknown }[] = [];
  /** The page's target, which is also its main frame, by the browser's own name; null until it is attached. */
  #target: string | null = null;
  #refusedWindows = 0;
  #closed = false;

  constructor(options: DebuggerTransportOptions) {
    this.#options = options;
  }

  onMessage(listener: (message: string) => void): void {
    this.#message = listener;
  }

  onClose(listener: () => void): void {
    this.#ended = listener;
  }

  send(message: string): void {
    if (this.#closed) return;
    const command = JSON.parse(message) as Command;
    const session = command.sessionId === undefined ? {} : { sessionId: command.sessionId };
    this.#run(command).then(
      (result) => { this.#tell({ id: command.id, result: result ?? {}, ...session }); },
      (error: unknown) => { this.#tell({ id: command.id, error: { code: -32000, message: error instanceof Error ? error.message : 'refused' }, ...session }); },
    );
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#frames?.stop();
    this.#window?.destroy();
    this.#ended();
  }

  windowRefused(url: string): void {
    this.#refusedWindows += 1;
    const id = `window-${String(this.#refusedWindows)}`;
    const tell = (): void => { this.#attached(id, pageInfo(id, url, ''), true); };
    // The page's own word about the window comes by another way and may be slower; an answer to a command comes after it.
    this.#window?.contents.debugger.sendCommand('Page.getFrameTree').then(tell, tell);
  }

  async #run({ method, params = {}, sessionId }: Command): Promise<unknown> {
    if (sessionId === undefined) return this.#browser(method, params);
    // A session of a window that was never made: whatever is said to it has no effect.
    if (sessionId.startsWith('window-')) return {};
    const window = this.#window;
    if (window === null) throw new Refused('there is no page');
    if (sessionId !== PAGE_SESSION) return window.contents.debugger.sendCommand(method, params, sessionId);
    if (method === 'Page.startScreencast') return this.#frames?.start(qualityOf(params));
    if (method === 'Page.stopScreencast') return this.#frames?.stop();
    if (method === 'Page.screencastFrameAck') return this.#frames?.taken();
    return window.contents.debugger.sendCommand(method, params);
  }

  async #browser(method: string, params: Readonly<Record<string, unknown>>): Promise<unknown> {
    switch (method) {
      case 'Browser.getVersion':
        return { protocolVersion: '1.3', product: this.#options.product, revision: '', userAgent: this.#options.userAgent, jsVersion: '' };
      case 'Target.createBrowserContext':
        return { browserContextId: CONTEXT };
      case 'Target.createTarget':
        return this.#open(params);
      case 'Target.closeTarget':
        if (params['targetId'] === this.#target) this.close();
        return { success: true };
      case 'Fetch.enable':
        this.#fetch = params;
        await this.#window?.contents.debugger.sendCommand('Fetch.enable', params);
        return {};
      // The page's own session is asked about certificates; before it exists this is remembered.
      case 'Security.enable':
      case 'Security.setOverrideCertificateErrors':
        this.#security.push({ method, params });
        return {};
      case 'Browser.close':
        this.close();
        return {};
      // What these would set is set on the session when the window is made: every permission and every download is refused.
      case 'Browser.grantPermissions':
      case 'Browser.setPermission':
      case 'Browser.setDownloadBehavior':
      case 'Browser.cancelDownload':
      // There is one page, which is told of when it is made; the context goes with the window.
      case 'Target.setDiscoverTargets':
      case 'Target.setAutoAttach':
      case 'Target.disposeBrowserContext':
        return {};
      default:
        throw new Refused(`${method} is not known here`);
    }
  }

  async #open(params: Readonly<Record<string, unknown>>): Promise<unknown> {
    if (this.#window !== null) throw new Refused('there is one page already');
    const window = this.#options.openWindow({ width: numberOf(params['width']), height: numberOf(params['height']) });
    this.#window = window;
    this.#frames = createPaintedFrames(window.contents, this.#options.now, (frame) => { this.#event('Page.screencastFrame', frame, PAGE_SESSION); });
    await window.loadEmpty();
    const { debugger: protocol } = window.contents;
    protocol.attach('1.3');
    protocol.on('message', (_event, method, data, sessionId) => { this.#received(method, data, sessionId); });
    protocol.on('detach', () => { this.close(); });
    window.contents.on('page-title-updated', (_event, title) => { this.#changed(title); });
    window.contents.on('render-process-gone', () => { this.#event('Inspector.targetCrashed', {}, PAGE_SESSION); });
    const { targetInfo } = (await protocol.sendCommand('Target.getTargetInfo')) as { readonly targetInfo: { readonly targetId: string } };
    this.#target = targetInfo.targetId;
    if (this.#fetch !== null) await protocol.sendCommand('Fetch.enable', this.#fetch);
    for (const { method, params } of this.#security) await protocol.sendCommand(method, params);
    this.#attached(PAGE_SESSION, pageInfo(this.#target, 'about:blank', ''), false);
    return { targetId: this.#target };
  }

  #changed(title: string): void {
    if (this.#target !== null) this.#event('Target.targetInfoChanged', { targetInfo: pageInfo(this.#target, this.#window?.contents.getURL() ?? '', title) }, undefined);
  }

  #received(method: string, params: unknown, sessionId: string): void {
    if (method === 'Target.attachedToTarget') this.#guardChild(params);
    this.#event(method, params, sessionId === '' ? PAGE_SESSION : sessionId);
  }

  /** Enables interception on a process that joins the page; it is still paused, and commands keep their order. */
  #guardChild(params: unknown): void {
    const child = (params as { readonly sessionId?: unknown } | null)?.sessionId;
    if (typeof child !== 'string' || this.#fetch === null) return;
    // A worker has no `Fetch` of its own; its requests are those of the page that owns it, and of the session's own filter.
    this.#window?.contents.debugger.sendCommand('Fetch.enable', this.#fetch, child).catch(() => undefined);
  }

  #attached(sessionId: string, targetInfo: Readonly<Record<string, unknown>>, waitingForDebugger: boolean): void {
    this.#event('Target.attachedToTarget', { sessionId, targetInfo, waitingForDebugger }, undefined);
  }

  #event(method: string, params: unknown, sessionId: string | undefined): void {
    this.#tell({ method, params, ...(sessionId === undefined ? {} : { sessionId }) });
  }

  #tell(message: unknown): void {
    if (!this.#closed) this.#message(JSON.stringify(message));
  }
}

function pageInfo(targetId: string, url: string, title: string): Readonly<Record<string, unknown>> {
  return { targetId, type: 'page', title, url, attached: true, canAccessOpener: false, browserContextId: CONTEXT };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function qualityOf(params: Readonly<Record<string, unknown>>): number {
  return typeof params['quality'] === 'number' ? params['quality'] : 85;
}
