/** Size of a window in device-independent pixels. */
export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Origin of the screens in a system browser. `.invalid` is reserved (RFC 2606 section 2, RFC 6761 section 6.4): no name
 * under it ever exists, so if the interception that serves the screens failed, nothing could be reached or reach us. It is
 * `https` because pages get the browser's stricter rules, and some of its functions, only there; no connection is ever made.
 */
export const APP_ORIGIN = 'https://countersign.invalid';
/** Address of the screens. */
export const APP_ADDRESS = `${APP_ORIGIN}/`;

/** Parts of the browser that talk to the network, open ports, or put something of their own into the window. */
const DISABLED_FEATURES = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'PasswordManagerOnboarding',
  'PrivacySandboxSettings4',
  'Translate',
] as const;

/**
 * Command line of the browser that shows the screens, beside what starts any browser of ours (profile, pipe, sandbox).
 * Off the record, so that what is typed never lands in a history or a session file; with a resolver that knows no name and
 * no address, so that not even the browser's own errands leave the computer.
 */
export function appWindowFlags(size: WindowSize): string[] {
  return [
    `--app=${APP_ADDRESS}`,
    `--window-size=${String(size.width)},${String(size.height)}`,
    '--incognito',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-proxy-server',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-client-side-phishing-detection',
    '--disable-save-password-bubble',
    '--disable-search-engine-choice-screen',
    '--disable-notifications',
    '--disable-print-preview',
    '--hide-crash-restore-bubble',
    '--no-pings',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    `--disable-features=${DISABLED_FEATURES.join(',')}`,
  ];
}

/** Whether there is a screen to open a window on. Windows and macOS always have one for a person who is signed in. */
export function hasDisplay(platform: string, env: Readonly<Record<string, string | undefined>>): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
}
