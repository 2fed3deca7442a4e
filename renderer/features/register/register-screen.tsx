import { useState } from 'react';
import { client } from '../../client.js';
import { finishingStands, finishingSteps } from '../../logic/set-up-steps.js';
import type { RegisterPlace } from '../../logic/places.js';
import { attempt, goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { LoadingScreen } from '../../ui/loading-screen.js';
import { Page } from '../../ui/page.js';
import { signedInReviewers } from '../../ui/people.js';
import { AboutPage } from './about-page.js';
import { BackupsPage } from './backups-page.js';
import { ChangePassphrasePage } from './change-passphrase-page.js';
import { CheckEverythingPage } from './check-everything-page.js';
import { ContactsPage } from './contacts-page.js';
import { DestroyPage } from './destroy-page.js';
import { DestructionsPage } from './destructions-page.js';
import { DisplayPage } from './display-page.js';
import { EnrolPage } from './enrol-page.js';
import { EnrolmentSheetPage } from './enrolment-sheet-page.js';
import { ListsPage } from './lists-page.js';
import { NetworkPage } from './network-page.js';
import { OverviewPage } from './overview-page.js';
import { PolicyPage } from './policy-page.js';
import { RecoverySheetPage } from './recovery-sheet-page.js';
import type { RegisterPageProps } from './register-form.js';
import { RegisterNav } from './register-nav.js';
import { RetentionPage } from './retention-page.js';
import { ReviewersPage } from './reviewers-page.js';
import { RulesPage } from './rules-page.js';
import { SanctionsPage } from './sanctions-page.js';
import { SettingsPage } from './settings-page.js';
import { TimePage } from './time-page.js';
import './register.css';
import './lists.css';

/** The register and the settings: the pages beside the one that is open. */
export function RegisterScreen({ place }: { readonly place: RegisterPlace }) {
  const app = useScreens((screens) => screens.app);
  const [held, setHeld] = useState(false);
  if (app?.admin == null) return <LoadingScreen />;
  const props: RegisterPageProps = { app, admin: app.admin, signedIn: signedInReviewers(app.reviewers, app.signedIn) };
  const unfinished = finishingStands(finishingSteps(app, app.admin, null)).next !== null;
  return (
    <Page wide actions={<>{!held && unfinished && <Button onPress={() => { goTo('finish-set-up'); }}>Finish setting up</Button>}{!held && <Button onPress={() => { goTo('home'); }}>Cases</Button>}<Button onPress={() => { attempt(client.call('lock', {})); }}>Lock</Button></>}>
      <div className={held ? 'register register-held' : 'register'}>
        {!held && <RegisterNav place={place} />}
        <div className="register-page"><RegisterPage key={place} place={place} props={props} onHold={setHeld} /></div>
      </div>
    </Page>
  );
}

/** `onHold` keeps everybody on a page that must be finished. */
function RegisterPage({ place, props, onHold }: { readonly place: RegisterPlace; readonly props: RegisterPageProps; readonly onHold: (held: boolean) => void }) {
  switch (place) {
    case 'register': return <OverviewPage {...props} />;
    case 'reviewers': return <ReviewersPage {...props} />;
    case 'enrol': return <EnrolPage {...props} />;
    case 'passphrase': return <ChangePassphrasePage {...props} />;
    case 'recovery-sheet': return <RecoverySheetPage {...props} onHold={onHold} />;
    case 'enrolment-sheet': return <EnrolmentSheetPage {...props} />;
    case 'rules': return <RulesPage {...props} />;
    case 'contacts': return <ContactsPage {...props} />;
    case 'settings': return <SettingsPage {...props} />;
    case 'display': return <DisplayPage {...props} />;
    case 'about': return <AboutPage {...props} />;
    case 'network': return <NetworkPage {...props} />;
    case 'lists': return <ListsPage {...props} onHold={onHold} />;
    case 'time': return <TimePage {...props} />;
    case 'backups': return <BackupsPage {...props} />;
    case 'check': return <CheckEverythingPage {...props} />;
    case 'policy': return <PolicyPage {...props} />;
    case 'sanctions': return <SanctionsPage {...props} />;
    case 'retention': return <RetentionPage {...props} />;
    case 'destroy': return <DestroyPage {...props} />;
    case 'destructions': return <DestructionsPage />;
  }
}
