import { useState } from 'react';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { problemOf } from '../../ui/error-summary.js';
import { Panel } from '../../ui/panel.js';
import { signedInReviewers } from '../../ui/people.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { TextArea } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';

/** Both sign what the police said; then the computer can be used again, the case stays halted. */
export function ReleasePanel({ app, onClose }: { readonly app: AppState; readonly onClose: () => void }) {
  const reviewers = signedInReviewers(app.reviewers, app.signedIn);
  const [text, setText] = useState('');
  const signatures = useSignatures(reviewers);
  const action = useAction();
  const submit = async (): Promise<void> => {
    const problems = [...(text.trim() === '' ? [{ field: 'release-text', sentence: 'Write what the police said about using this computer' }] : []), ...signatures.missing()];
    if (!action.check(problems)) return;
    const credentials = signatures.take();
    if (await action.run(() => client.call('halt.release', { ...credentials, text }))) onClose();
  };
  return (
    <Panel title="Both of you sign" problems={action.problems} submit="Sign together" pending={action.pending} onSubmit={() => { void submit(); }} onClose={onClose}>
      <p>Sign only when the police have said that this computer may be used again. “Leave it on” or “wait for us” is not that. Other cases can then be opened here. This case stays halted.</p>
      <TextArea id="release-text" label="What did the police say about using this computer?" rows={3} value={text} onChange={setText} error={problemOf(action.problems, 'release-text')} />
      <SignatureCards narrow reviewers={reviewers} signatures={signatures} problems={action.problems} />
    </Panel>
  );
}
