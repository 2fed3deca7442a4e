import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { CaseView, QuestionView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { addressParts } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { Note } from '../../ui/note.js';
import { PassphraseField } from '../../ui/passphrase-field.js';
import { signedInReviewers } from '../../ui/people.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import { useDesk } from './desk.js';

type Asked = Extract<QuestionView, { kind: 'password' }>;

/** A site that wants a user name and a password: one reviewer types them; they are gone from here in the turn in which they are sent. */
export function PasswordQuestion({ app, view, question }: { readonly app: AppState; readonly view: CaseView; readonly question: Asked }) {
  const place = `${question.origin} ${question.realm}`;
  const [again] = useState(() => useDesk.getState().sentTo === place);
  const [by, setBy] = useState(view.heldBy);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const action = useAction();
  const reviewers = signedInReviewers(app.reviewers, app.signedIn);
  const answer = (credentials: { username: string; password: string } | null): void => {
    setUsername('');
    setPassword('');
    useDesk.setState({ sentTo: credentials === null ? null : place });
    void action.run(() => client.call('question.answer', { id: question.id, by, answer: { kind: 'password', credentials } }));
  };
  const submit = (): void => {
    const problems = [
      ...(username === '' ? [{ field: 'site-name', sentence: 'Type the user name' }] : []),
      ...(password === '' ? [{ field: 'site-password', sentence: 'Type the password' }] : []),
    ];
    if (action.check(problems)) answer({ username, password });
  };
  return (
    <Form className="stack-wide" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <ErrorSummary problems={action.problems} />
      <p><b className="wrap-anywhere">{addressParts(question.url).host}</b> asks for a user name and a password{question.realm === '' ? '' : <> for “{question.realm}”</>}. They go to this site alone, are used once and are never kept. The record says who gave them, not what they were.</p>
      {again && <Note tone="warn"><p>The site asks again. It did not take the user name and password that you sent.</p></Note>}
      {!question.url.startsWith('https:') && <Note tone="warn"><p>The connection is not encrypted. Others on the network could read the password.</p></Note>}
      <Who id="site-by" label="Who types them?" reviewers={reviewers} value={by} onChange={setBy} />
      <div className="question-fields">
        <TextField id="site-name" label="User name" value={username} onChange={setUsername} error={problemOf(action.problems, 'site-name')} />
        <PassphraseField id="site-password" label="Password" person={reviewers.find(({ initials }) => initials === by)?.name ?? by} value={password} onChange={setPassword} error={problemOf(action.problems, 'site-password')} />
      </div>
      <div className="row">
        <Button type="submit" look="primary" large pending={action.pending}>Send and open</Button>
        <Button large isDisabled={action.pending} onPress={() => { answer(null); }}>Give none</Button>
      </div>
    </Form>
  );
}
