import { RefreshCw, Usb } from 'lucide-react';
import { useCallback } from 'react';
import type { FolderList } from '../../../src/ipc/admin-state.js';
import { client } from '../../client.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { FolderField } from '../../ui/folder-field.js';
import { useLoaded } from '../../ui/use-loaded.js';

/** Where a bundle goes: the app's own folder, a drive by its path, or a folder that was chosen. */
export interface PlaceChosen {
  readonly place: string;
  readonly folder: string;
}

/** The app's own export folder. */
export const OWN: PlaceChosen = { place: 'own', folder: '' };

/** The folder that a choice stands for; null for the app's own. */
export function folderOf({ place, folder }: PlaceChosen): string | null {
  if (place === 'own') return null;
  return place === 'other' ? folder.trim() : place;
}

/** A place for the bundle. Removable drives are named; one that is plugged in later is found by looking again. */
export function PlaceField({ chosen, onChange, error, disabled }: { readonly chosen: PlaceChosen; readonly onChange: (chosen: PlaceChosen) => void; readonly error: string | undefined; readonly disabled: boolean }) {
  const fetch = useCallback(() => client.call('folders.list', { path: null }), []);
  const { loaded, reload } = useLoaded(fetch);
  const drives = loaded.state === 'ready' ? removable(loaded.value) : [];
  const options = [
    { id: 'own', title: 'The app’s own export folder', meaning: 'It stays on this computer.' },
    ...drives.map((drive) => ({ id: drive.path, title: drive.name, meaning: `Removable. ${drive.path}` })),
    { id: 'other', title: 'Another folder' },
  ];
  return (
    <div className="stack-tight">
      <RadioGroup id="place" label="Where does it go?" options={options} value={chosen.place} onChange={(place) => { onChange({ ...chosen, place }); }} />
      {chosen.place === 'other' && <FolderField id="folder" label="Folder" purpose="write" value={chosen.folder} onChange={(folder) => { onChange({ ...chosen, folder }); }} disabled={disabled} error={error} />}
      <p className="row small">
        <Button look="link" onPress={reload}><RefreshCw size={16} className="inline-icon" aria-hidden="true" />Look for drives again</Button>
        <span className="muted" role="status">{loaded.state === 'loading' ? 'Looking for drives…' : drives.length === 0 ? 'No removable drive was found.' : ''}{drives.length > 0 && <><Usb size={16} className="inline-icon" aria-hidden="true" />{drives.length === 1 ? 'One removable drive' : `${drives.length} removable drives`}</>}</span>
      </p>
    </div>
  );
}

function removable(list: FolderList): FolderList['drives'] {
  return list.drives.filter((drive) => drive.removable);
}
