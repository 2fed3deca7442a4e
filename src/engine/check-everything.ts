import type { CheckView } from '../ipc/admin-state.js';
import { isCoded } from '../record/coded-error.js';
import type { Clock } from '../record/ports.js';
import { applyEntry, type AppliedEntry, type CaseState } from '../investigation/case-state.js';
import type { UnlockedVault } from '../vault/vault.js';
import { findingViews } from './check-findings.js';
import type { Step } from './long-work.js';

/** Where it stands when everything was checked last, and how many findings there were. */
export const LAST_CHECK = 'lastCheck';

/** Progress is out of this many. */
const PARTS = 1_000;

/**
 * Checks everything that the vault keeps and remembers when. Quarantined exhibits are never decrypted. It needs nothing but
 * the vault, so that a vault in which nobody can work any more can still be checked.
 *
 * @throws CodedError `vault.cancelled`, `auth.locked`
 */
export async function checkEverything(vault: UnlockedVault, clock: Pick<Clock, 'now'>, step: Step, signal?: AbortSignal): Promise<CheckView> {
  const records = await readRecords(vault, (done, total) => { step('Reading which exhibits are quarantined', done, total); }, signal);
  let before = { cases: -1, bytes: 0 };
  const result = await vault.fullCheck(({ cases, casesTotal, bytes, bytesTotal }) => {
    if (cases !== before.cases) before = { cases, bytes };
    const ofThis = bytesTotal > before.bytes ? (bytes - before.bytes) / (bytesTotal - before.bytes) : 0;
    const part = casesTotal === 0 ? 1 : Math.min(1, (cases + ofThis) / casesTotal);
    step(`Checking case ${Math.min(cases + 1, casesTotal)} of ${casesTotal}`, Math.floor(PARTS * part), PARTS);
  }, signal, records.quarantined);
  const { findings, ...counts } = result;
  const at = clock.now();
  // What was found is worth more than the note that it was looked for: a disk that takes nothing now must not hide it.
  await vault.putSetting(LAST_CHECK, { at, findings: findings.length }).catch((error: unknown) => {
    if (!isCoded(error, 'vault.disk-full') && !isCoded(error, 'vault.write-failed')) throw error;
  });
  return { at, ...counts, findings: findingViews(findings, records.references) };
}

interface Records {
  readonly quarantined: ReadonlyMap<string, ReadonlySet<string>>;
  /** References by case id, as the records have them. */
  readonly references: ReadonlyMap<string, string>;
}

/** Every exhibit: for a case whose record cannot say which ones are quarantined. */
class EveryExhibit extends Set<string> {
  override has(): boolean {
    return true;
  }
}

/** Exhibits by case; of a case that is not in it, all of them. */
class Quarantined extends Map<string, ReadonlySet<string>> {
  override get(id: string): ReadonlySet<string> {
    return super.get(id) ?? new EveryExhibit();
  }
}

/** Where STOP waits for its answer, and where a record cannot be read to its end, every exhibit counts as quarantined. */
async function readRecords(vault: UnlockedVault, onCase: (done: number, total: number) => void, signal?: AbortSignal): Promise<Records> {
  const quarantined = new Quarantined();
  const references = new Map<string, string>();
  const ids = await vault.caseIds().catch((error: unknown) => {
    if (isCoded(error, 'vault.altered')) return [];
    throw error;
  });
  for (const [index, id] of ids.entries()) {
    onCase(index, ids.length);
    if (signal?.aborted === true) break;
    const { state, whole } = await readRecord(vault, id);
    if (state === null) continue;
    references.set(id, state.opened.reference);
    if (whole && state.halt?.answered !== false) quarantined.set(id, new Set(state.exhibits.filter((exhibit) => exhibit.quarantined).map((exhibit) => exhibit.reference)));
  }
  return { quarantined, references };
}

/** The state as far as the record can be read. */
async function readRecord(vault: UnlockedVault, id: string): Promise<{ state: CaseState | null; whole: boolean }> {
  let state: CaseState | null = null;
  try {
    for await (const { header, body } of (await vault.openCase(id)).entries()) {
      state = applyEntry(state, { header, kind: header.kind, data: body.data } as unknown as AppliedEntry);
    }
    return { state, whole: true };
  } catch (error) {
    if (isCoded(error, 'auth.locked')) throw error;
    return { state, whole: false };
  }
}
