import { beforeAll, describe, expect, test } from '@jest/globals';
import { contractIn } from './electron-run.js';
import { WHOLE_CONTRACT } from './whole-contract.js';

/*
 * The Electron host, unchanged, on the double of Electron in test/fakes/electron, by the same program that Electron itself is
 * given where it is. This is no run of Electron: what the double cannot show is in its README.
 */

/** Promises in which the two hosts differ most; the long run holds the double to all of them. */
const SAMPLE = [
  'each hop of a redirect chain is recorded', 'frames are recorded, also those in another process', 'a new window is never opened', 'downloads are refused',
  'a page cannot keep anyone from leaving it', 'what the policy refuses is never asked for', 'frames of the view arrive', 'mouse, keys and text reach the page',
];

const BEGINS = process.env['COUNTERSIGN_LONG'] === undefined ? SAMPLE : [];
const CHOSEN = WHOLE_CONTRACT.filter(({ name }) => BEGINS.length === 0 || BEGINS.some((begin) => name.startsWith(begin)));

describe("the Electron host keeps the contract on Electron's double", () => {
  let outcomes: ReadonlyMap<string, string | null>;
  beforeAll(async () => {
    outcomes = await contractIn(process.execPath, ['--import', new URL('../fakes/electron/register.js', import.meta.url).href], BEGINS);
  }, 1_800_000);

  test.each(CHOSEN.map(({ name }) => [name]))('%s', (name) => {
    expect(outcomes.get(name)).toBeNull();
  });

  test('a program that ends before it is through is no success', async () => {
    await expect(contractIn(process.execPath, ['--import', 'data:text/javascript,process.exit(3)'], [])).rejects.toThrow('ended with 3 after 0 promises');
  });
});
