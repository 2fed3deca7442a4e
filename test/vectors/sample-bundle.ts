import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exportBundle } from '../../src/bundle/bundle.js';
import { makeAuthority } from './authority.js';
import { sampleInput, samplePorts } from './make-bundle.js';
import { printWithChromium } from './print-with-chromium.js';
import { sampleCase } from './sample-case.js';

/*
 * Makes two sample bundles, their reports printed by the real Chromium, for looking at:
 * node out/test/vectors/sample-bundle.js FOLDER
 */

const folder = resolve(process.argv[2] ?? 'sample-bundles');
await mkdir(folder, { recursive: true });
const authority = makeAuthority('Example School');
for (const end of ['sealed', 'halted'] as const) {
  const sample = await sampleCase(authority, { end, tall: 14_000 });
  const path = join(folder, end);
  const { files, bytes } = await exportBundle(sampleInput(authority, sample), { path, form: 'folder' }, samplePorts(printWithChromium));
  process.stdout.write(`${path}: ${files} files, ${bytes} bytes\n`);
}
