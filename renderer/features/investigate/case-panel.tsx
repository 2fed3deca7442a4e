import { ShieldCheck } from 'lucide-react';
import type { CaseView } from '../../../src/ipc/state.js';
import { timeOfDay, zoneOf } from '../../logic/format.js';
import { useScreens } from '../../store.js';
import { Tabs } from '../../ui/tabs.js';
import { ExhibitList } from './exhibit-list.js';
import { RecordList } from './record-list.js';

/** The record and the exhibits of a case, side by side as tabs. */
export function CasePanel({ view }: { readonly view: CaseView }) {
  const record = useScreens((screens) => screens.record);
  return (
    <>
      <Tabs
        label="What is kept"
        items={[
          { id: 'record', title: 'Record', count: record?.length ?? view.entries, content: <RecordList items={record} /> },
          { id: 'exhibits', title: 'Exhibits', count: view.exhibits.length, content: <ExhibitList exhibits={view.exhibits} /> },
        ]}
      />
      <p className="case-side-foot"><ShieldCheck size={18} aria-hidden="true" /><span>{footLine(view)}</span></p>
    </>
  );
}

function footLine(view: CaseView): string {
  const last = view.checkpoint === null ? ` Times are ${zoneOf(view.openedAt)}.` : ` Last checkpoint ${timeOfDay(view.checkpoint.at)} ${zoneOf(view.checkpoint.at)}, signed for you both.`;
  return view.phase === 'open' ? `Everything you visit is recorded, for both of you.${last}` : `Nothing in the record can be changed.${last}`;
}
