import { openEvidenceBrowser, type EvidenceBrowser, type EvidenceBrowserOptions } from '../../src/cdp/evidence-browser.js';
import type { EvidenceSink, Policy, Viewport } from '../../src/cdp/facts.js';
import { CodedError, isCoded } from '../../src/record/coded-error.js';
import type { Clock } from '../../src/record/ports.js';
import { startBrowserProcess, type BrowserProcess } from './browser-process.js';
import { clientHints } from './client-hints.js';
import { browserVersion } from './browser-version.js';
import type { FoundBrowser } from './find-browser.js';
import { removeStaleProfiles } from './profile-folder.js';

/**
 * What the browser may open at all; everything else would be handed to another program (`mailto:` was seen to start one
 * at once, whatever the preferences for outside programs said), so the browser's own block list refuses it first.
 */
const OPENS = ['http://*', 'https://*', 'about:*', 'data:*', 'blob:*', 'filesystem:*', 'chrome-extension://*'] as const;

const PREFERENCES = {
  // 2: never. Chromium would else fetch pages that nobody opened, past every gate.
  net: { network_prediction_options: 2 },
  policy: { url_blocklist: ['*'], url_allowlist: OPENS },
  printing: { enabled: false },
  // No UDP and no local address for pages, whatever they do with WebRTC.
  webrtc: { ip_handling_policy: 'disable_non_proxied_udp', multiple_routes_enabled: false, nonproxied_udp_enabled: false },
  credentials_enable_service: false,
  // 2: block. These have choosers of their own, which nobody could see and which would never be answered.
  profile: { password_manager_enabled: false, default_content_setting_values: { usb_guard: 2, hid_guard: 2, serial_guard: 2, bluetooth_guard: 2, bluetooth_scanning: 2 } },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  translate: { enabled: false },
  search: { suggest_enabled: false },
  safebrowsing: { enabled: false },
  alternate_error_pages: { enabled: false },
  intl: { accept_languages: 'en-GB,en', selected_languages: 'en-GB,en' },
} as const;

const FLAGS = [
  '--headless=new',
  '--lang=en-GB',
  '--accept-lang=en-GB,en',
  '--hide-scrollbars',
  '--deny-permission-prompts',
  '--disable-speech-api',
  // Chromium would load a page that failed again and again by itself; what is asked for is what somebody asked for.
  '--disable-auto-reload',
  '--disable-print-preview',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  // A page is told `navigator.webdriver` otherwise, which a person's browser never says.
  '--disable-blink-features=AutomationControlled',
] as const;

/** See {@link startEvidenceBrowser}. */
export interface EvidenceHostOptions {
  readonly browser: FoundBrowser;
  readonly viewport: Viewport;
  readonly policy: Policy;
  readonly sink: EvidenceSink;
  readonly clock: Clock;
  /** `host:port` of what everything goes through; null or absent: whatever the computer itself is set to. */
  readonly proxy?: string | null;
  /** Whether pages are heard; absent: not. */
  readonly sound?: boolean;
  /** Whether films start by themselves; absent: not. */
  readonly autoplay?: boolean;
}

/** An evidence browser in processes of its own. */
export type HostedEvidenceBrowser = EvidenceBrowser & Pick<BrowserProcess, 'processId' | 'profilePath' | 'processIds' | 'freeze'>;

/** A browser that nothing looks at pages with yet, and what client hints are to say of it. */
export interface EvidenceProcess {
  readonly host: BrowserProcess;
  readonly clientHints: Pick<EvidenceBrowserOptions, 'clientHints'>;
}

/**
 * Starts the browser's processes: a system Chromium without a window, in a profile of its own.
 *
 * @throws CodedError `browser.not-started`.
 */
export async function startEvidenceProcess(options: Omit<EvidenceHostOptions, 'policy' | 'sink' | 'clock'>): Promise<EvidenceProcess> {
  removeStaleProfiles();
  // When it cannot be told, each session is told another user agent as it starts.
  const version = await browserVersion(options.browser);
  const major = version?.split('.')[0] ?? null;
  const flags = [...FLAGS, `--window-size=${options.viewport.width},${options.viewport.height}`, ...(major === null ? [] : [`--user-agent=${plainUserAgent(major)}`]), ...proxyFlags(options.proxy ?? null), ...mediaFlags(options)];
  const host = await startBrowserProcess({ browser: options.browser, flags, preferences: PREFERENCES });
  return { host, clientHints: version === null ? {} : { clientHints: clientHints(version, options.browser.path) } };
}

/**
 * Starts the evidence browser in processes of its own, off the record.
 *
 * @throws CodedError `browser.not-started`.
 */
export async function startEvidenceBrowser(options: EvidenceHostOptions): Promise<HostedEvidenceBrowser> {
  const { host, clientHints: hints } = await startEvidenceProcess(options);
  try {
    const evidence = await openEvidenceBrowser({ ...options, transport: host.transport, host, ...hints });
    return Object.assign(evidence, { processId: host.processId, profilePath: host.profilePath, processIds: host.processIds, freeze: host.freeze });
  } catch (cause) {
    await host.kill();
    if (!isCoded(cause)) throw cause;
    throw new CodedError('browser.not-started', 'The browser was started but did not answer. Restart the computer and try again, or install Chromium, Chrome or Edge anew.', { cause });
  }
}

function mediaFlags({ sound = false, autoplay = false }: Pick<EvidenceHostOptions, 'sound' | 'autoplay'>): string[] {
  return [...(sound ? [] : ['--mute-audio']), `--autoplay-policy=${autoplay ? 'no-user-gesture-required' : 'user-gesture-required'}`];
}

/** Also addresses of this computer go through the proxy, which Chromium would else make an exception for. */
function proxyFlags(proxy: string | null): string[] {
  return proxy === null ? [] : [`--proxy-server=${proxy}`, '--proxy-bypass-list=<-loopback>'];
}

/**
 * The user agent of a Chrome of that version with a window (Chromium's reduced form: only the major version counts).
 * It is given at the start, since workers cannot be told later; a browser that says "Headless" is served other pages.
 */
function plainUserAgent(major: string): string {
  const system = process.platform === 'win32' ? 'Windows NT 10.0; Win64; x64' : process.platform === 'darwin' ? 'Macintosh; Intel Mac OS X 10_15_7' : 'X11; Linux x86_64';
  return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
}
