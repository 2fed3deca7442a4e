import { useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import type { DestructionDone } from '../../../src/ipc/admin-state.js';
import type { CaseSummary } from '../../../src/ipc/state.js';
import { shortDay } from '../../logic/format.js';
import { dueFirst } from '../../logic/review.js';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Finished } from '../../ui/status.js';
import { ReviewTag } from '../cases/review-tag.js';
import { DestroyCase } from './destroy-case.js';
import { DestructionFacts } from './destructions-page.js';
import { RegisterHeading, type RegisterPageProps } from './register-form.js';

/** Chooses a sealed case to destroy, then destroys it, then says what is certain. */
export function DestroyPage(props: RegisterPageProps) {
  const [chosen, setChosen] = useState<CaseSummary | null>(null);
  const [done, setDone] = useState<DestructionDone | null>(null);
  if (done !== null) return <Destroyed done={done} />;
  if (chosen !== null) return <DestroyCase {...props} chosen={chosen} onBack={() => { setChosen(null); }} onDone={setDone} />;
  return <ChooseCase app={props.app} onChoose={setChosen} />;
}

function ChooseCase({ app, onChoose }: Pick<RegisterPageProps, 'app'> & { readonly onChoose: (chosen: CaseSummary) => void }) {
  const [query, setQuery] = useState('');
  const sealed = dueFirst(app.cases.filter((each) => each.phase === 'sealed'), Date.now());
  const wanted = query.trim().toLowerCase();
  const found = sealed.filter((each) => `${each.reference} ${each.reason}`.toLowerCase().includes(wanted));
  return (
    <div className="stack-wide">
      <RegisterHeading title="Destroy a case">
        <p className="lead">Only sealed cases can be destroyed, one at a time, by both of you. A certificate of destruction stays for ever.</p>
      </RegisterHeading>
      {sealed.length === 0
        ? <p>There is no sealed case on this computer, so there is nothing that can be destroyed.</p>
        : (
          <>
            {sealed.length > 5 && (
              <SearchField className="field case-search" value={query} onChange={setQuery}>
                <Label className="field-label">Search by reference or reason</Label>
                <Input className="input" spellCheck={false} autoComplete="off" />
              </SearchField>
            )}
            <p className="unseen" role="status">{wanted === '' ? '' : `${found.length} found`}</p>
            {found.length === 0 && <p>No sealed case has “{query.trim()}” in its reference or reason.</p>}
            <ul className="register-rows" aria-label="Sealed cases">
              {found.map((each) => (
                <li key={each.id} className="register-row-act">
                  <div><p><b className="wrap-anywhere">{each.reference}</b> <ReviewTag reviewOn={each.reviewOn} /></p><p className="wrap-anywhere">{each.reason}</p><p className="small muted">Opened {shortDay(each.openedAt)}</p></div>
                  <Button onPress={() => { onChoose(each); }}>Destroy…<span className="unseen"> case {each.reference}</span></Button>
                </li>
              ))}
            </ul>
          </>
        )}
    </div>
  );
}

function Destroyed({ done }: { readonly done: DestructionDone }) {
  return (
    <Finished title={`Case ${done.certificate.reference} is destroyed`}>
      <DestructionFacts certificate={done.certificate} facts={done.facts} />
      <Button onPress={() => { goTo('destructions'); }}>All certificates of destruction</Button>
    </Finished>
  );
}
