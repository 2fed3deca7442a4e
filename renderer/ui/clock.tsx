import { useEffect, useState } from 'react';
import { dateAndTime } from '../logic/format.js';

/** The date and time with its zone, to the minute. */
export function Clock() {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => { setNow(new Date()); }, 5_000);
    return () => { clearInterval(timer); };
  }, []);
  return <time dateTime={now.toISOString()}>{dateAndTime(now.toISOString())}</time>;
}
