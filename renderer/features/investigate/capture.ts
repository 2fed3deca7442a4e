import { CodedError, isCoded } from '../../../src/record/coded-error.js';
import type { CallArguments } from '../../../src/ipc/contract.js';
import type { AppState, Progress } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { onPage, type Area } from '../../logic/region.js';
import { attempt, reportProblem, useScreens } from '../../store.js';
import { useDesk } from './desk.js';

type Asked = CallArguments<'capture.prepare'>;

let preparing = false;

/**
 * Makes what would be kept of the page, for the reviewers to look at; nothing is kept yet. Says why not where it cannot
 * be; does nothing away from the page or while another capture is being prepared.
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
  if (app?.case?.composite !== null || place !== 'home' || progress?.task === 'capture' || preparing) return;
  const why = whyNot(app.case, progress);
  if (why !== null) {
    reportProblem(new CodedError('capture.not-now', why));
    return;
  }
  preparing = true;
  useDesk.setState({ picking: null, cancelled: null });
  attempt(asked().then(take).finally(() => { preparing = false; }));
}

/** A key that does nothing, and says nothing, would be taken for a page that was kept. */
function whyNot(open: NonNullable<AppState['case']>, progress: Progress | null): string | null {
  if (!open.browsing) return 'The browser is not running, so there is no page to capture. Start it first.';
  if (open.question !== null) return 'Answer the question about this address first.';
  if (open.page?.view == null) return 'There is no page to capture yet. Open one first.';
  return progress === null ? null : 'Something else is being done. Wait until it is finished, then capture the page.';
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
