import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hex } from '../../src/record/bytes.js';
import type { EntryData } from '../../src/record/kinds.js';
import type { Engine } from '../../src/engine/engine.js';
import { nodeSha256 } from '../../src/engine/node-ports.js';
import type { EnginePorts } from '../../src/engine/ports.js';
import type { SelfTestResult } from '../../src/engine/self-tests.js';
import { NO_CONTACTS } from '../../src/engine/contacts.js';
import { suggestPassphrase } from '../../src/engine/passphrases.js';
import { randomInt } from 'node:crypto';
import { pixelRows } from '../../src/cdp/pixel-rows.js';
import { startDemoSite, testCardRow, TEST_CARD_HEIGHT } from '../demo-site.js';
import { EXIT, fail, type Output } from './output.js';
import { commandPorts, startEngine } from './session.js';
import { checkBundle } from './verify.js';

/** `countersign self-test`. Gives the exit code. */
export async function selfTestCommand(output: Output): Promise<number> {
  try {
    const ports = await commandPorts('');
    try {
      const result = await runSelfTest(ports, output);
      for (const check of result.checks) output.say(`  ${check.ok ? '✓' : '✗'} ${check.name}: ${check.detail}`);
      output.say(`${result.passed} checks passed, ${result.failed} failed`);
      output.json({ ok: result.failed === 0, code: null, ...result });
      return result.failed === 0 ? EXIT.done : EXIT.failed;
    } finally {
      await ports.host.close();
    }
  } catch (error) {
    return fail(error, output);
  }
}

/** Key derivation of the self-test's throwaway vault, which holds nothing but the built-in site. */
const THROWAWAY_KDF = { algorithm: 'argon2id', memoryKiB: 8_192, passes: 1, lanes: 1 } as const;

/**
 * Visits and captures known pages of the built-in site with the whole engine in a throwaway vault, and compares every
 * recorded address, every pixel row and every hash with what the site is known to serve.
 */
export async function runSelfTest(ports: EnginePorts, output: Output): Promise<SelfTestResult> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-self-test-'));
  const site = await startDemoSite();
  const checks: { name: string; ok: boolean; detail: string }[] = [];
  const check = (name: string, ok: boolean, detail: string): void => {
    checks.push({ name, ok, detail });
  };
  const quiet: Output = { ...output, say: () => undefined };
  try {
    const { selfTest: _own, ...others } = ports;
    const engine = await startEngine(join(folder, 'vault'), { ...others, kdf: THROWAWAY_KDF }, quiet);
    try {
      await visitKnownPages(engine, site.origin);
      await checkAddresses(engine, site, check);
      await checkCapture(engine, check);
      await checkExport(engine, join(folder, 'self-test.zip'), quiet, check);
    } finally {
      await engine.close();
    }
  } finally {
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
  const { app, browser, node, system } = ports.versions;
  return { at: ports.clock.now(), versions: { app, browser, node, system }, passed: checks.filter((c) => c.ok).length, failed: checks.filter((c) => !c.ok).length, checks };
}

const credentials = ['AAA', 'BBB'].map((initials) => ({ initials, name: `Self-test ${initials}`, position: 'Self-test', passphrase: suggestPassphrase(4, randomInt) })) as [
  { initials: string; name: string; position: string; passphrase: string },
  { initials: string; name: string; position: string; passphrase: string },
];

async function visitKnownPages(engine: Engine, origin: string): Promise<void> {
  await engine.setUp({ organisation: 'Self-test', computer: { name: 'Self-test', location: 'Self-test' }, reviewers: credentials, contacts: NO_CONTACTS });
  const [first, second] = credentials;
  await engine.openCase({ reference: 'Self-test', reason: 'Self-test', subject: 'other', suspected: [], first, second });
  const open = engine.openedCase;
  await open.startBrowsing();
  await open.browsing.goto(`${origin}/`);
  await open.browsing.goto(`${origin}/go`);
  await open.browsing.goto(`${origin}/test-card`);
  await open.prepareCapture('full-page');
  await open.declare('AAA', 'not-suspected', '');
  await open.prepareCapture('viewport');
  await open.declare('BBB', 'not-suspected', '');
  await open.context.record.settled();
}

async function checkAddresses(engine: Engine, site: { origin: string; log: readonly { url: string; status: number }[] }, check: (name: string, ok: boolean, detail: string) => void): Promise<void> {
  const visits = (await engine.openedCase.context.record.ofKinds(['navigation'])).map((e) => e.body.data as EntryData<'navigation'>);
  const recorded = visits.map((v) => [...v.redirects.map((hop) => `${hop.status} ${hop.url}`), `${v.status ?? 0} ${v.url}`].join(' > '));
  const known = [
    `200 ${site.origin}/`,
    `302 ${site.origin}/go > 301 ${site.origin}/r2 > 200 ${site.origin}/forum/thread/48213?page=2`,
    `200 ${site.origin}/test-card`,
  ];
  check('Every address that was visited is recorded, with each redirect', JSON.stringify(recorded) === JSON.stringify(known), `${recorded.length} of ${known.length} page views`);
  const pages = new Set(['/', '/go', '/r2', '/forum/thread/48213?page=2', '/test-card']);
  const served = site.log.filter((request) => pages.has(request.url)).length;
  check('The site served no page that is not in the record', served === pages.size, `${served} of ${pages.size} requests for pages`);
}

async function checkCapture(engine: Engine, check: (name: string, ok: boolean, detail: string) => void): Promise<void> {
  const { record } = engine.openedCase.context;
  for (const { reference, capture } of record.state.exhibits) {
    const image = await record.store.readPart(reference, 'page.png');
    const height = capture.form === 'full-page' ? TEST_CARD_HEIGHT : (capture.image?.height ?? 0);
    let row = 0;
    let exact = 0;
    for await (const pixels of pixelRows(image)) {
      if (isRow(pixels, testCardRow(row))) exact += 1;
      row += 1;
    }
    check(`${capture.form === 'full-page' ? 'The whole page' : 'The view'} is captured exactly`, row === height && exact === height, `${exact} of ${height} pixel rows`);
    let matching = 0;
    for (const part of capture.parts) if (hex(nodeSha256.of(await record.store.readPart(reference, part.name))) === part.sha256) matching += 1;
    check(`Every part of ${reference} reads back with its SHA-256`, matching === capture.parts.length, `${matching} of ${capture.parts.length} parts`);
  }
  check('Both captures are kept', record.state.exhibits.length === 2, `${record.state.exhibits.length} of 2`);
}

function isRow(pixels: Uint8Array, [red, green, blue]: readonly [number, number, number]): boolean {
  for (let i = 0; i < pixels.length; i += 3) if (pixels[i] !== red || pixels[i + 1] !== green || pixels[i + 2] !== blue) return false;
  return pixels.length > 0;
}

async function checkExport(engine: Engine, path: string, output: Output, check: (name: string, ok: boolean, detail: string) => void): Promise<void> {
  const [first, second] = credentials;
  await engine.openedCase.export({ recipient: 'other', first, second, path, form: 'zip', encrypt: false });
  const report = await checkBundle(path, { rootFingerprint: engine.installation?.rootFingerprint ?? '' }, undefined, output);
  const passed = report.checks.filter((c) => c.outcome !== 'fail').length;
  check('A bundle of it verifies', report.verdict === 'unchanged', `${passed} of ${report.checks.length} checks`);
}
