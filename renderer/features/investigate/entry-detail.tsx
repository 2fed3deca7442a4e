import { X } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import type { EntryView, RecordItem } from '../../../src/ipc/case-view.js';
import { client } from '../../client.js';
import { dateAndTime, grouped, listOf, timeWithSeconds } from '../../logic/format.js';
import { useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Loading } from '../../ui/loading.js';
import { useLoaded } from '../../ui/use-loaded.js';

/** One entry whole, below the record: what it says, who signed it, and its place in the chain. Takes the focus when it opens. */
export function EntryDetail({ item, onClose }: { readonly item: RecordItem; readonly onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { seq } = item;
  const fetch = useCallback((): Promise<EntryView> => client.call('record.entry', { seq }), [seq]);
  const { loaded, reload } = useLoaded(fetch);
  useEffect(() => { heading.current?.focus(); }, [seq]);
  return (
    <section
      className="entry-detail" aria-labelledby="entry-title"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="entry-top">
        <h2 id="entry-title" className="entry-title" ref={heading} tabIndex={-1}>Entry {seq}</h2>
        <Button square aria-label="Close the entry" onPress={onClose}><X size={18} aria-hidden="true" /></Button>
      </div>
      <p className="wrap-anywhere">{item.line}</p>
      {item.detail !== null && item.detail !== '' && <p className="record-detail wrap-anywhere">{item.detail}</p>}
      <Loading what="the entry" loaded={loaded} reload={reload}>{(entry) => <Facts entry={entry} />}</Loading>
    </section>
  );
}

function Facts({ entry }: { readonly entry: EntryView }) {
  const reviewers = useScreens((screens) => screens.app?.reviewers) ?? [];
  const name = (initials: string): string => (initials === 'app' ? 'The app' : reviewers.find((each) => each.initials === initials)?.name ?? initials);
  const signed = entry.signatures.length === 0 ? 'By the next checkpoint' : `${listOf(entry.signatures.map(({ by }) => name(by)))}, ${entry.signatures.every(({ how }) => how === 'act') ? 'with their passphrases' : 'by the app while both were signed in'}`;
  const rows = [
    { name: 'when', value: `${dateAndTime(entry.at)} (${timeWithSeconds(entry.at)})` }, { name: 'by', value: listOf(entry.by.map(name)) }, ...entry.facts, { name: 'signed', value: signed },
    { name: 'hash of this entry', value: grouped(entry.hash) }, { name: 'hash of the entry before', value: grouped(entry.prev) },
  ];
  return (
    <>
      <dl className="entry-facts">{rows.map((row, at) => <div key={at}><dt>{inWords(row.name)}</dt><dd className="wrap-anywhere">{row.value === '' ? 'empty' : row.value}</dd></div>)}</dl>
      {entry.more > 0 && <p className="small muted">{entry.more} more facts are in the bundle.</p>}
    </>
  );
}

/** What a fact is called on the screen: "url" and "tls" are nobody's words for an address and a secure connection. */
function inWords(name: string): string {
  return name.replace(/\burl\b/g, 'address').replace(/\btls\b/g, 'secure connection (TLS)').replace(/\bsha256\b/g, 'SHA-256');
}
