import { z } from 'zod';
import type { UnlockedVault } from '../vault/vault.js';
import type { CaseRecord } from './case-record.js';

const lineSchema = z.strictObject({
  id: z.string(),
  reference: z.string(),
  reason: z.string(),
  phase: z.enum(['open', 'halted', 'concluded', 'sealed']),
  /** Of a halted case: whether both have signed that the police told them what to do. */
  released: z.boolean(),
  openedAt: z.string(),
  /** When it was sealed; null before that, and in lines that were written before there was such a field. */
  sealedAt: z.string().nullable().default(null),
  exhibits: z.int(),
  concerns: z.int(),
});

/** What the list shows of a case without opening it. */
export type CaseLine = z.infer<typeof lineSchema>;

/** The list of cases, kept encrypted beside them so that showing it does not decrypt every record. */
export class CaseList {
  readonly #vault: UnlockedVault;
  #lines: readonly CaseLine[];

  private constructor(vault: UnlockedVault, lines: readonly CaseLine[]) {
    this.#vault = vault;
    this.#lines = lines;
  }

  /** Reads the list; a case without a line, after a crash, is shown by its number until it is opened. */
  static async load(vault: UnlockedVault): Promise<CaseList> {
    const lines: CaseLine[] = [];
    for (const id of await vault.caseIds()) {
      const line = lineSchema.safeParse(await vault.setting(settingOf(id)));
      lines.push(line.data ?? { id, reference: `Case ${id.slice(0, 8)}`, reason: '', phase: 'open', released: false, openedAt: '', sealedAt: null, exhibits: 0, concerns: 0 });
    }
    return new CaseList(vault, lines);
  }

  /** Newest first. */
  get lines(): readonly CaseLine[] {
    return [...this.#lines].sort((a, b) => b.openedAt.localeCompare(a.openedAt));
  }

  /** Brings a case's line up to date. */
  async update(record: CaseRecord): Promise<void> {
    const { state, store } = record;
    const line: CaseLine = {
      id: store.id,
      reference: state.opened.reference,
      reason: state.opened.reason,
      phase: state.phase,
      released: state.halt?.released ?? false,
      openedAt: state.openedAt,
      sealedAt: state.phase === 'sealed' ? (record.newest('seal')?.header.at ?? null) : null,
      exhibits: state.exhibits.length,
      concerns: state.concerns.length,
    };
    this.#lines = [...this.#lines.filter((other) => other.id !== store.id), line];
    await this.#vault.putSetting(settingOf(store.id), line);
  }

  /** A case was destroyed; its line went with it. */
  forget(id: string): void {
    this.#lines = this.#lines.filter((line) => line.id !== id);
  }
}

/** Named so that the vault destroys it together with the case. */
function settingOf(id: string): string {
  return `case:${id}`;
}
