/**
 * An error that a person may be shown.
 *
 * `code` is stable and dotted (`auth.bad-passphrase`); its first part names the area. `sentence` is plain English for
 * a head teacher and must never hold a passphrase, a key, a stack trace or a path of the machine that the user did
 * not type. Everything thrown across a layer's border is one of these.
 */
export class CodedError extends Error {
  readonly code: string;
  readonly sentence: string;
  /** Where in the input the fault lies, such as `steps[3].url`; absent when there is no such place. */
  readonly where: string | undefined;

  constructor(code: string, sentence: string, options: { where?: string; cause?: unknown } = {}) {
    super(`${code}: ${sentence}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CodedError';
    this.code = code;
    this.sentence = sentence;
    this.where = options.where;
  }
}

/** Whether `error` is a {@link CodedError}; with `code`, whether it is that one. */
export function isCoded(error: unknown, code?: string): error is CodedError {
  return error instanceof CodedError && (code === undefined || error.code === code);
}
