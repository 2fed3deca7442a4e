import { useState } from 'react';
import type { CaseView, RecordItem } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { hostOf } from '../../logic/format.js';
import { useScreens } from '../../store.js';
import { Panel } from '../../ui/panel.js';
import { signedInReviewers } from '../../ui/people.js';
import { WorkProgress } from '../../ui/progress.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import './lists.css';

const KINDS: ReadonlySet<string> = new Set(['dns-answers', 'registration', 'public-address']);

/** Asks public registers who is behind the page, and shows what is known of where it comes from. */
export function WhereFromPanel({ app, view, onClose }: { readonly app: AppState; readonly view: CaseView; readonly onClose: () => void }) {
  const [by, setBy] = useState(view.heldBy);
  const [asked, setAsked] = useState(false);
  const record = useScreens((screens) => screens.record);
  const action = useAction();
  const { rdap, publicAddress } = app.network;
  const host = view.page === null ? '' : hostOf(view.page.url);
  const submit = async (): Promise<void> => {
    setAsked(false);
    setAsked(await action.run(() => client.call('where-from.ask', { by })));
  };
  const found = (record ?? []).filter(({ kind }) => KINDS.has(kind)).slice(-8);
  return (
    <Panel title="Where this page comes from" problems={action.problems} submit="Ask the registers" closeLabel="Close" pending={action.pending} onSubmit={() => { void submit(); }} onClose={onClose}>
      <p>{host === '' ? 'Open a page first.' : <>Public registers know who holds a name such as <b>{host}</b>, and its address. What they answer goes into the record, as their word.</>}</p>
      <p className="small muted">{whoLearns(rdap, publicAddress)} Nothing is asked of the site itself.</p>
      <Who id="where-from-by" label="Who asks?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={by} onChange={setBy} />
      {action.pending && <WorkProgress task="look-up" cancel={false} />}
      <div role="status">{asked && <p>The answers are in the record.</p>}</div>
      {found.length > 0 && <Answers items={found} />}
    </Panel>
  );
}

function Answers({ items }: { readonly items: readonly RecordItem[] }) {
  return (
    <section className="stack-tight">
      <h3>In the record</h3>
      <ul className="stack-tight where-from">{items.map(({ seq, line, detail }) => <li key={seq}><p>{line}</p>{detail !== null && detail !== '' && <p className="small muted">{detail}</p>}</li>)}</ul>
    </section>
  );
}

function whoLearns(rdap: string | null, publicAddress: string | null): string {
  const named = [rdap, publicAddress].flatMap((url) => (url === null ? [] : [hostOf(url)]));
  return named.length === 0 ? 'The settings under Network name no register, so nobody can be asked.' : `${named.join(' and ')} will learn that this computer asked.`;
}
