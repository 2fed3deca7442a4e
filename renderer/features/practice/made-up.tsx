import { useState } from 'react';
import { useScreens } from '../../store.js';
import { practiceAddresses } from '../../logic/practice.js';
import { Button } from '../../ui/button.js';
import { Note } from '../../ui/note.js';
import { Status } from '../../ui/status.js';
import type { CaseAnswers } from '../open-case/case-answers.js';
import type { PreFlightAnswers } from '../pre-flight/pre-flight-answers.js';

/** Answers to what opening a case asks, for a practice with this website. What the two declare is left to them. */
export function madeUpCase(site: string): CaseAnswers {
  return {
    reference: 'P-1', reason: 'A parent reported that a pupil is mocked on a forum.', way: 'parent', wayWords: 'Mrs Green, by telephone to the office.', subject: 'pupil',
    addresses: practiceAddresses(site).join('\n'), suspected: [], declared: [],
  };
}

/** Answers to what is asked before browsing, in the room of the practice. */
export function madeUpBeginning(room: string): PreFlightAnswers {
  return { name: 'Ada Okafor', position: 'Head', room, hidden: 'yes', exception: 'as-usual', exceptionWords: '', numbers: 'yes' };
}

/** In a practice, an offer to fill in what would otherwise be typed, and then that it is `done`; elsewhere nothing. */
export function MadeUp({ says, button, done = '', onUse }: { readonly says: string; readonly button: string; readonly done?: string; readonly onUse: (site: string) => void }) {
  const [used, setUsed] = useState(false);
  const practice = useScreens((screens) => screens.app?.practice);
  if (practice === undefined) return null;
  const use = (): void => {
    setUsed(true);
    onUse(practice.site);
  };
  return <Note><div className="stack-tight"><p>{says}</p><p><Button onPress={use}>{button}</Button></p><Status>{used && done}</Status></div></Note>;
}
