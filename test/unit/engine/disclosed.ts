import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBundle } from '../../../main/cli/bundle-source.js';
import type { DisclosureWish } from '../../../src/engine/disclosure.js';
import { verifyBundle } from '../../../src/verify/verify.js';
import type { VerifyReport } from '../../../src/verify/report.js';
import { readWhole } from '../../../src/verify/source.js';
import { selfContained } from '../../../src/bundle/report/pictures.js';
import { JMK, PAS, sha256 } from '../vault/support.js';
import { keepExhibit, openPage, samplePage, SECRET_BOX } from './evidence.js';
import { NO_HOST, recordOf, withCase, type Started } from './support.js';

/** The reason that the tests give where it does not matter which. */
export const WHY = { reason: 'not-concerned' as const, words: '' };
/** A box over the secret of a sample page, as a reviewer draws it. */
export const BOX = { ...SECRET_BOX, reason: 'Name of another pupil' };
/** What makes a PDF of anything that stands before it. */
export const PDF_TAIL = '\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';

/** A case with two pages, an exhibit, a concern and a note; its printer keeps the page in the file, so that a search of the PDF finds what the page says and shows. */
export async function started(): Promise<Started> {
  const app = await withCase({ host: { ...NO_HOST, printPdf: (html, pictures = []) => Promise.resolve(Buffer.concat([Buffer.from('%PDF-1.7\n%'), selfContained(html, pictures), Buffer.from(PDF_TAIL)])) } });
  await openPage(app, 'v1', 'https://chat.example/', 'Chat');
  await keepExhibit(app, 'PAS/1', 'v1', 'https://chat.example/', await samplePage());
  await openPage(app, 'v2', 'https://elsewhere.example/private', 'A private page');
  await recordOf(app).add('concern', ['JMK'], { view: 'v1', url: 'https://chat.example/', category: 'bullying', description: 'Mocked by name' });
  await recordOf(app).add('note', ['PAS'], { text: 'The parents were called' });
  return app;
}

/** A bundle as whoever was handed it finds it. */
export interface Made {
  readonly report: VerifyReport;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly tagManifest: string;
  readonly seq: number;
}

/** Makes the bundle for one recipient, without what `disclosure` withholds, and checks it. */
export async function exported(app: Started, recipient: 'police' | 'lado' | 'group-record' | 'other', disclosure?: DisclosureWish): Promise<Made> {
  const path = join(await mkdtemp(join(tmpdir(), 'disclosed-')), 'bundle');
  const { tagManifest, seq } = await app.engine.openedCase.export({ recipient, first: PAS, second: JMK, path, form: 'folder', encrypt: false, ...(disclosure === undefined ? {} : { disclosure }) });
  const source = await openBundle(path, {});
  const root = app.engine.installation?.rootFingerprint ?? '';
  const report = await verifyBundle(source, { rootFingerprint: root }, { sha256, subtle: crypto.subtle, now: app.clock.now() });
  const files = new Map<string, Uint8Array>();
  for (const { path: name } of await source.list()) files.set(name, await readWhole(source, name, 2 ** 26));
  await source.close();
  return { report, files, tagManifest, seq };
}

/** What one check of a bundle found, and in which words. */
export const check = (report: VerifyReport, id: string): string => {
  const found = report.checks.find((each) => each.id === id);
  return `${found?.outcome ?? 'none'}: ${found?.detail ?? ''}`;
};

/** The entries of a bundle's record; what is withheld has no body. */
export const records = ({ files }: Made): { header: { kind: string; seq: number }; body: unknown }[] => Buffer.from(files.get('data/record.jsonl') ?? '').toString().trim().split('\n').map((line) => JSON.parse(line) as never);
