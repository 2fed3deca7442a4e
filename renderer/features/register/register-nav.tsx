import { ChevronLeft } from 'lucide-react';
import type { RegisterPlace } from '../../logic/places.js';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { GROUPS } from './pages.js';

/** The pages of the register beside the one that is open; on a narrow window, the way back to the list of all. */
export function RegisterNav({ place }: { readonly place: RegisterPlace }) {
  return (
    <>
      {place !== 'register' && <p className="register-up"><Button look="link" onPress={() => { goTo('register'); }}><ChevronLeft className="inline-icon" size={18} aria-hidden="true" />Register and settings</Button></p>}
      <nav className="register-nav" aria-label="Register and settings">
        <RegisterLink place="register" current={place} title="Overview" />
        {GROUPS.map((group) => (
          <div key={group.title} role="group" aria-label={group.title}>
            <p className="register-group" aria-hidden="true">{group.title}</p>
            <ul>{group.pages.map((page) => <li key={page.place}><RegisterLink place={page.place} current={page.place === 'reviewers' && place === 'enrol' ? page.place : place} title={page.title} /></li>)}</ul>
          </div>
        ))}
      </nav>
    </>
  );
}

function RegisterLink({ place, current, title }: { readonly place: RegisterPlace; readonly current: RegisterPlace; readonly title: string }) {
  return <button type="button" className="register-link" {...(place === current ? { 'aria-current': 'page' as const } : {})} onClick={() => { goTo(place); }}>{title}</button>;
}
