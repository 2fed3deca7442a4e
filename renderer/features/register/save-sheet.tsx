import { FileText } from 'lucide-react';
import { useState } from 'react';
import type { SavedSheet } from '../../../src/ipc/admin-state.js';
import { size } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { FilePath } from '../../ui/file-path.js';
import { FolderField } from '../../ui/folder-field.js';
import { Status } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';

/** Writes a sheet as a PDF where the reviewers want it, and says where it is. `save` gets the folder, or null for the app's own. */
export function SaveSheet({ id, save }: { readonly id: string; readonly save: (folder: string | null) => Promise<SavedSheet> }) {
  const [folder, setFolder] = useState('');
  const [saved, setSaved] = useState<SavedSheet | null>(null);
  const action = useAction(() => id);
  const submit = (): void => {
    setSaved(null);
    void action.run(async () => { setSaved(await save(folder.trim() === '' ? null : folder.trim())); });
  };
  return (
    <div className="stack">
      <ErrorSummary problems={action.problems} />
      <FolderField id={id} label="Folder (optional)" hint="Leave it empty for the app’s own export folder." purpose="write" value={folder} onChange={setFolder} error={problemOf(action.problems, id)} />
      <Button look="primary" pending={action.pending} onPress={submit}><FileText size={18} aria-hidden="true" />Save as PDF</Button>
      <Status>{saved !== null && <>Saved, {size(saved.bytes)}: <FilePath path={saved.path} /></>}</Status>
    </div>
  );
}
