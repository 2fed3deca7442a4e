import type { Contacts } from '../../src/ipc/state.js';
import { TextField } from './text-field.js';

const FIELDS = [
  { key: 'policeForce', label: 'Your police force', hint: 'Name and number. 999 and 101 are always shown as well.' },
  { key: 'safeguardingLead', label: 'Designated safeguarding lead', hint: 'Name and number.' },
  { key: 'lado', label: 'LADO', hint: 'The council’s designated officer, for concerns about staff. Name and number.' },
  { key: 'head', label: 'Head or principal', hint: 'Name and number.' },
  { key: 'chair', label: 'Chair of governors', hint: 'For a concern about the head. Name and number.' },
  { key: 'hr', label: 'Head of HR', hint: 'For a concern about staff. Write “none” if there is none.' },
  { key: 'chiefExecutive', label: 'Chief executive', hint: 'Of the trust, for a concern about staff. Write “none” if there is none.' },
  { key: 'iwf', label: 'Internet Watch Foundation (IWF)', hint: 'Where you report an address, once the police agree.' },
  { key: 'ceop', label: 'Child Exploitation and Online Protection (CEOP)', hint: 'For online contact with a child that worries you.' },
  { key: 'support', label: 'Support for the two of you', hint: 'For example occupational health. Name and number.' },
] as const;

/** Whom to call in a crisis. Any of them may stay empty. */
export function ContactFields({ value, onChange }: { readonly value: Contacts; readonly onChange: (contacts: Contacts) => void }) {
  return (
    <>
      {FIELDS.map(({ key, label, hint }) => (
        <TextField key={key} id={`contact-${key}`} label={label} hint={hint} value={value[key] ?? ''} onChange={(text) => { onChange({ ...value, [key]: text }); }} />
      ))}
    </>
  );
}
