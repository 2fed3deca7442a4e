import type { z } from 'zod';
import { concernChangeSchema } from '../investigation/policy/concern-changes.js';
import { CONCERN_CATEGORIES } from '../investigation/policy/concerns.js';
import { sanctionChangeSchema } from '../investigation/policy/sanction-changes.js';
import { SANCTIONS } from '../investigation/policy/sanctions.js';
import type { PolicyCategory, PolicySanction, PolicyView } from '../ipc/admin-state.js';
import { CodedError } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';
import type { UnlockedVault } from '../vault/vault.js';
import { PolicyTable, type TableRules } from './policy-table.js';

type ConcernChange = z.output<typeof concernChangeSchema>;
type SanctionChange = z.output<typeof sanctionChangeSchema>;
type OwnConcern = Extract<ConcernChange, { kind: 'added' }>;
type OwnSanction = Extract<SanctionChange, { kind: 'added' }>;

/** A sanction as two reviewers choose it; `details` may be empty. */
export interface ChosenSanction {
  readonly id: string;
  readonly details: string;
}

const CONCERNS: TableRules<PolicyCategory, OwnConcern> = {
  setting: 'policy', changes: concernChangeSchema, one: 'kind of concern',
  brought: CONCERN_CATEGORIES.map(({ id, title, meaning, police }) => ({ id, title, meaning, police, own: false, hidden: false })),
  rowOf: ({ title, meaning, police }, id) => ({ id, title, meaning, police, own: true, hidden: false }),
  alwaysOffered: ({ police, own }) => (police && !own ? 'This kind goes to the police at once. It is always offered.' : null),
};

const SANCTION_TABLE: TableRules<PolicySanction, OwnSanction> = {
  setting: 'sanctions', changes: sanctionChangeSchema, one: 'sanction',
  brought: SANCTIONS.map(({ id, title, meaning, aim }) => ({ id, title, meaning, aim, own: false, hidden: false })),
  rowOf: ({ title, meaning, aim }, id) => ({ id, title, meaning, aim, own: true, hidden: false }),
  alwaysOffered: () => null,
};

/** The school's own policy tables: the kinds of concern, and the sanctions. */
export class PolicyTables {
  readonly #concerns: PolicyTable<PolicyCategory, OwnConcern>;
  readonly #sanctions: PolicyTable<PolicySanction, OwnSanction>;

  private constructor(concerns: PolicyTable<PolicyCategory, OwnConcern>, sanctions: PolicyTable<PolicySanction, OwnSanction>) {
    this.#concerns = concerns;
    this.#sanctions = sanctions;
  }

  /** Both tables of a vault; one that cannot be read is as if nothing had been changed. */
  static async load(vault: UnlockedVault): Promise<PolicyTables> {
    return new PolicyTables(await PolicyTable.load(vault, CONCERNS), await PolicyTable.load(vault, SANCTION_TABLE));
  }

  /** The tables as they hold now, and how they came to be so, newest first. */
  get view(): PolicyView {
    return { categories: this.#concerns.rows, history: this.#concerns.history, sanctions: this.#sanctions.rows, sanctionHistory: this.#sanctions.history };
  }

  /** A kind of concern that is offered. @throws CodedError `concern.unknown-category` */
  offered(id: string): PolicyCategory {
    const found = this.#concerns.offered(id);
    if (found === undefined) throw new CodedError('concern.unknown-category', 'There is no such kind of concern. Choose one from the list.');
    return found;
  }

  /** Chosen sanctions as a record keeps them: with their titles, because the table may change. @throws CodedError `sanction.*` */
  chosen(sanctions: readonly ChosenSanction[]): NonNullable<EntryData<'conclusion'>['sanctions']> {
    if (new Set(sanctions.map(({ id }) => id)).size < sanctions.length) throw new CodedError('sanction.twice', 'A sanction was chosen twice. Choose each once.');
    return sanctions.map(({ id, details }) => {
      const found = this.#sanctions.offered(id);
      if (found === undefined) throw new CodedError('sanction.unknown', 'There is no such sanction. Choose from the list.');
      return { id, title: found.title, details };
    });
  }

  /** Changes the kinds of concern. @throws CodedError `policy.*`, `vault.*` */
  change(change: ConcernChange, at: string, by: readonly [string, string]): Promise<void> {
    return this.#concerns.change(change, at, by);
  }

  /** Changes the sanctions. @throws CodedError `policy.*`, `vault.*` */
  changeSanctions(change: SanctionChange, at: string, by: readonly [string, string]): Promise<void> {
    return this.#sanctions.change(change, at, by);
  }
}
