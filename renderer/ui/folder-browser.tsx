import { CornerLeftUp, FileText, Folder, HardDrive, TriangleAlert, Usb } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Breadcrumb, Breadcrumbs, Link, ListBox, ListBoxItem } from 'react-aria-components';
import type { FolderList } from '../../src/ipc/admin-state.js';
import { client } from '../client.js';
import { crumbsOf } from '../logic/folder-path.js';
import { count, size } from '../logic/format.js';
import { Button } from './button.js';
import { tellWhereItStands } from './steady-press.js';
import { sentenceOf } from './use-action.js';

/** Props of {@link FolderBrowser}; `start` is where the list begins, null for where a reviewer would. `purpose`: a folder to write into or read from, or a file to read. */
export interface FolderBrowserProps {
  readonly start: string | null;
  readonly purpose: 'write' | 'read' | 'json-file';
  readonly onChoose: (path: string) => void;
  readonly onClose: () => void;
}

/** The folders of this computer, one step at a time: drives, the way back, the folders here, and what fits. Escape closes it, Backspace goes up. */
export function FolderBrowser({ start, purpose, onChoose, onClose }: FolderBrowserProps) {
  const { list, failed, busy, moved, go } = useFolders(start, purpose === 'json-file');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.focus(); }, []);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Backspace' && list !== null && list.parent !== null) go(list.parent);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={box} className="folder-browser" role="group" aria-label={purpose === 'json-file' ? 'Files on this computer' : 'Folders on this computer'} aria-busy={busy} tabIndex={-1} onKeyDownCapture={onKey}>
      {list !== null && <Drives list={list} onGo={go} />}
      {list !== null && (
        <Breadcrumbs className="folder-crumbs" aria-label="The way to this folder">
          {crumbsOf(list.path).map((crumb) => <Breadcrumb key={crumb.path} id={crumb.path}><Link className="folder-crumb" onPress={() => { go(crumb.path); }}>{crumb.name}</Link></Breadcrumb>)}
        </Breadcrumbs>
      )}
      {failed !== null && (
        <div className="folder-failed" role="alert">
          <p><TriangleAlert size={18} className="inline-icon" aria-hidden="true" />{failed.sentence}</p>
          <p className="row"><Button look="link" onPress={() => { go(failed.path); }}>Try again</Button><Button look="link" onPress={() => { go(null); }}>Start from the top</Button></p>
        </div>
      )}
      {list === null && failed === null && <p className="muted folder-empty" role="status">Fetching the folders…</p>}
      {list !== null && failed === null && <Folders list={list} moved={moved} onGo={go} onFile={onChoose} />}
      <p className="unseen" role="status">{list === null || busy ? '' : `${count(list.folders.length, 'folder')}${list.files === undefined ? '' : ` and ${count(list.files.length, 'file')}`} in ${list.path}`}</p>
      {list !== null && failed === null && <Choice list={list} purpose={purpose} onChoose={onChoose} onClose={onClose} />}
      {(list === null || failed !== null) && <p className="folder-foot row"><Button onPress={onClose}>Close</Button></p>}
    </div>
  );
}

/** The list as it was last fetched, and a way to another folder. An answer that comes after a later question is thrown away. */
function useFolders(start: string | null, files: boolean) {
  const [first] = useState(start);
  const [list, setList] = useState<FolderList | null>(null);
  const [failed, setFailed] = useState<{ readonly path: string | null; readonly sentence: string } | null>(null);
  const [busy, setBusy] = useState(true);
  const asked = useRef(0);
  const go = useCallback((path: string | null): void => {
    asked.current += 1;
    const round = asked.current;
    const settle = (change: () => void): void => {
      if (round !== asked.current) return;
      change();
      setBusy(false);
    };
    setBusy(true);
    client.call('folders.list', { path, ...(files ? { files: 'json' } : {}) })
      .then((found) => {
        settle(() => {
          setList(found);
          setFailed(null);
        });
      })
      .catch((error: unknown) => { settle(() => { setFailed({ path, sentence: sentenceOf(error) }); }); });
  }, [files]);
  useEffect(() => {
    go(first);
    return () => { asked.current += 1; };
  }, [go, first]);
  return { list, failed, busy, moved: asked.current > 1, go };
}

function Drives({ list, onGo }: { readonly list: FolderList; readonly onGo: (path: string) => void }) {
  if (list.drives.length === 0) return null;
  return (
    <div className="folder-drives row" role="group" aria-label="Drives">
      {list.drives.map((drive) => (
        <Button key={drive.path} onPress={() => { onGo(drive.path); }}>
          {drive.removable ? <Usb size={18} aria-hidden="true" /> : <HardDrive size={18} aria-hidden="true" />}{drive.name}{drive.removable && <span className="unseen">, removable</span>}
        </Button>
      ))}
    </div>
  );
}

function Folders({ list, moved, onGo, onFile }: { readonly list: FolderList; readonly moved: boolean; readonly onGo: (path: string) => void; readonly onFile: (path: string) => void }) {
  const { parent, files = [] } = list;
  const items = [
    ...(parent === null ? [] : [{ id: parent, name: 'Up one folder', icon: CornerLeftUp }]),
    ...list.folders.map(({ name, path }) => ({ id: path, name, icon: Folder })),
    ...files.map(({ name, path }) => ({ id: path, name, icon: FileText })),
  ];
  const act = (path: string): void => { (files.some((file) => file.path === path) ? onFile : onGo)(path); };
  return (
    <>
      <ListBox
        key={list.path} className="folder-list" aria-label={`${list.files === undefined ? 'Folders' : 'Folders and files'} in ${list.path}`} selectionMode="none" items={items} autoFocus={moved ? 'first' : false} onAction={(key) => { act(String(key)); }} onPointerDownCapture={(event) => { tellWhereItStands(event.currentTarget); }}
        renderEmptyState={() => <span className="muted folder-empty">No folders here</span>}
      >
        {(item) => (
          <ListBoxItem id={item.id} textValue={item.name} className="menu-item folder-item">
            <item.icon size={18} aria-hidden="true" /><span className="wrap-anywhere">{item.name}</span>
          </ListBoxItem>
        )}
      </ListBox>
      {list.files?.length === 0 && <p className="muted small folder-empty">There is no file in this folder whose name ends in .json.</p>}
      {list.files === undefined && list.folders.length === 0 && parent !== null && <p className="muted small folder-empty">There is no folder in this one.</p>}
      {list.more && <p className="muted small folder-empty">Only the first {count(list.folders.length, 'folder')}{list.files === undefined ? '' : ` and ${count(files.length, 'file')}`} are shown. To reach another folder, type its path in the field above and open this list again.</p>}
    </>
  );
}

function Choice({ list, purpose, onChoose, onClose }: { readonly list: FolderList } & Pick<FolderBrowserProps, 'purpose' | 'onChoose' | 'onClose'>) {
  const refused = purpose === 'write' && !list.writable;
  if (purpose === 'json-file') return <p className="folder-foot row"><Button onPress={onClose}>Close without choosing</Button></p>;
  return (
    <div className="folder-foot">
      <p className="small">{refused ? <b>Nothing can be written in this folder. Choose another.</b> : list.free === null ? 'How much is free here is not known.' : `${size(list.free)} free here`}</p>
      <p className="row"><Button isDisabled={refused} onPress={() => { onChoose(list.path); }}>Use this folder</Button><Button look="link" onPress={onClose}>Close</Button></p>
    </div>
  );
}
