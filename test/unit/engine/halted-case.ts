import { join } from 'node:path';
import type { Recipient } from '../../../src/engine/exporting.js';
import type { HaltEnding } from '../../../src/engine/halt-acts.js';
import { hex } from '../../../src/record/bytes.js';
import { readFolder, verifyFiles, type BundleFiles } from '../../vectors/make-bundle.js';
import { freshFolder, JMK, PAS, sha256 } from '../vault/support.js';
import { NO_HOST, recordOf, withCase, type Started } from './support.js';

/** The address that is flagged. */
export const FLAGGED = 'http://flagged.test/page';
/** What the police say in a call. */
export const CALL = { force: 'Example Police', officer: 'PC 1', reference: 'EX-1', advice: 'Leave it on' };
/** The two ways in which a halt ends. */
export const HANDED: HaltEnding = { how: 'handed-to-police', reference: 'EX-1', officer: 'PC 1', advisedAt: null, text: 'They take the computer away' };
export const NO_ACTION: HaltEnding = { how: 'no-further-action', reference: 'EX-1', officer: 'PC 1', advisedAt: '2026-11-24T12:00:00.000Z', text: 'It is not illegal' };
/** A host that prints, so that bundles can be made. */
export const PRINTS = { host: { ...NO_HOST, printPdf: () => Promise.resolve(Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')) } };

/** Opens a page in the record, as if the browser had told of it; its title follows. */
export async function visited(started: Started, view: string, url: string, title = `Title of ${view}`): Promise<void> {
  const record = recordOf(started);
  await record.add('navigation', ['app'], { view, target: 't', frame: 'f', main: true, url, typed: null, cause: 'link', status: 200, protocol: null, remoteAddress: null, mediaType: null, redirects: [], tls: null });
  await record.add('title', ['app'], { view, title });
}

/** Stores an exhibit as a capture would; plain words stand in for its picture. */
export async function kept(started: Started, exhibit: string, view: string, url: string): Promise<void> {
  const record = recordOf(started);
  const at = started.clock.now();
  const png = Buffer.from(`teal square ${exhibit}`);
  const staged = [await record.store.stage(exhibit, { name: 'page.png', mediaType: 'image/png' }, png), await record.store.stage(exhibit, { name: 'page.txt', mediaType: 'text/plain' }, Buffer.from(`text of ${exhibit}`))];
  const parts = staged.map(({ name, mediaType, size, sha256: digest, cipherSha256 }) => ({ name, mediaType, size, sha256: digest, cipherSha256 }));
  await record.add('capture', [exhibit.slice(0, 3)], {
    exhibit, form: 'viewport', view, url, startedAt: at, endedAt: at, image: { width: 1, height: 1, scale: 1 }, composite: hex(sha256.of(png)),
    declaration: { by: exhibit.slice(0, 3), answer: 'not-suspected', at }, parts, note: '', warnings: [],
  }, { objects: staged });
}

/** A case with a harmless page and one that is about to be flagged, an exhibit of each. */
export async function twoPages(): Promise<Started & { id: string }> {
  const started = await withCase(PRINTS);
  await visited(started, 'v1', 'http://plain.test/');
  await kept(started, 'PAS/1', 'v1', 'http://plain.test/');
  await visited(started, 'v2', FLAGGED, 'Flagged title');
  await kept(started, 'PAS/2', 'v2', FLAGGED);
  return started;
}

/** Halts a case that has {@link twoPages} over the flagged one. */
export const halt = async ({ engine }: Started): Promise<void> => engine.openedCase.halt.begin('PAS', 'declared-suspected', { view: 'v2', url: FLAGGED });

/** Makes the bundle for one recipient, and gives its files. */
export async function exported(started: Started, recipient: Recipient): Promise<BundleFiles> {
  const path = join(freshFolder(), 'bag');
  await started.engine.openedCase.export({ recipient, first: PAS, second: JMK, path, form: 'folder', encrypt: false });
  return readFolder(path);
}

/** All that a bundle holds, as one text: each path, and after it the file. */
export const textOf = (files: BundleFiles): string => [...files].map(([path, bytes]) => `${path}\n${Buffer.from(bytes).toString('utf8')}`).join('\n');

/** The checks of a bundle that fail, those of when its certificates were valid and withdrawn left out. */
export const failures = async (files: BundleFiles): Promise<unknown[]> => (await verifyFiles(files, {})).checks.filter((check) => check.outcome === 'fail' && check.id !== 'signature.time' && check.id !== 'certificates.crl');
