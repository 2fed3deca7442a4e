import { z } from 'zod';
import { CodedError } from '../record/coded-error.js';
import { concernChangeSchema } from '../investigation/policy/concern-changes.js';
import { CONCERN_CATEGORIES } from '../investigation/policy/concerns.js';
import type { PolicyCategory, PolicyHistoryLine, PolicyView } from '../ipc/admin-state.js';
import type { UnlockedVault } from '../vault/vault.js';

const SETTING = 'policy';
const MOST_CHANGES = 500;
const initials = z.string().regex(/^[A-Z]{3}$/);
const keptSchema = z.array(z.strictObject({ at: z.string().max(40), by: z.tuple([initials, initials]), change: concernChangeSchema, id: z.string().max(64) })).max(MOST_CHANGES);

type Kept = z.infer<typeof keptSchema>;

/**
 * The school's own policy tables: the kinds of concern that the app brings, those that the school added, and those that it does not
 * offer. Every change is kept with its time and both reviewers; none is ever undone by taking it out of the history.
 */
export class PolicyTables {
  readonly #vault: UnlockedVault;
  #kept: Kept;

  private constructor(vault: UnlockedVault, kept: Kept) {
    this.#vault = vault;
    this.#kept = kept;
  }

  /** What cannot be read is as if nothing had been changed. */
  static async load(vault: UnlockedVault): Promise<PolicyTables> {
    return new PolicyTables(vault, keptSchema.safeParse(await vault.setting(SETTING)).data ?? []);
  }

  /** The table as it holds now, and how it came to be so, newest first. */
  get view(): PolicyView {
    return { categories: this.#categories(), history: this.#kept.map((each) => lineOf(each, this.#categories())).reverse() };
  }

  /** A kind of concern that is offered. @throws CodedError `concern.unknown-category` */
  offered(id: string): PolicyCategory {
    const found = this.#categories().find((category) => category.id === id);
    if (found === undefined || found.hidden) throw new CodedError('concern.unknown-category', 'There is no such kind of concern. Choose one from the list.');
    return found;
  }

  /** Changes the table from now on; what is in a record stays as it was written. @throws CodedError `policy.*`, `vault.*` */
  async change(change: z.output<typeof concernChangeSchema>, at: string, by: readonly [string, string]): Promise<void> {
    if (this.#kept.length >= MOST_CHANGES) throw new CodedError('policy.too-many', 'This table has been changed 500 times. It takes no more.');
    const categories = this.#categories();
    if (change.kind === 'added') {
      const title = change.title.trim().toLowerCase();
      if (categories.some((each) => each.title.toLowerCase() === title)) throw new CodedError('policy.taken', 'There is a kind of concern with this name already.', { where: 'title' });
    } else {
      const found = categories.find(({ id }) => id === change.id);
      if (found === undefined) throw new CodedError('policy.unknown', 'There is no such kind of concern.');
      if (change.kind === 'hidden' && found.police && !found.own) throw new CodedError('policy.police', 'This kind goes to the police at once. It is always offered.');
    }
    const id = change.kind === 'added' ? `own-${this.#kept.filter((each) => each.change.kind === 'added').length + 1}` : change.id;
    const kept: Kept = [...this.#kept, { at, by: [...by], change, id }];
    await this.#vault.putSetting(SETTING, z.json().parse(kept));
    this.#kept = kept;
  }

  #categories(): readonly PolicyCategory[] {
    const hidden = new Set<string>();
    const own: PolicyCategory[] = [];
    for (const { change, id } of this.#kept) {
      if (change.kind === 'added') own.push({ id, title: change.title, meaning: change.meaning, police: change.police, own: true, hidden: false });
      else if (change.kind === 'hidden') hidden.add(id);
      else hidden.delete(id);
    }
    const base = CONCERN_CATEGORIES.map(({ id, title, meaning, police }) => ({ id, title, meaning, police, own: false }));
    return [...base, ...own].map((each) => ({ ...each, hidden: hidden.has(each.id) }));
  }
}

const DONE = { added: 'Added', hidden: 'No longer offered', shown: 'Offered again' } as const;

function lineOf({ at, by, change, id }: Kept[number], categories: readonly PolicyCategory[]): PolicyHistoryLine {
  return { at, by, line: `${DONE[change.kind]}: ${categories.find((each) => each.id === id)?.title ?? id}` };
}
