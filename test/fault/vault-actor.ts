import { writeSync } from 'node:fs';
import sqlite3 from 'sqlite3';
import { restoreVault } from '../../src/vault/backup.js';
import { openVault, type UnlockedVault } from '../../src/vault/vault.js';
import { JMK, note, PAS, portsWith, TestClock } from '../unit/vault/support.js';
import { DAO, listParts, NEW_PASSPHRASE } from './vault-acts.js';

/*
 * The child of the tests that kill an act: opens the vault named on the command line, does the act, and is killed either at the
 * statement of SQLite that the third argument counts to (as it is handed over), or from outside. `begin` and `done` go to the pipe, each in one write.
 */
const [folder = '', act = '', killAt = '0', other = '', caseId = ''] = process.argv.slice(2);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

/** From now on the process ends itself at the statement with this number. */
function countStatements(last: number): void {
  let count = 0;
  for (const [prototype, names] of [[sqlite3.Statement.prototype, ['run', 'all']], [sqlite3.Database.prototype, ['exec']]] as const) {
    for (const name of names) {
      const original = Reflect.get(prototype, name) as (...values: unknown[]) => unknown;
      Reflect.set(prototype, name, function counted(this: unknown, ...values: unknown[]): unknown {
        const result = original.apply(this, values);
        count += 1;
        if (count === last) process.kill(process.pid, 'SIGKILL');
        return result;
      });
    }
  }
}

async function lockAndResume(): Promise<void> {
  for (let n = 0; ; n += 1) {
    const vault = await locked.unlock(PAS, JMK);
    const store = await vault.openCase(caseId);
    await store.append(note(store, `before lock ${n}`));
    say(`kept ${store.head?.seq ?? -1}`);
    // Locked while the next one is being written: it is kept or it is not, and nothing in between.
    const writing = store.append(note(store, `under way ${n}`)).then(() => { say(`kept ${store.head?.seq ?? -1}`); }, () => undefined);
    if (n % 2 === 0) await writing;
    vault.lock();
    await writing;
  }
}

const ACTS: Record<string, (vault: UnlockedVault) => Promise<unknown>> = {
  enrol: (vault) => vault.enrol(PAS, JMK, DAO),
  remove: (vault) => vault.remove(PAS, JMK, 'DAO'),
  'change-keys': (vault) => vault.changeKeys(PAS, JMK, 'JMK'),
  'change-passphrase': (vault) => vault.changePassphrase(JMK, NEW_PASSPHRASE),
  'recovery-sheet': (vault) => vault.makeRecoverySheet(PAS, JMK, 'Rowan Hale'),
  backup: (vault) => vault.backup(other),
  destroy: (vault) => vault.destroyCase(PAS, JMK, caseId, 'Retention ended; agreed by both', caseId),
  'import-list': (vault) => vault.flagLists.add({ title: 'killed half-way' }, listParts()),
  'lock-resume': lockAndResume,
};

if (act === 'restore') {
  say('begin');
  countStatements(Number(killAt));
  await restoreVault(folder, other, portsWith(new TestClock()));
  say('done');
  process.exit(0);
}
const locked = await openVault(folder, portsWith(new TestClock()));
const vault = await locked.unlock(PAS, JMK);
say('begin');
countStatements(Number(killAt));
await ACTS[act]?.(vault);
say('done');
await locked.close();
