import type { EntryData } from '../../record/kinds.js';
import type { ReportFacts } from './facts.js';
import { lockSteps } from './happenings.js';
import { part, row, table } from './parts.js';
import { html, type Html } from './template.js';
import { bothTimes, localInstant } from './times.js';

const RECIPIENTS = { police: 'the police', lado: 'the LADO', 'group-record': 'the school’s own record', other: 'another recipient' } as const;

/** A hand-over that was written down, as far as the reviewers know of it. */
function handOver(data: EntryData<'received'>): Html {
  const words = data.wordsMatch === null ? 'No words of its fingerprint were read out.' : data.wordsMatch ? 'The words of its fingerprint that were read out are right.' : 'The words that were read out are not those of its fingerprint.';
  const receipt = data.receipt === null ? null : html` The receipt of their own check of ${localInstant(data.receipt.checkedAt)} was handed back: ${data.receipt.verdict === 'changed' ? 'it says that the copy was changed' : 'it says that the copy is unchanged'}.`;
  return html`The copy of entry ${data.export} was received by ${data.name}${data.position === '' ? '' : `, ${data.position}`}, ${localInstant(data.at)}. ${words}${receipt}${data.note === '' ? null : html` ${data.note}`}`;
}

/** Every hand from capture to this copy, and room for transfers in ink. */
export function continuityPart(facts: ReportFacts): Html {
  const { input } = facts;
  const both = (initials: readonly string[]): string => initials.map(facts.name).join(' and ');
  const place = `${input.computer.name}, ${input.computer.location}`;
  const steps: { seq: number; at: string; what: Html | string; who: string }[] = [];
  for (const { header, data } of facts.told('case-opened')) steps.push({ seq: header.seq, at: header.at, what: `Case opened on ${data.computer.name}, ${data.computer.location}`, who: both(data.reviewers.map((each) => each.initials)) });
  for (const { header, data } of facts.told('sitting-started')) steps.push({ seq: header.seq, at: header.at, what: `Both reviewers signed in on ${data.machine.hostname}`, who: both(data.reviewers) });
  for (const { header } of facts.told('sitting-ended')) steps.push({ seq: header.seq, at: header.at, what: 'Sitting ended', who: header.by.includes('app') ? 'The software' : both(header.by) });
  for (const { header, data } of facts.told('capture')) steps.push({ seq: header.seq, at: header.at, what: `${data.exhibit} captured and stored encrypted on ${place}`, who: both(header.by) });
  for (const { header, data } of facts.told('quarantine')) steps.push({ seq: header.seq, at: header.at, what: `${data.exhibit} quarantined`, who: header.by.includes('app') ? 'The software' : both(header.by) });
  for (const { header, data } of facts.told('halt-ended')) steps.push({ seq: header.seq, at: header.at, what: data.how === 'handed-to-police' ? `Case handed to the police, reference ${data.reference}` : 'The police advised no further action; the review went on', who: both(header.by) });
  for (const { header } of facts.told('seal')) steps.push({ seq: header.seq, at: header.at, what: 'Case sealed', who: both(header.by) });
  for (const { header, data } of facts.told('export')) steps.push({ seq: header.seq, at: header.at, what: `Copy for ${RECIPIENTS[data.recipient]} started${header.seq === input.entries.at(-1)?.header.seq ? ' (this bundle)' : ''}`, who: both(header.by) });
  for (const { header, data } of facts.told('redaction')) steps.push({ seq: header.seq, at: header.at, what: `Redacted copy ${data.number} of ${data.exhibit} made; the exhibit stays as it is`, who: both(header.by) });
  for (const { header, data } of facts.told('received')) steps.push({ seq: header.seq, at: header.at, what: handOver(data), who: both(header.by) });
  steps.push(...lockSteps(facts));
  steps.sort((a, b) => a.seq - b.seq);
  const blank = Array.from({ length: 5 }, () => row(['', '', '', '', ''], 'blank'));
  return part(8, 'Continuity', html`
<p>The exhibits were never out of the encrypted store on ${place} before this copy was made. The store opens only with two reviewers’ passphrases.</p>
${table('From capture to this copy', ['Time', 'What happened', 'Who', 'Entry'], steps.map((step) => row([bothTimes(step.at), step.what, step.who, step.seq])), [22, 44, 25, 9])}
${table('After this copy: fill in by hand each time it changes hands', ['Date and time', 'Released by (name, signature)', 'Received by (name, signature)', 'Reason', 'Seal or reference'], blank, [16, 25, 25, 18, 16], 'ruled')}`);
}
