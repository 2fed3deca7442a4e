import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { MARKING_IDS, type Marking } from '../../../src/investigation/policy/markings.js';
import { JMK, PAS } from '../vault/support.js';
import { codeOf, NO_HOST, withCase, type Started } from './support.js';

const PRINTED = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

function started(): Promise<Started> {
  return withCase({ host: { ...NO_HOST, printPdf: () => Promise.resolve(PRINTED) } });
}

function exported({ engine }: Started): Promise<{ path: string }> {
  return engine.openedCase.export({ recipient: 'group-record', first: PAS, second: JMK, path: null, form: 'zip', encrypt: false });
}

describe('an export', () => {
  test('has no marking by default, and the one that is set in its name and in the bundle', async () => {
    const app = await started();
    const plain = await exported(app);
    expect(basename(plain.path)).toMatch(/^2026-014-group-record-/);
    await app.engine.school.saveSettings({ ...app.engine.school.settings, marking: 'TOP SECRET' });
    const marked = await exported(app);
    expect(basename(marked.path)).toMatch(/^TOP-SECRET-2026-014-group-record-/);
    expect((await readFile(marked.path)).includes('Protective-Marking: TOP SECRET\n')).toBe(true);
    expect((await readFile(plain.path)).includes('Protective-Marking')).toBe(false);
  }, 120_000);

  test('a marking that is not on the list is refused', async () => {
    const app = await started();
    expect(MARKING_IDS).toEqual(['OFFICIAL', 'PROTECT', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET']);
    expect(await codeOf(() => app.engine.school.saveSettings({ ...app.engine.school.settings, marking: 'PUBLIC' as Marking }))).toBe('settings.marking');
  }, 120_000);
});
