import type { ReactNode } from 'react';
import { Button } from './button.js';
import { Note } from './note.js';
import { WorkProgress } from './progress.js';
import type { Loaded } from './use-loaded.js';

/** What was fetched, or that it is being fetched, or why it could not be and a way to try again. */
export function Loading<T>({ what, loaded, reload, children }: { readonly what: string; readonly loaded: Loaded<T>; readonly reload: () => void; readonly children: (value: T) => ReactNode }) {
  if (loaded.state === 'ready') return <>{children(loaded.value)}</>;
  if (loaded.state === 'loading') {
    return (
      <div className="stack-tight">
        <p role="status" className="muted loading"><span className="button-pending" aria-hidden="true" />Fetching {what}…</p>
        <WorkProgress task="start" cancel={false} />
      </div>
    );
  }
  return (
    <div role="alert">
      <Note tone="warn">
        <p>{loaded.sentence}</p>
        <p><Button look="link" onPress={reload}>Try again</Button></p>
      </Note>
    </div>
  );
}
