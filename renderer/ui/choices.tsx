import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, CheckboxGroup as AriaCheckboxGroup, Label, Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components';
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
          <Radio key={option.id} value={option.id} className="choice choice-radio">
            <span className="choice-mark" aria-hidden="true" />
            <ChoiceText option={option} />
          </Radio>
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
          <AriaCheckbox key={option.id} value={option.id} className="choice choice-check">
            {({ isSelected }) => (
              <>
                <span className="choice-mark" aria-hidden="true">{isSelected && <Check size={20} strokeWidth={3} />}</span>
                <ChoiceText option={option} />
              </>
            )}
          </AriaCheckbox>
        ))}
      </div>
    </AriaCheckboxGroup>
  );
}

/** One yes or no. */
export function Checkbox({ id, label, help, selected, onChange }: { readonly id: string; readonly label: string; readonly help?: string; readonly selected: boolean; readonly onChange: (selected: boolean) => void }) {
  return (
    <AriaCheckbox id={id} className="choice choice-check" isSelected={selected} onChange={onChange}>
      <span className="choice-mark" aria-hidden="true">{selected && <Check size={20} strokeWidth={3} />}</span>
      <ChoiceText option={{ id, title: label, ...(help === undefined ? {} : { meaning: help }) }} />
    </AriaCheckbox>
  );
}

function ChoiceText({ option }: { readonly option: Option }) {
  return <span className="choice-text">{option.title}{option.meaning !== undefined && <small>{option.meaning}</small>}</span>;
}
