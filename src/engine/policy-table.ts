import { z } from 'zod';
import type { PolicyHistoryLine } from '../ipc/admin-state.js';
import { CodedError } from '../record/coded-error.js';
import type { UnlockedVault } from '../vault/vault.js';

const MOST_CHANGES = 500;
const initials = z.string().regex(/^[A-Z]{3}$/);

/** What every row of a table has. `own`: added by the school; `hidden`: no longer offered. */
export interface PolicyRow {
  readonly id: string;
  readonly title: string;
  readonly own: boolean;
  readonly hidden: boolean;
}

/** What a school puts on a table. */
export interface Addition {
  readonly kind: 'added';
  readonly title: string;
}

/** A change: an addition, or a row that is no longer offered, or is again. */
export type TableChange<A extends Addition> = A | { readonly kind: 'hidden' | 'shown'; readonly id: string };

/** What one table is about. */
export interface TableRules<Row extends PolicyRow, A extends Addition> {
  /** Where the vault keeps its changes. */
  readonly setting: string;
  readonly changes: z.ZodType<TableChange<A>>;
  /** What a row is called, for refusals. */
  readonly one: string;
  /** The rows as the app brings them. */
  readonly brought: readonly Row[];
  /** The row that an addition makes. */
  rowOf(added: A, id: string): Row;
  /** Why a row cannot be taken off the list; null where it can. */
  alwaysOffered(row: Row): string | null;
}

interface Kept<A extends Addition> {
  readonly at: string;
  readonly by: readonly string[];
  readonly change: TableChange<A>;
  readonly id: string;
}

/**
 * One policy table of a school: the rows that the app brings, those that the school added, and those that it does not offer.
 * Every change is kept with its time and both reviewers; none is ever undone by taking it out of the history.
 */
export class PolicyTable<Row extends PolicyRow, A extends Addition> {
  readonly #vault: UnlockedVault;
  readonly #rules: TableRules<Row, A>;
  #kept: readonly Kept<A>[];

  private constructor(vault: UnlockedVault, rules: TableRules<Row, A>, kept: readonly Kept<A>[]) {
    this.#vault = vault;
    this.#rules = rules;
    this.#kept = kept;
  }

  /** What cannot be read is as if nothing had been changed. */
  static async load<R extends PolicyRow, B extends Addition>(vault: UnlockedVault, rules: TableRules<R, B>): Promise<PolicyTable<R, B>> {
    const kept = z.array(z.strictObject({ at: z.string().max(40), by: z.tuple([initials, initials]), change: rules.changes, id: z.string().max(64) })).max(MOST_CHANGES);
    return new PolicyTable(vault, rules, kept.safeParse(await vault.setting(rules.setting)).data ?? []);
  }

  /** The rows as they hold now. */
  get rows(): readonly Row[] {
    const hidden = new Set<string>();
    const own: Row[] = [];
    for (const { change, id } of this.#kept) {
      if (change.kind === 'added') own.push(this.#rules.rowOf(change, id));
      else if (change.kind === 'hidden') hidden.add(id);
      else hidden.delete(id);
    }
    return [...this.#rules.brought, ...own].map((each) => ({ ...each, hidden: hidden.has(each.id) }));
  }

  /** How the table came to be so, newest first. */
  get history(): readonly PolicyHistoryLine[] {
    const { rows } = this;
    return this.#kept.map(({ at, by, change, id }) => ({ at, by, line: `${DONE[change.kind]}: ${rows.find((each) => each.id === id)?.title ?? id}` })).reverse();
  }

  /** A row that is offered; undefined where there is none. */
  offered(id: string): Row | undefined {
    return this.rows.find((row) => row.id === id && !row.hidden);
  }

  /** Changes the table from now on; what is in a record stays as it was written. @throws CodedError `policy.*`, `vault.*` */
  async change(change: TableChange<A>, at: string, by: readonly [string, string]): Promise<void> {
    if (this.#kept.length >= MOST_CHANGES) throw new CodedError('policy.too-many', 'This table has been changed 500 times. It takes no more.');
    this.#demandSensible(change);
    const id = change.kind === 'added' ? `own-${this.#kept.filter((each) => each.change.kind === 'added').length + 1}` : change.id;
    const kept = [...this.#kept, { at, by: [...by], change, id }];
    await this.#vault.putSetting(this.#rules.setting, z.json().parse(kept));
    this.#kept = kept;
  }

  #demandSensible(change: TableChange<A>): void {
    if (change.kind === 'added') {
      const title = change.title.trim().toLowerCase();
      if (this.rows.some((each) => each.title.toLowerCase() === title)) throw new CodedError('policy.taken', `There is a ${this.#rules.one} with this name already.`, { where: 'title' });
      return;
    }
    const found = this.rows.find(({ id }) => id === change.id);
    if (found === undefined) throw new CodedError('policy.unknown', `There is no such ${this.#rules.one}.`);
    const why = change.kind === 'hidden' ? this.#rules.alwaysOffered(found) : null;
    if (why !== null) throw new CodedError('policy.police', why);
  }
}

const DONE = { added: 'Added', hidden: 'No longer offered', shown: 'Offered again' } as const;
