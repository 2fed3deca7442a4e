import { useEffect, useRef, useState } from 'react';
import { GridList, GridListItem, Input, ListLayout, SearchField, Virtualizer } from 'react-aria-components';
import type { RecordItem } from '../../../src/ipc/case-view.js';
import { number, timeWithSeconds } from '../../logic/format.js';
import { filterItems } from '../../logic/places.js';
import { fetchEarlier, reportProblem } from '../../store.js';
import { Button } from '../../ui/button.js';
import { tellWhereItStands } from '../../ui/steady-press.js';
import { EntryDetail } from './entry-detail.js';
import { RecordIcon } from './record-icon.js';

/** What a person scrolls with, and for how long a scroll counts as theirs. */
const HANDS = ['wheel', 'keydown', 'pointerdown', 'touchmove'] as const;
const HAND_MS = 1_000;
const LAYOUT = { estimatedRowHeight: 62, gap: 0 };

/** The record as it grows, newest below. It follows the newest line unless somebody has scrolled up. */
export function RecordList({ items }: { readonly items: readonly RecordItem[] | null }) {
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const shown = filterItems(items ?? [], query);
  useFollow(box, shown.length, query);
  if (items === null) return <p className="panel-message" role="status">Reading the record…</p>;
  const opened = open === null ? undefined : items.find(({ seq }) => seq === open);
  const close = (): void => {
    const row = box.current?.querySelector<HTMLElement>(`[data-key="${open ?? ''}"]`);
    setOpen(null);
    (row ?? box.current)?.focus();
  };
  return (
    <>
      <SearchField className="record-filter" aria-label="Filter the record" value={query} onChange={setQuery}>
        <Input className="input" placeholder="Filter the record" spellCheck={false} autoComplete="off" />
      </SearchField>
      <EarlierLines items={items} box={box} filtered={query !== ''} />
      <Virtualizer layout={ListLayout} layoutOptions={LAYOUT} shouldObserveItemSize>
        <GridList
          ref={box} className="record" aria-label="The record" items={shown} selectionMode="none" onAction={(key) => { setOpen(Number(key)); }}
          renderEmptyState={() => <p className="panel-message">{query === '' ? 'Nothing is recorded yet.' : 'No line has these words.'}</p>}
        >
          {(item) => <GridListItem id={item.seq} className={`record-item record-${item.tone}`} textValue={`${timeWithSeconds(item.at)} ${item.line}`}><RecordLine item={item} /></GridListItem>}
        </GridList>
      </Virtualizer>
      {opened !== undefined && <EntryDetail item={opened} onClose={close} />}
      <Announcer items={items} />
    </>
  );
}

/** Of a very long record the newest lines are there at once; the others come when somebody asks for them, and what stands in view stays there. */
function EarlierLines({ items, box, filtered }: { readonly items: readonly RecordItem[]; readonly box: React.RefObject<HTMLDivElement | null>; readonly filtered: boolean }) {
  const [read, setRead] = useState<number | null>(null);
  const earlier = items[0]?.seq ?? 0;
  if (earlier === 0) return null;
  const fetch = async (): Promise<void> => {
    setRead(0);
    try {
      const before = box.current?.scrollHeight ?? 0;
      await fetchEarlier(setRead);
      requestAnimationFrame(() => {
        if (box.current !== null) box.current.scrollTop += box.current.scrollHeight - before;
      });
    } catch (error) {
      reportProblem(error);
    } finally {
      setRead(null);
    }
  };
  return (
    <div className="record-earlier small">
      <p role="status">{read === null ? `${filtered ? 'The filter looks at the' : 'These are the'} newest ${number(items.length)} lines.` : `${number(read)} of ${number(earlier)} earlier lines read`}</p>
      <Button look="link" pending={read !== null} onPress={() => { void fetch(); }}>{`Show the ${number(earlier)} earlier lines`}</Button>
    </div>
  );
}

function RecordLine({ item }: { readonly item: RecordItem }) {
  return (
    <div className="record-line">
      <time className="record-time mono" dateTime={item.at}>{timeWithSeconds(item.at)}</time>
      <RecordIcon kind={item.kind} />
      <div className="record-text"><p>{item.line}</p>{item.detail !== null && item.detail !== '' && <p className="record-detail">{item.detail}</p>}</div>
    </div>
  );
}

/** Keeps the newest line in view while the list stands at its end. */
function useFollow(box: React.RefObject<HTMLDivElement | null>, length: number, query: string): void {
  const following = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    // Only a person's hand stops it: rows that turn out taller than was thought move the end as well.
    let handAt = Number.NEGATIVE_INFINITY;
    const hand = (event: Event): void => {
      handAt = performance.now();
      if (event.type === 'pointerdown') tellWhereItStands(element);
      if (event instanceof WheelEvent && event.deltaY < 0 && element.scrollTop > 0) following.current = false;
    };
    const note = ({ isTrusted }: Event): void => {
      if (!isTrusted) return;
      const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
      following.current = atEnd || (following.current && performance.now() - handAt > HAND_MS);
      if (following.current && !atEnd) element.scrollTop = element.scrollHeight;
    };
    for (const kind of HANDS) element.addEventListener(kind, hand, { passive: true });
    element.addEventListener('scroll', note, { passive: true });
    return () => {
      element.removeEventListener('scroll', note);
      for (const kind of HANDS) element.removeEventListener(kind, hand);
    };
  }, [box, length]);
  useEffect(() => {
    const element = box.current;
    if (element === null || !following.current) return undefined;
    // Rows are measured as they appear, so the end moves for a few frames.
    let frames = 30;
    let handle = 0;
    const toEnd = (): void => {
      if (!following.current) return;
      element.scrollTop = element.scrollHeight;
      frames -= 1;
      if (frames > 0) handle = requestAnimationFrame(toEnd);
    };
    toEnd();
    return () => { cancelAnimationFrame(handle); };
  }, [box, length, query]);
}

/** Reads new lines out, politely; not those that were there before. */
function Announcer({ items }: { readonly items: readonly RecordItem[] }) {
  const known = useRef<number | null>(null);
  const [line, setLine] = useState('');
  useEffect(() => {
    const last = items.at(-1);
    if (last === undefined) return;
    if (known.current !== null && last.seq > known.current) setLine(last.line);
    known.current = last.seq;
  }, [items]);
  return <p className="unseen" role="log" aria-live="polite" aria-label="Newest line of the record">{line}</p>;
}
