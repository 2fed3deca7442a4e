import type { CallArguments } from '../../../src/ipc/contract.js';

/** Whom a case concerns. */
export type Subject = CallArguments<'case.open'>['subject'];

/** What opening a case asks; `suspected` as typed, one address a line. */
export interface CaseAnswers {
  readonly reference: string;
  readonly reason: string;
  readonly subject: Subject | null;
  readonly suspected: string;
}

/** Before anything is typed. */
export const EMPTY_CASE: CaseAnswers = { reference: '', reason: '', subject: null, suspected: '' };

/** The addresses that were typed, one a line, without empty lines. */
export function suspectedAddresses(typed: string): string[] {
  return typed.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

/** Props of every page of opening a case. */
export interface CasePageProps {
  readonly answers: CaseAnswers;
  readonly onChange: (part: Partial<CaseAnswers>) => void;
  readonly onDone: () => void;
  readonly onBack: () => void;
}
