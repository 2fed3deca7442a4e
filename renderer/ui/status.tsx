import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { PageHeading } from './heading.js';

/** What was done, where it was done; read out when it comes. Always on the page, so that it is. */
export function Status({ children }: { readonly children: ReactNode }) {
  return <div role="status">{children !== null && children !== false && children !== '' && <p className="status"><CircleCheck size={20} aria-hidden="true" /><span>{children}</span></p>}</div>;
}

/** The end of a piece of work: a page of its own, whose heading takes the focus, because the button that was pressed is gone. */
export function Finished({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="finished stack">
      <PageHeading title={title}><CircleCheck size={28} aria-hidden="true" />{title}</PageHeading>
      {children}
    </section>
  );
}
