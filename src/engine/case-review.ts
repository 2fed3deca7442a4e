import type { RedactionState } from '../investigation/case-state.js';
import { CodedError } from '../record/coded-error.js';
import type { CaseContext } from './case-context.js';
import { ExhibitViewer } from './exhibit-viewer.js';
import { makeRedaction, type CoveredParts } from './redactions.js';

/** The exhibits of an open case, looked at again, and their redacted copies, made one at a time. */
export class CaseReview {
  readonly viewer: ExhibitViewer;
  readonly #context: CaseContext;
  #making: AbortController | null = null;
  #made: Promise<unknown> = Promise.resolve();

  constructor(context: CaseContext) {
    this.#context = context;
    this.viewer = new ExhibitViewer(context);
  }

  /** Whether a redacted copy is being made. */
  get running(): boolean {
    return this.#making !== null;
  }

  /** See {@link makeRedaction}; one at a time. @throws CodedError `redaction.busy` */
  async redact(by: string, reference: string, boxes: CoveredParts): Promise<RedactionState> {
    if (this.#making !== null) throw new CodedError('redaction.busy', 'A redacted copy is being made already. Wait for it, or cancel it.');
    const making = new AbortController();
    this.#making = making;
    const { announce } = this.#context;
    announce.progress('redaction', 'Covering and checking every row', 0, 0, true);
    const made = makeRedaction(this.#context, by, reference, boxes, making.signal);
    this.#made = made;
    try {
      return await made;
    } finally {
      this.#making = null;
      announce.progressDone();
    }
  }

  /** Cancels what is being made; nothing of it is kept. */
  cancel(): void {
    this.#making?.abort();
  }

  /** Cancels what is being made, and lets go of every picture. */
  stop(): void {
    this.cancel();
    this.viewer.wipe();
  }

  /** Resolves once nothing is being made. */
  async done(): Promise<void> {
    await this.#made.catch(() => undefined);
  }
}
