import { CodedError } from '../record/coded-error.js';
import type { CaseContext } from './case-context.js';
import { exportCase, type ExportOutcome, type ExportRequest } from './exporting.js';

/** The bundles of an open case, made one at a time. */
export class CaseExports {
  readonly #context: CaseContext;
  #making: AbortController | null = null;
  #made: Promise<unknown> = Promise.resolve();

  constructor(context: CaseContext) {
    this.#context = context;
  }

  get running(): boolean {
    return this.#making !== null;
  }

  /** Exports the case. @throws CodedError `export.busy`, `export.*` */
  async make(request: ExportRequest): Promise<ExportOutcome> {
    if (this.#making !== null) throw new CodedError('export.busy', 'A bundle is being made already. Wait for it, or cancel it.');
    const making = new AbortController();
    this.#making = making;
    const made = exportCase(this.#context, request, making.signal);
    this.#made = made;
    try {
      return await made;
    } finally {
      this.#making = null;
      this.#context.announce.changed();
    }
  }

  /** Cancels what is being made; its files are removed. */
  cancel(): void {
    this.#making?.abort();
  }

  /** Resolves once no bundle is being made. */
  async done(): Promise<void> {
    await this.#made.catch(() => undefined);
  }
}
