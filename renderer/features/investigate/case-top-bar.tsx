import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { attempt } from '../../store.js';
import { PageHeading } from '../../ui/heading.js';
import { Badge, signedInReviewers } from '../../ui/people.js';
import { StopButton } from '../../ui/stop-button.js';

/** The bar over an open case: which case, who has the controls, what `children` add, and STOP. */
export function CaseTopBar({ app, view, title, children }: { readonly app: AppState; readonly view: CaseView; readonly title: string; readonly children?: ReactNode }) {
  return (
    <header className="case-top">
      <div className="case-name">
        <PageHeading title={title}><span className="unseen">{title}: case </span>{view.reference}</PageHeading>
        <p title={view.reason}>{view.reason}</p>
      </div>
      <div className="case-controls">
        <Controls app={app} view={view} />
        {children}
        <StopButton />
      </div>
    </header>
  );
}

function Controls({ app, view }: { readonly app: AppState; readonly view: CaseView }) {
  const reviewers = signedInReviewers(app.reviewers, app.signedIn);
  const holder = reviewers.find((reviewer) => reviewer.initials === view.heldBy);
  return (
    <div className="controls" role="group" aria-label="Who has the controls">
      <span className="controls-holder small muted" aria-live="polite">{holder === undefined ? '' : `${holder.initials} has the controls`}</span>
      {reviewers.map((reviewer) => {
        const held = reviewer.initials === view.heldBy;
        return (
          <ToggleButton
            key={reviewer.initials} className="controls-button" isSelected={held} aria-label={`${reviewer.initials}: ${reviewer.name} ${held ? 'has' : 'takes'} the controls`}
            onChange={() => { if (!held) attempt(client.call('controls.take', { initials: reviewer.initials })); }}
          >
            <Badge initials={reviewer.initials} held={held} small />
          </ToggleButton>
        );
      })}
    </div>
  );
}
