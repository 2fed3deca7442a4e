import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** A remark that stands out: plain, a warning, or the halt's red. */
export function Note({ tone = 'plain', children }: { readonly tone?: 'plain' | 'warn' | 'stop'; readonly children: ReactNode }) {
  const Icon = tone === 'plain' ? Info : tone === 'warn' ? TriangleAlert : CircleAlert;
  return <div className={`note note-${tone}`}><Icon size={20} aria-hidden="true" /><div>{children}</div></div>;
}
