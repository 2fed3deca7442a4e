import { ShieldAlert } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { ReviewExhibit } from '../../../src/ipc/disclosure-contract.js';
import { count, shortDateAndTime } from '../../logic/format.js';
import { Empty } from '../../ui/empty.js';
import { openExhibit } from './looking.js';
import { ExhibitThumbnail } from './thumbnail.js';

/** What a capture shows, in words. */
export const FORM_TITLES = { 'full-page': 'Whole page', viewport: 'What you saw', text: 'Text only', region: 'Part of the page', element: 'One element', series: 'Series of pictures' } as const;

/** Every exhibit on one sheet, in the order in which they were taken. */
export function ContactSheet({ exhibits }: { readonly exhibits: readonly ReviewExhibit[] }) {
  if (exhibits.length === 0) return <Empty title="There are no exhibits"><p>What you capture appears here, with its picture, its address and its hash.</p></Empty>;
  return (
    <ol className="sheet" aria-label={count(exhibits.length, 'exhibit')}>
      {exhibits.map((exhibit) => (
        <li key={exhibit.reference}>
          <AriaButton className="sheet-exhibit" onPress={() => { openExhibit(exhibit.reference); }}>
            <ExhibitThumbnail exhibit={exhibit} width={240} />
            <span className="sheet-words">
              <b>{exhibit.reference}</b>
              <span className="small">{FORM_TITLES[exhibit.form]} · <time dateTime={exhibit.at}>{shortDateAndTime(exhibit.at)}</time></span>
              {exhibit.quarantined ? <span className="small review-quarantined"><ShieldAlert size={15} aria-hidden="true" />Quarantined. It is not shown.</span> : <span className="small muted wrap-anywhere sheet-address">{exhibit.url}</span>}
              {exhibit.redactions.length > 0 && <span className="small muted">{count(exhibit.redactions.length, 'redacted copy', 'redacted copies')}</span>}
            </span>
          </AriaButton>
        </li>
      ))}
    </ol>
  );
}
