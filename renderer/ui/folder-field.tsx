import { useRef, useState } from 'react';
import { Button as AriaButton, Input, Label, TextField as AriaTextField } from 'react-aria-components';
import { FolderOpen } from 'lucide-react';
import { FolderBrowser } from './folder-browser.js';
import { FieldHelp, type FieldProps } from './text-field.js';
import './folder.css';

/** Props of {@link FolderField}; `purpose` says whether something is to be written there. */
export interface FolderFieldProps extends FieldProps {
  readonly purpose: 'write' | 'read';
}

/** A folder: typed, or looked for in a list that opens below. */
export function FolderField({ id, label, hint, error, value, onChange, disabled = false, purpose }: FolderFieldProps) {
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const close = (): void => {
    setOpen(false);
    input.current?.focus();
  };
  return (
    <div className="folder-field">
      <AriaTextField id={id} className="field" value={value} onChange={onChange} isInvalid={error !== undefined} isDisabled={disabled} validationBehavior="aria">
        <Label className="field-label">{label}</Label>
        <FieldHelp hint={hint} error={error} />
        <div className="folder-line">
          <Input ref={input} className="input" autoComplete="off" spellCheck={false} maxLength={4_096} />
          <AriaButton className="button button-plain" aria-expanded={open} isDisabled={disabled} onPress={() => { setOpen(!open); }}><FolderOpen size={18} aria-hidden="true" />{open ? 'Close the list' : 'Choose a folder'}</AriaButton>
        </div>
      </AriaTextField>
      {open && <FolderBrowser start={value.trim() === '' ? null : value.trim()} purpose={purpose} onClose={close} onChoose={(path) => { onChange(path); close(); }} />}
    </div>
  );
}
