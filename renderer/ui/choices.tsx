import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField, CheckboxGroup as AriaCheckboxGroup, Label, RadioButton, RadioField, RadioGroup as AriaRadioGroup } from 'react-aria-components';
import type { Option } from './select.js';
import { FieldHelp } from './text-field.js';

interface GroupProps {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly options: readonly Option[];
  /** `inline` beside each other, `columns` in as many columns as fit, else below each other. */
  readonly layout?: 'list' | 'inline' | 'columns';
}

/** A choice of one. Nothing is chosen while `value` is null. */
export function RadioGroup({ id, label, hint, error, options, layout = 'list', value, onChange }: GroupProps & { readonly value: string | null; readonly onChange: (value: string) => void }) {
  return (
    <AriaRadioGroup id={id} className={`choices choices-${layout}`} value={value} onChange={onChange} isInvalid={error !== undefined} validationBehavior="aria" orientation={layout === 'inline' ? 'horizontal' : 'vertical'}>
      <Label className="choices-label">{label}</Label>
      <FieldHelp hint={hint} error={error} />
      <div className="choices-list">
        {options.map((option) => (
          <RadioField key={option.id} value={option.id}>
            <RadioButton className="choice choice-radio"><span className="choice-mark" aria-hidden="true" /><ChoiceText option={option} /></RadioButton>
          </RadioField>
        ))}
      </div>
    </AriaRadioGroup>
  );
}

/** A choice of any number. */
export function CheckboxGroup({ id, label, hint, error, options, layout = 'list', value, onChange }: GroupProps & { readonly value: readonly string[]; readonly onChange: (value: string[]) => void }) {
  return (
    <AriaCheckboxGroup id={id} className={`choices choices-${layout}`} value={[...value]} onChange={onChange} isInvalid={error !== undefined} validationBehavior="aria">
      <Label className="choices-label">{label}</Label>
      <FieldHelp hint={hint} error={error} />
      <div className="choices-list">
        {options.map((option) => (
          <CheckboxField key={option.id} value={option.id}>
            <CheckboxButton className="choice choice-check">
              <CheckMark selected={value.includes(option.id)} />
              <ChoiceText option={option} />
            </CheckboxButton>
          </CheckboxField>
        ))}
      </div>
    </AriaCheckboxGroup>
  );
}

/** One yes or no. */
export function Checkbox({ id, label, help, selected, onChange }: { readonly id: string; readonly label: string; readonly help?: string; readonly selected: boolean; readonly onChange: (selected: boolean) => void }) {
  return (
    <CheckboxField id={id} isSelected={selected} onChange={onChange}>
      <CheckboxButton className="choice choice-check">
        <CheckMark selected={selected} />
        <ChoiceText option={{ id, title: label, ...(help === undefined ? {} : { meaning: help }) }} />
      </CheckboxButton>
    </CheckboxField>
  );
}

/** The box of a checkbox, with its tick. */
export function CheckMark({ selected }: { readonly selected: boolean }) {
  return <span className="choice-mark" aria-hidden="true">{selected && <Check size={20} strokeWidth={3} />}</span>;
}

function ChoiceText({ option }: { readonly option: Option }) {
  return <span className="choice-text">{option.title}{option.meaning !== undefined && <small>{option.meaning}</small>}</span>;
}
