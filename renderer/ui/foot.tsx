import { ArrowDown } from 'lucide-react';
import type { ReactNode, Ref } from 'react';

/** The foot of a form: the button that goes on, in sight on a long page. While more of the form lies below it, it says so; `children` stand under the button. */
export function Foot({ button, place, children }: { readonly button: ReactNode; readonly place?: Ref<HTMLDivElement>; readonly children?: ReactNode }) {
  return (
    <div ref={place} className="stack foot">
      <div className="foot-go">{button}<span className="foot-more small" aria-hidden="true"><ArrowDown size={18} />There is more below</span></div>
      {children}
    </div>
  );
}
