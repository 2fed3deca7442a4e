import { Hourglass } from 'lucide-react';
import { useEffect, useState } from 'react';
import { minutesAndSeconds, timeWithSeconds, zoneOf } from '../../logic/format.js';

/** How long an answer is waited for: the time that is left, counted down, and until when. Read out only when somebody goes there. */
export function TimeLeft({ until }: { readonly until: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => { setNow(Date.now()); }, 1_000);
    return () => { clearInterval(timer); };
  }, []);
  const left = Math.max(0, Date.parse(until) - now);
  return <p className="halt-time-left" role="timer"><Hourglass size={18} aria-hidden="true" /><span>Time left to answer: <b>{minutesAndSeconds(left)}</b> (until {timeWithSeconds(until)} {zoneOf(until)})</span></p>;
}
