import type { CallArguments } from '../../../src/ipc/contract.js';
import { client } from '../../client.js';
import { attempt, useScreens } from '../../store.js';

/** Makes what would be kept of the page, for the reviewers to look at; nothing is kept yet. Does nothing without a page. */
export function capture(form: CallArguments<'capture.prepare'>['form']): void {
  const { app, progress } = useScreens.getState();
  const canCapture = app?.case?.browsing === true && app.case.page?.view != null && app.case.composite === null && progress === null;
  if (canCapture) attempt(client.call('capture.prepare', { form }));
}
