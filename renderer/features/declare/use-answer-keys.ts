import { useEffect, useRef } from 'react';

/** Hears the one-letter keys of the answers, except while somebody types in a field or holds another key with it. */
export function useAnswerKeys(onKey: (key: string) => void): void {
  const latest = useRef(onKey);
  useEffect(() => { latest.current = onKey; });
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.matches('textarea, input:not([type="radio"], [type="checkbox"])');
      if (typing || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      latest.current(event.key.toUpperCase());
    };
    window.addEventListener('keydown', down);
    return () => { window.removeEventListener('keydown', down); };
  }, []);
}
