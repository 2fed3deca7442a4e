import type { CallArguments } from '../../../src/ipc/contract.js';
import type { Problem } from '../../ui/error-summary.js';

type Kept = CallArguments<'pre-flight.add'>;

/** What "Before you begin" asks, while it is being answered. */
export interface PreFlightAnswers {
  readonly name: string;
  readonly position: string;
  readonly room: string;
  readonly hidden: 'yes' | 'no' | null;
  readonly exception: Kept['filter']['exception'] | null;
  readonly exceptionWords: string;
  readonly numbers: 'yes' | 'no' | null;
}

/** Before anything is answered: the room is the one from the set-up. */
export function emptyAnswers(room: string): PreFlightAnswers {
  return { name: '', position: '', room, hidden: null, exception: null, exceptionWords: '', numbers: null };
}

/** The answers of last time, to be confirmed. */
export function rememberedAnswers({ authorised, room, screenHidden, filter, numbers }: Kept): PreFlightAnswers {
  return { ...authorised, room, hidden: screenHidden ? 'yes' : 'no', exception: filter.exception, exceptionWords: filter.words, numbers: numbers ? 'yes' : 'no' };
}

/** The answers as they are kept, or what is missing. */
export function keptAnswers(answers: PreFlightAnswers): { readonly kept: Kept } | { readonly problems: readonly Problem[] } {
  const { name, position, room, hidden, exception, exceptionWords, numbers } = answers;
  const problems = [
    ...(name.trim() === '' ? [{ field: 'authorised-name', sentence: 'Enter who authorised this' }] : []),
    ...(position.trim() === '' ? [{ field: 'authorised-position', sentence: 'Enter their job title' }] : []),
    ...(room.trim() === '' ? [{ field: 'room', sentence: 'Enter which room you are in' }] : []),
    ...(hidden === null ? [{ field: 'screen-hidden', sentence: 'Choose whether anybody else can see the screen' }] : []),
    ...(exception === null ? [{ field: 'filter', sentence: 'Choose how the filter is set' }] : []),
    ...(exception === 'exception' && exceptionWords.trim() === '' ? [{ field: 'filter-words', sentence: 'Enter what the exception is and who asked for it' }] : []),
    ...(numbers === null ? [{ field: 'numbers', sentence: 'Choose whether the numbers are at hand' }] : []),
  ];
  if (problems.length > 0 || hidden === null || exception === null || numbers === null) return { problems };
  return { kept: { authorised: { name, position }, room, screenHidden: hidden === 'yes', filter: { exception, words: exception === 'exception' ? exceptionWords : '' }, numbers: numbers === 'yes' } };
}

/** How the filter can be set. */
export const FILTERS = [
  { id: 'as-usual', title: 'As usual' },
  { id: 'exception', title: 'With an exception for this' },
  { id: 'unknown', title: 'We do not know' },
] as const;
