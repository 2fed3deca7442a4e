import { useRef, useState } from 'react';
import type { CaseView } from '../../../src/ipc/case-view.js';
import { client } from '../../client.js';
import { count, number } from '../../logic/format.js';
import { attempt, reportProblem, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { ProgressBar } from '../../ui/progress.js';
import { useDesk, type Cancelled } from './desk.js';
import { useFocusIfLost } from './use-focus-if-lost.js';

/** A capture while it is taken, with what can be done about it, and how far one had come that was cancelled. */
export function CaptureWork({ series }: { readonly series: CaseView['series'] }) {
  const progress = useScreens((screens) => screens.progress);
  const cancelled = useDesk((desk) => desk.cancelled);
  const [cancelling, setCancelling] = useState(false);
  if (progress?.task !== 'capture') return cancelled === null ? null : <CancelledNote cancelled={cancelled} />;
  const cancel = (): void => {
    setCancelling(true);
    client.call('work.cancel', {}).catch(reportProblem).finally(() => { setCancelling(false); });
  };
  const of = series === null ? 'rows of pixels' : 'pictures';
  return (
    <div className="stack-tight">
      <div role="status"><ProgressBar label={progress.step} done={progress.done} total={progress.total} /></div>
      {progress.total > 0 && <p className="small muted">{number(progress.done)} of {number(progress.total)} {of}. {series === null ? 'Nothing is kept yet.' : 'You can go on using the page. It ends by itself when the page goes elsewhere.'}</p>}
      <div className="row">
        {series !== null && series.done > 0 && <Button look="primary" onPress={() => { attempt(client.call('capture.finish', {})); }}>Finish with {count(series.done, 'picture')}</Button>}
        {progress.canCancel && <Button onPress={cancel} pending={cancelling}>Cancel</Button>}
      </div>
    </div>
  );
}

function CancelledNote({ cancelled: { done, total, series } }: { readonly cancelled: Cancelled }) {
  const box = useRef<HTMLDivElement>(null);
  useFocusIfLost(box);
  const far = total === 0 ? '' : ` after ${number(done)} of ${number(total)} ${series ? 'pictures' : 'rows of pixels'}`;
  return (
    <div ref={box} className="row row-spread" tabIndex={-1}>
      <p role="status">The capture was cancelled{far}. Nothing of it was kept.</p>
      <Button onPress={() => { useDesk.setState({ cancelled: null }); document.getElementById('view')?.focus(); }}>Close</Button>
    </div>
  );
}
