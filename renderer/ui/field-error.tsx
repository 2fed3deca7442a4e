import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What is wrong with a group of fields that no library control holds together. */
export function FieldError({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return <p id={id} className="field-error"><CircleAlert size={18} aria-hidden="true" /><span><span className="unseen">Error: </span>{children}</span></p>;
}
