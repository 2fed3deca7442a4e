import { ChevronLeft, ChevronRight, LayoutGrid, ShieldAlert, SquareDashed } from 'lucide-react';
import { useCallback, useRef, useState, type KeyboardEvent } from 'react';
import type { ReviewExhibit, ReviewView } from '../../../src/ipc/disclosure-contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { count, dateAndTime, grouped, listOf, number, size, timeWithSeconds, zoneOf } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { PageHeading } from '../../ui/heading.js';
import { Loading } from '../../ui/loading.js';
import { Note } from '../../ui/note.js';
import { useLoaded } from '../../ui/use-loaded.js';
import { Added } from './added.js';
import { FORM_TITLES } from './contact-sheet.js';
import { ExhibitPicture } from './exhibit-picture.js';
import { openExhibit, useReviewLook } from './looking.js';
import { RedactEditor } from './redact-editor.js';
import { useShowing } from './showing.js';
import { nextZoom, ZoomBar } from './zoom-bar.js';
import './exhibit-page.css';

interface Props {
  readonly app: AppState;
  readonly view: CaseView;
  readonly review: ReviewView;
  readonly exhibit: ReviewExhibit;
}

/** One exhibit: its picture at any size, what the record says of it, and its redacted copies. */
export function ExhibitPage({ app, view, review, exhibit }: Props) {
  const redacting = useReviewLook((look) => look.redacting);
  useShowing(exhibit.quarantined ? null : exhibit.reference);
  const at = review.exhibits.findIndex((each) => each.reference === exhibit.reference);
  const neighbour = (step: number): ReviewExhibit | undefined => review.exhibits[at + step];
  return (
    <div className="review stack">
      <div className="row row-spread">
        <div><PageHeading title={`Exhibit ${exhibit.reference}`} /><p className="muted wrap-anywhere">{exhibit.title === '' ? exhibit.url : exhibit.title}</p></div>
        {!redacting && (
          <div className="row">
            <Button isDisabled={neighbour(-1) === undefined} onPress={() => { openExhibit(neighbour(-1)?.reference ?? null); }}><ChevronLeft size={18} aria-hidden="true" />Previous</Button>
            <Button isDisabled={neighbour(1) === undefined} onPress={() => { openExhibit(neighbour(1)?.reference ?? null); }}>Next<ChevronRight size={18} aria-hidden="true" /></Button>
            <Button onPress={() => { openExhibit(null); }}><LayoutGrid size={18} aria-hidden="true" />All exhibits</Button>
          </div>
        )}
      </div>
      {exhibit.quarantined && <Note tone="stop"><p><b>{exhibit.reference} is quarantined.</b> It comes from a page that led to a halt. It is not shown, copied, exported or printed. It is held encrypted for the police alone.</p></Note>}
      {redacting && exhibit.image !== null
        ? <RedactEditor app={app} view={view} exhibit={exhibit} image={exhibit.image} />
        : <div className="exhibit-page"><Shown exhibit={exhibit} /><Facts app={app} view={view} review={review} exhibit={exhibit} /></div>}
    </div>
  );
}

function Shown({ exhibit }: { readonly exhibit: ReviewExhibit }) {
  if (exhibit.quarantined) return <div className="picture-none"><ShieldAlert size={48} aria-hidden="true" /><p>Not shown</p></div>;
  return exhibit.image === null ? <PageText reference={exhibit.reference} /> : <Picture exhibit={exhibit} image={exhibit.image} />;
}

function Picture({ exhibit, image }: { readonly exhibit: ReviewExhibit; readonly image: { readonly width: number; readonly height: number } }) {
  const redaction = useReviewLook((look) => look.redaction);
  const [zoom, setZoom] = useState<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') setZoom(nextZoom(zoom, true));
    else if (event.key === '-') setZoom(nextZoom(zoom, false));
    else if (event.key === '0') setZoom(null);
    else return;
    event.preventDefault();
  };
  return (
    <div className="picture" onKeyDown={onKey}>
      <div className="row row-spread"><p className="small"><b>{redaction === null ? 'The exhibit as it was captured' : `Redacted copy ${redaction}`}</b></p><ZoomBar zoom={zoom} onZoom={setZoom} /></div>
      <ExhibitPicture key={redaction ?? 0} reference={exhibit.reference} redaction={redaction} image={image} zoom={zoom} scroller={scroller} label={`Picture of ${exhibit.reference}. Scroll to see all of it; plus and minus change its size.`} />
    </div>
  );
}

function PageText({ reference }: { readonly reference: string }) {
  const fetch = useCallback(() => client.call('exhibit.text', { reference }), [reference]);
  const { loaded, reload } = useLoaded(fetch);
  return <div className="picture"><p className="small"><b>The text of the page</b></p><Loading what="the text" loaded={loaded} reload={reload}>{({ text }) => <pre className="picture-text" tabIndex={0} role="region" aria-label={`Text of ${reference}`}>{text === '' ? 'There was no text on the page.' : text}</pre>}</Loading></div>;
}

function Facts({ app, view, review, exhibit }: Props) {
  const { redaction } = useReviewLook();
  const rows: [string, string][] = [
    ['What was kept', `${FORM_TITLES[exhibit.form]}${exhibit.image === null ? '' : `, ${number(exhibit.image.width)} × ${number(exhibit.image.height)} px`}`],
    ['Address', exhibit.url],
    ['Captured', `${dateAndTime(exhibit.startedAt)}, until ${timeWithSeconds(exhibit.endedAt)} ${zoneOf(exhibit.endedAt)}`],
    ['By', listOf(exhibit.by)],
    ['Declared', `${exhibit.declaredBy} at ${timeWithSeconds(exhibit.declaredAt)} ${zoneOf(exhibit.declaredAt)}: not suspected to show child sexual abuse`],
    ...(exhibit.account === '' ? [] : [['Logged in as', exhibit.account] as [string, string]]),
    ['Note', exhibit.note === '' ? 'None' : exhibit.note],
    ['Warnings', exhibit.warnings.length === 0 ? 'None' : exhibit.warnings.join(' ')],
    ['In the record', `Entry ${exhibit.seq}`],
  ];
  return (
    <div className="exhibit-facts stack-wide">
      <section className="stack-tight">
        <h2>Redacted copies</h2>
        {exhibit.redactions.length === 0 && <p className="muted">None. A redacted copy covers what the recipient of a bundle should not see. The exhibit itself stays as it is.</p>}
        {exhibit.redactions.length > 0 && (
          <ul className="redactions">
            {redaction !== null && <li><Button look="link" onPress={() => { openExhibit(exhibit.reference); }}>Show the exhibit itself</Button></li>}
            {exhibit.redactions.map((copy) => (
              <li key={copy.number}>
                <p><b>Copy {copy.number}</b> <span className="muted small">{listOf(copy.by)}, {dateAndTime(copy.at)} · {count(copy.boxes.length, 'part')} covered</span></p>
                {redaction === copy.number ? <p className="small">Shown now</p> : <p><Button look="link" onPress={() => { openExhibit(exhibit.reference, copy.number); }}>Show copy {copy.number}</Button></p>}
                <p className="mono small muted wrap-anywhere"><span className="unseen">SHA-256 </span>{grouped(copy.sha256)}</p>
              </li>
            ))}
          </ul>
        )}
        {review.canRedact && exhibit.image !== null && !exhibit.quarantined && <Button onPress={() => { useReviewLook.setState({ redacting: true, redaction: null }); }}><SquareDashed size={18} aria-hidden="true" />Make a redacted copy</Button>}
      </section>
      <section className="stack-tight"><h2>Facts</h2><dl className="answers">{rows.map(([name, value]) => <div key={name} className="answers-row"><dt>{name}</dt><dd className="wrap-anywhere">{value}</dd></div>)}</dl></section>
      <section className="stack-tight"><h2>Words</h2>{exhibit.added.length === 0 && !review.canAdd && <p className="muted">None were added.</p>}<Added app={app} view={view} to={exhibit.seq} what={`exhibit ${exhibit.reference}`} added={exhibit.added} canAdd={review.canAdd} /></section>
      <section className="stack-tight"><h2>Files and hashes</h2><ul className="exhibit-files">{exhibit.parts.map((part) => <li key={part.name}><p><b className="mono small">{part.name}</b> <span className="muted small">{size(part.size)}</span></p><p className="mono small muted wrap-anywhere"><span className="unseen">SHA-256 </span>{grouped(part.sha256)}</p></li>)}</ul></section>
    </div>
  );
}
