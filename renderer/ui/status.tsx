import { CircleCheck } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

/** What was done, where it was done; read out when it comes. Always on the page, so that it is. */
export function Status({ children }: { readonly children: ReactNode }) {
  return <div role="status">{children !== null && children !== false && children !== '' && <p className="status"><CircleCheck size={20} aria-hidden="true" /><span>{children}</span></p>}</div>;
}

/** The end of a piece of work: takes the focus, because the button that was pressed is gone. */
export function Finished({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { heading.current?.focus(); }, []);
  return (
    <section className="finished stack">
      <h2 ref={heading} tabIndex={-1}><CircleCheck size={24} aria-hidden="true" />{title}</h2>
      {children}
    </section>
  );
}
