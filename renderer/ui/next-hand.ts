import type { KeyboardEvent } from 'react';

/**
 * For a card in which one of two people types a passphrase, beside the card of the other, whose field is named `field`. Enter behind the first passphrase
 * leads to the other's field while that is empty: there is nothing to send yet, and no mistake to tell. Whoever has got from a field to the button that
 * shows what was typed, and types a letter, means the next field and gets it; the spaces of a passphrase would press that button.
 */
export function nextHand({ own, other, field }: { readonly own: string; readonly other: string; readonly field: string }) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || own === '' || other !== '') return;
    const next = document.getElementById(field);
    if (event.target instanceof HTMLInputElement && event.key === 'Enter') {
      event.preventDefault();
      next?.focus();
    } else if (event.target instanceof Element && event.target.matches('.input-button') && event.key.length === 1 && event.key !== ' ') {
      next?.focus();
    }
  };
}
