import { z } from 'zod';
import { textOf } from './manifest.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import type { Findings } from './report.js';

const FILE = 'data/self-test.json';

/** As much of the report as the reader is told. */
const reportSchema = z.looseObject({ passed: z.int().min(0), failed: z.int().min(0) });

/** `record.self-test`: the self-test's report in the bundle is one that the record commits to, and nothing in it failed. */
export class SelfTestCheck implements RecordCheck {
  readonly #findings: Findings;
  readonly #reports = new Set<string>();
  #withheld = 0;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    if (entry.kind !== 'self-test') return;
    if (entry.data === null) this.#withheld += 1;
    else this.#reports.add(entry.data.report);
  }

  finish(): void {
    // Settled once the file was read.
  }

  /** @param file the report as it is here, with its SHA-256; null when none is */
  settle(file: { bytes: Uint8Array; sha256: string } | null): void {
    const found = this.#findings;
    if (file === null) {
      if (this.#reports.size > 0) found.note('record.self-test', 'The record tells of a self-test. Its report is not in this bundle.');
      found.pass('record.self-test', 'No self-test is on record, and no report is here.');
      return;
    }
    const report = parseReport(file.bytes);
    if (report === null) found.fail('record.self-test', 'The report of the self-test cannot be read.', FILE);
    else if (!this.#reports.has(file.sha256)) {
      found.note('record.self-test', this.#withheld > 0 ? 'Whether the record tells of this self-test is withheld.' : 'The record tells of no self-test with this report. It was made at another time.', FILE);
    } else if (report.failed > 0) found.note('record.self-test', `The app’s self-test had faults: ${report.failed} of its ${report.passed + report.failed} checks failed.`, FILE);
    if (report !== null) found.pass('record.self-test', `All ${report.passed} checks of the app’s self-test passed.`);
  }
}

function parseReport(bytes: Uint8Array): z.infer<typeof reportSchema> | null {
  try {
    return reportSchema.safeParse(JSON.parse(textOf(bytes) ?? '')).data ?? null;
  } catch {
    return null;
  }
}
