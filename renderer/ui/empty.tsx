import type { ReactNode } from 'react';
import { Mark } from './mark.js';

/** What a list shows while there is nothing in it: why, and what to do. */
export function Empty({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="empty">
      <Mark size={40} quiet />
      <h2>{title}</h2>
      {children}
    </div>
  );
}
