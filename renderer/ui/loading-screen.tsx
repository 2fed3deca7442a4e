import { AlertBanner } from './alert-banner.js';
import { Brand } from './mark.js';

/** What shows until the engine has answered for the first time. */
export function LoadingScreen() {
  return (
    <main className="page">
      <AlertBanner />
      <div className="page-body stack"><h1 className="unseen">Countersign</h1><Brand /><p className="lead" role="status">Starting…</p></div>
    </main>
  );
}
