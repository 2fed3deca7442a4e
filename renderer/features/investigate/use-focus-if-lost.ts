import { useEffect, type RefObject } from 'react';

/** Takes the focus when it would otherwise be nowhere, each time that `on` changes: whoever types elsewhere is left alone. */
export function useFocusIfLost(element: RefObject<HTMLElement | null>, on: unknown = null): void {
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) element.current?.focus({ preventScroll: true });
  }, [element, on]);
}
