import { createHash, X509Certificate } from 'node:crypto';
import { entryHash, type Entry, type EntryHeader, type EntrySignature } from '../../record/entry.js';
import type { ToldRow } from '../../investigation/told.js';
import { KIND_SCHEMAS, type EntryData, type EntryKind } from '../../record/kinds.js';
import type { Sha256 } from '../../record/ports.js';
import type { BundleInput } from '../bundle-input.js';
import type { Preview } from '../preview.js';
import { PictureList } from './pictures.js';

/** An entry of one kind whose body is here. */
export interface Told<K extends EntryKind> {
  readonly header: EntryHeader;
  readonly data: EntryData<K>;
  readonly signatures: readonly EntrySignature[];
}

/** Somebody who was told, which entry says so, and the place of the line in it. */
export interface Telling {
  readonly seq: number;
  readonly at: number;
  readonly row: ToldRow;
}

/** A certificate as the annex names it. */
export interface CertificateFact {
  readonly role: string;
  readonly subject: string;
  readonly fingerprint: string;
  readonly validFrom: string;
  readonly validTo: string;
}

/** A line of the sheet of what is withheld. */
export type Withheld = NonNullable<EntryData<'export'>['disclosure']>['withheld'][number];

/** Everything that the report is written from. */
export interface ReportFacts {
  readonly input: BundleInput;
  /** UTC instant of the export. */
  readonly at: string;
  readonly previews: ReadonlyMap<string, Preview>;
  /** Fills while the page is written. */
  readonly pictures: PictureList;
  readonly opened: EntryData<'case-opened'> | null;
  readonly certificates: readonly CertificateFact[];
  /** Hash of the last entry. */
  readonly head: string;
  /** References of exhibits that a halt put out of reach. */
  readonly quarantined: ReadonlySet<string>;
  /** The sheet of what is withheld from this copy, as its own `export` entry has it. */
  readonly withheld: readonly Withheld[];
  /** Every entry of `kind` whose body is here, in order. */
  told<K extends EntryKind>(kind: K): Told<K>[];
  /** Everyone who was told, by the conclusion and then by what was added to it, each with the entry that says so. */
  tellings(): Telling[];
  /** How many entries of `kinds` there are whose bodies are withheld from this copy. */
  hidden(...kinds: EntryKind[]): number;
  /** A reviewer's name for initials, or the initials. */
  name(initials: string): string;
}

/** Reads the facts of a report from a bundle's input. */
export function reportFacts(input: BundleInput, at: string, previews: ReadonlyMap<string, Preview>, sha256: Sha256): ReportFacts {
  function told<K extends EntryKind>(kind: K): Told<K>[] {
    return input.entries.flatMap((entry) => {
      const data = dataOf(entry, kind);
      return data === null ? [] : [{ header: entry.header, data, signatures: entry.signatures }];
    });
  }
  const tellings = (): Telling[] => [...told('conclusion'), ...told('addendum')].flatMap(({ header, data }) => (data.told ?? []).map((row, at) => ({ seq: header.seq, at, row })));
  const opened = told('case-opened')[0]?.data ?? null;
  const names = new Map([...(opened?.reviewers ?? []), ...input.signers].map((person) => [person.initials, person.name]));
  const last = input.entries.at(-1);
  return {
    input, at, previews, pictures: new PictureList(), opened, told, tellings,
    certificates: [certificateFact('Root of this installation', input.certificates.rootPem), ...input.certificates.reviewerPems.map((pem) => certificateFact('Reviewer', pem))],
    head: last === undefined ? '' : entryHash(last.header, sha256),
    quarantined: new Set(told('quarantine').map((entry) => entry.data.exhibit)),
    withheld: (last === undefined ? null : dataOf(last, 'export'))?.disclosure?.withheld ?? [],
    hidden: (...kinds) => input.entries.filter((entry) => entry.body === null && kinds.includes(entry.header.kind)).length,
    name: (initials) => names.get(initials) ?? initials,
  };
}

/** The data of `entry` when it is of `kind` and not withheld. */
export function dataOf<K extends EntryKind>(entry: Entry, kind: K): EntryData<K> | null {
  if (entry.header.kind !== kind || entry.body === null) return null;
  const parsed = KIND_SCHEMAS[kind].safeParse(entry.body.data);
  return parsed.success ? (parsed.data as EntryData<K>) : null;
}

function certificateFact(role: string, pem: string): CertificateFact {
  const certificate = new X509Certificate(pem);
  return {
    role,
    subject: certificate.subject.split('\n').join(', '),
    fingerprint: createHash('sha256').update(certificate.raw).digest('hex'),
    validFrom: new Date(certificate.validFrom).toISOString(),
    validTo: new Date(certificate.validTo).toISOString(),
  };
}
