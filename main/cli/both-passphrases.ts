import { readFile, stat } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { z } from 'zod';
import { CodedError, isCoded } from '../../src/record/coded-error.js';
import { initialsSchema } from '../../src/record/entry.js';
import type { Credentials } from '../../src/vault/vault.js';

const LARGEST_FILE = 65_536;
const one = z.strictObject({ initials: initialsSchema, passphrase: z.string().min(1).max(1_000) });
const fileSchema = z.tuple([one, one]);

/**
 * The initials and passphrases of two reviewers: from a JSON file, or asked in the terminal, which does not show what is typed.
 *
 * @throws CodedError `auth.no-passphrases`, `auth.bad-passphrases-file`, `auth.not-asked`
 */
export async function bothPassphrases(file: string | undefined): Promise<readonly [Credentials, Credentials]> {
  if (file !== undefined) return readPassphrases(file);
  if (!process.stdin.isTTY) throw new CodedError('auth.no-passphrases', 'Two reviewers have to give their passphrases. Run this in a terminal, or name a file with --passphrases-file.');
  const asked = createInterface({ input: process.stdin, output: nowhere(), terminal: true });
  try {
    return [await askOne(asked, 'First reviewer'), await askOne(asked, 'Second reviewer')];
  } finally {
    asked.close();
  }
}

async function readPassphrases(file: string): Promise<readonly [Credentials, Credentials]> {
  const bad = (cause?: unknown): CodedError => new CodedError('auth.bad-passphrases-file', 'The file with the passphrases cannot be used. It holds a JSON list of two: {"initials": "PAS", "passphrase": "..."}.', { cause });
  try {
    if ((await stat(file)).size > LARGEST_FILE) throw bad();
    const parsed = fileSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    // The schema's own words could repeat what stands in the file.
    if (!parsed.success) throw bad();
    return parsed.data;
  } catch (error) {
    throw isCoded(error) ? error : bad();
  }
}

async function askOne(asked: Interface, who: string): Promise<Credentials> {
  const initials = (await ask(asked, `${who}, initials: `, true)).trim().toUpperCase();
  return { initials, passphrase: await ask(asked, `Passphrase of ${initials} (not shown): `, false) };
}

/** Questions go to standard error, so that standard output holds the answer of the command alone. */
function ask(asked: Interface, question: string, shown: boolean): Promise<string> {
  process.stderr.write(question);
  return new Promise((resolve, reject) => {
    const stopped = (): void => { reject(new CodedError('auth.not-asked', 'Stopped. Nothing was done.')); };
    asked.once('SIGINT', stopped).once('close', stopped);
    asked.question('', (answer) => {
      asked.off('SIGINT', stopped).off('close', stopped);
      process.stderr.write(shown ? `${answer}\n` : '\n');
      resolve(answer);
    });
  });
}

/** Where the terminal's echo goes. */
function nowhere(): Writable {
  return new Writable({ write: (_bytes, _encoding, done) => { done(); } });
}
