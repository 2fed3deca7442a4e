import { isCoded } from '../../../src/record/coded-error.js';
import type { CallArguments } from '../../../src/ipc/contract.js';
import type { Progress } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { onPage, type Area } from '../../logic/region.js';
import { attempt, useScreens } from '../../store.js';
import { useDesk } from './desk.js';

type Asked = CallArguments<'capture.prepare'>;

let preparing = false;

/**
 * Makes what would be kept of the page, for the reviewers to look at; nothing is kept yet. Does nothing without a page,
 * away from the page, or while another capture is being prepared.
 */
export function capture(asked: Asked): void {
  start(() => Promise.resolve(asked));
}

/** Captures what stands in a rectangle of the view, wherever the page is scrolled to by then. */
export function captureRegion(area: Area): void {
  start(async () => ({ form: 'region', area: onPage(area, (await client.call('capture.measure', {})).scroll) }));
}

function start(asked: () => Promise<Asked>): void {
  const { app, place, progress } = useScreens.getState();
  const canCapture = app?.case?.browsing === true && app.case.page?.view != null && app.case.composite === null && place === 'home' && progress === null;
  if (!canCapture || preparing) return;
  preparing = true;
  useDesk.setState({ picking: null, cancelled: null });
  attempt(asked().then(take).finally(() => { preparing = false; }));
}

async function take(asked: Asked): Promise<void> {
  let reached: Progress | null = null;
  const stopListening = useScreens.subscribe(({ progress }) => { if (progress?.task === 'capture') reached = progress; });
  try {
    await client.call('capture.prepare', asked);
  } catch (error) {
    if (isCoded(error, 'capture.cancelled')) tellCancelled(reached, asked.form === 'series');
    if (isCoded(error, 'capture.too-large')) await offerParts();
    throw error;
  } finally {
    stopListening();
  }
}

function tellCancelled(reached: Progress | null, series: boolean): void {
  useDesk.setState({ cancelled: { done: reached?.done ?? 0, total: reached?.total ?? 0, series } });
}

/** A page that is too large for one picture can be captured in areas, one after another. */
async function offerParts(): Promise<void> {
  const { width, height, parts } = await client.call('capture.measure', {});
  const { case: open } = useScreens.getState().app ?? { case: null };
  const view = open?.page?.view ?? null;
  if (open === null || view === null || parts.length < 2) return;
  useDesk.setState({ parts: { caseId: open.id, view, width, height, areas: parts, kept: {} } });
}
