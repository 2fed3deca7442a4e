import { afterAll, describe, expect, test } from '@jest/globals';
import { factsOf, linuxIdentity, machineIdentity, parseBiosSerial, parseIoreg, parseRegistry } from '../../../main/machine-identity.js';
import { join } from 'node:path';
import { openBundle } from '../../../main/cli/bundle-source.js';
import { timestampClient } from '../../../main/timestamp-client.js';
import { nodeSha256, systemClock } from '../../../src/engine/node-ports.js';
import { verifyBundle } from '../../../src/verify/verify.js';
import { TsaServer } from '../../tsa/server.js';
import type { MachineFacts } from '../../../src/engine/machine.js';
import { freshFolder, JMK, PAS, removeFolders } from '../vault/support.js';
import { CASE, codeOf, kindsOf, NO_HOST, recordOf, signedIn, told } from './support.js';

afterAll(removeFolders);

const machine = (id: string | null) => ({ read: () => Promise.resolve<MachineFacts>({ id: id === null ? null : id.repeat(64), hostname: 'inv-01', model: 'Example 3000', serial: null }) });

describe('the identity of a computer', () => {
  test('on this one is a hash, and never the system’s own identifier', async () => {
    const facts = await machineIdentity().read();
    expect(facts.hostname).not.toBe('');
    if (facts.id !== null) expect(facts.id).toMatch(/^[0-9a-f]{64}$/);
    const raw = 'c0ffee00c0ffee00c0ffee00c0ffee00';
    expect(JSON.stringify(factsOf({ id: raw, model: null, serial: null }))).not.toContain(raw);
    expect(factsOf({ id: raw.toUpperCase(), model: null, serial: null }).id).toBe(factsOf({ id: raw, model: null, serial: null }).id);
  });

  test('is read from Linux as far as the files can be read', async () => {
    const files: Record<string, string> = { '/etc/machine-id': 'c0ffee00c0ffee00c0ffee00c0ffee00\n', '/sys/class/dmi/id/sys_vendor': 'Example\n', '/sys/class/dmi/id/product_name': 'To be filled by O.E.M.\n' };
    const read = (path: string) => Promise.resolve(files[path] ?? null);
    expect(await linuxIdentity(read)).toEqual({ id: 'c0ffee00c0ffee00c0ffee00c0ffee00', model: 'Example', serial: null });
    expect(await linuxIdentity(() => Promise.resolve(null))).toEqual({ id: null, model: null, serial: null });
    expect((await linuxIdentity(() => Promise.resolve('uninitialized\n'))).id).toBeNull();
  });

  test('is read from what macOS and Windows print', () => {
    const ioreg = '  {\n    "IOPlatformSerialNumber" = "C02EXAMPLE"\n    "IOPlatformUUID" = "00000000-1111-2222-3333-444444444444"\n    "model" = <"MacBookPro18,1">\n  }\n';
    expect(parseIoreg(ioreg)).toEqual({ id: '00000000-1111-2222-3333-444444444444', model: 'MacBookPro18,1', serial: 'C02EXAMPLE' });
    expect(parseIoreg('junk')).toEqual({ id: null, model: null, serial: null });
    const reg = '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\r\n    MachineGuid    REG_SZ    00000000-1111-2222-3333-444444444444\r\n\r\n';
    expect(parseRegistry(reg, 'MachineGuid')).toBe('00000000-1111-2222-3333-444444444444');
    expect(parseRegistry('ERROR: Access is denied.', 'MachineGuid')).toBeNull();
    expect([parseBiosSerial('\uFEFFPF2EXAMPLE\r\n'), parseBiosSerial('\r\n  5CG0000000  \r\n\r\n')]).toEqual(['PF2EXAMPLE', '5CG0000000']);
    for (const junk of ['', '\r\n', 'To be filled by O.E.M.', 'System Serial Number', 'Get-CimInstance : Access denied\r\nAt line:1 char:2', 'x'.repeat(101), 'a\u0007b', 'séríal']) expect([junk, parseBiosSerial(junk)]).toEqual([junk, null]);
  });
});

describe('a case', () => {
  test('names the computer that it was opened on', async () => {
    const started = await signedIn({ machine: machine('a') });
    await started.engine.openCase(CASE);
    expect(told(started, 'case-opened')[0]?.machine).toEqual({ id: 'a'.repeat(64), hostname: 'inv-01', model: 'Example 3000', serial: null });
    await started.engine.close();
  });

  test('on another computer can be read, and not continued; nothing is written into it', async () => {
    const first = await signedIn({ machine: machine('a') });
    const id = await first.engine.openCase(CASE);
    await first.engine.close();
    const second = await signedIn({ machine: machine('b') }, first.folder);
    await second.engine.showCase(id);
    const before = kindsOf(second);
    const open = second.engine.openedCase;
    expect(await codeOf(() => open.startBrowsing())).toBe('machine.mismatch');
    expect(await codeOf(() => open.addNote('PAS', 'x'))).toBe('machine.mismatch');
    expect(await codeOf(() => open.conclude({ substance: false, outcomes: [], text: 'x' }))).toBe('machine.mismatch');
    expect(await codeOf(() => open.takeControls('JMK'))).toBe('machine.mismatch');
    second.clock.pass(3_600);
    await second.engine.tick();
    await second.engine.resume(PAS, JMK);
    await second.engine.signOut();
    await second.engine.signIn(PAS, JMK);
    await second.engine.showCase(id);
    expect(kindsOf(second)).toEqual(before);
    await second.engine.close();
  });

  test('on another computer is stopped all the same: it is halted there, with the name of that computer, until the police have been called', async () => {
    const first = await signedIn({ machine: machine('a') });
    const id = await first.engine.openCase(CASE);
    await first.engine.close();
    const second = await signedIn({ machine: machine('b') }, first.folder);
    await second.engine.showCase(id);
    await second.engine.openedCase.halt.stop('PAS');
    expect(second.heard.blanks).toBe(1);
    expect(second.engine.installation?.crisis?.caseReference).toBe(CASE.reference);
    // Nobody answers, and the app is started again.
    await second.engine.close();
    const again = await signedIn({ machine: machine('b') }, first.folder, second.clock);
    expect(again.engine.cases.map(({ phase }) => phase)).toEqual(['halted']);
    expect(await codeOf(() => again.engine.openCase({ ...CASE, reference: 'Another' }))).toBe('computer.halted');
    await again.engine.showCase(id);
    const { halt } = again.engine.openedCase;
    expect(recordOf(again).state).toMatchObject({ phase: 'halted', halt: { answered: true, cause: 'interrupted', view: null, url: null } });
    expect(told(again, 'cut-off')).toMatchObject([{ machine: { id: 'b'.repeat(64), hostname: 'inv-01' } }]);
    expect(kindsOf(again).slice(-4)).toEqual(['stop', 'cut-off', 'halt', 'checkpoint']);
    expect(await codeOf(() => again.engine.openedCase.addNote('PAS', 'x'))).toBe('machine.mismatch');
    await halt.step('PAS', 'monitor', true);
    await halt.call('PAS', { force: 'Example Police', officer: 'PC 1', reference: 'EX-1', advice: 'Go on' });
    await halt.end(PAS, JMK, { how: 'no-further-action', reference: 'EX-1', officer: 'PC 1', advisedAt: again.clock.now(), text: 'Not illegal' });
    expect([again.engine.installation?.crisis, recordOf(again).state.phase]).toEqual([null, 'open']);
    expect(await codeOf(() => again.engine.openedCase.startBrowsing())).toBe('machine.mismatch');
    await again.engine.close();
  });

  test('on another computer is halted where STOP reached the crisis file and not the record', async () => {
    const first = await signedIn({ machine: machine('a') });
    const id = await first.engine.openCase(CASE);
    await first.engine.close();
    const second = await signedIn({ machine: machine('b') }, first.folder);
    await second.engine.showCase(id);
    await second.engine.openedCase.halt.mark();
    await second.engine.close();
    const again = await signedIn({ machine: machine('b') }, first.folder, second.clock);
    await again.engine.showCase(id);
    expect(kindsOf(again).slice(-4)).toEqual(['stop', 'cut-off', 'halt', 'checkpoint']);
    await again.engine.close();
  });

  test('is exported on another computer with a time stamp over its signatures, and says where none was had', async () => {
    const server = await TsaServer.start();
    const pdf = { ...NO_HOST, printPdf: () => Promise.resolve(Buffer.from('%PDF-1.7\n%%EOF\n')) };
    const clocked = (id: string) => ({ machine: machine(id), host: pdf, timestampAuthority: timestampClient, timeRetryMs: [3_600_000] });
    const first = await signedIn(clocked('a'));
    await first.engine.school.saveTimeAuthorities([{ name: 'Example Time', url: server.url('good'), rootPem: server.authority.rootPem }]);
    const id = await first.engine.openCase(CASE);
    await first.engine.close();
    const asked = server.asked;
    const second = await signedIn(clocked('b'), first.folder);
    await second.engine.showCase(id);
    const out = freshFolder();
    const both = { recipient: 'police', first: PAS, second: JMK, form: 'zip', encrypt: false } as const;
    const { path } = await second.engine.openedCase.export({ ...both, path: join(out, 'stamped.zip') });
    const source = await openBundle(path);
    const report = await verifyBundle(source, { rootFingerprint: second.engine.installation?.rootFingerprint, tsaRoots: [server.authority.rootPem] }, { sha256: nodeSha256, subtle: crypto.subtle, now: systemClock.now() });
    await source.close();
    expect([report.verdict, report.times.map(({ trusted }) => trusted)]).toEqual(['unchanged', [true]]);
    expect(server.asked).toBe(asked + 1);
    expect(told(second, 'timestamp-failed')).toEqual([]);
    server.down = true;
    await second.engine.openedCase.export({ ...both, path: join(out, 'down.zip') });
    expect(told(second, 'timestamp-failed')).toMatchObject([{ authority: 'Example Time', code: 'time.unreachable', checkpointSeq: null }]);
    await second.engine.close();
    await server.close();
  }, 60_000);

  test('goes on where either computer has no identity', async () => {
    const first = await signedIn({ machine: machine(null) });
    const id = await first.engine.openCase(CASE);
    await first.engine.close();
    const second = await signedIn({ machine: machine('b') }, first.folder);
    await second.engine.showCase(id);
    await second.engine.openedCase.addNote('PAS', 'It goes on');
    expect(kindsOf(second)).toContain('note');
    await second.engine.close();
  });
});
