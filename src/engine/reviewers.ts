import { CodedError } from '../record/coded-error.js';
import type { SavedSheet } from '../ipc/admin-state.js';
import type { Credentials, LockedVault, NewReviewer } from '../vault/vault.js';
import { confirmBoth } from './case-context.js';
import { enrolmentSheetHtml } from '../bundle/sheets/enrolment-sheet.js';
import type { LongWork } from './long-work.js';
import { demandStrong, isOfWords } from './passphrase-strength.js';
import { NO_RULES, type PassphraseRules } from './passphrase-rules.js';
import type { EnginePorts } from './ports.js';
import { enrolledAt } from './reviewer-dates.js';
import type { Session } from './session.js';

/** What {@link Reviewers} needs of the engine. */
export interface ReviewersSurroundings {
  readonly ports: EnginePorts;
  readonly work: LongWork;
  /** @throws CodedError `auth.not-signed-in`, `auth.locked` */
  session(): Session;
  /** @throws CodedError `set-up.not-done` */
  installation(): LockedVault;
  /** Whether two are signed in, or the app is locked. */
  inUse(): boolean;
  openCase(): boolean;
  /** Reference of the case that halts this computer, or null. */
  haltedReference(): string | null;
  /** Does `work` while nothing else signs in or out, opens, closes or locks. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** Who may sign in: enrolling, removing, passphrases and their rules, the recovery sheet, and what is decided about all cases. */
export class Reviewers {
  readonly #around: ReviewersSurroundings;

  constructor(around: ReviewersSurroundings) {
    this.#around = around;
  }

  /**
   * Both who are signed in enrol a third, with their passphrases. Makes a new vault key.
   *
   * @throws CodedError `reviewers.case-open`, `computer.halted`, `work.busy`, `auth.weak-passphrase`, and as `UnlockedVault.enrol`
   */
  enrol(first: Credentials, second: Credentials, reviewer: NewReviewer): Promise<void> {
    return this.#changing(`Making the keys of ${reviewer.name}, and a new key for the vault`, async ({ vault, admin }) => {
      await demandStrong(reviewer.passphrase, reviewer.initials, this.#own(reviewer), admin.kept.rules);
      await vault.enrol(first, second, reviewer);
      await this.#note(reviewer, reviewer.passphrase);
    });
  }

  /** Both who are signed in remove a reviewer, with their passphrases. Makes a new vault key. @throws CodedError as {@link enrol}, and as `UnlockedVault.remove` */
  remove(first: Credentials, second: Credentials, initials: string): Promise<void> {
    return this.#changing(`Removing ${initials}, and making a new key for the vault`, ({ vault }) => vault.remove(first, second, initials));
  }

  /** Gives one of the two new keys and a new certificate, with both passphrases. Makes a new vault key. @throws CodedError as {@link enrol}, and as `UnlockedVault.changeKeys` */
  changeKeys(first: Credentials, second: Credentials, initials: string): Promise<void> {
    return this.#changing(`Making new keys for ${initials}, and a new key for the vault`, ({ vault }) => vault.changeKeys(first, second, initials));
  }

  /** Makes a recovery sheet and gives its 24 words, once. @throws CodedError as {@link enrol}, and as `UnlockedVault.makeRecoverySheet` */
  makeRecoverySheet(first: Credentials, second: Credentials, holder: string): Promise<readonly string[]> {
    return this.#changing('Making the recovery sheet, and a new key for the vault', ({ vault }) => vault.makeRecoverySheet(first, second, holder));
  }

  /**
   * Before anybody has signed in, one reviewer and the recovery sheet enrol a replacement; on a halted computer too, where
   * two are needed most. The school's own rules are not known then: they lie under the vault key.
   *
   * @throws CodedError `auth.already`, `work.busy`, `auth.weak-passphrase`, and as `LockedVault.recover`
   */
  async recover(credentials: Credentials, words: string, reviewer: NewReviewer): Promise<void> {
    const { work, alone, installation, inUse } = this.#around;
    const vault = installation();
    const free = (): void => {
      if (inUse()) throw new CodedError('auth.already', 'Two people are signed in. They can enrol a reviewer themselves, without the recovery sheet.');
    };
    free();
    await work.run({ task: 'reviewers', canCancel: false, blocksCases: true }, (step) => alone(async () => {
      free();
      step(`Making the keys of ${reviewer.name}, and a new key for the vault`, 0, 0);
      await demandStrong(reviewer.passphrase, reviewer.initials, this.#own(reviewer));
      await vault.recover(credentials, words, reviewer);
    }));
  }

  /** One of the two changes their passphrase. @throws CodedError `auth.weak-passphrase`, `work.busy`, and as `UnlockedVault.changePassphrase` */
  async changePassphrase(credentials: Credentials, newPassphrase: string): Promise<void> {
    const { vault, admin } = this.#around.session();
    const { initials } = credentials;
    const reviewer = this.#around.installation().reviewers.find((each) => each.initials === initials);
    await this.#around.work.run({ task: 'reviewers', canCancel: false, blocksCases: false }, async (step) => {
      step('Putting the keys under the new passphrase', 0, 0);
      await demandStrong(newPassphrase, initials, this.#own(reviewer ?? { initials, name: '', position: '' }), admin.kept.rules);
      await vault.changePassphrase(credentials, newPassphrase);
      await this.#note(reviewer ?? { initials, name: '', position: '' }, newPassphrase);
    });
  }

  /** Stores the school's own rules for passphrases; they hold for the next one that is set. */
  async saveRules(rules: PassphraseRules): Promise<void> {
    await this.#around.session().admin.saveRules(rules);
  }

  /** Both decide after how many months a sealed case is due to be looked at again. @throws CodedError `auth.*` */
  async saveRetention(first: Credentials, second: Credentials, months: number | null): Promise<void> {
    const session = this.#around.session();
    await confirmBoth(session, first, second);
    await session.admin.saveRetention(months);
  }

  /** Writes the enrolment sheet as a PDF into `folder`; null: the export folder. Nothing is overwritten. @throws CodedError `folders.*`, `print.*` */
  async saveEnrolmentSheet(folder: string | null): Promise<SavedSheet> {
    this.#around.session();
    const { ports, installation } = this.#around;
    const { organisation, computer, rootFingerprint, reviewers } = installation();
    if (ports.folders === undefined) throw new CodedError('folders.none', 'Folders cannot be chosen here.');
    const at = ports.clock.now();
    const active = reviewers.filter(({ status }) => status === 'active').map((each) => ({ ...each, enrolledAt: enrolledAt(each) }));
    const bytes = await ports.host.printPdf(await enrolmentSheetHtml({ organisation, computer, root: rootFingerprint, reviewers: active, at }));
    const path = await ports.folders.save(folder ?? ports.exportFolder, `enrolment-sheet-${at.slice(0, 10)}.pdf`, bytes);
    return { path, bytes: bytes.length };
  }

  /** The school's rules where somebody has signed in; before that none are known. */
  get rules(): PassphraseRules {
    return this.#around.inUse() ? this.#around.session().admin.kept.rules : NO_RULES;
  }

  /** What both typed when they signed in tells whether their passphrases are of the app's list; a disk that cannot keep that keeps nobody out. */
  async noteSignIn(session: Session, credentials: readonly Credentials[]): Promise<void> {
    const { reviewers, organisation } = this.#around.installation();
    const { passphrases } = session.admin.kept;
    const fresh = reviewers.flatMap((each) => {
      const typed = credentials.find(({ initials }) => initials === each.initials);
      if (typed === undefined) return [];
      const ofWords = isOfWords(typed.passphrase, [each.name, each.position, organisation]);
      const known = passphrases[each.initials];
      return known?.ofWords === ofWords ? [] : [[each.initials, { at: known?.at ?? enrolledAt(each), ofWords }] as const];
    });
    if (fresh.length > 0) await session.admin.savePassphrases(Object.fromEntries(fresh)).catch(() => undefined);
  }

  /** Does what makes a new vault key: with no case open, and on no halted computer. */
  #changing<T>(doing: string, change: (session: Session) => Promise<T>): Promise<T> {
    const { work, alone } = this.#around;
    this.#demandQuiet();
    return work.run({ task: 'reviewers', canCancel: false, blocksCases: true }, (step) => alone(() => {
      const session = this.#demandQuiet();
      step(doing, 0, 0);
      return change(session);
    }));
  }

  #demandQuiet(): Session {
    const session = this.#around.session();
    const halted = this.#around.haltedReference();
    if (halted !== null) throw new CodedError('computer.halted', `This computer is halted because of case ${halted}. Nothing is changed on it until the police have been called and both of you have signed what they said.`);
    if (this.#around.openCase()) throw new CodedError('reviewers.case-open', 'A case is open. Close it first: the key of the vault is made anew, and nothing may be written meanwhile.');
    return session;
  }

  /** The change itself is on the disk: that its date cannot be kept is no failure. */
  async #note(reviewer: Pick<NewReviewer, 'initials' | 'name' | 'position'>, passphrase: string): Promise<void> {
    const fact = { at: this.#around.ports.clock.now(), ofWords: isOfWords(passphrase, this.#own(reviewer)) };
    await this.#around.session().admin.savePassphrases({ [reviewer.initials]: fact }).catch(() => undefined);
  }

  #own({ name, position, initials }: Pick<NewReviewer, 'initials' | 'name' | 'position'>): string[] {
    const { organisation, computer } = this.#around.installation();
    return [name, position, initials, organisation, computer.name];
  }
}
