import { isAbsolute, join } from 'node:path';

/** How the app was asked to start. */
export interface LaunchOptions {
  /** Folder of the vault. */
  readonly vault: string;
  /** Whether the window fills the screen and cannot be left. */
  readonly kiosk: boolean;
}

/**
 * Reads `--vault DIR`, `--vault=DIR` and `--kiosk`; anything else on the command line is left to Electron.
 *
 * @param data folder for the app's data, in which the vault is when no other is named
 * @param workingFolder what a relative vault folder is relative to
 */
export function parseLaunch(argv: readonly string[], data: string, workingFolder: string): LaunchOptions {
  const at = argv.findIndex((word) => word === '--vault' || word.startsWith('--vault='));
  const word = at < 0 ? undefined : argv[at];
  const named = word === '--vault' ? argv[at + 1] : word?.slice('--vault='.length);
  const vault = named === undefined || named === '' || named.startsWith('--') ? join(data, 'vault') : named;
  return { vault: isAbsolute(vault) ? vault : join(workingFolder, vault), kiosk: argv.includes('--kiosk') };
}
