import { FileCheck2 } from 'lucide-react';
import { useState } from 'react';
import { DropZone, isFileDropItem } from 'react-aria-components';
import { Button } from '../../ui/button.js';
import { FolderBrowser } from '../../ui/folder-browser.js';
import '../../ui/file-drop.css';

/** Props of {@link ReceiptFile}; `name` is that of the file that is there, null while none is. */
export interface ReceiptFileProps {
  readonly name: string | null;
  readonly onDropped: (file: File) => void;
  readonly onChosen: (path: string) => void;
  readonly disabled: boolean;
  readonly describedBy: string | undefined;
}

/** The receipt of a check: dropped, or chosen among the files of this computer. The system's own window for that would take the keyboard, and with it STOP. */
export function ReceiptFile({ name, onDropped, onChosen, disabled, describedBy }: ReceiptFileProps) {
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <DropZone
        className="drop" aria-label="Receipt of a check" isDisabled={disabled}
        onDrop={(event) => {
          const item = event.items.find(isFileDropItem);
          void item?.getFile().then(onDropped);
        }}
      >
        <FileCheck2 size={28} aria-hidden="true" />
        <p>{name === null ? 'Drop the file here, or' : <b className="wrap-anywhere">{name}</b>}</p>
        <Button id="receipt" isDisabled={disabled} aria-expanded={choosing} onPress={() => { setChoosing(!choosing); }} {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}>{name === null ? 'Choose a file' : 'Choose another'}</Button>
      </DropZone>
      {choosing && (
        <FolderBrowser
          start={null} purpose="json-file"
          onChoose={(path) => {
            setChoosing(false);
            document.getElementById('receipt')?.focus();
            onChosen(path);
          }}
          onClose={() => {
            setChoosing(false);
            document.getElementById('receipt')?.focus();
          }}
        />
      )}
    </>
  );
}
