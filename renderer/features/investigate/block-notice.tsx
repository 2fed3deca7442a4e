import type { CaseView } from '../../../src/ipc/case-view.js';
import { addressParts } from '../../logic/format.js';
import { Note } from '../../ui/note.js';

const BY = { status: 'status', address: 'address', text: 'words' } as const;

/** Says that the page in the view is the filter's own and not the one that was asked for. */
export function BlockNotice({ blocked }: { readonly blocked: NonNullable<CaseView['blockPage']> }) {
  return (
    <div className="view-notice" role="status">
      <Note tone="warn">
        <p><b>This is your filter’s page, not the page that you asked for.</b> The filter blocked <span className="wrap-anywhere">{addressParts(blocked.url).host}</span>, so its page did not come to this computer.</p>
        <p className="small muted">Recognised by its {BY[blocked.by]}: {blocked.pattern}. You can capture this page to show that it was blocked. To look at the page itself, ask whoever runs the filter to let this computer through.</p>
      </Note>
    </div>
  );
}
