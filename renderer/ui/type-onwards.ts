import type { KeyboardEvent } from 'react';

const TEXT_FIELDS = 'input:is([type=text], [type=password], :not([type])):not(:disabled), textarea:not(:disabled)';

/**
 * The heading of a form has the focus when its page appears. Whoever begins to type then means the first field, and gets it with this letter; whoever
 * presses Enter means the button that goes on. Without a form around the heading nothing happens.
 */
export function typeOnwards(event: KeyboardEvent<HTMLElement>): void {
  const form = event.currentTarget.closest('form');
  if (form === null || event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey || event.nativeEvent.isComposing) return;
  if (event.key === 'Enter') form.requestSubmit();
  else if (event.key.length === 1 && event.key !== ' ') form.querySelector<HTMLElement>(TEXT_FIELDS)?.focus();
}
