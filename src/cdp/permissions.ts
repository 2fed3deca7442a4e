import { isCoded } from '../record/coded-error.js';
import type { CdpSession } from './connection.js';

/**
 * Every permission that a page can ask for, by the name that `Browser.setPermission` takes (the Permissions API's own,
 * and Chromium's where that has none). A name that a build does not know is skipped.
 */
const NAMES = [
  'accelerometer', 'ambient-light-sensor', 'ar', 'automatic-fullscreen', 'background-fetch', 'background-sync', 'camera', 'captured-surface-control',
  'clipboard-read', 'clipboard-write', 'display-capture', 'fullscreen', 'geolocation', 'gyroscope', 'hand-tracking', 'idle-detection', 'keyboard-lock',
  'local-fonts', 'local-network', 'local-network-access', 'loopback-network', 'magnetometer', 'microphone', 'midi', 'nfc', 'notifications',
  'payment-handler', 'periodic-background-sync', 'persistent-storage', 'pointer-lock', 'push', 'screen-wake-lock', 'smart-card', 'speaker-selection',
  'storage-access', 'system-wake-lock', 'top-level-storage-access', 'vr', 'web-app-installation', 'web-printing', 'window-management',
] as const;

/** What is not denied beforehand: nobody is asked for the first three, and pages break without them. */
const SPARED: ReadonlySet<string> = new Set([
  'local-network', 'local-network-access', 'loopback-network',
  // Denied by the host as soon as a page asks, which the page listener then hears; denied beforehand nobody hears of it.
  'notifications', 'push',
]);

/** Denies every permission in one browser context, so that no page is ever asked about. @returns the names that this build denied. */
export async function denyPermissions(root: CdpSession, browserContextId: string): Promise<string[]> {
  const denied = await Promise.all(
    NAMES.filter((name) => !SPARED.has(name)).map(async (name) => {
      try {
        await root.send('Browser.setPermission', { permission: { name, ...(name === 'midi' ? { sysex: true } : {}), ...(name === 'push' ? { userVisibleOnly: true } : {}) }, setting: 'denied', browserContextId });
        return name;
      } catch (error) {
        if (isCoded(error, 'browser.refused')) return null;
        throw error;
      }
    }),
  );
  return denied.filter((name) => name !== null);
}
