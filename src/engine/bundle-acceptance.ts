import type { UnfinishedBundle } from '../bundle/bundle-input.js';
import { CodedError, isCoded } from '../record/coded-error.js';
import type { Sha256 } from '../record/ports.js';
import type { Trust } from '../verify/signature-checks.js';
import type { BundleSource } from '../verify/source.js';
import { verifyBundle } from '../verify/verify.js';
import { openZip } from '../verify/zip.js';
import { nodeZipPorts } from './node-zip.js';

/** What the check of an own bundle needs. `now`: UTC instant. */
export interface AcceptancePorts {
  readonly sha256: Sha256;
  readonly now: string;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Makes of a bundle that is about to be handed over every check that its reader will make, from the bytes on the disk.
 * `trust` is this installation's own root.
 *
 * @throws CodedError `export.not-accepted` when any check fails, `export.cancelled` when the signal is aborted.
 */
export async function acceptBundle(written: UnfinishedBundle, trust: Trust, ports: AcceptancePorts): Promise<void> {
  const found = await firstFault(written, trust, ports);
  if (found === null) return;
  throw new CodedError('export.not-accepted', `The bundle did not pass its own check, so it was not handed over and nothing was left of it. The case itself is safe. Write this down and ask for help: ${found.sentence}`, { where: found.check });
}

async function firstFault(written: UnfinishedBundle, trust: Trust, ports: AcceptancePorts): Promise<{ check: string; sentence: string } | null> {
  try {
    const source = await sourceOf(written);
    try {
      const report = await verifyBundle(source, trust, { ...ports, subtle: globalThis.crypto.subtle });
      const failed = report.checks.find((check) => check.outcome === 'fail');
      if (failed !== undefined) return { check: failed.id, sentence: `${failed.title}: ${failed.detail}` };
      return report.verdict === 'unchanged' ? null : { check: 'trust.root', sentence: report.sentence };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (ports.signal.aborted) throw new CodedError('export.cancelled', 'You stopped the export. Nothing was written.', { cause: error });
    if (isCoded(error) && error.code.startsWith('bundle.')) return { check: error.code, sentence: error.sentence };
    throw error;
  }
}

function sourceOf(written: UnfinishedBundle): Promise<BundleSource> {
  if (written.form === 'folder') return Promise.resolve({ ...written, close: () => Promise.resolve() });
  const { size, passphrase, read } = written;
  return openZip({ size, read }, { passphrase, ports: nodeZipPorts });
}
