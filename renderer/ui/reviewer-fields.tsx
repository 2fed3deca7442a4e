import { useState } from 'react';
import type { ReviewerRole } from '../../src/ipc/admin-state.js';
import { areInitials, suggestInitials } from '../logic/initials.js';
import { ROLES } from '../logic/roles.js';
import { RadioGroup } from './choices.js';
import { problemOf, type Problem } from './error-summary.js';
import { TextField } from './text-field.js';

/** A reviewer to enrol; `role` is null until one is chosen. */
export interface NewReviewer {
  readonly name: string;
  readonly position: string;
  readonly initials: string;
  readonly role: ReviewerRole | null;
}

/** Before anything is typed. */
export const NOBODY: NewReviewer = { name: '', position: '', initials: '', role: null };

/** Who somebody is: name, position, initials (suggested from the name until they are typed) and role. */
export function ReviewerFields({ value, onChange, problems }: { readonly value: NewReviewer; readonly onChange: (value: NewReviewer) => void; readonly problems: readonly Problem[] }) {
  const [own, setOwn] = useState(value.initials !== '' && value.initials !== suggestInitials(value.name));
  const error = (field: string): string | undefined => problemOf(problems, field);
  return (
    <>
      <TextField id="name" label="Full name" value={value.name} onChange={(name) => { onChange({ ...value, name, ...(own ? {} : { initials: suggestInitials(name) }) }); }} error={error('name')} />
      <TextField id="position" label="Position" hint="For example Deputy Head." value={value.position} onChange={(position) => { onChange({ ...value, position }); }} error={error('position')} />
      <TextField
        id="initials" label="Three initials" narrow maxLength={3} hint="They mark exhibits, such as PAS/1. Use X if there is no middle name." value={value.initials} error={error('initials')}
        onChange={(text) => {
          setOwn(true);
          onChange({ ...value, initials: text.toUpperCase() });
        }}
      />
      <RadioGroup id="role" label="Role" options={ROLES} value={value.role} onChange={(role) => { onChange({ ...value, role: role as ReviewerRole }); }} error={error('role')} />
    </>
  );
}

/** What is wrong with what was typed; `taken` are the initials that others have. */
export function personProblems(reviewer: NewReviewer, taken: readonly { readonly initials: string; readonly name: string }[]): Problem[] {
  const problems: Problem[] = [];
  if (reviewer.name.trim() === '') problems.push({ field: 'name', sentence: 'Enter the reviewer’s full name' });
  if (reviewer.position.trim() === '') problems.push({ field: 'position', sentence: 'Enter the reviewer’s position' });
  const other = taken.find(({ initials }) => initials === reviewer.initials);
  if (!areInitials(reviewer.initials)) problems.push({ field: 'initials', sentence: 'Initials must be three letters from A to Z' });
  else if (other !== undefined) problems.push({ field: 'initials', sentence: `${other.name.trim() === '' ? 'Somebody else' : other.name} already uses ${reviewer.initials}. Choose different initials` });
  if (reviewer.role === null) problems.push({ field: 'role', sentence: 'Choose a role' });
  return problems;
}

/** Which field of {@link ReviewerFields} or of the passphrase a refusal belongs to. */
export function reviewerFieldOf(code: string): string | undefined {
  return { 'set-up.same-initials': 'initials', 'set-up.bad-initials': 'initials', 'set-up.bad-name': 'name', 'set-up.bad-role': 'role', 'auth.weak-passphrase': 'passphrase', 'auth.same-passphrase': 'passphrase', 'set-up.same-passphrase': 'passphrase', 'reviewers.holds-recovery': 'name' }[code];
}
