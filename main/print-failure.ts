import { CodedError } from '../src/record/coded-error.js';

/** What a person is told when a PDF could not be made, whatever it was to be: a bundle's report, a receipt, a sheet. */
export function printFailure(cause: unknown): CodedError {
  return new CodedError('print.failed', 'The PDF could not be made, because the part of the app that prints it did not finish. Nothing in the case was changed, and nothing unfinished was left behind. Try again. If that does not help, restart the app.', { cause });
}
