import { afterAll, describe, expect, test } from '@jest/globals';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { captureHandlers } from '../../../src/engine/app-browsing.js';
import type { AppContext } from '../../../src/engine/app.js';
import { readExhibitPart } from '../../../src/engine/exhibit-parts.js';
import type { Recipient } from '../../../src/engine/exporting.js';
import type { HaltEnding } from '../../../src/engine/halt-acts.js';
import { hex } from '../../../src/record/bytes.js';
import type { EntryData } from '../../../src/record/kinds.js';
import { readFolder, verifyFiles, type BundleFiles } from '../../vectors/make-bundle.js';
import { filesUnder, freshFolder, JMK, PAS, removeFolders, sha256 } from '../vault/support.js';
import { CASE, codeOf, kindsOf, NO_HOST, recordOf, signedIn, told, withCase, type Started } from './support.js';

afterAll(removeFolders);

const FLAGGED = 'http://flagged.test/page';
const CALL = { force: 'Example Police', officer: 'PC 1', reference: 'EX-1', advice: 'Leave it on' };
const HANDED: HaltEnding = { how: 'handed-to-police', reference: 'EX-1', officer: 'PC 1', advisedAt: null, text: 'They take the computer away' };
const NO_ACTION: HaltEnding = { how: 'no-further-action', reference: 'EX-1', officer: 'PC 1', advisedAt: '2026-11-24T12:00:00.000Z', text: 'It is not illegal' };
/** A host that prints, so that bundles can be made. */
const PRINTS = { host: { ...NO_HOST, printPdf: () => Promise.resolve(Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')) } };

async function visited(started: Started, view: string, url: string, title = `Title of ${view}`): Promise<void> {
  const record = recordOf(started);
  await record.add('navigation', ['app'], { view, target: 't', frame: 'f', main: true, url, typed: null, cause: 'link', status: 200, protocol: null, remoteAddress: null, mediaType: null, redirects: [], tls: null });
  await record.add('title', ['app'], { view, title });
}

/** Stores an exhibit as a capture would; plain words stand in for its picture. */
async function kept(started: Started, exhibit: string, view: string, url: string): Promise<void> {
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
async function twoPages(): Promise<Started & { id: string }> {
  const started = await withCase(PRINTS);
  await visited(started, 'v1', 'http://plain.test/');
  await kept(started, 'PAS/1', 'v1', 'http://plain.test/');
  await visited(started, 'v2', FLAGGED, 'Flagged title');
  await kept(started, 'PAS/2', 'v2', FLAGGED);
  return started;
}

const halt = async ({ engine }: Started): Promise<void> => engine.openedCase.halt.begin('PAS', 'declared-suspected', { view: 'v2', url: FLAGGED });
async function exported(started: Started, recipient: Recipient): Promise<BundleFiles> {
  const path = join(freshFolder(), 'bag');
  await started.engine.openedCase.export({ recipient, first: PAS, second: JMK, path, form: 'folder', encrypt: false });
  return readFolder(path);
}
const textOf = (files: BundleFiles): string => [...files].map(([path, bytes]) => `${path}\n${Buffer.from(bytes).toString('utf8')}`).join('\n');
const failures = async (files: BundleFiles): Promise<unknown[]> => (await verifyFiles(files, {})).checks.filter((check) => check.outcome === 'fail' && check.id !== 'signature.time' && check.id !== 'certificates.crl');

describe('a halt that ends with the police', () => {
  test('needs a call on record and both passphrases; after it the case takes nothing more, for ever', async () => {
    const started = await twoPages();
    const { engine, id } = started;
    await halt(started);
    expect(await codeOf(() => engine.openedCase.halt.end(PAS, JMK, HANDED))).toBe('case.no-police-call');
    await engine.openedCase.halt.call('PAS', CALL);
    expect(await codeOf(() => engine.openedCase.halt.end(PAS, PAS, HANDED))).toBe('auth.same-person');
    expect(await codeOf(() => engine.openedCase.halt.end(PAS, { ...JMK, passphrase: 'wrong' }, HANDED))).toBe('auth.bad-passphrase');
    started.clock.pass(30);
    await engine.openedCase.halt.end(PAS, JMK, HANDED);
    expect(told(started, 'halt-ended')).toEqual([HANDED]);
    const signed = recordOf(started).since(0).find((entry) => entry.header.kind === 'halt-ended')?.signatures;
    expect(signed?.map(({ by, how }) => `${by} ${how}`)).toEqual(['PAS act', 'JMK act']);
    const count = recordOf(started).since(0).length;
    const tries = async (): Promise<string[]> => {
      const open = engine.openedCase;
      return Promise.all([
        () => open.addNote('PAS', 'x'), () => open.halt.call('PAS', CALL), () => open.halt.step('PAS', 'stay', true), () => open.startBrowsing(), () => open.addConcern('PAS', 'other', 'x'),
        () => open.halt.end(PAS, JMK, NO_ACTION), () => open.takeControls('JMK'),
      ].map((each) => codeOf(each)));
    };
    expect(new Set(await tries())).toEqual(new Set(['case.handed-over', 'case.halted']));
    expect(recordOf(started).since(0)).toHaveLength(count);
    await engine.close();
    const again = await signedIn(PRINTS, started.folder, started.clock);
    await again.engine.showCase(id);
    expect(new Set(await Promise.all([() => again.engine.openedCase.addNote('PAS', 'x'), () => again.engine.openedCase.startBrowsing()].map((each) => codeOf(each))))).toEqual(new Set(['case.handed-over', 'case.halted']));
    expect(await failures(await exported(again, 'police'))).toEqual([]);
    await again.engine.openedCase.halt.release(PAS, JMK, 'The computer may be used again');
    expect(await codeOf(() => again.engine.openedCase.addNote('PAS', 'x'))).toBe('case.handed-over');
    await again.engine.close();
  }, 60_000);
});

describe('a halt after which the police advise no further action', () => {
  test('goes on to the conclusion; what was quarantined and the address of the page stay closed', async () => {
    const started = await twoPages();
    const { engine } = started;
    await halt(started);
    await engine.openedCase.halt.call('PAS', CALL);
    await engine.openedCase.halt.end(PAS, JMK, NO_ACTION);
    const { context } = engine.openedCase;
    expect([context.record.state.phase, context.stopped, context.record.state.suspected, engine.installation?.crisis]).toEqual(['open', false, [FLAGGED], null]);
    expect(await codeOf(() => readExhibitPart(context, 'PAS/2', 'page.png'))).toBe('exhibit.quarantined');
    expect(Buffer.from(await readExhibitPart(context, 'PAS/1', 'page.png')).toString()).toBe('teal square PAS/1');
    await engine.openedCase.conclude({ substance: true, outcomes: ['internal'], text: 'Dealt with' });
    await engine.openedCase.seal(PAS, JMK, engine.openedCase.context.record.count);
    for (const recipient of ['police', 'lado'] as const) {
      const files = await exported(started, recipient);
      expect(await failures(files)).toEqual([]);
      expect([...files.keys()].filter((path) => path.includes('PAS-2'))).toEqual([]);
    }
    await engine.close();
  }, 60_000);
});

describe('quarantine', () => {
  test('takes in the same load, the same address and the same document, and no other page', async () => {
    const started = await twoPages();
    await visited(started, 'v3', `${FLAGGED}#top`);
    await kept(started, 'PAS/3', 'v3', `${FLAGGED}#top`);
    await visited(started, 'v4', 'http://flagged.test/start');
    await kept(started, 'PAS/4', 'v4', 'http://flagged.test/start');
    await visited(started, 'v5', 'http://flagged.test/start');
    await recordOf(started).add('navigation-in-page', ['app'], { view: 'v5', target: 't', frame: 'f', main: true, url: FLAGGED, cause: 'script' });
    await kept(started, 'PAS/5', 'v5', FLAGGED);
    await started.engine.openedCase.halt.begin('PAS', 'declared-unsure', { view: 'v5', url: FLAGGED });
    expect(told(started, 'quarantine').map((each) => each.exhibit)).toEqual(['PAS/2', 'PAS/3', 'PAS/4', 'PAS/5']);
    const [capture] = recordOf(started).state.exhibits.filter((exhibit) => exhibit.reference === 'PAS/2');
    expect(capture?.capture).toMatchObject({ url: FLAGGED, view: 'v2', composite: expect.any(String) as unknown });
    expect(await failures(await exported(started, 'police'))).toEqual([]);
    await started.engine.close();
  }, 60_000);

  test('STOP over an older exhibit of another page seals that exhibit, its page’s other captures and the page in the view, and nothing else', async () => {
    const started = await twoPages();
    await visited(started, 'v3', 'http://old.test/a');
    await kept(started, 'PAS/3', 'v3', 'http://old.test/a');
    await visited(started, 'v4', 'http://old.test/a#again');
    await kept(started, 'PAS/4', 'v4', 'http://old.test/a#again');
    await visited(started, 'v5', 'http://other.test/');
    await kept(started, 'PAS/5', 'v5', 'http://other.test/');
    const { halt: halting, review, context } = started.engine.openedCase;
    review.viewer.show(['PAS/5']);
    review.viewer.show([]);
    review.viewer.show(['PAS/3', 'XXX/9']);
    await halting.stop('PAS');
    expect(told(started, 'stop')).toEqual([{ view: null, url: null, shown: ['PAS/3'] }]);
    await halting.answer('PAS', 'stop-unsure', '');
    expect(told(started, 'halt')).toMatchObject([{ shown: ['PAS/3'] }]);
    expect(told(started, 'quarantine').map((each) => each.exhibit)).toEqual(['PAS/3', 'PAS/4']);
    expect(await codeOf(() => readExhibitPart(context, 'PAS/4', 'page.png'))).toBe('exhibit.quarantined');
    expect(await failures(await exported(started, 'police'))).toEqual([]);
    const others = await exported(started, 'lado');
    expect([await failures(others), textOf(others).includes('old.test')]).toEqual([[], false]);
    await halting.call('PAS', CALL);
    await halting.end(PAS, JMK, NO_ACTION);
    expect(context.record.state.suspected).toEqual(['http://old.test/a']);
    await started.engine.close();
  }, 60_000);

  test('an exhibit whose picture or text was asked for is on the screen until the screens say otherwise', async () => {
    const started = await twoPages();
    const { viewer } = started.engine.openedCase.review;
    await viewer.text('PAS/1');
    await codeOf(() => viewer.text('XXX/9'));
    await codeOf(() => viewer.slice({ reference: 'PAS/2', redaction: null, row: 0, height: 1, maxWidth: 10 }));
    expect(viewer.shown).toEqual(['PAS/1', 'PAS/2']);
    viewer.show(['PAS/2']);
    expect(viewer.shown).toEqual(['PAS/2']);
    viewer.show([]);
    expect(viewer.shown).toEqual([]);
    await started.engine.close();
  }, 60_000);

  test('every call that could show, open, export or print refuses', async () => {
    const started = await twoPages();
    await halt(started);
    const { engine } = started;
    const preview = captureHandlers({ engine } as AppContext)['exhibit.preview'];
    for (const part of ['page.png', 'page.txt']) expect(await codeOf(() => readExhibitPart(engine.openedCase.context, 'PAS/2', part))).toBe('exhibit.quarantined');
    expect(await codeOf(() => preview({ reference: 'PAS/2', maxWidth: 100 }))).toBe('exhibit.quarantined');
    for (const recipient of ['police', 'lado', 'group-record', 'other'] as const) {
      const text = textOf(await exported(started, recipient));
      expect([text.includes('teal square PAS/2'), text.includes('text of PAS/2'), text.includes('teal square PAS/1')]).toEqual([false, false, true]);
    }
    await engine.close();
  }, 60_000);

  test('is finished at the next start when the app died between the halt and the quarantine, and holds before that', async () => {
    const started = await twoPages();
    const { engine, id } = started;
    await recordOf(started).add('halt', ['PAS'], { cause: 'stop-suspected', view: 'v2', url: FLAGGED, sentence: '' });
    expect(await codeOf(() => readExhibitPart(engine.openedCase.context, 'PAS/2', 'page.png'))).toBe('exhibit.quarantined');
    await engine.close();
    const again = await signedIn(PRINTS, started.folder, started.clock);
    await again.engine.showCase(id);
    expect(told(again, 'quarantine')).toEqual([{ exhibit: 'PAS/2', reason: 'Captured from the page that was flagged.' }]);
    expect(recordOf(again).state.checkpoint?.reason).toBe('halt');
    expect(again.engine.installation?.crisis?.caseReference).toBe(CASE.reference);
    await again.engine.close();
  }, 60_000);

  test('the bundles and backups that hold it are listed for the police, and no others', async () => {
    const started = await twoPages();
    const { engine } = started;
    const before = await exported(started, 'group-record');
    await engine.closeCase();
    const backup = await engine.register.backUpInto(freshFolder());
    await engine.showCase(started.id);
    started.clock.pass(5);
    await halt(started);
    await exported(started, 'police');
    await engine.closeCase();
    await engine.showCase(started.id);
    const { copies } = engine.openedCase.halt;
    expect(copies.bundles).toEqual([{ at: expect.any(String), recipient: 'group-record', tagManifest: (await verifyFiles(before, {})).tagManifestSha256, exhibits: ['PAS/2'] }]);
    expect(copies.backups).toEqual([{ at: backup.at, place: backup.place, exhibits: ['PAS/2'] }]);
    await engine.close();
  }, 60_000);
});

test('a copied vault is halted too, on this computer and on another, where nothing is written into it', async () => {
  const machine = (id: string) => ({ machine: { read: () => Promise.resolve({ id: id.repeat(64), hostname: 'inv', model: null, serial: null }) } });
  const started = await withCase(machine('a'));
  await visited(started, 'v2', FLAGGED);
  await kept(started, 'PAS/1', 'v2', FLAGGED);
  await halt(started);
  await started.engine.close();
  const lengths: number[] = [];
  const copy = join(freshFolder(), 'copy');
  cpSync(started.folder, copy, { recursive: true });
  for (const id of ['b', 'b', 'a']) {
    const there = await signedIn(machine(id), copy, started.clock);
    expect(there.engine.installation?.crisis?.caseReference).toBe(CASE.reference);
    await there.engine.showCase(started.id);
    const { context } = there.engine.openedCase;
    expect([context.record.state.phase, context.stopped, context.elsewhere]).toEqual(['halted', true, id === 'b']);
    lengths.push(recordOf(there).since(0).length);
    expect(await codeOf(() => readExhibitPart(context, 'PAS/1', 'page.png'))).toBe('exhibit.quarantined');
    expect(await codeOf(() => there.engine.openedCase.startBrowsing())).toBe(id === 'a' ? 'case.halted' : 'machine.mismatch');
    expect(await codeOf(() => there.engine.openCase({ ...CASE, reference: 'Another' }))).not.toBe('none');
    await there.engine.close();
  }
  expect(lengths[1]).toBe(lengths[0]);
}, 90_000);

describe('STOP after the seal', () => {
  async function sealed(): Promise<Started & { id: string }> {
    const started = await twoPages();
    await started.engine.openedCase.conclude({ substance: true, outcomes: ['internal'], text: 'Dealt with' });
    await started.engine.openedCase.seal(PAS, JMK, started.engine.openedCase.context.record.count);
    return started;
  }

  test('nobody said which exhibit: all of them are quarantined, and only the police are told where they came from', async () => {
    const started = await sealed();
    const { engine } = started;
    await engine.openedCase.halt.stop('JMK');
    expect(await codeOf(() => readExhibitPart(engine.openedCase.context, 'PAS/1', 'page.png'))).toBe('case.halted');
    await engine.openedCase.halt.answer('JMK', 'stop-unsure', '');
    expect(told(started, 'quarantine').map((each) => each.exhibit)).toEqual(['PAS/1', 'PAS/2']);
    expect(await codeOf(() => engine.openedCase.seal(PAS, JMK, engine.openedCase.context.record.count))).toBe('case.halted');
    await engine.openedCase.halt.call('PAS', CALL);
    await engine.openedCase.addNote('JMK', 'Seen while the bundle was made');
    const police = await exported(started, 'police');
    const school = await exported(started, 'group-record');
    expect([await failures(police), await failures(school)]).toEqual([[], []]);
    for (const files of [police, school]) expect([...files.keys()].filter((path) => path.startsWith('data/exhibits/'))).toEqual([]);
    expect([textOf(police).includes(FLAGGED), /plain\.test|flagged\.test/.test(textOf(school))]).toEqual([true, false]);
    started.clock.pass(30);
    await engine.openedCase.halt.end(PAS, JMK, NO_ACTION);
    expect([recordOf(started).state.phase, await codeOf(() => engine.openedCase.addNote('PAS', 'x'))]).toEqual(['sealed', 'case.sealed']);
    expect(await codeOf(() => readExhibitPart(engine.openedCase.context, 'PAS/1', 'page.png'))).toBe('exhibit.quarantined');
    await engine.close();
  }, 60_000);

  test('pressed by mistake, the case is sealed as before and its bundle holds everything', async () => {
    const started = await sealed();
    await started.engine.openedCase.halt.stop('PAS');
    await started.engine.openedCase.halt.withdraw(PAS, JMK, 'Leant on the key');
    expect(recordOf(started).state.phase).toBe('sealed');
    const files = await exported(started, 'police');
    expect(await failures(files)).toEqual([]);
    expect([...files.keys()].filter((path) => path.endsWith('/page.png'))).toHaveLength(2);
    await started.engine.close();
  }, 60_000);

  test('a note that was added to a sealed case without a halt, or once STOP was withdrawn, is found before the bundle is handed over', async () => {
    const started = await sealed();
    await started.engine.openedCase.halt.stop('PAS');
    await started.engine.openedCase.halt.withdraw(PAS, JMK, 'Leant on the key');
    await recordOf(started).add('note', ['PAS'], { text: 'Slipped in' });
    expect(await codeOf(() => exported(started, 'police'))).toBe('export.not-accepted');
    await started.engine.close();
  }, 60_000);
});

describe('the halt record', () => {
  test('names the page to the police, and to nobody else; both copies verify', async () => {
    const started = await twoPages();
    const { engine } = started;
    await engine.openedCase.addConcern('PAS', 'other', 'About the flagged page');
    // As STOP writes it down where a browser shows the page.
    await recordOf(started).add('stop', ['PAS'], { view: 'v2', url: FLAGGED });
    await engine.openedCase.halt.answer('PAS', 'stop-suspected', 'Came by a link');
    await engine.openedCase.halt.call('PAS', CALL);
    await engine.openedCase.halt.step('JMK', 'monitor', true);
    const police = await exported(started, 'police');
    expect(await failures(police)).toEqual([]);
    expect(textOf(police)).toContain(FLAGGED);
    expect(textOf(police)).toContain('Flagged title');
    for (const recipient of ['lado', 'group-record', 'other'] as const) {
      const files = await exported(started, recipient);
      expect(await failures(files)).toEqual([]);
      const text = textOf(files);
      expect([text.includes('flagged.test'), text.includes('Flagged title'), text.includes('EX-1'), text.includes('http://plain.test/')]).toEqual([false, false, true, true]);
    }
    await engine.close();
  }, 60_000);

  test('cannot be made between STOP and its answer', async () => {
    const started = await twoPages();
    await started.engine.openedCase.halt.stop('PAS');
    expect(await codeOf(() => exported(started, 'police'))).toBe('case.stop-unanswered');
    expect(await codeOf(() => readExhibitPart(started.engine.openedCase.context, 'PAS/1', 'page.png'))).toBe('case.halted');
    await started.engine.close();
  }, 60_000);

  test('says what was done between the key and the standing browser, in order', async () => {
    const started = await twoPages();
    await started.engine.openedCase.halt.stop('PAS');
    const [cut] = told(started, 'cut-off') as [EntryData<'cut-off'>];
    expect(cut.steps.map((each) => each.step)).toEqual(['refuse', 'blank', 'captures', 'exports', 'frames', 'offline', 'processes']);
    expect(kindsOf(started).slice(-2)).toEqual(['stop', 'cut-off']);
    await started.engine.close();
  }, 60_000);
});

test('STOP while a bundle is being made: it is cancelled and nothing of it is left', async () => {
  let stop = (): Promise<void> => Promise.resolve();
  const printPdf = async (): Promise<Uint8Array> => {
    await stop();
    return Buffer.from('%PDF-1.7');
  };
  const started = await withCase({ host: { ...NO_HOST, printPdf } });
  await visited(started, 'v1', 'http://plain.test/');
  await kept(started, 'PAS/1', 'v1', 'http://plain.test/');
  const folder = freshFolder();
  stop = () => started.engine.openedCase.halt.stop('PAS');
  expect(await codeOf(() => started.engine.openedCase.export({ recipient: 'police', first: PAS, second: JMK, path: join(folder, 'bag.zip'), form: 'zip', encrypt: false }))).toBe('export.cancelled');
  expect(filesUnder(folder)).toEqual([]);
  expect(told(started, 'export-finished').map((each) => each.code)).toEqual(['export.cancelled']);
  await started.engine.close();
}, 60_000);

test('STOP that comes while a long record is read back shows nothing of what was asked for before', async () => {
  const started = await twoPages();
  const { halt: halting, context } = started.engine.openedCase;
  await halt(started);
  await halting.call('PAS', CALL);
  await halting.end(PAS, JMK, NO_ACTION);
  const { record } = context;
  expect(Buffer.from(await readExhibitPart(context, 'PAS/1', 'page.png')).toString()).toBe('teal square PAS/1');
  const whole = record.whole.bind(record);
  let stopped = false;
  record.whole = async () => {
    const read = await whole();
    if (!stopped) {
      stopped = true;
      await halting.stop('PAS');
    }
    return read;
  };
  expect(await codeOf(() => readExhibitPart(context, 'PAS/1', 'page.png'))).toBe('case.halted');
  await started.engine.close();
}, 60_000);

test('what the LADO advises during a halt is kept with the halt, told as such in the report, and stands ready as told; a time that has not come is refused', async () => {
  const started = await twoPages();
  const { openedCase } = started.engine;
  await openedCase.declareNotConcerned(PAS, JMK);
  await halt(started);
  const advice = { from: 'lado', name: 'Ms R. Iqbal, LADO', advice: 'Tell nobody else until we have met.', advisedAt: started.clock.now() } as const;
  expect(await codeOf(() => openedCase.addStaffAdvice('PAS', { ...advice, advisedAt: '2099-01-01T00:00:00.000Z' }))).toBe('halt.call-time');
  expect(await codeOf(() => openedCase.declareNotConcerned(PAS, JMK))).toBe('case.halted');
  await openedCase.addStaffAdvice('PAS', advice);
  const { halt: state, told: toldSoFar } = recordOf(started).state;
  const [kept] = state?.advice ?? [];
  expect(kept).toMatchObject({ ...advice, by: ['PAS'] });
  expect(toldSoFar).toMatchObject([{ who: 'lado', name: 'Ms R. Iqbal, LADO' }]);
  await openedCase.addWords('JMK', kept?.seq ?? -1, 'She rang back: Thursday at ten.');
  await openedCase.halt.call('PAS', CALL);
  const files = await exported(started, 'police');
  expect(await failures(files)).toEqual([]);
  expect(files.get('data/report.html')?.toString()).toMatch(/What was advised about a member of staff[^]*Tell nobody else until we have met\.[^]*Added later[^]*Thursday at ten/);
  // In the annex and in both draft statements.
  expect(files.get('data/report.html')?.toString().split('“I am not the person that this case is about, nor that person’s partner or relative.”')).toHaveLength(4);
  // It is no call to the police, and nothing rests on it that rests on one.
  expect(state?.calls).toEqual([]);
  await started.engine.close();
}, 60_000);

test('words that turn out later are added to a call to the police, which stays as it was', async () => {
  const started = await twoPages();
  await halt(started);
  const { halt: halting, context } = started.engine.openedCase;
  await halting.call('PAS', CALL);
  const seq = recordOf(started).newest('police-call')?.header.seq ?? -1;
  await started.engine.openedCase.addWords('JMK', seq, 'The officer rang back: the number was wrong.');
  expect(context.record.state.halt?.calls.map((call) => [call.seq, call.officer])).toEqual([[seq, CALL.officer]]);
  expect(told(started, 'addendum')).toEqual([{ to: seq, text: 'The officer rang back: the number was wrong.' }]);
  const files = await exported(started, 'police');
  expect(textOf(files)).toContain('The officer rang back: the number was wrong.');
  expect(await failures(files)).toEqual([]);
  expect(files.get('data/report.html')?.toString()).toMatch(/Calls to the police[^]*Added later[^]*The officer rang back/);
  await started.engine.close();
}, 60_000);

test('a STOP that reached the crisis file and not the record is a halt at the next start', async () => {
  const started = await withCase();
  await started.engine.openedCase.context.vault.writeCrisis({ caseReference: CASE.reference, at: started.clock.now(), contacts: { policeForce: '', safeguardingLead: '', lado: '', support: '' } });
  await started.engine.close();
  const again = await signedIn({}, started.folder, started.clock);
  await again.engine.showCase(started.id);
  expect(recordOf(again).state.halt).toMatchObject({ answered: true, cause: 'interrupted' });
  await again.engine.close();
}, 60_000);

describe('after a crash with a page open', () => {
  async function crashed(): Promise<Started> {
    const started = await withCase(PRINTS);
    await recordOf(started).add('sitting-started', ['PAS', 'JMK'], { reviewers: ['PAS', 'JMK'], app: 'x', host: 'chromium', browser: 'x', userAgent: 'x', viewport: { width: 1, height: 1, scale: 1 }, machine: { hostname: 'x', system: 'x' }, timeZone: 'UTC', utcOffsetMinutes: 0 });
    await visited(started, 'v1', FLAGGED);
    await started.engine.openedCase.abandon();
    await started.engine.installation?.close();
    const again = await signedIn(PRINTS, started.folder, started.clock);
    await again.engine.showCase(started.id);
    return again;
  }

  test('the app asks before it goes on; “no” is recorded, and the case goes on', async () => {
    const started = await crashed();
    const { engine } = started;
    expect(await codeOf(() => engine.openedCase.startBrowsing())).toBe('case.interrupted');
    expect(await codeOf(() => engine.openedCase.conclude({ substance: false, outcomes: [], text: 'x' }))).toBe('case.interrupted');
    await engine.openedCase.halt.answerInterruption('PAS', 'not-suspected');
    expect(told(started, 'interruption-answered')).toEqual([{ view: 'v1', url: FLAGGED, answer: 'not-suspected' }]);
    expect(await codeOf(() => engine.openedCase.halt.answerInterruption('PAS', 'unsure'))).toBe('case.not-interrupted');
    await engine.openedCase.conclude({ substance: false, outcomes: [], text: 'x' });
    await engine.close();
  }, 60_000);

  test('“not sure” halts, with the page that had been open', async () => {
    const started = await crashed();
    await started.engine.openedCase.halt.answerInterruption('JMK', 'unsure');
    expect(told(started, 'halt')).toEqual([{ cause: 'after-crash-unsure', view: 'v1', url: FLAGGED, sentence: '' }]);
    expect(await codeOf(() => started.engine.openedCase.startBrowsing())).toBe('case.halted');
    await started.engine.close();
  }, 60_000);
});

test('about a member of staff nothing is opened before the LADO or the police advised and both declared', async () => {
  const started = await signedIn();
  const { engine } = started;
  await engine.openCase({ ...CASE, subject: 'staff' });
  expect(await codeOf(() => engine.openedCase.startBrowsing())).toBe('case.staff-advice-first');
  await engine.openedCase.addStaffAdvice('PAS', { from: 'lado', name: 'Example Council', advice: 'Look at the one address', advisedAt: started.clock.now() });
  expect(await codeOf(() => engine.openedCase.startBrowsing())).toBe('case.staff-advice-first');
  expect(await codeOf(() => engine.openedCase.declareNotConcerned(PAS, PAS))).toBe('auth.same-person');
  await engine.openedCase.declareNotConcerned(PAS, JMK);
  expect(recordOf(started).state.staff).toEqual({ advised: true, declared: true });
  await engine.close();
});
