import { describe, expect, test } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { BROWSER_RULES } from '../../../src/investigation/policy/browser.js';
import type { RefusedThing } from '../../../src/record/kinds.js';
import { refuseClientCertificates } from '../../../main/electron/hardening.js';
import { prepareEvidenceSession, type EvidenceSession } from '../../../main/electron/evidence-session.js';
import { EVIDENCE_CONTRACT } from '../../contract/evidence-contract.js';
import { HOSTILE_PAGES } from '../../hostile/pages.js';

/*
 * Each row of the policy table is applied by Electron's own handlers, by its filter of requests, or over the protocol. The last are
 * promises of the contract that every host is held to, or pages of test/hostile, with a real page; the others are tried here.
 */

type Way = { readonly permissions: readonly string[] } | { readonly request: string } | { readonly download: true } | { readonly certificates: true } | { readonly contract: string } | { readonly hostile: true };

const WAYS: Readonly<Record<RefusedThing, Way>> = {
  permission: { permissions: ['geolocation', 'media', 'notifications', 'midi', 'midiSysex', 'clipboard-read', 'clipboard-sanitized-write', 'hid', 'serial', 'usb', 'idle-detection', 'keyboardLock', 'storage-access', 'top-level-storage-access', 'window-management', 'fileSystem', 'speaker-selection', 'mediaKeySystem', 'display-capture', 'unknown'] },
  fullscreen: { permissions: ['fullscreen', 'automatic-fullscreen'] },
  'pointer-lock': { permissions: ['pointerLock'] },
  'external-link': { permissions: ['openExternal'] },
  download: { download: true },
  'address-scheme': { request: 'ftp://example.org/' },
  'suspected-address': { request: 'https://example.org/suspected' },
  'private-address': { request: 'http://192.168.1.1/' },
  'text-first': { request: 'https://example.org/picture.png' },
  locked: { request: 'https://example.org/late' },
  beacon: { request: 'https://example.org/beacon' },
  prefetch: { request: 'https://example.org/next' },
  certificate: { request: 'https://expired.example.org/' },
  'client-certificate': { certificates: true },
  popup: { contract: 'a new window is never opened' },
  upload: { contract: 'a file chooser is refused' },
  dialog: { contract: 'message boxes are closed' },
  'before-unload': { contract: 'a page cannot keep anyone from leaving it' },
  print: { contract: 'printing and storms of titles' },
  'service-worker': { contract: 'a service worker cannot register' },
  authentication: { contract: 'a site that asks for a password' },
  'drag-out': { hostile: true },
};

type Asked = (contents: unknown, permission: string, callback: (granted: boolean) => void, details: { requestingUrl?: string }) => void;
type Filter = (details: { url: string }, callback: (response: { cancel?: boolean }) => void) => void;

/** A session that keeps what the app sets on it. */
class Kept extends EventEmitter {
  asked: Asked = () => undefined;
  check: () => boolean = () => true;
  device: () => boolean = () => true;
  filter: Filter = () => undefined;
  readonly webRequest = { onBeforeRequest: (filter: Filter) => { this.filter = filter; } };
  setPermissionRequestHandler(asked: Asked): void { this.asked = asked; }
  setPermissionCheckHandler(check: () => boolean): void { this.check = check; }
  setDevicePermissionHandler(device: () => boolean): void { this.device = device; }
  setDisplayMediaRequestHandler(): void { /* Tried in hardening.test. */ }
  setBluetoothPairingHandler(): void { /* The same. */ }
  setSpellCheckerEnabled(): void { /* The same. */ }
  setUserAgent(): void { /* The same. */ }
  enableNetworkEmulation(): void { /* The same. */ }
  closeAllConnections(): Promise<void> { return Promise.resolve(); }
  clearData(): Promise<void> { return Promise.resolve(); }
}

/** A session of a page under investigation whose policy refuses everything as `what`. */
function prepared(what: RefusedThing): { session: Kept; refused: RefusedThing[] } {
  const session = new Kept();
  const refused: RefusedThing[] = [];
  prepareEvidenceSession(session as unknown as EvidenceSession, 'agent', { decideAddress: () => ({ allow: false, what, detail: '' }) }, (thing) => refused.push(thing));
  return { session, refused };
}

const rows = Object.keys(BROWSER_RULES) as RefusedThing[];
const having = <K extends string>(key: K): RefusedThing[] => rows.filter((row) => key in WAYS[row]);

describe('every row of the policy table, in Electron', () => {
  test.each(having('permissions'))('%s: each request is refused and told as this row, and each look-up says no', (row) => {
    for (const permission of (WAYS[row] as { permissions: readonly string[] }).permissions) {
      const { session, refused } = prepared(row);
      let granted: boolean | null = null;
      session.asked(null, permission, (answer) => { granted = answer; }, {});
      expect([permission, granted, refused]).toEqual([permission, false, [row]]);
      expect([session.check(), session.device()]).toEqual([false, false]);
    }
  });

  test.each(having('request'))('%s: what the policy refuses as this is cancelled by the session too, and a socket to the same place is told', (row) => {
    const { request } = WAYS[row] as { request: string };
    const { session, refused } = prepared(row);
    const answers: unknown[] = [];
    session.filter({ url: request }, (answer) => answers.push(answer));
    expect([answers, refused]).toEqual([[{ cancel: true }], []]);
    session.filter({ url: request.replace(/^[a-z]+/, 'wss') }, (answer) => answers.push(answer));
    expect([answers[1], refused]).toEqual([{ cancel: true }, [row]]);
  });

  test.each(having('download'))('%s: stopped before anything is written, and told', (row) => {
    const { session, refused } = prepared(row);
    let stopped = false;
    session.emit('will-download', { preventDefault: () => { stopped = true; } }, { getURL: () => 'https://example.org/a.zip', getFilename: () => 'a.zip' });
    expect([stopped, refused]).toEqual([true, [row]]);
  });

  test.each(having('certificates'))('%s: none is chosen, whoever asks', (row) => {
    expect(row).toBe('client-certificate');
    const app = new EventEmitter();
    refuseClientCertificates(app);
    const chosen: unknown[][] = [];
    let stopped = false;
    app.emit('select-client-certificate', { preventDefault: () => { stopped = true; } }, {}, 'https://site.example/', [{}], (...args: unknown[]) => chosen.push(args));
    expect([stopped, chosen]).toEqual([true, [[]]]);
  });

  test.each(having('contract'))('%s: is a promise that every host is held to', (row) => {
    const { contract } = WAYS[row] as { contract: string };
    expect(EVIDENCE_CONTRACT.filter(({ name }) => name.startsWith(contract))).toHaveLength(1);
  });

  test.each(having('hostile'))('%s: is tried by a hostile page, and told by what watches beside each page', (row) => {
    expect(HOSTILE_PAGES.some(({ refused }) => refused.some(([what]) => what === row))).toBe(true);
  });
});
