import type { PolicySanction } from '../../../src/ipc/admin-state.js';
import { Checkbox } from '../../ui/choices.js';
import { TextField } from '../../ui/text-field.js';

/** What was written about each chosen sanction, by its identifier; empty where nothing was. */
export type ChosenDetails = Readonly<Record<string, string>>;

interface SanctionChoiceProps {
  readonly sanctions: readonly Pick<PolicySanction, 'id' | 'title' | 'meaning'>[];
  /** The case is about a member of staff. */
  readonly staff: boolean;
  readonly chosen: ChosenDetails;
  readonly onChange: (chosen: ChosenDetails) => void;
}

/** The sanctions that the school's policy offers: any number of them or none, each with a line of its own once it is chosen. */
export function SanctionChoice({ sanctions, staff, chosen, onChange }: SanctionChoiceProps) {
  const choose = (id: string, on: boolean): void => {
    const { [id]: before = '', ...others } = chosen;
    onChange(on ? { ...others, [id]: before } : others);
  };
  return (
    <fieldset className="choices sanctions" aria-describedby="sanctions-hint">
      <legend className="choices-label">Sanctions from your policy (optional)</legend>
      <p id="sanctions-hint" className="field-hint">
        Choose all that apply, or none. What your school decides goes in the record.
        {staff && ' Nobody tells the person concerned unless the police or the LADO agree.'}
      </p>
      <div className="choices-list">
        {sanctions.map(({ id, title, meaning }) => (
          <div key={id} className="sanction">
            <Checkbox id={`sanction-${id}`} label={title} {...(meaning === '' ? {} : { help: meaning })} selected={id in chosen} onChange={(on) => { choose(id, on); }} />
            {id in chosen && (
              <div className="sanction-details">
                <TextField id={`sanction-details-${id}`} label={<>Details (optional)<span className="unseen">: {title}</span></>} hint="For example how long, from when, or who does it." value={chosen[id] ?? ''} onChange={(details) => { onChange({ ...chosen, [id]: details }); }} />
              </div>
            )}
          </div>
        ))}
      </div>
    </fieldset>
  );
}
