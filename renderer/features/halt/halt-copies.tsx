import type { HaltView } from '../../../src/ipc/case-view.js';
import { dateAndTime } from '../../logic/format.js';

const RECIPIENTS: Readonly<Record<string, string>> = { police: 'the police', lado: 'the LADO', 'group-record': 'the school’s own record', other: 'somebody else' };

/** Bundles and backups that hold what is quarantined now: the police are told of them, nobody opens them. */
export function HaltCopies({ copies }: { readonly copies: HaltView['copies'] }) {
  if (copies === undefined || copies.bundles.length + copies.backups.length === 0) return null;
  return (
    <section>
      <h2>Tell the police of these copies</h2>
      <p className="small">Made before the halt, and holding what is quarantined now. Do not open, copy or delete them.</p>
      <ul className="calls">
        {copies.bundles.map((bundle) => (
          <li key={`${bundle.at} ${bundle.recipient}`}>
            <p><b>Bundle</b> for {RECIPIENTS[bundle.recipient] ?? bundle.recipient}, {dateAndTime(bundle.at)}</p>
            <p className="small">Holds {bundle.exhibits.join(', ')}{bundle.tagManifest === null ? '. It may not have been finished' : <>. Fingerprint <span className="mono">{bundle.tagManifest.slice(0, 16)}…</span></>}</p>
          </li>
        ))}
        {copies.backups.map((backup) => (
          <li key={`${backup.at} ${backup.place}`}>
            <p><b>Backup</b>, {dateAndTime(backup.at)}</p>
            <p className="small wrap-anywhere">Holds {backup.exhibits.join(', ')}, encrypted. {backup.place}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
