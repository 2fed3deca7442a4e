import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { Input, Label, TextField as AriaTextField, ToggleButton } from 'react-aria-components';
import { FieldHelp, type FieldProps } from './text-field.js';

/**
 * Props of {@link PassphraseField}; `person` is who types, for the label of the button that shows what was typed; absent for whoever reads the screen.
 * With `shown` something else on the page shows and hides it, and there is no such button.
 */
export interface PassphraseFieldProps extends FieldProps {
  readonly person?: string;
  readonly shown?: boolean;
}

/** A passphrase: hidden unless shown, never remembered by the browser, and open to pasting. */
export function PassphraseField({ id, label, hint, error, value, onChange, disabled = false, person, shown }: PassphraseFieldProps) {
  const [ownShown, setOwnShown] = useState(false);
  const open = shown ?? ownShown;
  return (
    <AriaTextField
      id={id} className="field" type={open ? 'text' : 'password'} value={value} onChange={onChange} isInvalid={error !== undefined} isDisabled={disabled} validationBehavior="aria"
    >
      <Label className="field-label">{label}</Label>
      {error !== undefined && <FieldHelp error={error} />}
      {/* Whoever goes on leaves nothing in clear for the next pair of eyes. */}
      <div className="input-with-button" onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOwnShown(false); }}>
        <Input className="input" autoComplete="off" autoCapitalize="off" autoCorrect="off" spellCheck={false} maxLength={1_000} />
        {shown === undefined && (
          <ToggleButton className="input-button" isSelected={open} onChange={setOwnShown} aria-label={person === undefined ? 'Show what you type' : `Show what ${person} types`}>
            {open ? <EyeOff size={20} aria-hidden="true" /> : <Eye size={20} aria-hidden="true" />}
          </ToggleButton>
        )}
      </div>
      {hint !== undefined && <FieldHelp hint={hint} />}
    </AriaTextField>
  );
}
