import type { HeaderList } from './downloads.js';
import type { RefusedThing } from '../record/kinds.js';

/**
 * What no page may use, by the names of the Permissions Policy (w3.org/TR/permissions-policy). A name that a build does
 * not know is skipped by it.
 */
const FEATURES = [
  'accelerometer', 'ambient-light-sensor', 'bluetooth', 'camera', 'captured-surface-control', 'clipboard-read', 'clipboard-write', 'compute-pressure',
  'digital-credentials-create', 'digital-credentials-get', 'display-capture', 'fullscreen', 'geolocation', 'gyroscope', 'hid', 'identity-credentials-get',
  'idle-detection', 'keyboard-map', 'local-fonts', 'magnetometer', 'microphone', 'midi', 'otp-credentials', 'payment', 'picture-in-picture',
  'publickey-credentials-create', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'smart-card', 'speaker-selection', 'usb', 'web-share',
  'window-management', 'xr-spatial-tracking',
] as const;

const NAME = 'permissions-policy';
const VALUE = FEATURES.map((feature) => `${feature}=()`).join(', ');

/**
 * A document's headers with ours in place of its own `Permissions-Policy`; null where they hold what cannot be handed
 * back unchanged. A page to which these features are denied so is told of as it asks, by the browser itself; a
 * permission that is merely denied is not told of.
 */
export function withoutFeatures(headers: HeaderList): { name: string; value: string }[] | null {
  // The protocol carries text; a byte outside ASCII might come back as another one.
  if (headers.some(({ value }) => /[^\t\x20-\x7e]/.test(value))) return null;
  return [...headers.filter(({ name }) => name.toLowerCase() !== NAME).map(({ name, value }) => ({ name, value })), { name: 'Permissions-Policy', value: VALUE }];
}

/** What the browser writes to its own log where the name of the feature is not in the usual place. */
const WORDED: readonly (readonly [RegExp, string])[] = [
  [/^Permissions policy violation: ([a-z-]+) is not allowed/, ''],
  [/Geolocation access has been blocked because of a permissions policy/, 'geolocation'],
  [/The Clipboard API has been blocked because of a permissions policy/, 'clipboard'],
  [/Midi access has been blocked because of a permissions policy/, 'midi'],
  [/^([A-Za-z]+) permission has been blocked because of a permissions policy/, ''],
];

/** The feature that a page asked for and did not get, as a line of the browser's log tells; null for any other line. */
export function refusedFeature(line: string): { readonly what: RefusedThing; readonly name: string } | null {
  for (const [pattern, known] of WORDED) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const name = known !== '' ? known : (match[1] ?? '').replace(/[a-z](?=[A-Z])/g, '$&-').toLowerCase();
    return { what: name === 'fullscreen' ? 'fullscreen' : 'permission', name };
  }
  return null;
}
