import { CONCERN_CATEGORIES } from '../../investigation/policy/concerns.js';
import { CAME_UP_WAYS, OUTCOMES } from '../../investigation/policy/outcomes.js';
import { sanctionWords } from '../../investigation/policy/sanctions.js';
import { toldTitle } from '../../investigation/policy/who-told.js';
import type { EntryData } from '../../record/kinds.js';
import type { ReportFacts } from './facts.js';
import { address, part, written } from './parts.js';
import { html, type Html } from './template.js';
import { localDay, localInstant } from './times.js';

/**
 * "Record of reviewing devices / internet sites (responding to incidents of misuse)": the form's own fields in its own
 * order (DOMAIN.md section 2), filled from the record, with room for signatures in ink.
 */
export function formPart(facts: ReportFacts): Html {
  const { input, opened } = facts;
  const computer = opened?.computer ?? input.computer;
  return part(1, 'Record of reviewing devices / internet sites', html`
<p class="small">Responding to incidents of misuse. Filled in from the record; the signatures below are for ink.</p>
<div class="form">
${line('Group', opened?.organisation ?? input.organisation)}
${line('Date', dates(facts))}
${line('Reason for investigation', opened === null ? 'Withheld from this copy' : html`${written(opened.reason)}${cameUp(opened)}`)}
${person('Details of first reviewing person', facts, 0)}
${person('Details of second reviewing person', facts, 1)}
${line('Name and location of computer used for review (for web sites)', `${computer.name}, ${computer.location}`)}
<div class="wide">${sites(facts)}</div>
<div class="wide"><div class="label">Conclusion and Action proposed or taken</div><div class="value">${conclusion(facts)}</div></div>
</div>`);
}

function cameUp({ cameUp: came }: NonNullable<ReportFacts['opened']>): Html | null {
  const way = came === undefined ? undefined : CAME_UP_WAYS.find(({ id }) => id === came.way)?.title;
  return came === undefined || way === undefined ? null : html`<p class="small">How it came up: ${way}.</p>${came.words === '' ? null : written(came.words)}`;
}

function line(label: string, value: Html | string): Html {
  return html`<div><div class="label">${label}</div><div class="value">${value}</div></div>`;
}

function person(label: string, facts: ReportFacts, index: 0 | 1): Html {
  const reviewer = facts.opened?.reviewers[index] ?? facts.input.signers[index];
  return line(label, html`<div class="person"><span>Name</span><span>${reviewer.name} (${reviewer.initials})</span><span>Position</span><span>${reviewer.position}</span><span>Signature</span><span class="ink"></span></div>`);
}

function dates(facts: ReportFacts): string {
  const days = new Set(facts.told('sitting-started').map((entry) => localDay(entry.header.at)));
  const first = facts.input.entries[0];
  if (days.size === 0 && first !== undefined) days.add(localDay(first.header.at));
  return [...days].join('; ');
}

function sites(facts: ReportFacts): Html {
  const concerns = facts.told('concern');
  const rows = concerns.map(({ data }) => html`<tr><td>${data.url === null ? 'No address' : address(data.url)}</td><td>${categoryTitle(data)}${written(data.description)}</td></tr>`);
  const hidden = facts.hidden('concern');
  const none = html`<tr><td>${hidden === 0 ? 'None noted' : 'Withheld'}</td><td>${hidden === 0 ? 'No concern was recorded. Part 3 lists every address that was visited.' : `${hidden === 1 ? 'One concern is' : `${hidden} concerns are`} withheld from this copy. See part 11.`}</td></tr>`;
  if (rows.length > 0 && hidden > 0) rows.push(none);
  return html`<table><colgroup><col style="width:50%"><col></colgroup><thead><tr><th scope="col">Web site(s) address / device</th><th scope="col">Reason for concern</th></tr></thead><tbody>${rows.length === 0 ? none : rows}</tbody></table>`;
}

function conclusion(facts: ReportFacts): Html {
  const last = facts.told('conclusion').at(-1);
  const halted = haltStands(facts);
  const none = halted
    ? html`<p>This review was halted because something may show the sexual abuse of a child. It was not carried on, and there is no conclusion. See part 6.</p>`
    : facts.hidden('conclusion') > 0 ? html`<p>The conclusion is withheld from this copy. See part 11.</p>` : html`<p>No conclusion has been recorded yet.</p>`;
  const lines = [...Array.from({ length: 2 }, () => html`<span class="ink"></span>`)];
  if (last === undefined) return html`${none}${lines}`;
  const sanctions = sanctionList(last.data);
  const tellings = facts.tellings();
  return html`<p>${substanceSentence(last.data.substance)}</p>${written(last.data.text)}<p>${last.data.outcomes.map((outcome) => `${outcomeTitle(outcome)}.`).join(' ')}</p>${sanctions === null ? null : html`<p>Sanctions:</p>${sanctions}`}${tellings.length === 0 ? null : html`<p>Who was told:</p><ul>${tellings.map(({ row }) => html`<li>${toldTitle(row)}, ${localInstant(row.at)}</li>`)}</ul>`}`;
}

/** The chosen sanctions with what was written about each; null where none was chosen. */
export function sanctionList({ sanctions = [] }: EntryData<'conclusion'>): Html | null {
  return sanctions.length === 0 ? null : html`<ul>${sanctions.map((each) => html`<li>${sanctionWords(each)}</li>`)}</ul>`;
}

/** Whether the review was halted and stays so: not when the police advised no further action. */
export function haltStands({ input, told }: ReportFacts): boolean {
  const halts = input.entries.filter((entry) => entry.header.kind === 'halt').length;
  return halts > told('halt-ended').filter((entry) => entry.data.how === 'no-further-action').length;
}

/** What the two decided on the substance (S000 #17), as a sentence. */
export function substanceSentence(substance: boolean): string {
  return substance ? 'The reviewers judged that this concern has substance.' : 'The reviewers judged that this concern does not have substance.';
}

/** A category's title; one from another version by its name. */
export function categoryTitle({ category: id, title }: Pick<EntryData<'concern'>, 'category' | 'title'>): string {
  return title ?? CONCERN_CATEGORIES.find((category) => category.id === id)?.title ?? id;
}

/** An outcome's title. */
export function outcomeTitle(id: string): string {
  return OUTCOMES.find((outcome) => outcome.id === id)?.title ?? id;
}
