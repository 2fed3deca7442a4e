import type { KeyboardEvent } from 'react';

const TEXT_FIELD = 'input:is([type=text], [type=password], :not([type])), textarea';

/**
 * The heading of a form has the focus when its page appears. Whoever begins to type then means the first field, and gets it with this letter, where it is one for
 * text; whoever presses Enter means the button that goes on. Without a form around the heading nothing happens.
 */
export function typeOnwards(event: KeyboardEvent<HTMLElement>): void {
  const form = event.currentTarget.closest('form');
  if (form === null || event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey || event.nativeEvent.isComposing) return;
  if (event.key === 'Enter') form.requestSubmit();
  const first = form.querySelector<HTMLElement>('input, textarea, button');
  if (event.key.length === 1 && event.key !== ' ' && first?.matches(TEXT_FIELD) === true) first.focus();
}
