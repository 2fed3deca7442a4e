import { CircleAlert } from 'lucide-react';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { useLoaded } from '../../ui/use-loaded.js';
import { fetchLists } from './lists-page.js';
import { GROUPS } from './pages.js';
import { RegisterHeading, type RegisterPageProps } from './register-form.js';

/** Every page of the register with where things stand, and a mark where somebody should do something. */
export function OverviewPage({ app, admin }: RegisterPageProps) {
  const { loaded: lists } = useLoaded(fetchLists);
  return (
    <div className="stack-wide">
      <RegisterHeading title="Register and settings" />
      {GROUPS.map((group) => (
        <section key={group.title} className="stack-tight">
          <h2>{group.title}</h2>
          <ul className="register-list">
            {group.pages.map((page) => {
              const { text, open = false } = page.stands(app, admin, lists);
              return (
                <li key={page.place}>
                  <Button look="link" onPress={() => { goTo(page.place); }}>{page.title}</Button>
                  <span className={open ? 'register-open' : 'muted'}>{open && <CircleAlert size={18} aria-hidden="true" />}<span className="wrap-anywhere">{text}</span></span>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}
