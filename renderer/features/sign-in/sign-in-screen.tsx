import { Fragment, useState } from 'react';
import { Form } from 'react-aria-components';
import type { AppState, ReviewerBadge } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary, problemOf, problemOfPerson, type Problem } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import { Brand, Mark } from '../../ui/mark.js';
import { Page } from '../../ui/page.js';
import { nextHand } from '../../ui/next-hand.js';
import { PassphraseField } from '../../ui/passphrase-field.js';
import { Badge } from '../../ui/people.js';
import { WorkProgress } from '../../ui/progress.js';
import { Select } from '../../ui/select.js';
import { useAction } from '../../ui/use-action.js';
import { StartPractice } from '../practice/start-practice.js';
import { Purpose } from './purpose.js';
import { Restored } from './restored.js';
import { CrisisBanner } from './crisis-banner.js';
import './sign-in.css';

type Hand = 'first' | 'second';
const EMPTY = { first: '', second: '' };

/** Two people side by side, each a name and a passphrase. */
export function SignInScreen() {
  const app = useScreens((screens) => screens.app);
  return app === null ? null : <SignIn app={app} />;
}

function SignIn({ app }: { readonly app: AppState }) {
  const { reviewers } = app;
  const [chosen, setChosen] = useState<Record<Hand, string | null>>(() =>
    reviewers.length === 2 ? { first: reviewers[0]?.initials ?? null, second: reviewers[1]?.initials ?? null } : { first: null, second: null });
  const [typed, setTyped] = useState(EMPTY);
  const action = useAction();
  // Two people may sit the other way round: the name that the other card shows moves over.
  const choose = (hand: Hand, initials: string): void => {
    const other = hand === 'first' ? 'second' : 'first';
    setChosen({ [hand]: initials, [other]: chosen[other] === initials ? chosen[hand] : chosen[other] } as Record<Hand, string | null>);
    setTyped(EMPTY);
  };
  const submit = async (): Promise<void> => {
    const { first, second } = chosen;
    if (!action.check(problemsOf(chosen, typed, reviewers)) || first === null || second === null) return;
    const passphrases = typed;
    setTyped(EMPTY);
    await action.run(() => client.call('sign-in', { first: { initials: first, passphrase: passphrases.first }, second: { initials: second, passphrase: passphrases.second } }));
  };
  return (
    <Page bare>
      <div className="sign-in stack-wide">
        {app.crisis !== null && <CrisisBanner app={app} crisis={app.crisis} onCall={() => { goTo('log-call'); }} />}
        <Restored />
        <div className="stack-tight">
          <Brand />
          <PageHeading title="Two people sign in together" />
          <p className="lead">Nothing on this computer can be opened, captured or sent by one person alone. That protects the children, and it protects you.</p>
        </div>
        <ErrorSummary problems={action.problems} />
        <Form className="stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <div className="signatures">
            {(['first', 'second'] as const).map((hand) => (
              <Fragment key={hand}>
                {hand === 'second' && <Mark quiet />}
                <SignInCard
                  hand={hand} reviewers={reviewers} chosen={chosen[hand]} onChoose={(initials) => { choose(hand, initials); }}
                  typed={typed[hand]} otherTyped={typed[hand === 'first' ? 'second' : 'first']} onType={(text) => { setTyped((before) => ({ ...before, [hand]: text })); }} problems={action.problems}
                />
              </Fragment>
            ))}
          </div>
          <div className="row sign-in-actions">
            <Button type="submit" look="primary" large pending={action.pending}>Sign in</Button>
            <Button look="link" onPress={() => { goTo('verify'); }}>Check a bundle without signing in</Button>
            {app.practice === undefined && <Button look="link" onPress={() => { goTo('recover'); }}>One of us cannot sign in</Button>}
            {app.practice === undefined && app.crisis === null && <StartPractice />}
          </div>
          <WorkProgress task="sign-in" />
        </Form>
        <Purpose />
      </div>
    </Page>
  );
}

interface SignInCardProps {
  readonly hand: Hand;
  readonly reviewers: readonly ReviewerBadge[];
  readonly chosen: string | null;
  readonly onChoose: (initials: string) => void;
  readonly typed: string;
  readonly otherTyped: string;
  readonly onType: (text: string) => void;
  readonly problems: readonly Problem[];
}

function SignInCard({ hand, reviewers, chosen, onChoose, typed, otherTyped, onType, problems }: SignInCardProps) {
  const reviewer = reviewers.find((each) => each.initials === chosen);
  const title = hand === 'first' ? 'First reviewer' : 'Second reviewer';
  return (
    <div className="card stack" role="group" aria-label={title} data-person={chosen ?? undefined} onKeyDownCapture={nextHand({ own: typed, other: otherTyped, field: `${hand === 'first' ? 'second' : 'first'}-passphrase` })}>
      <div className="person">
        <Badge initials={reviewer?.initials ?? '–'} />
        <div><h2 className="sign-in-title">{title}</h2><p className="muted small">{reviewer?.position ?? 'Choose a name'}</p></div>
      </div>
      <Select
        id={`${hand}-name`} label="Name" options={reviewers.map(({ initials, name }) => ({ id: initials, title: name }))} value={chosen} onChange={onChoose} placeholder="Choose your name"
        error={problemOf(problems, `${hand}-name`)}
      />
      <PassphraseField
        id={`${hand}-passphrase`} label="Passphrase" person={reviewer?.name ?? 'this reviewer'} value={typed} onChange={onType} hint="Only this person types here. The other looks away."
        error={problemOf(problems, `${hand}-passphrase`) ?? problemOfPerson(problems, chosen ?? '')}
      />
    </div>
  );
}

function problemsOf(chosen: Record<Hand, string | null>, typed: Record<Hand, string>, reviewers: readonly ReviewerBadge[]): Problem[] {
  return (['first', 'second'] as const).flatMap((hand) => {
    const name = reviewers.find((reviewer) => reviewer.initials === chosen[hand])?.name;
    if (name === undefined) return [{ field: `${hand}-name`, sentence: `Choose the ${hand} reviewer’s name` }];
    return typed[hand] === '' ? [{ field: `${hand}-passphrase`, sentence: `${name} must type their passphrase` }] : [];
  });
}
