import { CircleAlert } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { Input, Label, Text, TextArea as AriaTextArea, TextField as AriaTextField } from 'react-aria-components';

/** What every field has: an identifier for the error summary, a label, a hint and an error in words. */
export interface FieldProps {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean;
}

/** Props of {@link TextField}. */
export interface TextFieldProps extends FieldProps {
  readonly narrow?: boolean;
  readonly maxLength?: number;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
}

/** One line of text. The browser neither remembers nor corrects what is typed here. */
export function TextField({ id, label, hint, error, value, onChange, disabled = false, narrow = false, maxLength = 500, inputRef }: TextFieldProps) {
  return (
    <AriaTextField id={id} className={narrow ? 'field field-narrow' : 'field'} value={value} onChange={onChange} isInvalid={error !== undefined} isDisabled={disabled} validationBehavior="aria">
      <Label className="field-label">{label}</Label>
      <FieldHelp hint={hint} error={error} />
      <Input className="input" autoComplete="off" spellCheck={false} maxLength={maxLength} {...(inputRef === undefined ? {} : { ref: inputRef })} />
    </AriaTextField>
  );
}

/** Several lines of text. */
export function TextArea({ id, label, hint, error, value, onChange, disabled = false, rows = 4, mono = false }: FieldProps & { readonly rows?: number; readonly mono?: boolean }) {
  return (
    <AriaTextField id={id} className="field" value={value} onChange={onChange} isInvalid={error !== undefined} isDisabled={disabled} validationBehavior="aria">
      <Label className="field-label">{label}</Label>
      <FieldHelp hint={hint} error={error} />
      <AriaTextArea className={mono ? 'input input-mono' : 'input'} autoComplete="off" spellCheck={!mono} rows={rows} maxLength={20_000} />
    </AriaTextField>
  );
}

/** The hint and the error of a field, tied to it for a screen reader. */
export function FieldHelp({ hint, error }: { readonly hint?: ReactNode; readonly error?: string | undefined }) {
  return (
    <>
      {hint !== undefined && <Text slot="description" className="field-hint">{hint}</Text>}
      {error !== undefined && (
        <Text slot="errorMessage" className="field-error">
          <CircleAlert size={18} aria-hidden="true" />
          <span><span className="unseen">Error: </span>{error}</span>
        </Text>
      )}
    </>
  );
}
