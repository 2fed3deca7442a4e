import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../client.js';
import { Button } from '../../ui/button.js';
import { FieldError } from '../../ui/field-error.js';
import { Status } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';

/** Shows a bundle in the computer's own file manager, to be copied from there. `of` says which bundle, for whoever reads the screen. */
export function ShowFile({ path, of }: { readonly path: string; readonly of?: string }) {
  const [asked, setAsked] = useState(false);
  const action = useAction();
  const show = (): void => {
    setAsked(true);
    void action.run(() => client.call('bundle.show', { path }));
  };
  return (
    <div>
      <Button pending={action.pending} onPress={show}><FolderOpen size={18} aria-hidden="true" />Show it in its folder{of !== undefined && <span className="unseen">, {of}</span>}</Button>
      <Status>{asked && action.problems.length === 0 && 'The folder opens in a window of its own. That can take a moment.'}</Status>
      {action.problems.map(({ sentence }) => <FieldError key={sentence} id="show-file-error">{sentence}</FieldError>)}
    </div>
  );
}
