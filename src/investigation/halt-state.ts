import type { EntryHeader } from '../record/entry.js';
import type { EntryData } from '../record/kinds.js';

/** A halt as the record tells of it. */
export interface HaltState {
  /** Place in the record of STOP or, where nobody pressed it, of the halt. */
  readonly seq: number;
  readonly at: string;
  /** False between STOP and the reviewers' answer; nothing is allowed either way. */
  readonly answered: boolean;
  readonly by: readonly string[];
  readonly cause: EntryData<'halt'>['cause'];
  readonly sentence: string;
  readonly view: string | null;
  readonly url: string | null;
  /** References of the exhibits that stood on the screen when STOP was pressed. */
  readonly shown?: readonly string[];
  readonly steps: Readonly<Record<string, { by: readonly string[]; at: string }>>;
  readonly calls: readonly (EntryData<'police-call'> & { seq: number; by: readonly string[] })[];
  /** What the LADO or the police advised since, in a case that may be about a member of staff. */
  readonly advice: readonly (EntryData<'staff-advice'> & { seq: number; by: readonly string[] })[];
  readonly released: boolean;
  /** How it ended, with both reviewers' passphrases; null while it stands. */
  readonly ended: (EntryData<'halt-ended'> & { readonly at: string; readonly by: readonly string[] }) | null;
}

/** What a halt begins with. */
export const NEW_HALT = { steps: {}, calls: [], advice: [], released: false, ended: null } as const;

type Changing = 'halt-step' | 'police-call' | 'staff-advice' | 'halt-released';
type ChangesHalt = { [K in Changing]: { readonly header: Pick<EntryHeader, 'at' | 'by' | 'seq'>; readonly kind: K; readonly data: EntryData<K> } }[Changing];

/** A halt once a step, a call, advice or its release has been added. */
export function changeHalt(halt: HaltState, entry: ChangesHalt): HaltState {
  const { at, by, seq } = entry.header;
  switch (entry.kind) {
    case 'halt-step': {
      const steps = { ...halt.steps };
      if (entry.data.done) steps[entry.data.step] = { by, at };
      else delete steps[entry.data.step];
      return { ...halt, steps };
    }
    case 'police-call':
      return { ...halt, calls: [...halt.calls, { ...entry.data, seq, by }] };
    case 'staff-advice':
      return { ...halt, advice: [...halt.advice, { ...entry.data, seq, by }] };
    case 'halt-released':
      return { ...halt, released: true };
  }
}
