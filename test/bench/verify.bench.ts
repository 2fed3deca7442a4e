import { spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withChromium } from '../e2e/preview/open-scene.js';
import { openBundle } from '../../main/cli/bundle-source.js';
import { exportBundle } from '../../src/bundle/bundle.js';
import type { BundleInput, BundlePorts } from '../../src/bundle/bundle-input.js';
import { acceptBundle } from '../../src/engine/bundle-acceptance.js';
import { hex } from '../../src/record/bytes.js';
import { verifyBundle } from '../../src/verify/verify.js';
import { makeAuthority } from '../vectors/authority.js';
import { NOW, sampleInput, samplePorts } from '../vectors/make-bundle.js';
import { exhibitsOf, navigate, openCase, RecordBuilder, sha256, type SampleCase } from '../vectors/sample-case.js';
import type { Authority } from '../vectors/authority.js';

const EXHIBITS = 50;
const EXHIBIT_BYTES = 10_000_000;

/**
 * Verifies a bundle of 500 MB in a folder, and runs `sha256sum -c` over the same files in the same run. Both read from the
 * page cache; the median of three of each. `ratio` is verify by sha256sum: at most 1.0 is the aim.
 */
export async function benchVerify(): Promise<object[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-verify-'));
  try {
    const authority = makeAuthority('Example School');
    const input = sampleInput(authority, largeCase(authority));
    const started = performance.now();
    const { bytes } = await exportBundle(input, { path: join(folder, 'bag'), form: 'folder' }, samplePorts());
    const exported = performance.now() - started;
    const zipStarted = performance.now();
    await exportBundle(input, { path: join(folder, 'bag.zip'), form: 'zip' }, samplePorts());
    const zipped = performance.now() - zipStarted;
    const accepted = await acceptance(join(folder, 'accepted.zip'), input, authority, undefined);
    const acceptedCarried = await acceptance(join(folder, 'carried.zip'), input, authority, 'copper lantern orchid seven');
    const checksums = await median(() => {
      checksum(join(folder, 'bag'));
      return Promise.resolve();
    });
    const verified = await median(() => verify(join(folder, 'bag'), authority.root));
    const verifiedZip = await median(() => verify(join(folder, 'bag.zip'), authority.root));
    const inPage = await median(() => verifyInPage(join(folder, 'bag.zip'), authority.root));
    const megabytes = bytes / 1e6;
    return [
      { figure: 'bundle.verify-folder', megabytes: Math.round(megabytes), seconds: seconds(verified), sha256sumSeconds: seconds(checksums), ratio: ratio(verified, checksums), aim: 1.0 },
      { figure: 'bundle.verify-zip', megabytes: Math.round(megabytes), seconds: seconds(verifiedZip), sha256sumSeconds: seconds(checksums), ratio: ratio(verifiedZip, checksums) },
      { figure: 'bundle.verify-page', megabytes: Math.round(megabytes), seconds: seconds(inPage), megabytesPerSecond: Math.round((1000 * megabytes) / inPage), aim: 80, sha256sumSeconds: seconds(checksums) },
      { figure: 'bundle.export-folder', megabytes: Math.round(megabytes), seconds: seconds(exported), megabytesPerSecond: Math.round((1000 * megabytes) / exported) },
      { figure: 'bundle.export-zip', megabytes: Math.round(megabytes), seconds: seconds(zipped), megabytesPerSecond: Math.round((1000 * megabytes) / zipped) },
      { figure: 'bundle.export-own-check', megabytes: Math.round(megabytes), ...accepted },
      { figure: 'bundle.export-own-check-encrypted', megabytes: Math.round(megabytes), ...acceptedCarried },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the exporter's check of its own bundle adds: seconds of it and of the whole export, and the memory that the process had at most. */
async function acceptance(path: string, input: BundleInput, authority: Authority, passphrase: string | undefined): Promise<object> {
  let own = 0;
  let peak = 0;
  const onProgress = (): void => { peak = Math.max(peak, process.memoryUsage.rss()); };
  const accept: BundlePorts['accept'] = async (written) => {
    const began = performance.now();
    await acceptBundle(written, { rootPem: authority.rootPem }, { sha256, now: NOW, signal: new AbortController().signal, onProgress });
    own = performance.now() - began;
  };
  const began = performance.now();
  await exportBundle(input, { path, form: 'zip', passphrase }, { ...samplePorts(), onProgress, accept });
  return { seconds: seconds(own), exportSeconds: seconds(performance.now() - began), peakMegabytes: Math.round(peak / 1e6) };
}

function largeCase(authority: Authority): SampleCase {
  const record = new RecordBuilder(authority.people);
  openCase(record, authority, '');
  const noise = randomFillSync(Buffer.alloc(EXHIBIT_BYTES));
  const bytes = new Map<string, Uint8Array>();
  const [{ initials }] = authority.people;
  for (let number = 1; number <= EXHIBITS; number += 1) {
    const picture = Buffer.from(noise);
    picture.writeUInt32LE(number, 0);
    const digest = hex(sha256.of(picture));
    bytes.set(`${initials}-${number}/page.png`, picture);
    const view = `v${number}`;
    const url = `https://pupil-chat.example/${number}`;
    navigate(record, view, url, { cause: 'link' });
    const at = record.now;
    record.add('capture', [initials], {
      exhibit: `${initials}/${number}`, form: 'full-page', view, url, startedAt: at, endedAt: at, image: { width: 1280, height: 13_000, scale: 1 }, composite: digest,
      declaration: { by: initials, answer: 'not-suspected', at }, parts: [{ name: 'page.png', mediaType: 'image/png', size: picture.length, sha256: digest, cipherSha256: digest }], note: '', warnings: [],
    });
    record.checkpoint('capture');
  }
  record.add('export', authority.people.map((person) => person.initials), { recipient: 'police', exhibits: EXHIBITS, withheld: 0, quarantined: 0 });
  return { caseId: record.caseId, entries: record.entries, exhibits: exhibitsOf(record.entries, bytes, new Set()), bytes };
}

async function verify(path: string, root: string): Promise<void> {
  const source = await openBundle(path);
  const report = await verifyBundle(source, { rootFingerprint: root }, { sha256, subtle: crypto.subtle, now: NOW });
  await source.close();
  if (report.verdict !== 'unchanged') throw new Error(report.sentence);
}

/** The page that recipients open, in a fresh Chromium, from choosing the ZIP to the verdict. The browser's own start is in it. */
async function verifyInPage(path: string, root: string): Promise<void> {
  await withChromium(async (context) => {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(pathToFileURL(resolve('out/verify-page/index.html')).href);
    await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(path);
    await page.getByLabel('Fingerprint of the school').fill(root);
    await page.getByRole('button', { name: 'Check the bundle' }).click();
    await page.getByRole('heading', { name: 'Unchanged since two people signed it' }).waitFor();
  });
}

function checksum(bag: string): void {
  const { status } = spawnSync('sha256sum', ['--check', '--quiet', 'manifest-sha256.txt'], { cwd: bag });
  if (status !== 0) throw new Error('sha256sum did not accept the bundle');
}

async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[1] ?? 0;
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}

function ratio(a: number, b: number): number {
  return Math.round((100 * a) / b) / 100;
}
