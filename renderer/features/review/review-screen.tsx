import { ChevronLeft } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { ReviewView } from '../../../src/ipc/disclosure-contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { number } from '../../logic/format.js';
import { goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { PageHeading } from '../../ui/heading.js';
import { Loading } from '../../ui/loading.js';
import { Page } from '../../ui/page.js';
import { StopButton } from '../../ui/stop-button.js';
import { useLoaded } from '../../ui/use-loaded.js';
import { ContactSheet } from './contact-sheet.js';
import { ExhibitPage } from './exhibit-page.js';
import { lookAt, showTab, useReviewLook } from './looking.js';
import { ReviewingForm } from './reviewing-form.js';
import { Timeline } from './timeline.js';
import './timeline.css';

/** What was opened, kept and noted, page by page; every exhibit; and what was added later. Nothing that is there can be changed. */
export function ReviewScreen() {
  const app = useScreens((screens) => screens.app);
  if (app?.case == null) return null;
  return <Review app={app} view={app.case} />;
}

function Review({ app, view }: { readonly app: AppState; readonly view: CaseView }) {
  const fetch = useCallback(() => client.call('review.read', {}), []);
  const { loaded, reload } = useFresh(fetch, view.entries);
  useEffect(() => { lookAt(view.id); }, [view.id]);
  return (
    <Page wide actions={<StopButton />}>
      <p className="question-back"><Button look="link" onPress={() => { goTo('home'); }}><ChevronLeft className="inline-icon" size={18} aria-hidden="true" />Back to case {view.reference}</Button></p>
      {loaded.state !== 'ready' && <div className="review-waiting"><PageHeading title={`Review case ${view.reference}`} /></div>}
      <Loading what="the record" loaded={loaded} reload={reload}>{(review) => <Looking app={app} view={view} review={view.phase === 'halted' ? { ...review, canAdd: false, canRedact: false } : review} />}</Loading>
    </Page>
  );
}

/** Fetched again when the record grows; what is shown stays until the new one is there. */
function useFresh(fetch: () => Promise<ReviewView>, entries: number) {
  const { loaded, reload } = useLoaded(fetch);
  const last = useRef<Extract<typeof loaded, { state: 'ready' }> | null>(null);
  const seen = useRef(entries);
  if (loaded.state === 'ready') last.current = loaded;
  useEffect(() => {
    if (seen.current === entries) return;
    seen.current = entries;
    reload();
  }, [entries, reload]);
  return { loaded: loaded.state === 'loading' && last.current !== null ? last.current : loaded, reload };
}

function Looking({ app, view, review }: { readonly app: AppState; readonly view: CaseView; readonly review: ReviewView }) {
  const { tab, exhibit } = useReviewLook();
  // STOP does nothing in a halted case, so none of its pictures is shown.
  const halted = view.phase === 'halted';
  const open = exhibit === null || halted ? undefined : review.exhibits.find((each) => each.reference === exhibit);
  if (open !== undefined) return <ExhibitPage key={open.reference} app={app} view={view} review={review} exhibit={open} />;
  return (
    <div className="review stack-wide">
      <PageHeading title={`Review case ${view.reference}`} />
      {halted && <p className="muted">This case is halted. You can read what was written, and nothing can be added here. No exhibit is shown.</p>}
      {!halted && !review.canAdd && <p className="muted">{review.canRedact ? 'This case takes no more words. You can look at everything, and make redacted copies.' : 'You can look at everything. Nothing can be added.'}</p>}
      <Tabs selectedKey={halted && tab === 'sheet' ? 'timeline' : tab} onSelectionChange={showTab}>
        <TabList className="tab-list" aria-label="Ways to look at the case">
          <Tab id="timeline" className="tab">Page by page&nbsp;<span className="muted">{number(review.pages.length)}</span></Tab>
          {!halted && <Tab id="sheet" className="tab">Exhibits&nbsp;<span className="muted">{number(review.exhibits.length)}</span></Tab>}
          <Tab id="form" className="tab">The form</Tab>
        </TabList>
        <TabPanel id="timeline" className="review-panel"><Timeline app={app} view={view} review={review} /></TabPanel>
        {!halted && <TabPanel id="sheet" className="review-panel"><ContactSheet exhibits={review.exhibits} /></TabPanel>}
        <TabPanel id="form" className="review-panel"><ReviewingForm view={view} review={review} /></TabPanel>
      </Tabs>
    </div>
  );
}
