import { useEffect, useRef, type ReactNode } from 'react';
import { typeOnwards } from './type-onwards.js';

/** The heading of a page: names the window and takes the focus when the page appears, so that it is read out. */
export function PageHeading({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Countersign`;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [title]);
  return <h1 ref={heading} tabIndex={-1} onKeyDown={typeOnwards}>{children ?? title}</h1>;
}
