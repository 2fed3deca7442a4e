import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { AdminState } from '../../../src/ipc/admin-state.js';
import type { AppState, ReviewerBadge } from '../../../src/ipc/state.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import type { Action } from '../../ui/use-action.js';

/** What every page of the register gets: the state, what only two who are signed in see, and these two. */
export interface RegisterPageProps {
  readonly app: AppState;
  readonly admin: AdminState;
  readonly signedIn: readonly ReviewerBadge[];
}

/** Props of {@link RegisterForm}; `status` is what was saved, said where it was saved. With `inPlace` the button stays with its fields: it is about a part of the page alone. */
export interface RegisterFormProps {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly status?: ReactNode;
  readonly inPlace?: boolean;
  readonly submit: string;
  readonly action: Action;
  readonly onSubmit: () => void;
  readonly onBack?: { readonly label: string; readonly go: () => void };
  readonly children: ReactNode;
}

/** A page of the register that asks something. */
export function RegisterForm({ title, intro, status, inPlace = false, submit, action, onSubmit, onBack, children }: RegisterFormProps) {
  return (
    <Form className="register-form stack-wide" validationBehavior="aria" onSubmit={(event) => { event.preventDefault(); onSubmit(); }}>
      <ErrorSummary problems={action.problems} />
      <RegisterHeading title={title}>{intro}</RegisterHeading>
      {children}
      <div className={inPlace ? 'stack-tight' : 'stack-tight foot'}>
        <div className="row"><Button type="submit" look="primary" large pending={action.pending}>{submit}</Button>{onBack !== undefined && !action.pending && <Button large onPress={onBack.go}>{onBack.label}</Button>}</div>
        {status}
      </div>
    </Form>
  );
}

/** The heading of a page and what it is for. */
export function RegisterHeading({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return <div className="stack-tight"><PageHeading title={title} />{children}</div>;
}
