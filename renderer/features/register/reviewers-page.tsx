import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { ReviewerView } from '../../../src/ipc/admin-state.js';
import { shortDay } from '../../logic/format.js';
import { roleTitle } from '../../logic/roles.js';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Badge } from '../../ui/people.js';
import { RegisterHeading, type RegisterPageProps } from './register-form.js';
import { RemoveReviewer } from './remove-reviewer.js';
import { ReplaceKeys } from './replace-keys.js';

/** Who can sign in and who could once; the way to enrol, to remove and to new keys. */
export function ReviewersPage(props: RegisterPageProps) {
  const { admin, signedIn } = props;
  const [removing, setRemoving] = useState<ReviewerView | null>(null);
  const [replacing, setReplacing] = useState<ReviewerView | null>(null);
  if (replacing !== null) return <ReplaceKeys {...props} reviewer={replacing} onClose={() => { setReplacing(null); }} />;
  if (removing !== null) return <RemoveReviewer {...props} reviewer={removing} onClose={() => { setRemoving(null); }} />;
  const active = admin.reviewers.filter(({ status }) => status === 'active');
  const removed = admin.reviewers.filter(({ status }) => status === 'removed');
  const present = new Set(signedIn.map(({ initials }) => initials));
  return (
    <div className="stack-wide">
      <RegisterHeading title="Reviewers"><p className="lead">Any two of these people can sign in together. Nobody can alone.</p></RegisterHeading>
      {active.length === 2 && <p>With only two, neither can be away. Enrol a third, so that two are always there.</p>}
      <Button look="primary" large onPress={() => { goTo('enrol'); }}><UserPlus size={20} aria-hidden="true" />Enrol a reviewer</Button>
      <ul className="people" aria-label="Reviewers who can sign in">
        {active.map((reviewer) => (
          <PersonRow key={reviewer.initials} reviewer={reviewer} present={present.has(reviewer.initials)}>
            {present.has(reviewer.initials)
              ? <Button onPress={() => { setReplacing(reviewer); }}>Replace keys<span className="unseen"> of {reviewer.name}</span></Button>
              : <Button onPress={() => { setRemoving(reviewer); }}>Remove<span className="unseen"> {reviewer.name}</span></Button>}
          </PersonRow>
        ))}
      </ul>
      <p className="muted small">Somebody who is signed in cannot be removed: two others sign in first. At least two reviewers always stay.</p>
      {removed.length > 0 && (
        <section className="stack-tight">
          <h2>Removed</h2>
          <ul className="people" aria-label="Reviewers who were removed">{removed.map((reviewer) => <PersonRow key={reviewer.initials} reviewer={reviewer} />)}</ul>
        </section>
      )}
    </div>
  );
}

function PersonRow({ reviewer, present = false, children }: { readonly reviewer: ReviewerView; readonly present?: boolean; readonly children?: React.ReactNode }) {
  const { initials, name, position, role, status, removedAt, keysReplacedAt, passphraseSince, changeDue } = reviewer;
  return (
    <li>
      <Badge initials={initials} />
      <div className="people-who"><p className="person-name">{name}</p><p className="muted small">{position} · {initials}</p>{present && <p><span className="tag tag-accent">Signed in</span></p>}</div>
      <div className="people-facts small">
        <p>{roleTitle(role)}</p>
        {status === 'active' && <p className="muted">{passphraseSince === null ? 'When the passphrase was set is not known' : `Passphrase set ${shortDay(passphraseSince)}`}</p>}
        {status === 'active' && changeDue && <p><span className="tag tag-warn">Passphrase due for a change</span></p>}
        {keysReplacedAt !== null && <p className="muted">Keys replaced {shortDay(keysReplacedAt)}</p>}
        {removedAt !== null && <p className="muted">Removed {shortDay(removedAt)}. What was signed before stays valid.</p>}
      </div>
      <div className="people-act">{children}</div>
    </li>
  );
}
