import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { FlagListView } from '../../../src/ipc/lists-contract.js';
import { client } from '../../client.js';
import { holdsOf, listsInForce, listsRemoved } from '../../logic/flag-lists.js';
import { count, listOf, number, shortDateAndTime } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { Loading } from '../../ui/loading.js';
import { useLoaded } from '../../ui/use-loaded.js';
import { ImportList } from './import-list.js';
import { Damaged, ListDetail } from './list-detail.js';
import { RegisterHeading, type RegisterPageProps } from './register-form.js';

/** Every list, with those that were removed. */
export const fetchLists = async (): Promise<readonly FlagListView[]> => (await client.call('lists.list', {})).lists;

/** Flag lists: those in force, the import, and one by itself. */
export function ListsPage({ signedIn, onHold }: RegisterPageProps & { readonly onHold: (held: boolean) => void }) {
  const { loaded, reload } = useLoaded(fetchLists);
  const [shown, setShown] = useState<'all' | 'import' | FlagListView>('all');
  const close = (): void => { setShown('all'); };
  if (shown === 'import') return <ImportList signedIn={signedIn} onHold={onHold} onImported={reload} onClose={close} />;
  if (shown !== 'all') return <ListDetail list={shown} signedIn={signedIn} onRemoved={reload} onClose={close} />;
  return (
    <div className="stack-wide">
      <RegisterHeading title="Flag lists"><p className="lead">Addresses and hashes of files that halt a case as soon as they turn up. None comes with the app, and the app fetches none.</p></RegisterHeading>
      <Loading what="the lists" loaded={loaded} reload={reload}>{(lists) => <AllLists lists={lists} onImport={() => { setShown('import'); }} onShow={setShown} />}</Loading>
      <WhatListsDo />
    </div>
  );
}

function AllLists({ lists, onImport, onShow }: { readonly lists: readonly FlagListView[]; readonly onImport: () => void; readonly onShow: (list: FlagListView) => void }) {
  const inForce = listsInForce(lists);
  const removed = listsRemoved(lists);
  return (
    <>
      {inForce.some(({ damaged }) => damaged) && <Damaged />}
      {inForce.length === 0
        ? <Empty title="No list is in force"><p>You can work without one. If the police or your filtering provider hand you a list, import it here.</p></Empty>
        : <ListTable lists={inForce} onShow={onShow} />}
      <Button look="primary" large onPress={onImport}><Plus size={20} aria-hidden="true" />Import a list</Button>
      {removed.length > 0 && (
        <section className="stack-tight">
          <h2>Removed</h2>
          <ul className="register-rows" aria-label="Lists that were removed">
            {removed.map((list) => (
              <li key={list.id}>
                <p><Button look="link" onPress={() => { onShow(list); }}>{list.source}</Button></p>
                <p className="small muted">{count(list.values, 'value')}. {list.removed !== null && <>Removed {shortDateAndTime(list.removed.at)} by {listOf(list.removed.by)}</>}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function ListTable({ lists, onShow }: { readonly lists: readonly FlagListView[]; readonly onShow: (list: FlagListView) => void }) {
  return (
    <div className="register-table-box">
      <table className="register-table">
        <caption className="unseen">{count(lists.length, 'list')} in force</caption>
        <thead><tr><th scope="col">List</th><th scope="col">Handed over by</th><th scope="col">Holds</th><th scope="col" className="register-number">Values</th><th scope="col">Imported</th></tr></thead>
        <tbody>
          {lists.map((list) => (
            <tr key={list.id}>
              <th scope="row"><Button look="link" onPress={() => { onShow(list); }}>{list.source}</Button>{list.damaged && <p><span className="tag tag-warn">Damaged</span></p>}</th>
              <td data-name="Handed over by">{list.givenBy}</td>
              <td data-name="Holds">{holdsOf(list.format)}</td>
              <td data-name="Values" className="register-number">{number(list.values)}</td>
              <td data-name="Imported"><span className="register-at">{shortDateAndTime(list.at)}</span> <span className="muted">by {listOf(list.by)}</span></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function WhatListsDo() {
  return (
    <section className="stack">
      <h2>What a list does, and what it does not</h2>
      <ul className="bullets measure">
        <li>While you browse, every address is looked for in the lists before it is asked for, and pictures and videos before the page gets them. A match halts the case, just as STOP does.</li>
        <li>No match proves nothing. What nobody has reported yet is on no list, and very large or endless files are not compared. The record says which were not.</li>
        <li>Once a list is imported, nobody can list its values: the app can look one up, and it cannot show them.</li>
        <li>A list is imported or removed by both of you, and only while no browser is running.</li>
      </ul>
    </section>
  );
}
