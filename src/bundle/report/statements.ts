import { NOT_CONCERNED } from '../../investigation/policy/declarations.js';
import { sanctionWords } from '../../investigation/policy/sanctions.js';
import { toldInWords } from '../../investigation/policy/who-told.js';
import type { EntryData } from '../../record/kinds.js';
import { categoryTitle, substanceSentence } from './form.js';
import type { ReportFacts, Told } from './facts.js';
import { address, digest, part, written } from './parts.js';
import { html, type Html } from './template.js';
import { localDay, localInstant, localTime } from './times.js';

/** One who reviewed. */
interface Person {
  readonly initials: string;
  readonly name: string;
  readonly position: string;
}

/**
 * A draft statement for each reviewer, in the first person: facts of the record that are theirs, and room for their own
 * words (DOMAIN.md section 4). The declaration that such a statement needs is left to whoever takes the final one.
 */
export function statementsPart(facts: ReportFacts): Html {
  const people = facts.opened?.reviewers ?? facts.input.signers;
  return part(9, 'Draft statements', html`
<div class="notice"><p><strong>These are drafts, not statements.</strong> The software wrote them from the record. Each reviewer reads their own, strikes out what they do not remember, corrects what is wrong and adds what they saw, in their own words.
The police take the final statement in their own form, with the declaration that the law requires.</p></div>
${facts.withheld.length === 0 ? null : html`<p><strong>This copy does not hold everything, and neither do these drafts.</strong> Part 11 lists what is withheld.</p>`}
${people.map((person) => statement(facts, person, people))}`);
}

function statement(facts: ReportFacts, person: Person, people: readonly Person[]): Html {
  const others = people.filter((each) => each.initials !== person.initials);
  const { organisation } = facts.opened ?? facts.input;
  const computer = facts.opened?.computer ?? facts.input.computer;
  const said = [
    html`<p>My name is ${person.name}. I am ${person.position} at ${organisation}.</p>`,
    html`<p>Together with ${others.map((each) => `${each.name}, ${each.position}`).join(' and ')}, I looked at internet sites on the computer ${computer.name} (${computer.location}). ${facts.opened === null ? null : html`The reason that we wrote down was:`}</p>${facts.opened === null ? null : written(facts.opened.reason)}`,
    ...facts.told('not-concerned').filter(({ header }) => header.by.includes(person.initials)).map(({ header }) => html`<p>On ${localInstant(header.at)} I declared: “${NOT_CONCERNED}”</p>`),
    ...facts.told('staff-advice').filter(({ header }) => header.by.includes(person.initials)).map(({ data }) => html`<p>At ${localTime(data.advisedAt)} on ${localDay(data.advisedAt)} ${data.from === 'lado' ? 'the LADO' : 'the police'} (${data.name}) advised us. I wrote:</p>${written(data.advice)}`),
    ...sittings(facts),
    ...facts.told('capture').filter(({ data }) => data.exhibit.startsWith(`${person.initials}/`)).map((capture) => exhibit(facts, capture, person)),
    ...facts.told('concern').filter(({ header }) => header.by.includes(person.initials)).map(({ header, data }) => html`<p>At ${localTime(header.at)} on ${localDay(header.at)} I noted a concern (${categoryTitle(data)})${data.url === null ? null : html` about ${address(data.url)}`}. I wrote:</p>${written(data.description)}`),
    ...halts(facts, person),
    ...facts.told('conclusion').map(({ header, data }) => html`<p>On ${localDay(header.at)} we came to a conclusion. ${substanceSentence(data.substance)} We wrote:</p>${written(data.text)}${decided(data)}`),
    ...tellings(facts, person),
    html`<p>We used the software Countersign, version ${facts.input.versions.app}. It wrote down each address and each time by itself; the times are those of the computer’s clock.</p>`,
    html`<p>In my own words, what I saw and did, and anything else that matters:</p>${Array.from({ length: 6 }, () => html`<span class="ink"></span>`)}`,
  ];
  return html`<article class="statement"><h3>Draft statement of ${person.name} (${person.initials})</h3><ol>${said.map((each) => html`<li>${each}</li>`)}</ol>
<div class="signed"><div><span class="ink"></span>Signature of ${person.name}</div><div><span class="ink"></span>Date</div></div></article>`;
}

/** The sanctions that were chosen, as those who chose them say it. */
function decided({ sanctions = [] }: EntryData<'conclusion'>): Html | null {
  return sanctions.length === 0 ? null : html`<p>We wrote down ${sanctions.length === 1 ? 'this sanction' : 'these sanctions'}: ${sanctions.map(sanctionWords).join('; ')}.</p>`;
}

/** Whom the reviewer told, and whom the reviewer knows others to have told. */
function tellings(facts: ReportFacts, person: Person): Html[] {
  return facts.tellings().map(({ row: each }) => html`<p>${each.by === person.initials ? 'I told' : `According to what we wrote down, ${each.by === null ? each.byName : facts.name(each.by)} told`} ${toldInWords(each)} at ${localTime(each.at)} on ${localDay(each.at)}.</p>`);
}

function sittings(facts: ReportFacts): Html[] {
  const ends = facts.told('sitting-ended');
  return facts.told('sitting-started').map(({ header }) => {
    const end = ends.find((each) => each.header.seq > header.seq);
    return html`<p>According to the record we both signed in at ${localTime(header.at)} on ${localDay(header.at)}${end === undefined ? '' : `, and stopped at ${localTime(end.header.at)}${localDay(end.header.at) === localDay(header.at) ? '' : ` on ${localDay(end.header.at)}`}`}.</p>`;
  });
}

function exhibit(facts: ReportFacts, { data }: Told<'capture'>, person: Person): Html {
  if (facts.quarantined.has(data.exhibit)) return html`<p>On ${localInstant(data.startedAt)} I captured what was later quarantined as ${data.exhibit}. I produce nothing of it; it is held for the police.</p>`;
  const declared = data.declaration.by === person.initials ? 'Before it was kept I was shown exactly what would be kept, and I declared that it was not suspected to show child sexual abuse.' : `Before it was kept, ${facts.name(data.declaration.by)} declared that it was not suspected to show child sexual abuse.`;
  const [main] = data.parts;
  return html`<p>At ${localTime(data.startedAt)} on ${localDay(data.startedAt)} I captured what was shown at ${address(data.url)}. ${declared} I produce this as exhibit ${data.exhibit}${main === undefined ? null : html`; the SHA-256 of its first file, ${main.name}, is ${digest(main.sha256)}`}.</p>`;
}

function halts(facts: ReportFacts, person: Person): Html[] {
  const stops = facts.told('stop').filter(({ header }) => header.by.includes(person.initials)).map(({ header }) => html`<p>At ${localTime(header.at)} on ${localDay(header.at)} I pressed STOP.</p>`);
  const told = facts.told('halt').map(({ header, data }) => html`<p>At ${localTime(header.at)} on ${localDay(header.at)} the review was halted. From then on we opened, showed and kept nothing more.${data.sentence !== '' && header.by.includes(person.initials) ? html` I wrote:` : null}</p>${data.sentence !== '' && header.by.includes(person.initials) ? written(data.sentence) : null}`);
  const calls = facts.told('police-call').filter(({ header }) => header.by.includes(person.initials)).map(({ data }) => html`<p>At ${localTime(data.calledAt)} on ${localDay(data.calledAt)} I called the police (${data.force}). I spoke to ${data.officer === '' ? 'somebody whose name was not written down' : data.officer}${data.reference === '' ? '' : `, reference ${data.reference}`}.</p>`);
  return [...stops, ...told, ...calls];
}
