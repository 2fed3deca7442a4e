import type { ReviewerBadge } from '../../src/ipc/state.js';
import { RadioGroup } from './choices.js';

/** Which of the two reviewers does something. */
export function Who({ id, label, reviewers, value, onChange, error }: {
  readonly id: string; readonly label: string; readonly reviewers: readonly ReviewerBadge[]; readonly value: string | null; readonly onChange: (initials: string) => void; readonly error?: string | undefined;
}) {
  return <RadioGroup id={id} label={label} layout="inline" options={reviewers.map(({ initials, name }) => ({ id: initials, title: name }))} value={value} onChange={onChange} error={error} />;
}
