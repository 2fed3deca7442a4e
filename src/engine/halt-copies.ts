import type { EntryData } from '../record/kinds.js';
import type { UnlockedVault } from '../vault/vault.js';
import type { WholeEntry } from '../vault/entry-row.js';
import type { CaseRecord } from './case-record.js';

/** What of a quarantined exhibit left the case before it was quarantined: for the police to know of, never for us to open. */
export interface HaltCopies {
  /** Bundles; `tagManifest` is null for one that may not have been finished. */
  readonly bundles: readonly { readonly at: string; readonly recipient: string; readonly tagManifest: string | null; readonly exhibits: readonly string[] }[];
  readonly backups: readonly { readonly at: string; readonly place: string; readonly exhibits: readonly string[] }[];
}

/** No copy is known. */
export const NO_COPIES: HaltCopies = { bundles: [], backups: [] };

/** Every bundle and every backup that holds a quarantined exhibit of the case. @throws CodedError `auth.locked`, `vault.*` */
export async function copiesOf(record: CaseRecord, vault: Pick<UnlockedVault, 'backups'>): Promise<HaltCopies> {
  const sealed = record.state.exhibits.filter((exhibit) => exhibit.quarantined);
  if (sealed.length === 0) return NO_COPIES;
  const backups = (await vault.backups()).filter((backup) => backup.cases.includes(record.store.id));
  return {
    bundles: bundlesWith(await record.ofKinds(['quarantine', 'export', 'export-finished']), sealed),
    backups: backups.map(({ at, place }) => ({ at, place, exhibits: sealed.filter((exhibit) => exhibit.at <= at).map((exhibit) => exhibit.reference) })).filter((backup) => backup.exhibits.length > 0),
  };
}

function bundlesWith(entries: readonly WholeEntry[], sealed: readonly { readonly reference: string; readonly seq: number }[]): HaltCopies['bundles'] {
  const quarantinedAt = new Map(entries.filter(({ header }) => header.kind === 'quarantine').map(({ header, body }) => [(body.data as EntryData<'quarantine'>).exhibit, header.seq]));
  return entries.flatMap(({ header, body }, index) => {
    if (header.kind !== 'export') return [];
    const held = sealed.filter((exhibit) => exhibit.seq < header.seq && (quarantinedAt.get(exhibit.reference) ?? 0) > header.seq).map((exhibit) => exhibit.reference);
    const finished = entries.slice(index + 1).find((entry) => entry.header.kind === 'export-finished' || entry.header.kind === 'export');
    const result = finished?.header.kind === 'export-finished' ? (finished.body.data as EntryData<'export-finished'>) : null;
    if (held.length === 0 || (result !== null && result.code !== null)) return [];
    return [{ at: header.at, recipient: (body.data as EntryData<'export'>).recipient, tagManifest: result?.tagManifest ?? null, exhibits: held }];
  });
}
