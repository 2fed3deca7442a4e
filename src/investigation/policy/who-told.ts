import type { ToldRow } from '../told.js';
import { concernCategory } from './concerns.js';

/** Somebody who can be told of a case. */
export interface TellablePerson {
  readonly id: ToldRow['who'];
  readonly title: string;
  /** Numbers of DOMAIN.md section 1, or its tags. */
  readonly source: string;
}

/** Whom S000 and S004 name for being told of an incident, those outside the school first. */
export const TELLABLE: readonly TellablePerson[] = [
  { id: 'police', title: 'The police', source: 'S000 #14, #26; S004 #78' },
  { id: 'lado', title: 'The LADO', source: 'S000 #26; S004 #76' },
  { id: 'childrens-services', title: 'Children’s services', source: 'S004 #72, #76' },
  { id: 'ceop', title: 'CEOP', source: 'S004 #67, #82' },
  { id: 'iwf', title: 'The IWF', source: 'IWF-FAQ' },
  { id: 'dsl', title: 'The designated safeguarding lead', source: 'S000 #38' },
  { id: 'head', title: 'The head', source: 'S000 #37; S004 #74' },
  { id: 'chair', title: 'The chair of governors', source: 'S004 #63b, #74' },
  { id: 'hr', title: 'The head of human resources', source: 'S004 #71, #80' },
  { id: 'chief-executive', title: 'The chief executive', source: 'S004 #80' },
  { id: 'parents', title: 'Parents or carers', source: 'S000 #28; S004 #60, #61, #68' },
  { id: 'other', title: 'Somebody else', source: 'S000 #26' },
];

/** Who was told, in words: the post, and the name or other words where some were written. */
export function toldTitle({ who, name }: Pick<ToldRow, 'who' | 'name'>): string {
  const title = TELLABLE.find(({ id }) => id === who)?.title ?? who;
  return name === '' ? title : who === 'other' ? name : `${title}: ${name}`;
}

/** Who was told, within a sentence: `the head (Mrs J. Okafor)`. */
export function toldInWords({ who, name }: Pick<ToldRow, 'who' | 'name'>): string {
  if (who === 'other') return name;
  const title = (TELLABLE.find(({ id }) => id === who)?.title ?? who).replace(/^(?:The|Parents|Children)\b/, (first) => first.toLowerCase());
  return name === '' ? title : `${title} (${name})`;
}

/** What {@link missingTold} looks at. */
export interface ToldQuestion {
  readonly subject: string;
  /** Categories of the concerns in the record. */
  readonly categories: readonly string[];
  readonly outcomes: readonly string[];
  readonly told: readonly ToldRow['who'][];
}

/**
 * Who is not down as told although the school's policies or the reviewers' own outcomes ask for it, a sentence for each. A hint and no rule:
 * telling may be somebody else's to do, or may have to wait.
 */
export function missingTold({ subject, categories, outcomes, told }: ToldQuestion): string[] {
  const none = (...who: readonly ToldRow['who'][]): boolean => !told.some((each) => who.includes(each));
  const trigger = categories.map(concernCategory).find((category) => category?.police === true);
  const staff = subject === 'staff';
  return [
    ...(none('police') && trigger !== undefined ? [`The police, because “${trigger.title}” is reported to them at once.`] : []),
    ...(none('police') && trigger === undefined && outcomes.includes('police') ? ['The police, because you chose that they are involved.'] : []),
    ...(none('lado') && staff ? ['The LADO, because it is about a member of staff.'] : []),
    ...(none('lado', 'childrens-services', 'ceop', 'iwf', 'other') && !staff && outcomes.includes('authority') ? ['The local authority or another organisation, because you chose that one is involved.'] : []),
    ...(none('head', 'chair') && staff ? ['The head, or the chair of governors if it is about the head.'] : []),
    ...(none('hr') && staff ? ['The head of human resources, who is told as soon as possible.'] : []),
    ...(none('chief-executive') && staff ? ['The chief executive, who is told as soon as possible.'] : []),
    ...(none('parents') && subject === 'pupil' ? ['Parents or carers, unless telling them could put a child at risk, get in the way of an investigation or cause undue delay.'] : []),
  ];
}
