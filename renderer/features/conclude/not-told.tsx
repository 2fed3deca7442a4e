import type { ReactNode } from 'react';
import { missingTold, type ToldQuestion } from '../../../src/investigation/policy/who-told.js';
import type { ToldRow } from '../../../src/investigation/told.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { Note } from '../../ui/note.js';

const ROLES: Readonly<Record<string, ToldRow['who'] | undefined>> = { dsl: 'dsl', head: 'head', 'chair-of-governors': 'chair' };

interface NotToldProps {
  readonly app: AppState;
  readonly view: CaseView;
  /** While the conclusion is written: what is chosen and written down so far. Absent: what the record says. */
  readonly draft?: Pick<ToldQuestion, 'outcomes' | 'told'>;
  readonly advice: ReactNode;
}

/** Who is not down as told although the policies ask for it: a hint, with what to do where that is right. A reviewer who is the head knows already. */
export function NotTold({ app, view, draft, advice }: NotToldProps) {
  const { outcomes, told } = draft ?? { outcomes: view.conclusion?.outcomes ?? [], told: [...(view.conclusion?.told ?? []), ...(view.toldSince ?? []), ...(view.told ?? [])].map(({ who }) => who) };
  const know = (app.admin?.reviewers ?? []).filter(({ initials }) => app.signedIn?.includes(initials) === true).flatMap(({ role }) => ROLES[role] ?? []);
  const missing = missingTold({ subject: view.subject, categories: view.concerns.map(({ category }) => category), outcomes, told: [...told, ...know] });
  if (missing.length === 0) return null;
  return (
    <Note>
      <p><b>Nobody has written down that these were told:</b></p>
      <ul className="bullets">{missing.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
      <p>{advice}</p>
    </Note>
  );
}
