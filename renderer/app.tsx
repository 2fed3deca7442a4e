import { CasesScreen } from './features/cases/cases-screen.js';
import { ConcludeScreen } from './features/conclude/conclude-screen.js';
import { ElsewhereScreen } from './features/conclude/elsewhere-screen.js';
import { SealScreen } from './features/conclude/seal-screen.js';
import { SealedScreen } from './features/conclude/sealed-screen.js';
import { DeclareScreen } from './features/declare/declare-screen.js';
import { ExportScreen } from './features/export/export-screen.js';
import { HandOverScreen } from './features/export/hand-over-screen.js';
import { HaltScreen } from './features/halt/halt-screen.js';
import { HaltedLockedScreen } from './features/halt/halted-locked-screen.js';
import { InterruptedScreen } from './features/halt/interrupted-screen.js';
import { StaffFirstScreen } from './features/halt/staff-first-screen.js';
import { StopQuestion } from './features/halt/stop-question.js';
import { StoppingScreen } from './features/halt/stopping-screen.js';
import { InvestigateScreen } from './features/investigate/investigate-screen.js';
import { useCaseKeys } from './features/investigate/use-case-keys.js';
import { LockedScreen } from './features/lock/locked-screen.js';
import { OpenCaseScreen } from './features/open-case/open-case-screen.js';
import { PracticeBand, PracticeOver } from './features/practice/practice-band.js';
import { RegisterScreen } from './features/register/register-screen.js';
import { ReviewScreen } from './features/review/review-screen.js';
import { FinishSetUpScreen } from './features/set-up/finish-screen.js';
import { RestoreScreen } from './features/set-up/restore-screen.js';
import { SetUpScreen } from './features/set-up/set-up-screen.js';
import { LogCallScreen } from './features/sign-in/log-call-screen.js';
import { RecoverScreen } from './features/sign-in/recover-screen.js';
import { SignInScreen } from './features/sign-in/sign-in-screen.js';
import { FarewellScreen } from './features/sign-out/farewell-screen.js';
import { SignOutScreen } from './features/sign-out/sign-out-screen.js';
import { VerifyScreen } from './features/verify/verify-screen.js';
import { isRegisterPlace } from './logic/places.js';
import { useScreens } from './store.js';
import { LoadingScreen } from './ui/loading-screen.js';

/** The whole app: the screen that the engine names, and within it the place where the reviewers are. */
export function App() {
  useCaseKeys();
  const app = useScreens((screens) => screens.app);
  const practised = useScreens((screens) => screens.practised);
  if (app?.practice !== undefined) return <div className="practising"><PracticeBand app={app} /><Screen /></div>;
  return <div className={practised ? 'practised' : undefined}>{practised && <PracticeOver />}<Screen /></div>;
}

function Screen() {
  const app = useScreens((screens) => screens.app);
  const place = useScreens((screens) => screens.place);
  const stopping = useScreens((screens) => screens.stopping);
  const leaving = useScreens((screens) => screens.leaving);
  if (app === null) return <LoadingScreen />;
  if (stopping !== null) return <StoppingScreen failed={stopping.failed} />;
  if (app.case !== null && (app.screen === 'halted' || app.case.phase === 'halted')) return <Halted place={place} />;
  if (place === 'verify') return <VerifyScreen key={app.offered?.id ?? ''} offered={app.offered ?? null} />;
  switch (app.screen) {
    case 'set-up':
      return place === 'restore' ? <RestoreScreen /> : <SetUpScreen />;
    case 'sign-in':
      if (app.farewell !== null) return <FarewellScreen cases={app.farewell} />;
      if (place === 'recover') return <RecoverScreen />;
      return place === 'log-call' && app.crisis !== null ? <LogCallScreen app={app} crisis={app.crisis} /> : <SignInScreen />;
    case 'locked':
      if (app.crisis === null || app.locked === null || app.locked.waiting) return <LockedScreen />;
      return place === 'log-call' ? <LogCallScreen app={app} crisis={app.crisis} /> : <HaltedLockedScreen app={app} crisis={app.crisis} locked={app.locked} />;
    case 'cases':
      if (leaving !== null) return <SignOutScreen cases={leaving} />;
      if (isRegisterPlace(place)) return <RegisterScreen place={place} />;
      if (place === 'finish-set-up') return <FinishSetUpScreen />;
      return place === 'open-case' ? <OpenCaseScreen /> : <CasesScreen />;
    case 'case':
    case 'halted':
      return <Case place={place} />;
  }
}

function Halted({ place }: { readonly place: string }) {
  const halt = useScreens((screens) => screens.app?.case?.halt ?? null);
  const offered = useScreens((screens) => screens.app?.offered ?? null);
  if (halt === null) return <LoadingScreen />;
  if (!halt.answered) return <StopQuestion />;
  if (place === 'verify') return <VerifyScreen key={offered?.id ?? ''} offered={offered} />;
  if (place === 'hand-over') return <HandOverScreen />;
  if (place === 'review' && (halt.released || halt.ended != null)) return <ReviewScreen />;
  return place === 'export' ? <ExportScreen /> : <HaltScreen />;
}

function Case({ place }: { readonly place: string }) {
  const phase = useScreens((screens) => screens.app?.case?.phase);
  const declaring = useScreens((screens) => screens.app?.case?.composite !== null);
  const elsewhere = useScreens((screens) => screens.app?.case?.elsewhere === true);
  const made = useScreens((screens) => screens.made !== null);
  const interrupted = useScreens((screens) => screens.app?.case?.interrupted ?? null);
  const staffFirst = useScreens((screens) => screens.app?.case?.phase === 'open' && screens.app.case.staff != null && !(screens.app.case.staff.advised && screens.app.case.staff.declared));
  if (phase === undefined) return <LoadingScreen />;
  if (place === 'hand-over' && !made) return <HandOverScreen />;
  if (place === 'review' && (phase !== 'open' || elsewhere)) return <ReviewScreen />;
  if (elsewhere) return place === 'export' || made ? <ExportScreen /> : <ElsewhereScreen />;
  if (phase === 'sealed') return place === 'export' || made ? <ExportScreen /> : <SealedScreen />;
  if (phase === 'concluded') return <SealScreen />;
  if (interrupted !== null) return <InterruptedScreen url={interrupted.url} />;
  if (staffFirst) return <StaffFirstScreen />;
  if (declaring) return <DeclareScreen />;
  if (place === 'review') return <ReviewScreen />;
  return place === 'conclude' ? <ConcludeScreen /> : <InvestigateScreen />;
}
