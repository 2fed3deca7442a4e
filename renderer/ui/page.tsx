import type { ReactNode } from 'react';
import { AlertBanner } from './alert-banner.js';
import { Clock } from './clock.js';
import { Brand } from './mark.js';
import { useScreens } from '../store.js';

/** A page: top bar with the mark and what `actions` holds, the alert if there is one, one column, and the foot. */
export function Page({ children, actions, brand, wide = false, bare = false }: {
  readonly children: ReactNode; readonly actions?: ReactNode; readonly brand?: string; readonly wide?: boolean; readonly bare?: boolean;
}) {
  return (
    <div className={wide ? 'page page-wide' : 'page'}>
      {!bare && <header className="page-top"><Brand {...(brand === undefined ? {} : { text: brand })} /><div className="row">{actions}</div></header>}
      <AlertBanner />
      <main className="page-body">{children}</main>
      <PageFoot />
    </div>
  );
}

function PageFoot() {
  const app = useScreens((screens) => screens.app);
  const place = [app?.organisation, app?.computer.name, app?.computer.location].filter((part) => part !== undefined && part !== '').join(' · ');
  return (
    <footer className="page-foot">
      <p className="page-foot-facts">{place !== '' && <span>{place}</span>}<Clock /></p>
      <p>Everything you do here is recorded for both of you</p>
    </footer>
  );
}
