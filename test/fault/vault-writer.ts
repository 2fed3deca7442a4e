import { writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { isCoded } from '../../src/record/coded-error.js';
import { openVault, type UnlockedVault } from '../../src/vault/vault.js';
import type { CaseStore } from '../../src/vault/stored-case.js';
import { capture, checkpoint, JMK, note, PAS, portsWith, TestClock } from '../unit/vault/support.js';

/*
 * The child of the fault tests: opens the vault named on the command line and appends until it is killed or has
 * appended as many entries as the second argument says. It says what is kept only once the vault has said so, in one
 * write to the pipe: `kept <case> <seq> <SHA-256 of the exhibit, or ->`. What fails is said with its code.
 */
const [folder = '', most = '1000000000'] = process.argv.slice(2);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function step(vault: UnlockedVault, store: CaseStore, n: number): Promise<void> {
  let digest = '-';
  if (n % 4 === 3) {
    const exhibit = `PAS/${n}`;
    const image = await store.stage(exhibit, { name: 'page.png', mediaType: 'image/png' }, randomBytes(20_000));
    const text = await store.stage(exhibit, { name: 'page.txt', mediaType: 'text/plain' }, randomBytes(300));
    await store.append(capture(store, exhibit, [image, text]), [image, text]);
    digest = image.sha256;
  } else if (n % 10 === 9) await store.append(checkpoint(store, vault.signers));
  else await store.append(note(store, `note ${n}`));
  say(`kept ${store.id} ${store.head?.seq ?? -1} ${digest}`);
}

const locked = await openVault(folder, portsWith(new TestClock()));
say('opened');
const vault = await locked.unlock(PAS, JMK);
let store = await vault.createCase();
for (let n = 0; n < Number(most); n += 1) {
  try {
    await step(vault, store, n);
  } catch (error) {
    say(`failed ${isCoded(error) ? error.code : String(error)}`);
  }
  if (n % 25 === 24 && Number(most) > 1_000_000) store = await vault.createCase();
}
await locked.close();
say('closed');
