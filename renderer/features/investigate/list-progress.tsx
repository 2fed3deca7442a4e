import { Ban, Camera, Check, CircleX, Hourglass, LoaderCircle, SkipForward, type LucideIcon } from 'lucide-react';
import { useRef } from 'react';
import type { CaptureListView } from '../../../src/ipc/case-view.js';
import { client } from '../../client.js';
import { listStanding } from '../../logic/address-list.js';
import { attempt } from '../../store.js';
import { Button } from '../../ui/button.js';
import { ProgressBar } from '../../ui/progress.js';
import { useFocusIfLost } from './use-focus-if-lost.js';
import './lists.css';

type Item = CaptureListView['items'][number];

const STATUS: Readonly<Record<Item['status'], { readonly words: string; readonly icon: LucideIcon }>> = {
  waiting: { words: 'Waiting', icon: Hourglass }, loading: { words: 'Opening', icon: LoaderCircle }, taking: { words: 'Taking the page', icon: Camera }, declaring: { words: 'Waits for your answer', icon: Camera },
  kept: { words: 'Kept', icon: Check }, 'not-kept': { words: 'Not kept', icon: Ban }, failed: { words: 'Not captured', icon: CircleX }, skipped: { words: 'Skipped', icon: SkipForward },
};

/** Where a list of addresses stands, and each address in it. */
export function ListProgress({ list, onClose }: { readonly list: CaptureListView; readonly onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusIfLost(heading, list.running);
  const { done, at, kept } = listStanding(list);
  const all = list.items.length;
  return (
    <section className="panel" aria-labelledby="list-title">
      <div className="panel-top"><h2 id="list-title" ref={heading} tabIndex={-1}>List of addresses</h2></div>
      <div className="list-now stack-tight">
        {list.running && <ProgressBar label={at === 0 ? 'The list' : `Address ${at} of ${all}`} done={done} total={all} />}
        <p role="status" className="small">{list.running ? `${done} of ${all} done, ${kept} kept.` : `${done === all ? 'The list is finished' : 'The list was stopped'}: ${kept} of ${all} kept.`}</p>
        <div className="row">
          {list.running && <ListButtons />}
          <Button onPress={onClose}>{list.running ? 'Show the record' : 'Close'}</Button>
        </div>
      </div>
      <ol className="list-items" aria-label="Addresses" tabIndex={0}>{list.items.map((item) => <ListItem key={item.url} item={item} />)}</ol>
    </section>
  );
}

/** Goes on to the next address, or ends the list. */
export function ListButtons() {
  return (
    <>
      <Button onPress={() => { attempt(client.call('capture.list-skip', {})); }}>Skip this address</Button>
      <Button onPress={() => { attempt(client.call('capture.list-stop', {})); }}>Stop the list</Button>
    </>
  );
}

function ListItem({ item }: { readonly item: Item }) {
  const { words, icon: Icon } = STATUS[item.status];
  return (
    <li className={`list-item list-${item.status}`}>
      <Icon size={17} aria-hidden="true" />
      <div><p className="wrap-anywhere">{item.url}</p><p className="small muted">{item.exhibit === null ? words : `${words} as ${item.exhibit}`}{item.note === '' ? '' : `. ${item.note}`}</p></div>
    </li>
  );
}
