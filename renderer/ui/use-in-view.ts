import { useEffect, useState, type RefObject } from 'react';

/** Whether any of the element is within the window now. */
export function useInView(place: RefObject<HTMLElement | null>): boolean {
  const [inView, setInView] = useState(false);
  useEffect(() => {
    if (place.current === null) return undefined;
    const observer = new IntersectionObserver((entries) => { setInView(entries.at(-1)?.isIntersecting === true); });
    observer.observe(place.current);
    return () => { observer.disconnect(); };
  }, [place]);
  return inView;
}
