import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import { number } from '../logic/format.js';

/** One tab: its title, a count after it, and what it shows. */
export interface TabItem {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly content: ReactNode;
}

/** Tabs with counts. */
export function Tabs({ label, items }: { readonly label: string; readonly items: readonly TabItem[] }) {
  return (
    <AriaTabs className="tabs">
      <TabList className="tab-list" aria-label={label}>
        {items.map((item) => <Tab key={item.id} id={item.id} className="tab">{item.title}&nbsp;<span className="muted">{number(item.count)}</span></Tab>)}
      </TabList>
      {items.map((item) => <TabPanel key={item.id} id={item.id} className="tab-panel">{item.content}</TabPanel>)}
    </AriaTabs>
  );
}
