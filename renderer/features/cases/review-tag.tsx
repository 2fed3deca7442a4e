import { CalendarClock } from 'lucide-react';
import { shortDay } from '../../logic/format.js';
import { reviewState } from '../../logic/review.js';

/** That a sealed case is due to be looked at again, or soon will be; nothing otherwise. */
export function ReviewTag({ reviewOn }: { readonly reviewOn: string | null }) {
  const state = reviewState(reviewOn, Date.now());
  if (state === null || reviewOn === null) return null;
  return <span className="tag tag-warn"><CalendarClock size={15} aria-hidden="true" />{state === 'overdue' ? 'Review due since' : 'Review due'} {shortDay(reviewOn)}</span>;
}
