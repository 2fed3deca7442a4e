/**
 * Content Security Policy of the screens (CSP Level 3), the same in both hosts. The screens load their own files and
 * show images that arrive over the bridge; they have no network, no forms that send, no frames, no inline script.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a page of ours may use of the computer: nothing. */
const PERMISSIONS_POLICY = ['camera', 'microphone', 'geolocation', 'display-capture', 'usb', 'serial', 'hid', 'bluetooth', 'midi', 'clipboard-read', 'fullscreen', 'publickey-credentials-get', 'payment']
  .map((feature) => `${feature}=()`)
  .join(', ');

/** Headers of one file of the screens, names in lower case. Nothing of the screens is ever kept in a cache. */
export function uiHeaders(mediaType: string): Readonly<Record<string, string>> {
  return {
    'content-type': mediaType,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'permissions-policy': PERMISSIONS_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
