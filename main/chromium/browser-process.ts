import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pipeTransport } from '../../src/cdp/pipe-transport.js';
import type { CdpTransport } from '../../src/cdp/transport.js';
import { CodedError } from '../../src/record/coded-error.js';
import type { FoundBrowser } from './find-browser.js';
import { allGone, killTree, processTree, stopTree } from './process-tree.js';
import { makeProfileFolder } from './profile-folder.js';

/** A browser that runs with its DevTools on a pair of pipes. */
export interface BrowserProcess {
  readonly transport: CdpTransport;
  readonly processId: number;
  /** Folder that holds all that the browser wrote; in memory where the system has such a folder. */
  readonly profilePath: string;
  /** Every process of the browser that runs now. */
  processIds(): number[];
  /** Stops every process where it stands, where the system can. */
  freeze(): void;
  /** Kills every process and removes the profile; resolves when both are gone. */
  kill(): Promise<void>;
}

/**
 * What every browser of ours is started with. The remote-debugging pipe replaces a port: nothing listens. The rest
 * keeps the browser from talking to its maker, from keeping caches and crash reports, and from asking anyone anything.
 */
const FLAGS = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-service-autorun',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-logging',
  '--noerrdialogs',
  '--disable-hang-monitor',
  '--disable-prompt-on-repost',
  '--password-store=basic',
  '--use-mock-keychain',
  '--force-color-profile=srgb',
  // Drawn by the processor everywhere, so that a picture does not depend on the computer's graphics card.
  '--disable-gpu',
  '--disable-gpu-shader-disk-cache',
  // UDP: what goes over QUIC would pass the gate at another place, and nothing of ours opens UDP.
  '--disable-quic',
  '--disk-cache-size=1',
  '--media-cache-size=1',
] as const;

/**
 * Parts of the browser that are switched off: what talks to its maker, and what loads or keeps pages nobody opened; among these are the pages behind
 * its own address bar and the process in reserve, 65 MB in each browser.
 */
const FEATURES_OFF = [
  'BackForwardCache', 'Prerender2', 'MediaRouter', 'DialMediaRouteProvider', 'OptimizationHints', 'Translate', 'InterestFeedContentSuggestions',
  'CertificateTransparencyComponentUpdater', 'AutofillServerCommunication', 'GlobalMediaControls', 'CalculateNativeWinOcclusion', 'WebRtcHideLocalIpsWithMdns', 'MDnsResponder',
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess',
] as const;

/** How long killed processes may take to be gone, in milliseconds. */
const GONE_MS = 10_000;

/** How to start one. */
export interface BrowserStart {
  readonly browser: FoundBrowser;
  readonly flags: readonly string[];
  /** Contents of the profile's `Preferences`. */
  readonly preferences: object;
  /** Whether the browser opens a window of its own as it starts; without, it waits to be told. */
  readonly window?: boolean;
}

/**
 * Starts a browser with its DevTools on file descriptors 3 and 4, in a process group and a profile folder of its own.
 *
 * @throws CodedError `browser.not-started` when the program cannot be run.
 */
export async function startBrowserProcess({ browser, flags, preferences, window = false }: BrowserStart): Promise<BrowserProcess> {
  const profile = makeProfileFolder(preferences);
  const args = [...FLAGS, `--disable-features=${FEATURES_OFF.join(',')}`, `--user-data-dir=${profile.path}`, `--disk-cache-dir=${profile.path}/cache`, ...rootFlags(), ...(window ? [] : ['--no-startup-window']), ...flags];
  const child = spawn(browser.path, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...profile.environment, LANGUAGE: 'en_GB' },
    // A process group of its own, so that it can be stopped whole; and Ctrl+C in a terminal does not reach past us to it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const processId = await started(child).catch((error: unknown) => {
    profile.remove();
    throw error;
  });
  const transport = pipeTransport(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const lastResort = (): void => {
    killTree(processId);
    profile.remove();
  };
  process.once('exit', lastResort);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve())).then(() => {
    process.removeListener('exit', lastResort);
    transport.close();
    profile.remove();
  });
  return {
    transport,
    processId,
    profilePath: profile.path,
    processIds: () => (child.exitCode === null && child.signalCode === null ? processTree(processId) : []),
    freeze: () => void stopTree(processId),
    kill: async () => {
      // The tree is read before its root is gone: orphans can no longer be told from anyone else's processes.
      if (child.exitCode === null && child.signalCode === null) await allGone(killTree(processId), GONE_MS);
      await ended;
      profile.remove();
    },
  };
}

/**
 * Chromium refuses to start its sandbox for the superuser, and only for that user it is started without: tests in a
 * container run so. A person's own run always has the sandbox.
 */
function rootFlags(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function started(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new CodedError('browser.not-started', 'The browser could not be started. Install Chromium, Chrome or Edge, or name one in COUNTERSIGN_BROWSER.', { cause })));
    child.once('spawn', () => {
      child.removeAllListeners('error');
      child.on('error', () => undefined);
      if (child.pid !== undefined) resolve(child.pid);
    });
  });
}
