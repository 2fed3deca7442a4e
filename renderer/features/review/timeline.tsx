import { Flag, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ReviewExhibit, ReviewPage, ReviewView, ReviewWords } from '../../../src/ipc/disclosure-contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { addressParts, count, listOf, timeWithSeconds, zoneOf } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { Checkbox } from '../../ui/choices.js';
import { Empty } from '../../ui/empty.js';
import { Added } from './added.js';
import { ConclusionCard } from './conclusion-card.js';
import { FORM_TITLES } from './contact-sheet.js';
import { openExhibit } from './looking.js';
import { ExhibitThumbnail } from './thumbnail.js';

/** So many pages are drawn at first, and with each press more. */
const AT_ONCE = 100;

const STATES = { opened: null, failed: 'Could not be opened', blocked: 'Blocked by the filter', halted: 'The case was halted here' } as const;

interface Props {
  readonly app: AppState;
  readonly view: CaseView;
  readonly review: ReviewView;
}

/** Every page in the order in which it was opened, with its exhibits and concerns; then the notes and the conclusion. */
export function Timeline({ app, view, review }: Props) {
  const [all, setAll] = useState(true);
  const [shown, setShown] = useState(AT_ONCE);
  const pages = all ? review.pages : review.pages.filter((page) => page.exhibits.length + page.concerns.length > 0 || page.status === 'halted');
  const placed = new Set(review.pages.flatMap((page) => page.concerns));
  const loose = review.words.filter((each) => each.kind === 'note' || !placed.has(each.seq));
  return (
    <div className="stack-wide">
      {review.pages.length === 0
        ? <Empty title="No page has been opened yet"><p>Every page that you open is listed here, with what you captured and noted on it.</p></Empty>
        : (
          <section className="stack">
            <div className="row row-spread"><h2>Pages</h2><Checkbox id="only-kept" label="Only pages with exhibits or concerns" selected={!all} onChange={(only) => { setAll(!only); setShown(AT_ONCE); }} /></div>
            {pages.length === 0 && <p>No page has an exhibit or a concern.</p>}
            <ol className="timeline">{pages.slice(0, shown).map((page) => <PageItem key={page.view} app={app} view={view} review={review} page={page} />)}</ol>
            {pages.length > shown && <p><Button onPress={() => { setShown(shown + AT_ONCE); }}>Show {count(Math.min(AT_ONCE, pages.length - shown), 'more page')}</Button></p>}
          </section>
        )}
      <section className="stack">
        <h2>Notes{loose.some((each) => each.kind === 'concern') ? ', and concerns about no page' : ''}</h2>
        {loose.length === 0 ? <p className="muted">No notes were written.</p> : <ul className="timeline">{loose.map((each) => <li key={each.seq} className="timeline-page"><WordsItem app={app} view={view} review={review} words={each} /></li>)}</ul>}
      </section>
      <ConclusionCard app={app} view={view} review={review} />
    </div>
  );
}

function PageItem({ app, view, review, page }: Props & { readonly page: ReviewPage }) {
  const exhibits = page.exhibits.flatMap((reference) => review.exhibits.find((each) => each.reference === reference) ?? []);
  const concerns = page.concerns.flatMap((seq) => review.words.find((each) => each.seq === seq) ?? []);
  const { before, host, after } = addressParts(page.url);
  const state = STATES[page.status];
  const facts = [page.shownMs === null ? null : `In view for ${seconds(page.shownMs)}`, state, exhibits.length + concerns.length === 0 && state === null ? 'Looked at, nothing kept' : null].filter((part) => part !== null);
  return (
    <li className="timeline-page">
      <div className="timeline-head">
        <p className="timeline-time mono small"><time dateTime={page.at}>{timeWithSeconds(page.at)}</time> {zoneOf(page.at)}</p>
        <div>
          <h3 className="wrap-anywhere">{page.title === '' ? host : page.title}</h3>
          <p className="wrap-anywhere timeline-address"><span className="muted">{before}</span>{host}<span className="muted">{after}</span></p>
          {facts.length > 0 && <p className="small muted">{facts.join(' · ')}</p>}
        </div>
      </div>
      {exhibits.length > 0 && <ul className="timeline-exhibits">{exhibits.map((exhibit) => <li key={exhibit.reference}>{view.phase === 'halted' ? <ExhibitName exhibit={exhibit} /> : <ExhibitLink exhibit={exhibit} />}</li>)}</ul>}
      {concerns.map((concern) => <WordsItem key={concern.seq} app={app} view={view} review={review} words={concern} />)}
    </li>
  );
}

function ExhibitLink({ exhibit }: { readonly exhibit: ReviewExhibit }) {
  return (
    <AriaButton className="timeline-exhibit" onPress={() => { openExhibit(exhibit.reference); }}>
      <ExhibitThumbnail exhibit={exhibit} width={160} />
      <span><b>{exhibit.reference}</b>{exhibit.quarantined && <span className="review-quarantined small"><ShieldAlert size={15} aria-hidden="true" />Quarantined</span>}{exhibit.redactions.length > 0 && <span className="small muted">{count(exhibit.redactions.length, 'redacted copy', 'redacted copies')}</span>}</span>
    </AriaButton>
  );
}

/** An exhibit that is not shown. */
function ExhibitName({ exhibit }: { readonly exhibit: ReviewExhibit }) {
  return <p className="row"><b>{exhibit.reference}</b><span className="small muted">{FORM_TITLES[exhibit.form]}</span>{exhibit.quarantined && <span className="review-quarantined small"><ShieldAlert size={15} aria-hidden="true" />Quarantined</span>}</p>;
}

function WordsItem({ app, view, review, words }: Props & { readonly words: ReviewWords }) {
  return (
    <div className={words.kind === 'concern' ? 'review-words review-concern' : 'review-words'}>
      <p className="small">{words.kind === 'concern' && <Flag size={16} className="inline-icon" aria-hidden="true" />}<b>{words.category ?? 'Note'}</b> <span className="muted">{listOf(words.by)}, {timeWithSeconds(words.at)} {zoneOf(words.at)}</span></p>
      <p className="words-kept">{words.text}</p>
      <Added app={app} view={view} to={words.seq} what={words.kind === 'concern' ? 'this concern' : 'this note'} added={words.added} canAdd={review.canAdd} />
    </div>
  );
}

function seconds(ms: number): string {
  return ms < 90_000 ? `${Math.max(1, Math.round(ms / 1_000))} s` : `${Math.round(ms / 60_000)} minutes`;
}
