import { ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { FieldHelp } from './text-field.js';

/** One thing to choose. */
export interface Option {
  readonly id: string;
  readonly title: string;
  readonly meaning?: string;
}

/** Props of {@link Select}; `value` is null while nothing is chosen. */
export interface SelectProps {
  readonly id: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string | null;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  readonly disabledIds?: readonly string[];
}

/** A choice of one from a list that opens. */
export function Select({ id, label, options, value, onChange, placeholder = 'Choose', error, disabledIds = [] }: SelectProps) {
  return (
    <AriaSelect
      className="field" value={value} onChange={(key) => { if (key !== null) onChange(String(key)); }} placeholder={placeholder}
      isInvalid={error !== undefined} validationBehavior="aria" disabledKeys={disabledIds}
    >
      <Label className="field-label">{label}</Label>
      <FieldHelp error={error} />
      <Button id={id} className="input select-button">
        <SelectValue>{({ selectedText, defaultChildren }) => selectedText === '' ? defaultChildren : selectedText}</SelectValue>
        <ChevronDown size={20} aria-hidden="true" />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox className="menu" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} className="menu-item" textValue={option.title}>
              <span>{option.title}{option.meaning !== undefined && <small>{option.meaning}</small>}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
