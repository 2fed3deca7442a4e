import type { RefusedThing } from '../../record/kinds.js';

/** What the browser refuses, and what the reviewers read when it does. */
export interface BrowserRule {
  readonly sentence: string;
  readonly why: string;
}

/** One row for everything that a page may try and the browser refuses; hosts only apply it. */
export const BROWSER_RULES: Readonly<Record<RefusedThing, BrowserRule>> = {
  download: { sentence: 'Download refused', why: 'The page tried to send a file. A file could hold anything, and keeping it could be an offence.' },
  upload: { sentence: 'Sending a file refused', why: 'The page asked for a file from this computer.' },
  popup: { sentence: 'New window refused', why: 'The page tried to open another window. Its address was opened here instead.' },
  dialog: { sentence: 'Message box closed', why: 'The page showed a message box. Boxes can trap you, so they are closed.' },
  'before-unload': { sentence: 'Stay-on-page box closed', why: 'The page tried to stop you from leaving.' },
  permission: { sentence: 'Permission refused', why: 'The page asked to use something on this computer.' },
  'external-link': { sentence: 'Link to another program refused', why: 'The link would have opened another program.' },
  'address-scheme': { sentence: 'Address refused', why: 'Only addresses that start with http or https can be opened.' },
  print: { sentence: 'Printing refused', why: 'The page tried to print itself.' },
  fullscreen: { sentence: 'Full screen refused', why: 'The page tried to cover the whole screen.' },
  'service-worker': { sentence: 'Background program refused', why: 'The page tried to install a program that answers for the site.' },
  'suspected-address': { sentence: 'Address not opened', why: 'This address is marked as suspected. It is never opened here.' },
  certificate: { sentence: 'Unsafe connection refused', why: 'The site’s certificate is not valid.' },
  locked: { sentence: 'Not loaded while the app was locked', why: 'Nobody was there to look. Pages load nothing while the app is locked.' },
  'pointer-lock': { sentence: 'Mouse not handed over', why: 'The page tried to take the mouse and hide the pointer.' },
  beacon: { sentence: 'Message on leaving not sent', why: 'The page tried to tell its site something in the background, as pages do when you leave them.' },
  prefetch: { sentence: 'Loading ahead refused', why: 'The page asked for another page that nobody had opened.' },
  'drag-out': { sentence: 'Dragging stopped', why: 'Something of the page was about to be dragged. Nothing can be dragged out of it.' },
  'private-address': { sentence: 'Address in this network not opened', why: 'The settings say that addresses inside the school’s own network are not opened.' },
  'text-first': { sentence: 'Not loaded: text first', why: 'You chose to see the text of pages before their pictures.' },
  'client-certificate': { sentence: 'No certificate given', why: 'The site wanted a certificate of this computer to know who asks.' },
  authentication: { sentence: 'Password box closed', why: 'The site asked for a name and password.' },
};

/** What of ours touches the pages that are looked at; each sitting's first entry says so. */
export const PAGE_TOUCHES: readonly string[] = [
  'The header Permissions-Policy of each document is replaced by one that denies cameras, places, devices, full screen and the like. The page can tell.',
  'Beside each page, in a world of its own that the page cannot see, a listener hears printing, pointer locks, full screens, clicked links with a fragment, and changes of the title.',
  'The app drives the page over the Chrome DevTools Protocol: addresses, mouse, keys, scrolling, captures. No extension is present.',
];
