import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { timestampNonce, timestampRequest } from '../../../src/bundle/timestamp.js';
import { TestAuthority } from '../../tsa/authority.js';
import type { Authority } from '../../vectors/authority.js';
import { goodBundle, type BundleFiles } from '../../vectors/make-bundle.js';
import { schoolOfToday, stampedBundle } from '../../vectors/stamped-bundle.js';

let folder: string;
let tsa: TestAuthority;
let school: Authority;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'timestamp-'));
  tsa = new TestAuthority();
  school = schoolOfToday();
}, 120_000);

afterAll(async () => {
  tsa.remove();
  await rm(folder, { recursive: true });
});

async function written(name: string, files: BundleFiles): Promise<string> {
  const bag = join(folder, name);
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(bag, path)), { recursive: true });
    await writeFile(join(bag, path), bytes);
  }
  return bag;
}

function run(command: string, cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

/** The commands of VERIFY.txt, exactly as printed. */
async function printedCommands(bag: string): Promise<string[]> {
  const text = await readFile(join(bag, 'VERIFY.txt'), 'utf8');
  return text.split('\n').filter((line) => line.startsWith('   $ ')).map((line) => line.slice('   $ '.length));
}

describe('a request', () => {
  test('is what openssl reads as one: SHA-256 of the data, a nonce, and the wish for the certificate', async () => {
    const random = { bytes: () => new Uint8Array(8) };
    const nonce = timestampNonce(random);
    expect(nonce).toEqual(Uint8Array.from([0x40, 0, 0, 0, 0, 0, 0, 0]));
    await writeFile(join(folder, 'q.tsq'), timestampRequest(new Uint8Array(32).fill(0xab), nonce));
    const text = execFileSync('openssl', ['ts', '-query', '-in', join(folder, 'q.tsq'), '-text'], { encoding: 'utf8' });
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text.match(/ab[ -](?=ab)/g)?.length).toBe(30);
    expect(text).toContain('Nonce: 0x4000000000000000');
    expect(text).toContain('Certificate required: yes');
  });

  test('has a nonce that is never negative and never shorter than eight bytes', () => {
    for (const byte of [0x00, 0x7f, 0x80, 0xff]) {
      const [first = 0] = timestampNonce({ bytes: (count) => new Uint8Array(count).fill(byte) });
      expect(first).toBeGreaterThanOrEqual(0x40);
      expect(first).toBeLessThan(0x80);
    }
  });
});

describe('a bundle', () => {
  test('with time stamps passes the commands of VERIFY.txt, run as printed', async () => {
    const bag = await written('stamped', (await stampedBundle(school, tsa)).files);
    const commands = await printedCommands(bag);
    expect(commands).toHaveLength(11);
    const [payload, tags, added, cms, , , , first, firstText, second, secondText] = commands.map((command) => run(command, bag));
    for (const quiet of [payload, tags, added]) expect(quiet).toEqual({ status: 0, output: '' });
    expect(cms?.output).toContain('CMS Verification successful');
    for (const result of [first, second]) expect(result).toMatchObject({ status: 0, output: expect.stringContaining('Verification: OK') as unknown });
    for (const result of [firstText, secondText]) expect(result?.output).toContain('Time stamp:');
    const fingerprint = execFileSync('openssl', ['x509', '-in', join(bag, 'certificates/tsa-1.pem'), '-noout', '-fingerprint', '-sha256'], { encoding: 'utf8' }).trim().split('=')[1] ?? '';
    expect((await readFile(join(bag, 'VERIFY.txt'), 'utf8')).replace(/\n\s+/g, '')).toContain(fingerprint);
  });

  test('whose signatures were exchanged fails the printed command', async () => {
    const bag = await written('exchanged', (await stampedBundle(school, tsa)).files);
    await writeFile(join(bag, 'signatures/tagmanifest.p7s'), 'another');
    const command = (await printedCommands(bag)).find((each) => each.startsWith('openssl ts -verify')) ?? '';
    expect(run(command, bag).status).not.toBe(0);
  });

  test('without an answer holds no token; the other commands pass all the same', async () => {
    const bag = await written('unanswered', (await stampedBundle(school, tsa, { signatures: [null, null] })).files);
    const [, , added, cms] = (await printedCommands(bag)).map((command) => run(command, bag));
    expect(added).toEqual({ status: 0, output: '' });
    expect(cms?.status).toBe(0);
  });

  test('lists the time stamps in its report', async () => {
    const { files } = await stampedBundle(school, tsa, { outage: true });
    const html = Buffer.from(files.get('data/report.html') ?? '').toString();
    expect(html).toContain('Time stamps (RFC 3161)');
    expect(html).toContain('time.unreachable');
    expect(html).toContain('Example Time and Another Time were asked to stamp');
    expect(html).not.toContain('No trusted time stamp');
  });

  test('of a case without authorities has nothing of time stamps', async () => {
    const { files } = await goodBundle(school, { end: 'sealed' });
    expect([...files.keys()].filter((path) => /tst|tsa/.test(path))).toEqual([]);
    expect(Buffer.from(files.get('VERIFY.txt') ?? '').toString()).not.toContain('openssl ts');
    expect(Buffer.from(files.get('data/report.html') ?? '').toString()).toContain('No trusted time stamp from a third party');
  });
});
