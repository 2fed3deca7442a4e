import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { sntpClient } from '../../main/sntp-client.js';
import { JMK, PAS } from '../unit/vault/support.js';
import { CASE, PRE_FLIGHT } from '../unit/engine/support.js';
import { RESUME, until, useBusyPage } from './busy-page.js';

/*
 * The app as the screens drive it, with a real browser: what a lock shows, what the page can do meanwhile, and what
 * both find when they come back.
 */

const busy = useBusyPage();
const { browsing } = busy;

describe('a locked app', () => {
  test('shows nothing of the case, takes nothing, and the page loads nothing', async () => {
    const screens = await browsing();
    await screens.ok('lock', {});
    expect(screens.blanks).toBe(1);
    const state = await screens.state();
    expect(state).toMatchObject({ screen: 'locked', case: null, cases: [], signedIn: null, locked: { reason: 'step-out', reviewers: ['PAS', 'JMK'] } });
    expect(JSON.stringify(state)).not.toMatch(/2026-014|Busy page|127\.0\.0\.1/);
    const refused = ['browse.goto', 'view.input', 'record.list', 'case.show', 'view.show', 'exhibit.preview', 'note.add', 'stop', 'sign-out.read', 'work.cancel', 'settings.save', 'contacts.save'];
    const inputs: Record<string, unknown> = {
      'browse.goto': { url: `${busy.origin}/away` }, 'view.input': { type: 'text', text: 'x' }, 'record.list': { from: 0, count: 1 }, 'case.show': { id: '0'.repeat(32) }, 'exhibit.preview': { reference: 'PAS/1', maxWidth: 100 },
      'note.add': { by: 'PAS', text: 'x' }, stop: { by: null }, 'settings.save': { idleMinutes: 30, sntpServer: null }, 'contacts.save': { policeForce: '', safeguardingLead: '', lado: '', support: '' },
    };
    for (const name of refused) expect([name, (await screens.call(name, inputs[name] ?? {}))['code']]).toEqual([name, 'auth.locked']);
    const frames = screens.frames;
    // What was on its way when the lock came has arrived once the keys are gone.
    await screens.ok('resume', RESUME);
    const locked = (await screens.lines()).findIndex((line) => line.kind === 'locked');
    const after = (await screens.lines()).slice(locked);
    expect(after.some((line) => line.kind === 'refusal' && line.line.startsWith('Not loaded while the app was locked'))).toBe(true);
    expect(after.some((line) => line.kind === 'navigation')).toBe(false);
    expect(busy.away).toBe(0);
    await until(() => screens.frames > frames);
  });

  test('sends no frame and no request until both are back, on the same page', async () => {
    const screens = await browsing();
    await screens.ok('lock', {});
    // It is answered once the lock is complete; after a wrong passphrase the right one has to wait a second.
    expect(await screens.call('resume', { first: PAS, second: { ...JMK, passphrase: 'wrong' } })).toMatchObject({ code: 'auth.bad-passphrase' });
    const before = { frames: screens.frames, pings: busy.pings };
    await until(async () => {
      const seen = { frames: screens.frames, pings: busy.pings };
      const answer = await screens.call('resume', RESUME);
      if (answer['code'] === 'auth.slow-down') expect(seen).toEqual(before);
      return answer['ok'] === true;
    });
    const state = await screens.state();
    expect(state.screen).toBe('case');
    expect(state.case?.browsing).toBe(true);
    expect(state.case?.page?.title).toBe('Busy page');
    await until(() => busy.pings > before.pings && screens.frames > before.frames);
    const lines = await screens.lines();
    const kinds = lines.map((line) => line.kind);
    expect(kinds.filter((kind) => kind === 'sitting-started')).toHaveLength(1);
    expect(kinds).not.toContain('sitting-ended');
    expect(kinds.slice(kinds.indexOf('locked')).filter((kind) => ['checkpoint', 'resumed', 'wrong-passphrase'].includes(kind))).toEqual(['checkpoint', 'resumed', 'wrong-passphrase', 'checkpoint']);
    const held = lines.filter((line) => line.detail?.includes('while the app was locked') === true);
    expect(held.length).toBeGreaterThan(0);
  }, 90_000);

  test('wipes a capture that nobody has declared on', async () => {
    const screens = await browsing();
    await screens.ok('capture.prepare', { form: 'viewport' });
    const { composite } = (await screens.state()).case ?? { composite: null };
    expect(composite).not.toBeNull();
    await screens.ok('lock', {});
    await until(async () => (await screens.call('resume', RESUME))['ok'] === true);
    expect((await screens.state()).case?.composite).toBeNull();
    const kinds = (await screens.lines()).map((line) => line.kind);
    expect(kinds).toContain('capture-discarded');
    expect(kinds).not.toContain('capture');
  });

  test('breaks off a capture that is being taken', async () => {
    const screens = await browsing();
    const taken = screens.call('capture.prepare', { form: 'full-page' });
    await screens.ok('lock', {});
    expect((await taken)['ok']).toBe(false);
    await until(async () => (await screens.call('resume', RESUME))['ok'] === true);
    expect((await screens.state()).case).toMatchObject({ composite: null, exhibits: [] });
    await screens.ok('capture.prepare', { form: 'viewport' });
    expect((await screens.state()).case?.composite).not.toBeNull();
  });

  test('of a halted case stays halted, with its browser cut off and nothing of the page shown', async () => {
    const screens = await browsing();
    await screens.ok('stop', { by: 'PAS' });
    await screens.ok('halt.answer', { by: 'PAS', answer: 'suspected', sentence: '' });
    const frames = screens.frames;
    await screens.ok('lock', {});
    const state = await screens.state();
    expect([state.screen, state.case, state.crisis?.caseReference]).toEqual(['locked', null, CASE.reference]);
    await until(async () => (await screens.call('resume', RESUME))['ok'] === true);
    expect((await screens.state()).screen).toBe('halted');
    await screens.ok('halt.step', { by: 'PAS', step: 'monitor', done: true });
    expect((await screens.call('browse.goto', { url: busy.origin }))['code']).toBe('case.halted');
    expect(screens.frames).toBe(frames);
    expect((await screens.lines()).filter((line) => line.kind === 'halt')).toHaveLength(1);
  });

  test('that two people leave for good closes the browser; the next two find the sitting interrupted', async () => {
    const screens = await browsing();
    await screens.ok('lock', {});
    await screens.ok('sign-out', {});
    expect((await screens.state()).screen).toBe('sign-in');
    await screens.ok('sign-in', RESUME);
    const [line] = (await screens.state()).cases;
    await screens.ok('case.show', { id: line?.id });
    const kinds = (await screens.lines()).map((each) => each.kind);
    expect(kinds.at(-1)).toBe('sitting-ended');
    expect((await screens.state()).case?.browsing).toBe(false);
  });
});

describe('the clock of a sitting', () => {
  test('is held against the time server that is set, at its start and at its end, and against none otherwise', async () => {
    let asked = 0;
    const server = createSocket('udp4');
    server.on('message', (request, from) => {
      asked += 1;
      const packet = Buffer.alloc(48);
      packet[0] = 0x24;
      packet[1] = 1;
      request.copy(packet, 24, 40, 48);
      for (const at of [32, 40]) packet.writeUInt32BE(Math.floor(Date.now() / 1_000) + 2_208_988_800 + 60, at);
      server.send(packet, from.port, from.address);
    });
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const screens = await browsing({ sntp: sntpClient });
      expect(asked).toBe(0);
      await screens.ok('settings.save', { idleMinutes: 10, sntpServer: `127.0.0.1:${server.address().port}` });
      await screens.ok('case.close', {});
      await screens.ok('case.open', { ...CASE, reference: '2026-015' });
      await screens.ok('pre-flight.add', PRE_FLIGHT);
      await screens.ok('browse.start', {});
      await until(() => asked === 2);
      await screens.ok('conclude', { substance: false, outcomes: [], text: 'Nothing' });
      const checks = (await screens.lines()).filter((line) => line.kind === 'clock-check');
      expect(checks.map((line) => /^The other clock is [56]\d\.\d s ahead$/.test(line.line))).toEqual([true, true]);
      const kinds = (await screens.lines()).map((line) => line.kind);
      expect(kinds.lastIndexOf('clock-check')).toBeLessThan(kinds.indexOf('sitting-ended'));
    } finally {
      server.close();
    }
  });
});
