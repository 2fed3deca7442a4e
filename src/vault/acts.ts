/** What is done with an unlocked vault. Acts on the whole of it that must not run into each other, such as a backup and a change of its key, come one after another. */
export class Acts {
  readonly #demandUnlocked: () => void;
  #last: Promise<unknown> = Promise.resolve();

  /** @param demandUnlocked throws once the vault is locked */
  constructor(demandUnlocked: () => void) {
    this.#demandUnlocked = demandUnlocked;
  }

  /** Does `work` unless the vault is locked. @throws CodedError what `demandUnlocked` or `work` throws */
  async guarded<T>(work: () => Promise<T>): Promise<T> {
    this.#demandUnlocked();
    return work();
  }

  /** {@link Acts.guarded}, once every act before it has ended, however it ended. @throws CodedError what `demandUnlocked` or `work` throws */
  afterLast<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.guarded(work));
    this.#last = result.catch(() => undefined);
    return result;
  }
}
