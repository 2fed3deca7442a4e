import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startPdfPrinter } from '../../main/chromium/pdf-printer.js';
import { findBrowser } from '../../main/chromium/find-browser.js';
import { openBundle } from '../../main/cli/bundle-source.js';
import { exportBundle } from '../../src/bundle/bundle.js';
import type { BundleInput, BundlePorts, BundleTarget } from '../../src/bundle/bundle-input.js';
import { acceptBundle } from '../../src/engine/bundle-acceptance.js';
import { nodeSha256 } from '../../src/engine/node-ports.js';
import { verifyBundle } from '../../src/verify/verify.js';
import { withChromium } from '../e2e/preview/open-scene.js';
import { NOW, samplePorts } from '../vectors/make-bundle.js';
import { readLargeCase } from './large-case.js';
import { verifyInOthers } from './other-pages.js';
import { PeakMemory } from './peak-memory.js';

const EXHIBITS = Number(process.env['COUNTERSIGN_BENCH_EXHIBITS'] ?? 200);
const PASSPHRASE = 'copper lantern orchid seven glacier';

/**
 * A case of 200 exhibits and 1 GB, its evidence encrypted as the vault keeps it and its report printed by the real browser: exported under a
 * passphrase with the exporter's own check, and held against `7z a -mx0 -mem=AES256` plus `sha256sum` over the same files; then checked as a
 * folder, a ZIP and an encrypted ZIP against `sha256sum -c`, and by the page in Chromium and in whatever other browsers are here. Everything in one run, from the page cache.
 */
export async function benchExport(): Promise<object[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-export-'));
  try {
    const made = spawnSync(process.execPath, [fileURLToPath(new URL('./large-case.js', import.meta.url)), folder, String(EXHIBITS)], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    const { input, root } = await readLargeCase(folder);
    const at = (name: string): string => join(folder, name);
    const carried = await exported(input, { path: at('carried.zip'), form: 'zip', passphrase: PASSPHRASE });
    const unprinted = await exported(input, { path: at('unprinted.zip'), form: 'zip', passphrase: PASSPHRASE }, 'no report');
    const plain = await exported(input, { path: at('plain.zip'), form: 'zip' });
    const bag = await exported(input, { path: at('bag'), form: 'folder' });
    const sums = timedRun('find bag -type f -print0 | xargs -0 sha256sum > sums.txt', folder);
    const packed = timedRun(`7z a -mx0 -mem=AES256 -tzip -p'${PASSPHRASE}' peer.zip bag`, folder);
    // An export is on the disk before it says that it is done; 7z leaves that to the system.
    const flushed = timedRun('sync peer.zip', folder);
    const peer = sums + packed;
    const checksums = timedRun('sha256sum --check --quiet manifest-sha256.txt', at('bag'));
    const figures = [
      exportFigure('bundle.export-encrypted', carried, peer, { sha256sumSeconds: sums, sevenZipSeconds: packed, peerOnDiskSeconds: round(peer + flushed), ratioOnDisk: round(carried.seconds / (peer + flushed)), aim: 1.3, aimMegabytes: 500 }),
      exportFigure('bundle.export-encrypted-but-for-the-report', unprinted, peer, { of: 'what the peer does too: no PDF is printed' }),
      exportFigure('bundle.export-zip', plain, peer, {}), exportFigure('bundle.export-folder', bag, peer, {}),
    ];
    for (const [form, name] of [['folder', 'bag'], ['zip', 'plain.zip'], ['encrypted', 'carried.zip']] as const) {
      const took = await timed(() => verify(at(name), root));
      figures.push({ figure: `bundle.verify-${form}`, megabytes: carried.megabytes, seconds: took, sha256sumSeconds: checksums, ratio: round(took / checksums), aim: 0.8 });
    }
    for (const [form, name] of [['zip', 'plain.zip'], ['encrypted', 'carried.zip']] as const) {
      const took = await verifyInPage(at(name), root);
      figures.push({ figure: `bundle.verify-page-${form}`, megabytes: carried.megabytes, seconds: took, megabytesPerSecond: Math.round(carried.megabytes / took), aim: 80, sha256sumSeconds: checksums });
      for (const { browser, seconds, failed } of await verifyInOthers(at(name), root, name.startsWith('carried') ? PASSPHRASE : undefined)) {
        figures.push({ figure: `bundle.verify-page-${form}`, browser, megabytes: carried.megabytes, seconds, ...(seconds === null ? { failed } : { megabytesPerSecond: Math.round(carried.megabytes / seconds) }) });
      }
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Exported {
  readonly seconds: number;
  readonly ownCheckSeconds: number;
  readonly megabytes: number;
  readonly peakMegabytes: number;
  readonly peakProgramMegabytes: number;
}

async function exported(input: BundleInput, target: BundleTarget, report: 'printed' | 'no report' = 'printed'): Promise<Exported> {
  const browser = findBrowser(process.env);
  if (browser === null) throw new Error('no Chromium here');
  const memory = PeakMemory.watch(process.pid);
  const printer = await startPdfPrinter(browser);
  let ownCheckSeconds = 0;
  const accept: BundlePorts['accept'] = async (written) => {
    ownCheckSeconds = await timed(() => acceptBundle(written, { rootPem: input.certificates.rootPem }, { sha256: nodeSha256, now: NOW, signal: new AbortController().signal, onProgress: () => undefined }));
  };
  try {
    let bytes = 0;
    const seconds = await timed(async () => {
      ({ bytes } = await exportBundle(input, target, { ...(report === 'printed' ? samplePorts((html, _options, pictures, signal) => printer.print(html, { pictures, signal })) : samplePorts()), sha256: nodeSha256, accept }));
    });
    return { seconds, ownCheckSeconds, megabytes: Math.round(bytes / 1e6), ...await memory.stop() };
  } finally {
    await printer.close();
  }
}

function exportFigure(figure: string, made: Exported, peer: number, more: object): object {
  return { figure, ...made, megabytesPerSecond: Math.round(made.megabytes / made.seconds), peerSeconds: round(peer), ratio: round(made.seconds / peer), ...more };
}

async function verify(path: string, root: string): Promise<void> {
  const source = await openBundle(path, { passphrase: path.includes('carried') ? PASSPHRASE : undefined });
  const report = await verifyBundle(source, { rootFingerprint: root }, { sha256: nodeSha256, subtle: crypto.subtle, now: NOW });
  await source.close();
  if (report.verdict !== 'unchanged') throw new Error(report.sentence);
}

/** Seconds of the page that recipients open, from the press of its button to the verdict. */
async function verifyInPage(path: string, root: string): Promise<number> {
  return withChromium(async (context) => {
    const page = await context.newPage();
    page.setDefaultTimeout(300_000);
    await page.goto(pathToFileURL(resolve('out/verify-page/index.html')).href);
    await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(path);
    await page.getByLabel('Fingerprint of the school').fill(root);
    if (path.includes('carried')) await page.getByLabel('Passphrase').fill(PASSPHRASE);
    return timed(async () => {
      await page.getByRole('button', { name: 'Check the bundle' }).click();
      await page.getByRole('heading', { name: 'Unchanged since two people signed it' }).waitFor();
    });
  });
}

function timedRun(command: string, cwd: string): number {
  const began = performance.now();
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return round((performance.now() - began) / 1000);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return round((performance.now() - began) / 1000);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
