import { FolderOpen } from 'lucide-react';
import { client } from '../../client.js';
import { Button } from '../../ui/button.js';
import { FieldError } from '../../ui/field-error.js';
import { useAction } from '../../ui/use-action.js';

/** Shows a bundle in the computer's own file manager, to be copied from there. `of` says which bundle, for whoever reads the screen. */
export function ShowFile({ path, of }: { readonly path: string; readonly of?: string }) {
  const action = useAction();
  return (
    <>
      <Button pending={action.pending} onPress={() => { void action.run(() => client.call('bundle.show', { path })); }}><FolderOpen size={18} aria-hidden="true" />Show it in its folder{of !== undefined && <span className="unseen">, {of}</span>}</Button>
      {action.problems.map(({ sentence }) => <FieldError key={sentence} id="show-file-error">{sentence}</FieldError>)}
    </>
  );
}
