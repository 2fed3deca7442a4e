import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { DropZone, FileTrigger, isDirectoryDropItem, isFileDropItem } from 'react-aria-components';
import { size } from '../logic/format.js';
import { Button } from './button.js';
import './file-drop.css';

/** Props of {@link FileDrop}; `id` is that of the button, for the error summary. */
export interface FileDropProps {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** `size` is null for a folder. */
  readonly file: { readonly name: string; readonly size: number | null } | null;
  readonly onFile: (file: File) => void;
  readonly disabled?: boolean;
  /** The element that says what is wrong with it. */
  readonly describedBy?: string | undefined;
}

/** One file, dropped or chosen, with its name and size once it is there. */
export function FileDrop({ id, label, icon: Icon, file, onFile, disabled = false, describedBy }: FileDropProps) {
  const [isFolder, setIsFolder] = useState(false);
  const choose = (chosen: File): void => {
    setIsFolder(false);
    onFile(chosen);
  };
  return (
    <DropZone
      className="drop" aria-label={label} isDisabled={disabled}
      onDrop={(event) => {
        const item = event.items.find(isFileDropItem);
        setIsFolder(item === undefined && event.items.some(isDirectoryDropItem));
        void item?.getFile().then(choose);
      }}
    >
      <Icon size={28} aria-hidden="true" />
      <p aria-live="polite">{isFolder ? 'That is a folder. Drop one file here, or' : file === null ? 'Drop the file here, or' : <><b className="wrap-anywhere">{file.name}</b>{file.size !== null && ` · ${size(file.size)}`}</>}</p>
      <FileTrigger onSelect={(files) => { const chosen = files?.[0]; if (chosen !== undefined) choose(chosen); }}>
        <Button id={id} isDisabled={disabled} {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}>{file === null ? 'Choose a file' : 'Choose another'}</Button>
      </FileTrigger>
    </DropZone>
  );
}
