import { findBrowser, type FoundBrowser } from '../../main/chromium/find-browser.js';
import type { Viewport } from '../../src/cdp/facts.js';
import type { Clock } from '../../src/record/ports.js';

/** The size that every test looks at pages in. */
export const VIEWPORT: Viewport = { width: 1280, height: 800, scale: 1 };

/** The computer's clock. */
export const systemClock: Clock = { now: () => new Date().toISOString(), monotonicMs: () => performance.now() };

/** The browser of this computer; the tests need a real one. */
export function testBrowser(): FoundBrowser {
  const browser = findBrowser(process.env);
  if (browser === null) throw new Error('These tests need Chromium, Chrome or Edge. Install one, or name it in COUNTERSIGN_BROWSER.');
  return browser;
}
