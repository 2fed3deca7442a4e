import { Crop, FileText, Images, RectangleHorizontal, RectangleVertical, ShieldAlert, SquareMousePointer, TypeOutline, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ExhibitItem } from '../../../src/ipc/case-view.js';
import { client } from '../../client.js';
import { grouped, number, timeWithSeconds } from '../../logic/format.js';
import { useInView } from '../../ui/use-in-view.js';
import { useShowing } from '../review/showing.js';

const FORMS = { 'full-page': 'Whole page', viewport: 'What you saw', text: 'Text only', region: 'Part of the page', element: 'One element', series: 'Series of pictures' } as const;

const ICONS: Readonly<Record<ExhibitItem['form'], LucideIcon>> = { 'full-page': RectangleVertical, viewport: RectangleHorizontal, text: TypeOutline, region: Crop, element: SquareMousePointer, series: Images };

interface ExhibitListProps {
  readonly exhibits: readonly ExhibitItem[];
  /** No page stands beside them: STOP is then about the small pictures. With a page it is about the page, and evidence that is right is not sealed for standing by. */
  readonly alone: boolean;
}

/** The exhibits of a case, newest first. */
export function ExhibitList({ exhibits, alone }: ExhibitListProps) {
  if (exhibits.length === 0) return <p className="panel-message">No exhibits yet. Press <kbd>F4</kbd> to capture the page that you are on.</p>;
  return (
    <ul className="exhibits" aria-label="Exhibits" tabIndex={0}>
      {[...exhibits].reverse().map((exhibit) => (
        <li key={exhibit.reference} className="exhibit">
          <Thumbnail exhibit={exhibit} alone={alone} />
          <div className="exhibit-text">
            <p><b>{exhibit.reference}</b> <span className="muted small">{timeWithSeconds(exhibit.at)}</span></p>
            <p className="small exhibit-form"><FormIcon form={exhibit.form} />{FORMS[exhibit.form]}{exhibit.size === null ? '' : ` · ${number(exhibit.size.width)} × ${number(exhibit.size.height)} px`}</p>
            {exhibit.quarantined ? <p className="small exhibit-quarantined"><ShieldAlert size={16} aria-hidden="true" /><span>Quarantined. It is not shown or exported.</span></p> : <p className="small muted wrap-anywhere">{exhibit.url.replace(/^https:\/\//, '')}</p>}
            {exhibit.note !== '' && <p className="small">“{exhibit.note}”</p>}
            <p className="exhibit-hash mono" title={exhibit.sha256}><span className="unseen">SHA-256 </span>{grouped(exhibit.sha256.slice(0, 16))}…</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function FormIcon({ form }: { readonly form: ExhibitItem['form'] }) {
  const Icon = ICONS[form];
  return <Icon size={15} aria-hidden="true" />;
}

function Thumbnail({ exhibit, alone }: { readonly exhibit: ExhibitItem; readonly alone: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  const [source, setSource] = useState<string | null>(null);
  const { reference, quarantined, form } = exhibit;
  const inView = useInView(place);
  useShowing(alone && inView && source !== null && !quarantined ? reference : null);
  useEffect(() => {
    if (quarantined || form === 'text') return undefined;
    let wanted = true;
    client.call('exhibit.preview', { reference, maxWidth: 176 })
      .then((preview) => { if (wanted && preview !== null) setSource(`data:${preview.mediaType};base64,${preview.base64}`); })
      // The list is whole without its small pictures.
      .catch(() => undefined);
    return () => { wanted = false; };
  }, [reference, quarantined, form]);
  return (
    <span ref={place} className={quarantined ? 'exhibit-picture exhibit-quarantined' : 'exhibit-picture'}>
      {quarantined ? <ShieldAlert size={26} aria-hidden="true" /> : source === null ? <FileText size={20} aria-hidden="true" /> : <img src={source} alt="" />}
    </span>
  );
}
