import { CodedError, isCoded } from '../../src/record/coded-error.js';
import { CdpConnection, type CdpSession } from '../../src/cdp/connection.js';
import { appWindowFlags, APP_WINDOW_PREFERENCES, hasDisplay, type WindowSize } from './app-window-flags.js';
import { showScreens, type ScreensOptions } from './app-window-screens.js';
import { startBrowserProcess, type BrowserProcess } from './browser-process.js';
import type { FoundBrowser } from './find-browser.js';

/** How long a closed browser may take to end by itself before it is killed, in milliseconds. */
const CLOSE_MS = 3_000;

/** How to open the window. */
export interface AppWindowOptions extends ScreensOptions {
  readonly browser: FoundBrowser;
  readonly size: WindowSize;
}

/** The app's window in a system browser. */
export interface AppWindow {
  /** Resolves once the window is gone, by whomever it was closed, and with it the browser's processes and its profile. */
  readonly closed: Promise<void>;
  /** Closes the window; resolves with `closed`. */
  close(): Promise<void>;
  /** The whole browser, over DevTools; for tests. */
  readonly connection: CdpConnection;
  /** The window's page, over DevTools; for tests. */
  readonly session: CdpSession;
  readonly process: Pick<BrowserProcess, 'processId' | 'processIds' | 'profilePath'>;
}

/**
 * Opens the app in a window of a system Chromium, Chrome or Edge: a process and a profile of its own, over a pipe, with no
 * port and no network.
 *
 * @throws CodedError `machine.no-display` without a screen, `browser.not-started`, `machine.window-failed`, `app.screens-missing`
 */
export async function openAppWindow(options: AppWindowOptions): Promise<AppWindow> {
  if (!hasDisplay(process.platform, process.env)) {
    throw new CodedError('machine.no-display', 'There is no screen to open the app’s window on; “npm run demo” shows a whole investigation without a window.');
  }
  const flags = appWindowFlags(options.size);
  const host = await startBrowserProcess({ browser: options.browser, flags, preferences: APP_WINDOW_PREFERENCES, window: true });
  const connection = new CdpConnection(host.transport);
  try {
    const { gone, session } = await showScreens(connection, options);
    const closed = gone.then(() => end(connection, host));
    return {
      closed,
      close: async () => {
        connection.root.tell('Browser.close');
        await closed;
      },
      connection,
      session,
      process: host,
    };
  } catch (cause) {
    await end(connection, host);
    // A browser that ends at once has most often found that the screen it was promised is not there.
    if (isCoded(cause) && cause.code.startsWith('browser.')) throw new CodedError('machine.window-failed', 'The app’s window could not be opened. Close other programs and start the app again.', { cause });
    throw cause;
  }
}

async function end(connection: CdpConnection, host: BrowserProcess): Promise<void> {
  await connection.root.send('Browser.close', undefined, CLOSE_MS).catch(() => undefined);
  connection.close();
  await host.kill();
}
