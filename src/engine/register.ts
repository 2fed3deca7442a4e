import { join } from 'node:path';
import type { BackupView, CaseHoldings, CheckView, CopyView, DestructionDone, DestructionView } from '../ipc/admin-state.js';
import { CodedError, isCoded } from '../record/coded-error.js';
import type { Credentials, LockedVault, UnlockedVault } from '../vault/vault.js';
import { restoreVault } from '../vault/backup.js';
import type { Announcer } from './case-context.js';
import type { CaseLine } from './case-list.js';
import { checkEverything } from './check-everything.js';
import { destructionView, FACT_SENTENCES, holdingsOf, type Destruction } from './destroyed-cases.js';
import { HALT_CALL, type HaltCall } from './inbox.js';
import { LongWork } from './long-work.js';
import type { EnginePorts } from './ports.js';

/** What the register needs of the engine. */
export interface RegisterSurroundings {
  readonly ports: EnginePorts;
  readonly announce: Announcer;
  /** @throws CodedError `auth.not-signed-in`, `auth.locked` */
  vault(): UnlockedVault;
  /** The vault without keys; null before set-up. */
  installation(): LockedVault | null;
  cases(): readonly CaseLine[];
  /** The case on the screen. */
  openCaseId(): string | null;
  /** A case is no more. */
  forget(id: string): void;
}

/** Copies of the vault, the check of everything, the end of a case, and calls logged by one person. */
export class Register {
  readonly #around: RegisterSurroundings;
  readonly work: LongWork;

  constructor(around: RegisterSurroundings) {
    this.#around = around;
    this.work = new LongWork(around.announce);
  }

  /**
   * Backs the vault up to `place`, an absent or empty folder.
   *
   * @throws CodedError `backup.*`, `vault.not-empty`, `vault.cancelled`, `vault.disk-full`, `vault.write-failed`, `work.busy`
   */
  async backUp(place: string): Promise<BackupView> {
    const vault = this.#around.vault();
    return this.work.run({ task: 'backup', canCancel: true, blocksCases: false }, async (step, signal) => {
      step('Copying the vault as it is, encrypted', 0, 0);
      try {
        const record = await vault.backup(place, ({ files, filesTotal }) => { step('Copying the vault as it is, encrypted', files, filesTotal); }, signal);
        return (await this.#views(vault, [record]))[0] ?? { ...record, cases: [], destroyed: 0 };
      } catch (error) {
        if (!isCoded(error, 'vault.disk-full')) throw error;
        throw new CodedError('vault.disk-full', 'There is not enough space there for the backup, or this computer’s own disk is full. No backup was made, and nothing in the vault was changed. Choose another disk, or make space.', { cause: error });
      }
    });
  }

  /** Like {@link backUp}, into a new folder inside `folder` that is named after the time. */
  backUpInto(folder: string): Promise<BackupView> {
    const time = this.#around.ports.clock.now().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
    return this.backUp(join(folder, `${BACKUP_NAME}-${time}`));
  }

  /** Every backup that was made, newest first. */
  async backups(): Promise<readonly BackupView[]> {
    const vault = this.#around.vault();
    return (await this.#views(vault, await vault.backups())).reverse();
  }

  /** Copies a backup into `folder`, which becomes the vault. @throws CodedError as `restoreVault`, `restore.no-backup` */
  async copyBack(from: string, folder: string): Promise<CopyView> {
    const { clock, random, sha256 } = this.#around.ports;
    return this.work.run({ task: 'restore', canCancel: true, blocksCases: true }, async (step, signal) => {
      try {
        step('Copying the backup', 0, 0);
        const { files, bytes, missing, altered } = await restoreVault(from, folder, { clock, random, sha256 }, (at) => { step('Copying the backup', at.files, at.filesTotal); }, signal);
        return { files, bytes, damaged: missing + altered };
      } catch (error) {
        if (!isCoded(error, 'vault.not-a-vault')) throw error;
        throw new CodedError('restore.no-backup', `There is no backup in this folder. Choose the folder of the backup itself: its name begins with ${BACKUP_NAME}.`, { cause: error });
      }
    });
  }

  /** Reads everything and says what is not as it was written. @throws CodedError `case.already-open`, `vault.cancelled`, `work.busy` */
  async check(): Promise<CheckView> {
    const vault = this.#around.vault();
    if (this.#around.openCaseId() !== null) throw new CodedError('case.already-open', 'A case is open. Close it first: everything is checked while nothing changes.');
    return this.work.run({ task: 'check', canCancel: true, blocksCases: true }, (step, signal) => checkEverything(vault, this.#around.ports.clock, step, signal));
  }

  /** Which copies hold a case, and why it cannot be destroyed now. @throws CodedError `case.unknown` */
  async holdings(id: string): Promise<CaseHoldings> {
    const { code: _code, ...holdings } = await holdingsOf(this.#around.vault(), this.#line(id), this.#around.openCaseId());
    return holdings;
  }

  /** Destroys a sealed case. @throws CodedError `destroy.*`, `auth.*`, `vault.*`, `work.busy`: then it is still there. */
  async destroy(first: Credentials, second: Credentials, id: string, reason: string, reference: string): Promise<DestructionDone> {
    const vault = this.#around.vault();
    return this.work.run({ task: 'destroy', canCancel: false, blocksCases: true }, async (step) => {
      step('Destroying the case', 0, 0);
      const { refused, code } = await holdingsOf(vault, this.#line(id), this.#around.openCaseId());
      if (refused !== null) throw new CodedError(code ?? 'destroy.refused', refused);
      const { certificate, facts } = await vault.destroyCase(first, second, id, reason, reference);
      this.#around.forget(id);
      return { certificate: destructionView(certificate), facts: facts.map((fact) => FACT_SENTENCES[fact]) };
    });
  }

  /** Certificates of destruction, newest first. */
  async destructions(): Promise<readonly DestructionView[]> {
    return (await this.#around.vault().destructions()).map(destructionView).reverse();
  }

  /** The certificate of a destroyed case. @throws CodedError `destroy.unknown` */
  async destruction(id: string): Promise<Destruction> {
    const found = (await this.#around.vault().destructions()).find(({ statement }) => statement.case === id);
    if (found === undefined) throw new CodedError('destroy.unknown', 'There is no certificate for this case.');
    return found;
  }

  /**
   * Before two have signed in one reviewer logs a call to the police; it is sealed until both are there. Nobody gives a
   * passphrase for it, and the record will say so.
   *
   * @throws CodedError `crisis.not-halted`, `auth.unknown-reviewer`, `inbox.*`, `vault.*`
   */
  async logCall(call: Omit<HaltCall, 'caseReference'>): Promise<void> {
    const installation = this.#around.installation();
    if (installation?.crisis == null) throw new CodedError('crisis.not-halted', 'This computer is not halted. Sign in to write something down.');
    if (!installation.reviewers.some(({ initials, status }) => initials === call.by && status === 'active')) {
      throw new CodedError('auth.unknown-reviewer', 'No reviewer with these initials is enrolled on this computer.', { where: 'by' });
    }
    await installation.post(HALT_CALL, { caseReference: installation.crisis.caseReference, ...call });
  }

  #line(id: string): CaseLine {
    const line = this.#around.cases().find((each) => each.id === id);
    if (line === undefined) throw new CodedError('case.unknown', 'There is no such case on this computer.');
    return line;
  }

  async #views(vault: UnlockedVault, backups: Awaited<ReturnType<UnlockedVault['backups']>>): Promise<BackupView[]> {
    const references = new Map(this.#around.cases().map(({ id, reference }) => [id, reference]));
    const gone = new Set((await vault.destructions()).map(({ statement }) => statement.case));
    return backups.map(({ at, place, by, cases }) => ({
      at, place, by: [...by],
      cases: cases.filter((id) => !gone.has(id)).map((id) => references.get(id) ?? `Case ${id.slice(0, 8)}`),
      destroyed: cases.filter((id) => gone.has(id)).length,
    }));
  }
}

/** How the folder of a backup is named, before its time. */
const BACKUP_NAME = 'countersign-backup';
