import type { CallArguments } from '../../../src/ipc/contract.js';
import { client } from '../../client.js';
import { attempt, useScreens } from '../../store.js';

let preparing = false;

/**
 * Makes what would be kept of the page, for the reviewers to look at; nothing is kept yet. Does nothing without a page,
 * away from the page, or while another capture is being prepared.
 */
export function capture(form: CallArguments<'capture.list'>['form']): void {
  const { app, place, progress } = useScreens.getState();
  const canCapture = app?.case?.browsing === true && app.case.page?.view != null && app.case.composite === null && place === 'home' && progress === null;
  if (!canCapture || preparing) return;
  preparing = true;
  attempt(client.call('capture.prepare', { form }).finally(() => { preparing = false; }));
}
