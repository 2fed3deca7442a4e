import { OUTCOMES } from '../../../src/investigation/policy/outcomes.js';
import { sanctionWords } from '../../../src/investigation/policy/sanctions.js';
import { toldTitle } from '../../../src/investigation/policy/who-told.js';
import type { ToldRow } from '../../../src/investigation/told.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import { dateAndTime } from '../../logic/format.js';

/** What the two concluded, whole: substance, words, outcomes, sanctions and who was told. `since`: who was written down as told after it, where that is to stand with it. */
export function ConclusionWords({ conclusion, since }: { readonly conclusion: NonNullable<CaseView['conclusion']>; readonly since: readonly ToldRow[] }) {
  const outcomes = OUTCOMES.filter(({ id }) => conclusion.outcomes.includes(id));
  const told = [...(conclusion.told ?? []), ...since];
  return (
    <div className="conclusion-words">
      <p>The reviewers judged that this concern {conclusion.substance ? 'has' : 'does not have'} substance.</p>
      <p className="words-kept">{conclusion.text}</p>
      {outcomes.length > 0 && <List title="What should happen" lines={outcomes.map(({ title }) => title)} />}
      {conclusion.sanctions !== undefined && <List title="Sanctions" lines={conclusion.sanctions.map(sanctionWords)} />}
      {told.length === 0 ? <List title="Who was told" lines={['Nobody was written down']} /> : <ToldList title="Who was told" told={told} />}
    </div>
  );
}

/** Who was told, when and by whom, a line for each, under a title. */
export function ToldList({ title, told }: { readonly title: string; readonly told: readonly ToldRow[] }) {
  return <div><p><b>{title}</b></p><ToldLines told={told} /></div>;
}

/** The same without a title. */
export function ToldLines({ told }: { readonly told: readonly ToldRow[] }) {
  return <Lines lines={told.map((each) => `${toldTitle(each)}, ${dateAndTime(each.at)}, by ${each.by ?? each.byName}`)} />;
}

function List({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return <div><p><b>{title}</b></p><Lines lines={lines} /></div>;
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return <ul className="bullets">{lines.map((line, at) => <li key={at}>{line}</li>)}</ul>;
}
