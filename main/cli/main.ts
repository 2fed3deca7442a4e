import { parseArgs } from 'node:util';
import { appVersion } from './session.js';
import { createOutput, EXIT } from './output.js';

const HELP: Readonly<Record<string, string>> = {
  '': `countersign: two people, one computer, one evidence bundle that anyone can check

  countersign demo [--out DIR] [--json]
  countersign run SCENARIO.json --vault DIR --out DIR [--json]
  countersign verify BUNDLE [--root CERT.pem] [--time-root CERT.pem] [--passphrase-file F] [--json]
  countersign self-test [--json]
  countersign open [--host electron|chromium] [--vault DIR]

  countersign COMMAND --help says more. Exit codes: 0 done; 1 a check or an expectation failed;
  2 the input cannot be used; 3 the machine lacks something.`,
  demo: `countersign demo [--out DIR] [--json]

  Runs two whole investigations without a window on the demonstration site, exports both and verifies
  them. DIR (default: demo-output/ and a number) receives the vault and the bundles.`,
  run: `countersign run SCENARIO.json --vault DIR --out DIR [--json]

  Does the steps of a scenario on the same engine as the screens. A new vault folder is set up, an
  existing one is signed in to. Scenarios hold passphrases in plain text: for tests and demonstrations.`,
  verify: `countersign verify BUNDLE [--root CERT.pem] [--time-root CERT.pem] [--passphrase-file F] [--json]

  Checks a bundle (a folder or a ZIP). Without --root the verdict cannot say whose signatures they are;
  without --time-root it cannot say whose time stamps.`,
  'self-test': `countersign self-test [--json]

  Visits and captures known pages of the built-in site and compares what was recorded with what is known.`,
  open: `countersign open [--host electron|chromium] [--vault DIR]

  Opens the app's window.`,
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
      'time-root': { type: 'string' },
      host: { type: 'string' },
      'passphrase-file': { type: 'string' },
    },
  });
}

type Values = ReturnType<typeof parseCommand>['values'];

async function perform(command: string, values: Values, positionals: readonly string[]): Promise<number> {
  const output = createOutput(values.json === true);
  const [first] = positionals;
  switch (command) {
    case 'demo':
      return (await import('./demo.js')).demoCommand({ out: values.out }, output);
    case 'run':
      if (first === undefined || values.vault === undefined || values.out === undefined) return misuse('"run" needs a scenario, --vault and --out.');
      return (await import('./run.js')).runCommand({ scenario: first, vault: values.vault, out: values.out }, output);
    case 'verify':
      if (first === undefined) return misuse('"verify" needs a bundle: a folder or a ZIP.');
      return (await import('./verify.js')).verifyCommand({ bundle: first, root: values.root, passphraseFile: values['passphrase-file'], timeRoot: values['time-root'] }, output);
    case 'self-test':
      return (await import('./self-test.js')).selfTestCommand(output);
    default:
      if (values.host !== undefined && values.host !== 'electron' && values.host !== 'chromium') return misuse('--host is electron or chromium.');
      return (await import('./open.js')).openCommand({ host: values.host, vault: values.vault }, output);
  }
}

function misuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return EXIT.unusable;
}

process.exitCode = await main(process.argv.slice(2));
