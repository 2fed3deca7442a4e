import { Label, ProgressBar as AriaProgressBar } from 'react-aria-components';
import { useState } from 'react';
import type { Progress } from '../../src/ipc/state.js';
import { client } from '../client.js';
import { reportProblem, useScreens } from '../store.js';
import { Button } from './button.js';

/** How far something is; `total` 0 when the end is not known. */
export function ProgressBar({ label, done, total }: { readonly label: string; readonly done: number; readonly total: number }) {
  const share = total === 0 ? 0 : Math.min(100, (done / total) * 100);
  return (
    <AriaProgressBar className={total === 0 ? 'progress progress-unknown' : 'progress'} value={share} isIndeterminate={total === 0}>
      {({ valueText }) => (
        <>
          <span className="row row-spread"><Label>{label}</Label>{total > 0 && <span className="muted mono small">{valueText}</span>}</span>
          <div className="progress-bar"><div className="progress-fill" style={total === 0 ? {} : { width: `${share}%` }} /></div>
        </>
      )}
    </AriaProgressBar>
  );
}

/** Long work of one kind while it goes on, with a button to cancel it where that is safe; nothing otherwise. */
export function WorkProgress({ task, cancel: offered = true }: { readonly task: Progress['task']; readonly cancel?: boolean }) {
  const progress = useScreens((screens) => screens.progress);
  const [cancelling, setCancelling] = useState(false);
  if (progress?.task !== task) return null;
  const cancel = (): void => {
    setCancelling(true);
    client.call('work.cancel', {}).catch(reportProblem).finally(() => { setCancelling(false); });
  };
  return (
    <div className="stack-tight" role="status">
      <ProgressBar label={progress.step} done={progress.done} total={progress.total} />
      {offered && progress.canCancel && <Button onPress={cancel} pending={cancelling}>Cancel</Button>}
    </div>
  );
}
