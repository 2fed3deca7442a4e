import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { timestampNonce, timestampRequest } from '../../../src/bundle/timestamp.js';
import { hex } from '../../../src/record/bytes.js';
import { isCoded } from '../../../src/record/coded-error.js';
import { checkAnswer, checkToken, rootOfPem, type HeldTimestamp } from '../../../src/verify/timestamp.js';
import { readTimeCertificate, type TimeCertificate } from '../../../src/verify/timestamp-certificates.js';
import { TestAuthority, type Manner } from '../../tsa/authority.js';
import { sha256 } from '../../vectors/sample-case.js';

const ports = { sha256, subtle: crypto.subtle };
const imprint = createHash('sha256').update('what is stamped').digest();
let authority: TestAuthority;
let root: TimeCertificate;

async function known(pem: string): Promise<TimeCertificate> {
  const certificate = await rootOfPem(pem, ports);
  if (certificate === null) throw new Error('not a root');
  return certificate;
}

beforeAll(async () => {
  authority = new TestAuthority();
  root = await known(authority.rootPem);
}, 120_000);

afterAll(() => authority.remove());

async function stamp(manner: Manner, change: (answer: Uint8Array) => Uint8Array = (answer) => answer): Promise<HeldTimestamp> {
  const nonce = timestampNonce({ bytes: (count) => randomBytes(count) });
  const answer = change(authority.answer(timestampRequest(imprint, nonce), manner));
  return checkAnswer(new Uint8Array(answer), { imprint: hex(imprint), nonce, root }, ports);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (!isCoded(error)) throw error;
    expect(error.sentence).toMatch(/^[A-Z].*\.$/);
    return error.code;
  }
}

describe('an answer of an authority', () => {
  test.each(['good', 'elliptic', 'sha1-named'] as const)('that is right (%s) is kept with its time, its serial number, its signer and the root', async (manner) => {
    const before = Date.now();
    const held = await stamp(manner);
    expect(Math.abs(Date.parse(held.statement.genTime) - before)).toBeLessThan(60_000);
    expect(held.statement).toMatchObject({ imprint: hex(imprint), policy: '1.3.6.1.4.1.99999.1' });
    expect(held.statement.serial).toMatch(/^[0-9a-f]{2,40}$/);
    expect(held.signer.name).toContain('Example Time Stamping');
    expect(held.root.fingerprint).toBe(root.fingerprint);
    expect(await checkToken(held.token, hex(imprint), ports)).toMatchObject({ statement: held.statement });
  });

  test.each([
    ['wrong-nonce', 'time.other-nonce'], ['other-imprint', 'time.other-imprint'], ['rejecting', 'time.refused'], ['expired', 'time.expired'], ['wrong-purpose', 'time.wrong-purpose'],
    ['other-root', 'time.other-root'], ['no-certificate', 'time.bad-certificate'],
  ] as const)('that is wrong (%s) is refused as %s', async (manner, code) => {
    expect(await codeOf(stamp(manner))).toBe(code);
  });

  test.each([
    ['a web page', () => Buffer.from('<!doctype html><title>Sign in')], ['nothing', () => new Uint8Array()], ['a cut answer', (bytes: Uint8Array) => bytes.subarray(0, 700)],
    ['a deep nest', () => Buffer.from('30800000'.repeat(1) + '3080'.repeat(30_000), 'hex')],
  ] as const)('that is %s is refused', async (_name, change) => {
    expect(await codeOf(stamp('good', change))).toBe('time.not-an-answer');
  });

  test('that is longer than an answer can be is refused unread', async () => {
    expect(await codeOf(stamp('good', (bytes) => Buffer.concat([bytes, Buffer.alloc(70_000)])))).toBe('time.too-large');
  });

  test('under a root that is not the one in the settings is refused', async () => {
    const nonce = timestampNonce({ bytes: (count) => randomBytes(count) });
    const answer = new Uint8Array(authority.answer(timestampRequest(imprint, nonce), 'good'));
    expect(await codeOf(checkAnswer(answer, { imprint: hex(imprint), nonce, root: await known(authority.strangerPem) }, ports))).toBe('time.other-root');
  });
});

describe('a token', () => {
  test.each(['good', 'elliptic'] as const)('has no byte that can be changed unnoticed (%s)', async (manner) => {
    const { token } = await stamp(manner);
    const survivors: number[] = [];
    const step = Number(process.env['COUNTERSIGN_FLIPS'] ?? 300) >= 1_000 ? 1 : 11;
    let flips = 0;
    for (let i = 0; i < token.length; i += step) {
      flips += 1;
      const changed = new Uint8Array(token);
      changed[i] = (changed[i] ?? 0) ^ (1 << (i % 8));
      if ((await codeOf(checkToken(changed, hex(imprint), ports))) === 'none') survivors.push(i);
    }
    process.stdout.write(`flipped bits: ${flips} in a token of ${token.length} bytes (${manner}), ${flips - survivors.length} caught\n`);
    expect(survivors).toEqual([]);
  }, 900_000);

  test('with a byte more, or over something else, is refused', async () => {
    const { token } = await stamp('good');
    expect(await codeOf(checkToken(new Uint8Array([...token, 0]), hex(imprint), ports))).not.toBe('none');
    expect(await codeOf(checkToken(token, 'ab'.repeat(32), ports))).toBe('time.other-imprint');
  });

  test('can never be a certificate, junk, or larger than the record holds', async () => {
    expect(await codeOf(checkToken(root.der, hex(imprint), ports))).toBe('time.not-a-token');
    expect(await codeOf(checkToken(new Uint8Array(randomBytes(500)), hex(imprint), ports))).toBe('time.not-a-token');
    expect(await codeOf(checkToken(new Uint8Array(13_000), hex(imprint), ports))).toBe('time.not-a-token');
  });
});

describe('a root for the settings', () => {
  test('is one certificate that vouches for itself', async () => {
    const { signer } = await stamp('good');
    const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(signer.der).toString('base64')}\n-----END CERTIFICATE-----\n`;
    for (const text of [pem, `${authority.rootPem}${authority.strangerPem}`, 'junk', '']) expect(await rootOfPem(text, ports)).toBeNull();
    expect(await rootOfPem(authority.rootPem.replaceAll('\n', '\r\n'), ports)).not.toBeNull();
    expect(readTimeCertificate(new Uint8Array(12), ports)).toBeNull();
  });
});
