import { ListOrdered, ShieldCheck } from 'lucide-react';
import type { CaptureListView, CaseView } from '../../../src/ipc/case-view.js';
import { timeOfDay, zoneOf } from '../../logic/format.js';
import { listStanding } from '../../logic/address-list.js';
import { goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Tabs } from '../../ui/tabs.js';
import { useDesk } from './desk.js';
import { ExhibitList } from './exhibit-list.js';
import { RecordList } from './record-list.js';
import './exhibits.css';
import './record.css';

/** The record and the exhibits of a case, side by side as tabs; below them what can be compared, where `onOpen` is given. */
export function CasePanel({ view, onOpen, onWhereFrom }: { readonly view: CaseView; readonly onOpen?: (panel: 'clock' | 'words') => void; readonly onWhereFrom?: () => void }) {
  const record = useScreens((screens) => screens.record);
  return (
    <>
      <Tabs
        label="What is kept"
        items={[
          { id: 'record', title: 'Record', count: (record?.at(-1)?.seq ?? view.entries - 1) + 1, content: <RecordList items={record} /> },
          { id: 'exhibits', title: 'Exhibits', count: view.exhibits.length, content: <ExhibitList exhibits={view.exhibits} alone={view.page?.view == null} /> },
        ]}
      />
      {view.captureList !== null && onOpen !== undefined && (
        <p className="case-side-foot"><ListOrdered size={18} aria-hidden="true" /><Button look="link" onPress={() => { useDesk.setState({ listShown: true }); }}>{listLine(view.captureList)}</Button></p>
      )}
      <p className="case-side-foot"><ShieldCheck size={18} aria-hidden="true" /><span>{footLine(view)}</span></p>
      {onOpen !== undefined && (
        <p className="case-side-foot case-side-links">
          <Button look="link" onPress={() => { goTo('review'); }}>Review the case</Button>
          {onWhereFrom !== undefined && view.browsing && view.page?.view != null && <Button look="link" onPress={onWhereFrom}>Where this page comes from</Button>}
          <Button look="link" onPress={() => { onOpen('words'); }}>Compare the record’s words</Button>
          {view.phase !== 'sealed' && !view.elsewhere && <Button look="link" onPress={() => { onOpen('clock'); }}>Compare the clock</Button>}
        </p>
      )}
    </>
  );
}

function listLine(list: CaptureListView): string {
  const { done } = listStanding(list);
  return `List of addresses: ${done} of ${list.items.length} done`;
}

function footLine(view: CaseView): string {
  const last = view.checkpoint === null ? ` Times are ${zoneOf(view.openedAt)}.` : ` Last checkpoint ${timeOfDay(view.checkpoint.at)} ${zoneOf(view.checkpoint.at)}, signed for you both.`;
  return view.phase === 'open' ? `Everything you visit is recorded, for both of you.${last}` : `Nothing in the record can be changed.${last}`;
}
