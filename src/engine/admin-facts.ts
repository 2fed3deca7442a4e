import { z } from 'zod';
import { SET_UP_STEPS, type SetUpStepId } from '../investigation/policy/installation.js';
import { instantSchema } from '../record/entry.js';
import type { UnlockedVault } from '../vault/vault.js';
import { LAST_CHECK } from './check-everything.js';
import { NO_RULES, passphraseFactSchema, passphraseRulesSchema, type PassphraseFact, type PassphraseRules } from './passphrase-rules.js';

const RULES = 'passphraseRules';
const PASSPHRASES = 'passphrases';
const RETENTION = 'retention';
const SKIPPED = 'setUpSkipped';

const retentionSchema = z.strictObject({ months: z.int().min(1).max(1_200).nullable() });
const lastCheckSchema = z.strictObject({ at: instantSchema, findings: z.int().min(0) });
const skippedSchema = z.array(z.enum(SET_UP_STEPS)).max(SET_UP_STEPS.length);
const passphrasesSchema = z.record(z.string(), passphraseFactSchema);

/** What is kept, encrypted, of an installation beyond its roster. */
interface Kept {
  readonly rules: PassphraseRules;
  readonly passphrases: Readonly<Record<string, PassphraseFact>>;
  /** After how many months a sealed case is due to be looked at again; null: no date. */
  readonly retentionMonths: number | null;
  readonly lastBackupAt: string | null;
  /** Steps of the set-up that the school decided against. */
  readonly setUpSkipped: readonly SetUpStepId[];
  readonly lastCheck: { readonly at: string; readonly findings: number } | null;
}

/** The settings about reviewers and cases that only two who are signed in see. What cannot be read is as if it had not been set. */
export class AdminFacts {
  readonly #vault: UnlockedVault;
  #kept: Kept;

  private constructor(vault: UnlockedVault, kept: Kept) {
    this.#vault = vault;
    this.#kept = kept;
  }

  /** @throws CodedError `vault.altered` */
  static async load(vault: UnlockedVault): Promise<AdminFacts> {
    return new AdminFacts(vault, await read(vault));
  }

  get kept(): Kept {
    return this.#kept;
  }

  /** Reads everything anew, after a backup or a check. */
  async refresh(): Promise<void> {
    this.#kept = await read(this.#vault);
  }

  async saveRules(rules: PassphraseRules): Promise<void> {
    await this.#vault.putSetting(RULES, { ...rules });
    this.#kept = { ...this.#kept, rules };
  }

  async saveRetention(months: number | null): Promise<void> {
    await this.#vault.putSetting(RETENTION, { months });
    this.#kept = { ...this.#kept, retentionMonths: months };
  }

  async saveSkipped(steps: readonly SetUpStepId[]): Promise<void> {
    const setUpSkipped = [...new Set(steps)];
    await this.#vault.putSetting(SKIPPED, setUpSkipped);
    this.#kept = { ...this.#kept, setUpSkipped };
  }

  /** Keeps what is known of the passphrases of `facts`; the others stay as they are. */
  async savePassphrases(facts: Readonly<Record<string, PassphraseFact>>): Promise<void> {
    const passphrases = { ...this.#kept.passphrases, ...facts };
    await this.#vault.putSetting(PASSPHRASES, passphrases);
    this.#kept = { ...this.#kept, passphrases };
  }
}

async function read(vault: UnlockedVault): Promise<Kept> {
  return {
    rules: passphraseRulesSchema.safeParse(await vault.setting(RULES)).data ?? NO_RULES,
    passphrases: passphrasesSchema.safeParse(await vault.setting(PASSPHRASES)).data ?? {},
    retentionMonths: retentionSchema.safeParse(await vault.setting(RETENTION)).data?.months ?? null,
    lastBackupAt: (await vault.backups()).at(-1)?.at ?? null,
    setUpSkipped: skippedSchema.safeParse(await vault.setting(SKIPPED)).data ?? [],
    lastCheck: lastCheckSchema.safeParse(await vault.setting(LAST_CHECK)).data ?? null,
  };
}
