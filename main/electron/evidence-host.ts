import type { BrowserWindowConstructorOptions } from 'electron';
import { openEvidenceBrowser, type EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import type { EvidenceSink, Policy, Viewport } from '../../src/cdp/facts.js';
import { RefusalLog } from '../../src/cdp/refusal-log.js';
import type { Clock } from '../../src/record/ports.js';
import { debuggerTransport, type DebuggedContents, type DebuggerTransport } from './debugger-transport.js';
import { plainUserAgent, prepareEvidenceSession, type EvidenceSession } from './evidence-session.js';
import { guardContents, type GuardedContents, type Preventable } from './hardening.js';
import { evidenceWindowOptions } from './window-options.js';

/** The part of a hidden window's contents that is used. */
export interface HiddenContents extends DebuggedContents {
  on: DebuggedContents['on'] & GuardedContents['on'] & ((event: 'will-prevent-unload', listener: (event: Preventable) => void) => unknown);
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void;
  setWebRTCIPHandlingPolicy(policy: 'disable_non_proxied_udp'): void;
  setAudioMuted(muted: boolean): void;
  loadURL(url: string): Promise<void>;
  readonly mainFrame: { readonly framesInSubtree: readonly { readonly osProcessId: number }[] };
}

/** The part of a hidden window that is used. */
export interface HiddenWindow {
  readonly webContents: HiddenContents;
  destroy(): void;
  isDestroyed(): boolean;
}

/** What is needed of Electron. */
export interface EvidenceElectron {
  session(partition: string): EvidenceSession;
  window(options: BrowserWindowConstructorOptions): HiddenWindow;
  /** The user agent that Electron would send. */
  readonly userAgent: string;
  /** Version of Chromium inside Electron. */
  readonly chrome: string;
  /** Stops a process where it stands, where the system can. */
  stop(pid: number): void;
  /** A name that was never used before. */
  unique(): string;
}

/** What the engine asks for. */
export interface EvidenceRequest {
  readonly viewport: Viewport;
  readonly policy: Policy;
  readonly sink: EvidenceSink;
  readonly clock: Clock;
  readonly sound?: boolean;
  readonly autoplay?: boolean;
}

/** Starts an evidence browser in a hidden window and an in-memory session of its own, both of which go when it is closed. */
export async function startEvidenceBrowser(electron: EvidenceElectron, request: EvidenceRequest): Promise<EvidenceBrowser> {
  const { policy, clock, viewport, sound = false, autoplay = false } = request;
  let view: string | null = null;
  const sink = noting(request.sink, (now) => { view = now; });
  const refusals = new RefusalLog(request.sink, () => view);
  const partition = electron.unique();
  const session = electron.session(partition);
  const userAgent = plainUserAgent(electron.userAgent);
  const control = prepareEvidenceSession(session, userAgent, policy, (what, url, detail) => { refusals.refuse(what, url, detail); });

  let window: HiddenWindow | null = null;
  const transport: DebuggerTransport = debuggerTransport({
    openWindow: (size) => {
      const opened = electron.window(evidenceWindowOptions(partition, size, autoplay));
      window = opened;
      prepareContents(opened.webContents, transport, sound);
      return { contents: opened.webContents, loadEmpty: () => opened.webContents.loadURL('about:blank'), destroy: () => { destroy(opened); } };
    },
    product: `Chrome/${electron.chrome}`,
    userAgent,
    now: () => Date.parse(clock.now()),
  });
  const host = {
    freeze: (): void => {
      control.cutOff();
      if (window === null || window.isDestroyed()) return;
      window.webContents.stopPainting();
      for (const pid of new Set(window.webContents.mainFrame.framesInSubtree.map((frame) => frame.osProcessId))) electron.stop(pid);
    },
    kill: async (): Promise<void> => {
      refusals.flush();
      if (window !== null) destroy(window);
      await session.clearData();
    },
  };
  return openEvidenceBrowser({ transport, host, policy, sink, clock, viewport });
}

function prepareContents(contents: HiddenContents, transport: DebuggerTransport, sound: boolean): void {
  // Where this page goes is for the policy to say, request by request; only other windows and `webview` are out for good.
  guardContents(contents, () => true);
  contents.setWindowOpenHandler(({ url }) => {
    transport.windowRefused(url);
    return { action: 'deny' };
  });
  // A page that tries to keep a reviewer on it is left all the same.
  contents.on('will-prevent-unload', (event) => { event.preventDefault(); });
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setAudioMuted(!sound);
}

function destroy(window: HiddenWindow): void {
  if (!window.isDestroyed()) window.destroy();
}

/** The same sink, noting which view is on the screen. */
function noting(sink: EvidenceSink, note: (view: string | null) => void): EvidenceSink {
  return {
    navigation: (fact) => { sink.navigation(fact); },
    inPage: (fact) => { sink.inPage(fact); },
    failed: (fact) => { sink.failed(fact); },
    refused: (fact) => { sink.refused(fact); },
    title: (view, title) => { sink.title(view, title); },
    noted: (kind, fact) => { sink.noted(kind, fact); },
    asked: (question) => { sink.asked(question); },
    closed: (reason) => { sink.closed(reason); },
    page: (state) => {
      note(state.view);
      sink.page(state);
    },
  };
}
