import { Plus, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { TELLABLE } from '../../../src/investigation/policy/who-told.js';
import { HALT_STEPS } from '../../../src/investigation/policy/halt-steps.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { Contacts, ReviewerBadge } from '../../../src/ipc/state.js';
import { shortDateAndTime } from '../../logic/format.js';
import { timeLabel } from '../../logic/local-time.js';
import { newDraft, SOMEBODY_ELSE, toldField, withWho, type ToldDraft } from '../../logic/told.js';
import { Button } from '../../ui/button.js';
import { focusField, problemOf, type Problem } from '../../ui/error-summary.js';
import { Select } from '../../ui/select.js';
import { TextField } from '../../ui/text-field.js';
import './conclude.css';

interface ToldRowsProps {
  readonly rows: readonly ToldDraft[];
  readonly reviewers: readonly ReviewerBadge[];
  readonly contacts: Contacts;
  /** The case is about a member of staff. */
  readonly staff: boolean;
  /** What was ticked in a halt that is over: somebody was told then, the record does not say whom. */
  readonly ticked?: NonNullable<CaseView['tellingTicked']>;
  readonly problems: readonly Problem[];
  /** The conclusion is written already, and says who was told until then. */
  readonly since?: boolean;
  readonly onChange: (rows: readonly ToldDraft[]) => void;
}

/** Who was told, when and by whom: a line for each, which can be added and taken away. */
export function ToldRows({ rows, reviewers, contacts, staff, ticked = [], problems, since = false, onChange }: ToldRowsProps) {
  const focus = useRef<string | null>(null);
  useEffect(() => {
    if (focus.current !== null) focusField(focus.current);
    focus.current = null;
  }, [rows]);
  const add = (): void => {
    const row = newDraft(rows, new Date().toISOString());
    focus.current = toldField(row, 'who');
    onChange([...rows, row]);
  };
  const remove = (key: number): void => {
    focus.current = 'told-add';
    onChange(rows.filter((row) => row.key !== key));
  };
  return (
    <fieldset className="choices told" aria-describedby="told-hint">
      <legend className="choices-label">{since ? 'Who else has been told, and when' : 'Who has been told, and when'}</legend>
      <p id="told-hint" className="field-hint">
        {since ? 'Those whom the record does not name yet.' : 'Everyone outside the two of you who knows: the police, the LADO, your safeguarding lead, the head, parents or carers.'} Leave out who has still to be told.
        {staff && ' Nobody tells the person concerned unless the police or the LADO agree.'}
      </p>
      {ticked.length > 0 && (
        <div className="small">
          <p>In the halt you ticked the steps below. Add whom you told then.</p>
          <ul className="bullets">{ticked.map(({ step, by, at }) => <li key={`${step} ${at}`}>{HALT_STEPS.find(({ id }) => id === step)?.title ?? step} ({by.join(' and ')}, {shortDateAndTime(at)})</li>)}</ul>
        </div>
      )}
      {rows.map((row, at) => (
        <ToldLine key={row.key} row={row} number={at + 1} reviewers={reviewers} contacts={contacts} problems={problems} onRemove={() => { remove(row.key); }} onChange={(changed) => { onChange(rows.map((each) => (each.key === row.key ? changed : each))); }} />
      ))}
      <p id="told-add"><Button onPress={add}><Plus size={18} aria-hidden="true" />{rows.length === 0 ? 'Add somebody who was told' : 'Add another'}</Button></p>
    </fieldset>
  );
}

interface ToldLineProps extends Pick<ToldRowsProps, 'reviewers' | 'contacts' | 'problems'> {
  readonly row: ToldDraft;
  readonly number: number;
  readonly onChange: (row: ToldDraft) => void;
  readonly onRemove: () => void;
}

function ToldLine({ row, number, reviewers, contacts, problems, onChange, onRemove }: ToldLineProps) {
  const error = (field: Parameters<typeof toldField>[1]): string | undefined => problemOf(problems, toldField(row, field));
  return (
    <div className="told-row" role="group" aria-label={`Told: line ${number}`}>
      <div className="told-pair">
        <Select id={toldField(row, 'who')} label="Who was told" options={TELLABLE} value={row.who} onChange={(who) => { onChange(withWho(row, who, contacts)); }} error={error('who')} />
        <TextField id={toldField(row, 'name')} label={row.who === 'other' ? 'In your own words' : 'Name or number (optional)'} value={row.name} onChange={(name) => { onChange({ ...row, name }); }} error={error('name')} />
      </div>
      <div className="told-when">
        <TextField id={toldField(row, 'date')} label="Date" narrow value={row.date} onChange={(date) => { onChange({ ...row, date }); }} error={error('date')} />
        <TextField id={`told-${row.key}-time`} label={timeLabel(row)} narrow value={row.time} onChange={(time) => { onChange({ ...row, time }); }} />
      </div>
      <div className="told-pair">
        <Select id={toldField(row, 'by')} label="Told by" options={[...reviewers.map(({ initials, name }) => ({ id: initials, title: name })), { id: SOMEBODY_ELSE, title: 'Somebody else' }]} value={row.by} onChange={(by) => { onChange({ ...row, by }); }} error={error('by')} />
        {row.by === SOMEBODY_ELSE && <TextField id={toldField(row, 'by-name')} label="Their name and position" value={row.byName} onChange={(byName) => { onChange({ ...row, byName }); }} error={error('by-name')} />}
      </div>
      <Button look="link" onPress={onRemove}><X className="inline-icon" size={18} aria-hidden="true" />Take this line away<span className="unseen">: line {number}</span></Button>
    </div>
  );
}
