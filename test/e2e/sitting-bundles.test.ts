import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ChromiumHost } from '../../main/chromium/chromium-host.js';
import { checkBundle } from '../../main/cli/verify.js';
import { freshFolder, JMK, PAS } from '../unit/vault/support.js';
import { RESUME, until, useBusyPage } from './busy-page.js';

/* Bundles of sittings with locks, with a real browser: what went on before a bundle, and what goes on while one is being made, leaves one that verifies. */

const busy = useBusyPage();
const { browsing } = busy;

async function failuresOf(path: string): Promise<string[]> {
  const report = await checkBundle(path, {}, undefined, { say: () => undefined, progress: () => undefined, json: () => undefined });
  return report.checks.filter((check) => check.outcome === 'fail').map((check) => `${check.id}: ${check.detail}`);
}

describe('a record with a lock, a clock that jumped and two sign-outs', () => {
  test('verifies', async () => {
    let ahead = 0;
    const clock = { now: () => new Date(Date.now() + ahead).toISOString(), monotonicMs: () => performance.now() };
    const screens = await browsing({ clock });
    await screens.ok('lock', {});
    await until(async () => (await screens.call('resume', RESUME))['ok'] === true);
    ahead = 60_000;
    await screens.ok('note.add', { by: 'PAS', text: 'After the jump' });
    const read = await screens.ok<{ cases: unknown[] }>('sign-out.read', {});
    expect(read.cases).toHaveLength(1);
    await screens.ok('sign-out', { signatures: RESUME });
    expect((await screens.state()).farewell?.[0]?.words).toHaveLength(8);
    await screens.ok('farewell.done', {});
    expect((await screens.state()).farewell).toBeNull();
    await screens.ok('sign-in', RESUME);
    const [line] = (await screens.state()).cases;
    await screens.ok('case.show', { id: line?.id });
    await screens.ok('note.add', { by: 'JMK', text: 'The day after' });
    await screens.ok('sign-out', {});
    await screens.ok('sign-in', RESUME);
    await screens.ok('case.show', { id: line?.id });
    const folder = freshFolder();
    await screens.ok('export', { recipient: 'group-record', first: PAS, second: JMK, folder, encrypt: false });
    const kinds = (await screens.lines()).map((each) => each.kind);
    expect(kinds).toEqual(expect.arrayContaining(['locked', 'resumed', 'clock-jump', 'sign-out']));
    expect(await failuresOf(join(folder, '2026-014-group-record.zip'))).toEqual([]);
  }, 90_000);
});

/** A host that prints nothing before `finish`; `asked` says whether it was to print. */
function heldPrinter(): { readonly host: ChromiumHost; readonly asked: () => boolean; readonly finish: () => void } {
  let finish: () => void = () => undefined;
  let printing = false;
  const gate = new Promise<void>((done) => (finish = done));
  const host: ChromiumHost = { ...busy.host, printPdf: async (html, pictures) => {
    printing = true;
    await gate;
    return busy.host.printPdf(html, pictures);
  } };
  return { host, asked: () => printing, finish };
}

describe('a bundle that is being made', () => {
  test('is finished before the keys go, and verifies', async () => {
    const printer = heldPrinter();
    const screens = await browsing({ host: printer.host });
    const folder = freshFolder();
    const made = screens.call('export', { recipient: 'group-record', first: PAS, second: JMK, folder, encrypt: false });
    await until(printer.asked);
    await screens.ok('lock', {});
    await until(async () => (await screens.state()).locked?.waiting === true);
    expect((await screens.state()).case).toBeNull();
    printer.finish();
    expect(await made).toMatchObject({ ok: true });
    await until(async () => (await screens.state()).locked?.waiting === false);
    await screens.ok('resume', RESUME);
    const kinds = (await screens.lines()).map((line) => line.kind);
    expect(kinds.slice(kinds.indexOf('locked'))).toEqual(expect.arrayContaining(['locked', 'export-finished', 'checkpoint', 'resumed']));
    expect(kinds.indexOf('export-finished')).toBeLessThan(kinds.indexOf('resumed'));
    expect(await failuresOf(join(folder, '2026-014-group-record.zip'))).toEqual([]);
  }, 90_000);

  test('lets both come back before it is finished, to an app that was never closed', async () => {
    const printer = heldPrinter();
    const screens = await browsing({ host: printer.host });
    const made = screens.call('export', { recipient: 'group-record', first: PAS, second: JMK, folder: freshFolder(), encrypt: false });
    await until(printer.asked);
    await screens.ok('lock', {});
    await until(async () => (await screens.state()).locked?.waiting === true);
    expect(await screens.call('resume', { first: PAS, second: { ...JMK, passphrase: 'wrong' } })).toMatchObject({ code: 'auth.bad-passphrase' });
    await until(async () => (await screens.call('resume', RESUME))['ok'] === true);
    expect((await screens.state()).screen).toBe('case');
    printer.finish();
    expect(await made).toMatchObject({ ok: true });
    await screens.ok('note.add', { by: 'PAS', text: 'It goes on' });
    expect((await screens.state()).screen).toBe('case');
  }, 90_000);
});
