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

/**
 * Command line of the browser that shows the screens, beside what starts any browser of ours. Off the record, so that what is
 * typed never lands in a history or a session file; with a resolver that knows no name and no address, so that not even the
 * browser's own errands leave the computer.
 */
export function appWindowFlags(size: WindowSize): string[] {
  return [
    `--app=${APP_ADDRESS}`,
    `--window-size=${String(size.width)},${String(size.height)}`,
    '--incognito',
    '--lang=en-GB',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-proxy-server',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--deny-permission-prompts',
    '--disable-notifications',
    '--disable-print-preview',
    '--disable-speech-api',
    '--disable-search-engine-choice-screen',
    '--hide-crash-restore-bubble',
    '--no-pings',
    // A window behind another one still takes events: a reviewer who looks elsewhere for a moment must not come back to an old state.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    // Without it a bar above the screens warns of the resolver: "Stability and security will suffer." It switches off that bar and nothing that protects.
    '--test-type',
  ];
}

/** The browser's number for "never, and do not ask". */
const BLOCK = 2;

/** What a page may ask for; the screens need none of it. */
const ASKED_FOR = [
  'automatic_downloads', 'bluetooth_guard', 'clipboard', 'file_system_read_guard', 'file_system_write_guard', 'geolocation', 'hid_guard', 'idle_detection',
  'local_fonts', 'local_network_access', 'media_stream_camera', 'media_stream_mic', 'midi_sysex', 'notifications', 'payment_handler', 'popups', 'sensors',
  'serial_guard', 'usb_guard', 'window_placement',
] as const;

/** Contents of the profile's `Preferences`: nothing is asked, offered, remembered or guessed. */
export const APP_WINDOW_PREFERENCES = {
  profile: { password_manager_enabled: false, default_content_setting_values: Object.fromEntries(ASKED_FOR.map((name) => [name, BLOCK])) },
  credentials_enable_service: false,
  autofill: { profile_enabled: false, credit_card_enabled: false },
  translate: { enabled: false },
  printing: { enabled: false },
  search: { suggest_enabled: false },
  safebrowsing: { enabled: false },
  signin: { allowed: false },
  net: { network_prediction_options: BLOCK },
  spellcheck: { use_spelling_service: false },
  browser: { enable_spellchecking: false },
  webrtc: { ip_handling_policy: 'disable_non_proxied_udp' },
} as const;

/** Whether there is a screen to open a window on. Windows and macOS always have one for a person who is signed in. */
export function hasDisplay(platform: string, env: Readonly<Record<string, string | undefined>>): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
}
