/* What set-up says about displays and browsers. Where browsers are found stands in main/chromium/find-browser.ts, which the app itself uses. */
/** Whether a window can be shown; only Linux runs without. */
export function hasDisplay({ platform = process.platform, env = process.env } = {}) {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/** What to install where no browser was found. */
export function noBrowserSentence(platform) {
  const what = { win32: 'Microsoft Edge or Google Chrome', darwin: 'Google Chrome or Microsoft Edge' }[platform] ?? 'Chromium (on Debian: sudo apt-get install chromium)';
  return `No browser was found: install ${what}, or set COUNTERSIGN_BROWSER to the program of one.`;
}
