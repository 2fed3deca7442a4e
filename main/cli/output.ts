import { isCoded } from '../../src/record/coded-error.js';

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, unusable: 2, lacking: 3 } as const;

/** Where a command tells what it does. */
export interface Output {
  /** A line for the person who watches. */
  say(line: string): void;
  /** Progress of long work: one line that redraws on a terminal, a plain line at each new step elsewhere. */
  progress(step: string, done: number, total: number): void;
  /** The command's one JSON document; only with `--json`. */
  json(document: unknown): void;
}

/** An output for a command: with `json` everything but the document goes to standard error. */
export function createOutput(json: boolean): Output {
  const stream = json ? process.stderr : process.stdout;
  for (const each of [process.stdout, process.stderr]) if (each.listenerCount('error', goneReader) === 0) each.on('error', goneReader);
  let drawn = false;
  let lastStep = '';
  const clear = (): void => {
    if (drawn) stream.write('\r\u001b[2K');
    drawn = false;
  };
  return {
    say(line) {
      clear();
      stream.write(`${line}\n`);
    },
    progress(step, done, total) {
      if (stream.isTTY) {
        clear();
        stream.write(`  ${step}${total > 0 ? ` ${bar(done / total)} ${Math.floor((100 * done) / total)} %` : ' …'}`);
        drawn = true;
      } else if (step !== lastStep) {
        stream.write(`  ${step}\n`);
      }
      lastStep = step;
    },
    json(document) {
      clear();
      if (json) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    },
  };
}

/** Whoever read along has closed the pipe (`countersign verify … | head`): what is under way goes on and ends as it would. */
function goneReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function bar(part: number): string {
  const full = Math.round(20 * Math.min(1, Math.max(0, part)));
  return `[${'#'.repeat(full)}${'.'.repeat(20 - full)}]`;
}

/** Errors that mean that a check or an expectation failed, not that the input was unusable. */
const FAILED = /^(?:app|case|gate|browse|browser|capture|halt|concern|computer|export\.(?:failed|cancelled))/;

/** The exit code that goes with an error's code. */
export function exitCodeOf(error: unknown): number {
  return exitCodeOfCode(isCoded(error) ? error.code : null);
}

/** The exit code that goes with a refusal's code; null stands for what has none. */
export function exitCodeOfCode(code: string | null): number {
  if (code === null) return EXIT.failed;
  if (code.startsWith('machine.')) return EXIT.lacking;
  return FAILED.test(code) ? EXIT.failed : EXIT.unusable;
}

/** A sentence for whatever was thrown; never a stack trace. */
export function sentenceOf(error: unknown): string {
  return isCoded(error) ? error.sentence : 'Something went wrong inside the program. What was already saved is safe.';
}

/** Shows a developer, who asks for it with COUNTERSIGN_DEBUG, what an error without a sentence of its own was. */
export function reportUnexpected(error: unknown): void {
  if (!isCoded(error) && process.env['COUNTERSIGN_DEBUG'] !== undefined) console.error(error);
}

/** Ends a command that failed: a sentence for a person, a document for a program, and the exit code. */
export function fail(error: unknown, output: Output, more: Readonly<Record<string, unknown>> = {}): number {
  output.say(sentenceOf(error));
  output.json({ ok: false, code: isCoded(error) ? error.code : 'app.unexpected', sentence: sentenceOf(error), where: isCoded(error) ? (error.where ?? null) : null, ...more });
  reportUnexpected(error);
  return exitCodeOf(error);
}
