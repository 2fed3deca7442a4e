import { parseArgs } from 'node:util';
import { appVersion } from '../app-version.js';
import { createOutput, EXIT } from './output.js';

const CREDENTIALS = `  Two reviewers give their initials and passphrases: in the terminal, which does not show the passphrases,
  or in a file: [{"initials": "PAS", "passphrase": "..."}, {"initials": "TRE", "passphrase": "..."}].
  Such a file opens the vault: keep it off shared disks and remove it when you have finished.`;

const HELP: Readonly<Record<string, string>> = {
  '': `countersign: two people, one computer, one evidence bundle that anyone can check

  countersign demo [--out DIR] [--json]
  countersign run SCENARIO.json --vault DIR --out DIR [--json]
  countersign verify BUNDLE [--fingerprint TEXT] [--root CERT.pem] [--time-root CERT.pem] [--passphrase-file F] [--json]
  countersign self-test [--json]
  countersign open [BUNDLE] [--host electron|chromium] [--vault DIR]
  countersign words VAULT --case REFERENCE --words "EIGHT WORDS" [--passphrases-file F] [--json]
  countersign check --vault DIR [--passphrases-file F] [--json]
  countersign backup --vault DIR --to DIR [--passphrases-file F] [--json]
  countersign restore --from DIR --vault DIR [--json]

  countersign COMMAND --help says more. Exit codes: 0 done; 1 a check or an expectation failed;
  2 the input cannot be used; 3 the machine lacks something.`,
  demo: `countersign demo [--out DIR] [--json]

  Runs two whole investigations without a window on the demonstration site, exports both and verifies
  them. DIR (default: demo-output/ and a number) receives the vault and the bundles.`,
  run: `countersign run SCENARIO.json --vault DIR --out DIR [--json]

  Does the steps of a scenario on the same engine as the screens. A new vault folder is set up, an
  existing one is signed in to. Scenarios hold passphrases in plain text: for tests and demonstrations.`,
  verify: `countersign verify BUNDLE [--fingerprint TEXT] [--root CERT.pem] [--time-root CERT.pem] [--passphrase-file F] [--json]

  Checks a bundle (a folder or a ZIP). --fingerprint takes what the school's printed enrolment sheet gives:
  its eight words, or 64 letters and figures. Without it and without --root the verdict cannot say whose
  signatures they are; without --time-root it cannot say whose time stamps.`,
  'self-test': `countersign self-test [--json]

  Visits and captures known pages of the built-in site and compares what was recorded with what is known.`,
  open: `countersign open [BUNDLE] [--host electron|chromium] [--vault DIR]

  Opens the app's window. With a bundle (a folder or a ZIP) it opens where bundles are checked, without sign-in.`,
  words: `countersign words VAULT --case REFERENCE --words "EIGHT WORDS" [--passphrases-file F] [--json]

  Looks for the checkpoint that eight words on paper stand for in the record of a case. Exit code 0: found,
  with its place and time. 1: not found, so the record may have been put back to an earlier state. 2: it
  could not be looked for. Nothing is written to the record.

${CREDENTIALS}`,
  check: `countersign check --vault DIR [--passphrases-file F] [--json]

  Reads everything that the vault keeps and names what is not as it was written. Quarantined exhibits are
  never decrypted. Exit code 0: all in order. 1: something was found. 2: it could not be checked.

${CREDENTIALS}`,
  backup: `countersign backup --vault DIR --to DIR [--passphrases-file F] [--json]

  Copies the vault, encrypted as it is, to a folder that is absent or empty, and registers the copy.
  Exit code 1: evidence files are damaged, so no backup was made.

${CREDENTIALS}`,
  restore: `countersign restore --from DIR --vault DIR [--json]

  Makes a vault in a folder that is absent or empty from the backup in another. Exit code 1: it was
  restored, and some evidence files are missing from the backup or damaged in it.`,
};

/** The command line. Gives the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const [command = '', ...rest] = argv;
  if (command === '--version' || command === '-v') {
    process.stdout.write(`${await appVersion()}\n`);
    return EXIT.done;
  }
  if (command === '' || command === '--help' || command === '-h' || command === 'help') {
    process.stdout.write(`${HELP['']}\n`);
    return command === '' ? EXIT.unusable : EXIT.done;
  }
  const help = HELP[command];
  if (help === undefined) return misuse(`There is no command "${command}".`);
  let parsed: ReturnType<typeof parseCommand>;
  try {
    parsed = parseCommand(rest);
  } catch {
    return misuse(`This is not how "${command}" is used. Try: countersign ${command} --help`);
  }
  if (parsed.values.help === true) {
    process.stdout.write(`${help}\n`);
    return EXIT.done;
  }
  return perform(command, parsed.values, parsed.positionals);
}

function parseCommand(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    strict: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean' },
      out: { type: 'string' },
      vault: { type: 'string' },
      root: { type: 'string' },
      fingerprint: { type: 'string' },
      'time-root': { type: 'string' },
      host: { type: 'string' },
      'passphrase-file': { type: 'string' },
      'passphrases-file': { type: 'string' },
      case: { type: 'string' },
      words: { type: 'string' },
      to: { type: 'string' },
      from: { type: 'string' },
    },
  });
}

type Values = ReturnType<typeof parseCommand>['values'];

async function perform(command: string, values: Values, positionals: readonly string[]): Promise<number> {
  const output = createOutput(values.json === true);
  const [first] = positionals;
  const passphrasesFile = values['passphrases-file'];
  switch (command) {
    case 'demo':
      return (await import('./demo.js')).demoCommand({ out: values.out }, output);
    case 'run':
      if (first === undefined || values.vault === undefined || values.out === undefined) return misuse('"run" needs a scenario, --vault and --out.');
      return (await import('./run.js')).runCommand({ scenario: first, vault: values.vault, out: values.out }, output);
    case 'verify':
      if (first === undefined) return misuse('"verify" needs a bundle: a folder or a ZIP.');
      return (await import('./verify.js')).verifyCommand({ bundle: first, root: values.root, fingerprint: values.fingerprint, passphraseFile: values['passphrase-file'], timeRoot: values['time-root'] }, output);
    case 'self-test':
      return (await import('./self-test.js')).selfTestCommand(output);
    case 'words':
      if (first === undefined || values.case === undefined || values.words === undefined) return misuse('"words" needs a vault, --case and --words.');
      return (await import('./words.js')).wordsCommand({ vault: first, reference: values.case, words: values.words, passphrasesFile }, output);
    case 'check':
      if (values.vault === undefined) return misuse('"check" needs --vault.');
      return (await import('./check.js')).checkCommand({ vault: values.vault, passphrasesFile }, output);
    case 'backup':
      if (values.vault === undefined || values.to === undefined) return misuse('"backup" needs --vault and --to.');
      return (await import('./backup.js')).backupCommand({ vault: values.vault, to: values.to, passphrasesFile }, output);
    case 'restore':
      if (values.vault === undefined || values.from === undefined) return misuse('"restore" needs --from and --vault.');
      return (await import('./restore.js')).restoreCommand({ from: values.from, vault: values.vault }, output);
    default:
      if (values.host !== undefined && values.host !== 'electron' && values.host !== 'chromium') return misuse('--host is electron or chromium.');
      return (await import('./open.js')).openCommand({ host: values.host, vault: values.vault, bundle: first }, output);
  }
}

function misuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return EXIT.unusable;
}

process.exitCode = await main(process.argv.slice(2));
