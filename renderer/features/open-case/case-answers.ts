import type { CallArguments } from '../../../src/ipc/contract.js';
import { addressesIn } from '../../logic/address-list.js';

/** Whom a case concerns. */
export type Subject = CallArguments<'case.open'>['subject'];

/** How a report came up. */
export type Way = NonNullable<CallArguments<'case.open'>['cameUp']>['way'];

/** What opening a case asks. */
export interface CaseAnswers {
  readonly reference: string;
  readonly reason: string;
  readonly way: Way | null;
  readonly wayWords: string;
  readonly subject: Subject | null;
  /** As typed, one address a line. */
  readonly addresses: string;
  /** Those of them that are never opened. */
  readonly suspected: readonly string[];
  /** Initials of who has declared not to be concerned. */
  readonly declared: readonly string[];
}

/** Before anything is typed. */
export const EMPTY_CASE: CaseAnswers = { reference: '', reason: '', way: null, wayWords: '', subject: null, addresses: '', suspected: [], declared: [] };

/** So many reported addresses are taken when a case is opened. */
export const MOST_REPORTED = 100;

/** The addresses apart: those that are never opened, and those that may be. */
export function sortedAddresses({ addresses, suspected }: Pick<CaseAnswers, 'addresses' | 'suspected'>): { readonly never: string[]; readonly reported: string[] } {
  const typed = addressesIn(addresses);
  return { never: typed.filter((address) => suspected.includes(address)), reported: typed.filter((address) => !suspected.includes(address)) };
}

/** Props of every page of opening a case. */
export interface CasePageProps {
  readonly answers: CaseAnswers;
  /** Which of the steps this is. */
  readonly caption: string;
  readonly onChange: (part: Partial<CaseAnswers>) => void;
  readonly onDone: () => void;
  readonly onBack: () => void;
}
