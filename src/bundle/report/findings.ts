import { concernCategory } from '../../investigation/policy/concerns.js';
import { HALT_STEPS } from '../../investigation/policy/halt-steps.js';
import { toldTitle } from '../../investigation/policy/who-told.js';
import type { EntryHeader } from '../../record/entry.js';
import type { EntryData } from '../../record/kinds.js';
import { categoryTitle, outcomeTitle, sanctionList, substanceSentence } from './form.js';
import type { ReportFacts } from './facts.js';
import { address, count, facts as list, part, row, table, withheldLine, written } from './parts.js';
import { html, type Html } from './template.js';
import { bothTimes, localInstant } from './times.js';

const CAUSES: Readonly<Record<EntryData<'halt'>['cause'], string>> = {
  'stop-suspected': 'A reviewer pressed STOP and answered that it may show the sexual abuse of a child', 'stop-unsure': 'A reviewer pressed STOP and was not sure', 'declared-suspected': 'A reviewer answered that it may show the sexual abuse of a child', 'declared-unsure': 'A reviewer was not sure',
  'suspected-address': 'The address was on the list of suspected addresses', 'block-page': 'A filter’s block page was recognised', unanswered: 'Nobody answered in time',
  'listed-address': 'An address was on a list that the school was given', 'listed-hash': 'A file on the page was on a list that the school was given', 'listed-pdq': 'A picture on the page was like one on a list that the school was given',
  'after-crash-suspected': 'The app or the browser stopped by itself while a page was open; a reviewer answered that it may show the sexual abuse of a child', 'after-crash-unsure': 'The app or the browser stopped by itself while a page was open; a reviewer was not sure',
  interrupted: 'The review was interrupted before an answer was given',
};

/** Concerns and notes, in the reviewers' own words. */
export function concernsPart(facts: ReportFacts): Html {
  const added = (to: number): Html[] => wordsAdded(facts, to);
  const concerns = facts.told('concern').map(({ header, data }) => html`<h3>${categoryTitle(data)} ${concernCategory(data.category)?.police === true ? html`<span class="tag">Police trigger</span>` : null}</h3>
${written(data.description)}<p class="small">${header.by.map(facts.name).join(' and ')}, ${localInstant(header.at)}. ${data.url === null ? 'No address.' : address(data.url)}</p>${added(header.seq)}`);
  const notes = facts.told('note').map(({ header, data }) => html`${written(data.text)}<p class="small">${header.by.map(facts.name).join(' and ')}, ${localInstant(header.at)}</p>${added(header.seq)}`);
  return part(5, 'Concerns and notes', html`${concerns.length === 0 && facts.hidden('concern') === 0 ? html`<p>No concern was recorded.</p>` : concerns}${withheldLine(facts.hidden('concern'), 'concern', 'concerns')}<h3>Notes</h3>${notes.length === 0 && facts.hidden('note') === 0 ? html`<p>No notes were written.</p>` : notes}${withheldLine(facts.hidden('note'), 'note', 'notes')}${others(facts)}${withheldLine(facts.hidden('addendum'), 'later addition', 'later additions')}`);
}

/** What was added to an entry later, in order. */
function wordsAdded(facts: ReportFacts, to: number): Html[] {
  return facts.told('addendum').filter((each) => each.data.to === to).map(({ header, data }) => html`<h4>Added later</h4>${written(data.text)}<p class="small">${header.by.map(facts.name).join(' and ')}, ${localInstant(header.at)} (entry ${header.seq})</p>`);
}

/** Words that were added to captures. */
function others(facts: ReportFacts): Html | null {
  const about = new Map(facts.told('capture').map((each) => [each.header.seq, `exhibit ${each.data.exhibit}`] as const));
  const added = facts.told('addendum').filter((each) => about.has(each.data.to));
  if (added.length === 0) return null;
  return html`<h3>Added later</h3>${added.map(({ header, data }) => html`<h4>To ${about.get(data.to) ?? `entry ${data.to}`}</h4>${written(data.text)}<p class="small">${header.by.map(facts.name).join(' and ')}, ${localInstant(header.at)} (entry ${header.seq})</p>`)}`;
}

/** Heading of {@link haltPart}. */
export const HALT_TITLE = 'Halt, and calls to the police and the LADO';

/** Every STOP, halt, withdrawal, step and call, and what was advised about a member of staff. */
export function haltPart(facts: ReportFacts): Html {
  const halts = facts.told('halt');
  const hidden = facts.input.entries.filter((entry) => entry.header.kind === 'halt' && entry.body === null);
  const stops = facts.told('stop');
  if (halts.length === 0 && stops.length === 0 && hidden.length === 0) return part(6, HALT_TITLE, html`<p>The review was not halted. STOP was not pressed. ${calls(facts)}</p>${advice(facts)}`, 'flows');
  return part(6, HALT_TITLE, html`
${halts.map(({ header, data }) => html`<div class="notice"><p><strong>The review was halted.</strong> ${CAUSES[data.cause]}. From this moment nothing more was opened, shown or kept.</p></div>
${list([['Halted', `${localInstant(header.at)} (${header.at.slice(11, 23)} UTC)`], ['By', header.by.map(facts.name).join(' and ')], ['Address', data.url === null ? 'None' : address(data.url)], ['Their words', data.sentence === '' ? 'None' : written(data.sentence)], ['In the record', `Entry ${header.seq}`]])}`)}
${hidden.map(({ header }) => html`<div class="notice"><p><strong>The review was halted</strong> because something may show the sexual abuse of a child. From this moment nothing more was opened, shown or kept.</p></div>
${list([['Halted', `${localInstant(header.at)} (${header.at.slice(11, 23)} UTC)`], ['By', header.by.map(facts.name).join(' and ')], ['Address and words', 'Withheld from this copy; the police have them'], ['In the record', `Entry ${header.seq}`]])}`)}
${stops.length === 0 ? null : table('STOP', ['Time', 'By', 'Address'], stops.map(({ header, data }) => row([bothTimes(header.at), header.by.map(facts.name).join(' and '), data.url === null ? 'None' : address(data.url)])), [22, 30, 48])}
${facts.told('cut-off').flatMap(({ header, data: { machine } }) => (machine === undefined ? [] : [html`<p>At ${localInstant(header.at)} this was stopped on another computer than the one that the case belongs to: ${machine.hostname}${machine.model === null ? '' : ` (${machine.model})`}. What stands in this record from there on was written there.</p>`]))}
${facts.told('stop-withdrawn').map(({ header, data }) => html`<h3>STOP withdrawn</h3>${written(data.reason)}<p class="small">Both reviewers, with their passphrases, ${localInstant(header.at)}</p>`)}
${steps(facts)}${calls(facts)}${advice(facts)}
${facts.told('halt-released').map(({ header, data }) => html`<h3>What the police said, signed by both</h3>${written(data.text)}<p class="small">${localInstant(header.at)}</p>`)}
${facts.told('halt-ended').map(({ header, data }) => ending(facts, header, data))}`, halts.length + hidden.length === 0 ? 'flows' : 'new-page');
}

function ending(facts: ReportFacts, header: EntryHeader, data: EntryData<'halt-ended'>): Html {
  const handed = data.how === 'handed-to-police';
  return html`<h3>${handed ? 'The case was handed to the police' : 'The police advised no further action'}</h3>
<p>${handed ? 'Nothing of the review was added after this.' : 'The school’s own procedure went on. What was quarantined stays quarantined, and the page is never opened again in this case.'} Both reviewers gave their passphrases.</p>
${list([['Signed', localInstant(header.at)], ['By', header.by.map(facts.name).join(' and ')], ['Police reference', data.reference], ['Officer', data.officer], ['Advised', data.advisedAt === null ? 'Not given' : localInstant(data.advisedAt)], ['In their words', data.text === '' ? 'None' : written(data.text)]])}`;
}

function steps(facts: ReportFacts): Html | null {
  const told = facts.told('halt-step');
  if (told.length === 0) return null;
  const title = (id: string): string => HALT_STEPS.find((step) => step.id === id)?.title ?? id;
  return table('Steps taken', ['Time', 'Step', 'By', ''], told.map(({ header, data }) => row([bothTimes(header.at), title(data.step), header.by.map(facts.name).join(' and '), data.done ? 'Done' : 'Taken back'])), [22, 42, 22, 14]);
}

function calls(facts: ReportFacts): Html | string {
  const told = facts.told('police-call');
  const hidden = facts.hidden('police-call');
  if (told.length === 0 && hidden > 0) return html`${count(hidden, 'call', 'calls')} to the police ${hidden === 1 ? 'is' : 'are'} withheld from this copy (part 11).`;
  if (told.length === 0) return 'No call to the police was recorded.';
  return html`<h3>Calls to the police</h3>${told.map(({ header, data }) => html`<div class="whole">${list([
    ['Called', localInstant(data.calledAt)], ['Written down', localInstant(header.at)], ['By', callers(header.by.map(facts.name).join(' and '), data.loggedAlone)], ['Force', data.force], ['Officer', data.officer], ['Reference', data.reference], ['Advice', data.advice === '' ? '' : written(data.advice)],
  ])}${wordsAdded(facts, header.seq)}</div>`)}`;
}

/** Of a case that is or may be about a member of staff: who advised what. Null where nobody did. */
function advice(facts: ReportFacts): Html | null {
  const [told, hidden] = [facts.told('staff-advice'), facts.hidden('staff-advice')];
  if (told.length + hidden === 0) return null;
  return html`<h3>What was advised about a member of staff</h3>${told.map(({ header, data }) => html`<div class="whole">${list([
    ['Advised by', `${data.from === 'lado' ? 'The LADO' : 'The police'}: ${data.name}`], ['Advised', localInstant(data.advisedAt)], ['Written down', localInstant(header.at)], ['By', header.by.map(facts.name).join(' and ')], ['Advice', written(data.advice)],
  ])}${wordsAdded(facts, header.seq)}</div>`)}${withheldLine(hidden, 'piece of advice', 'pieces of advice')}`;
}

/** A call that one reviewer wrote down alone is said to be so: no passphrase stood behind it then. */
function callers(names: string, loggedAlone: string | undefined): string {
  return loggedAlone === undefined ? names : `${names}, who wrote it down alone on ${localInstant(loggedAlone)}, before both reviewers had signed in. Whoever used the computer then gave no passphrase.`;
}

/** Who was told, when and by whom, as a table; null where nobody was written down. */
function toldTable(facts: ReportFacts, { told = [] }: Pick<EntryData<'conclusion'>, 'told'>): Html | null {
  return told.length === 0 ? null : table('As the reviewers know it', ['When', 'Who', 'Told by'], told.map((each) => row([localInstant(each.at), toldTitle(each), each.by === null ? each.byName : facts.name(each.by)])), [32, 38, 30]);
}

/** What was added to the conclusion later: words, who was told since, or both. */
function sinceThen(facts: ReportFacts, to: number): Html[] {
  return facts.told('addendum').filter((each) => each.data.to === to).map(({ header, data }) => html`<h4>Added later</h4>${data.text === '' ? null : written(data.text)}${toldTable(facts, data)}<p class="small">${header.by.map(facts.name).join(' and ')}, ${localInstant(header.at)} (entry ${header.seq})</p>`);
}

/** What the two decided, and what should happen. */
export function conclusionPart(facts: ReportFacts): Html {
  const told = facts.told('conclusion');
  const seal = facts.told('seal').at(-1);
  return part(7, 'Conclusion and outcomes', html`${told.length === 0 && facts.hidden('conclusion') > 0 ? html`<p>The conclusion is withheld from this copy (part 11).</p>` : told.length === 0 ? html`<p>No conclusion was recorded.</p>` : told.map(({ header, data }) => html`<h3>${substanceSentence(data.substance)}</h3>${written(data.text)}
<h4>What should happen</h4><ul>${data.outcomes.map((outcome) => html`<li>${outcomeTitle(outcome)}</li>`)}</ul><h4>Sanctions</h4>${sanctionList(data) ?? html`<p>None was recorded.</p>`}<h4>Who was told when</h4>${toldTable(facts, data) ?? html`<p>Nobody was written down${facts.tellings().length === 0 ? '' : ' at the conclusion'}.</p>`}<p class="small">${header.by.map(facts.name).join(' and ')}, ${localInstant(header.at)}</p>${sinceThen(facts, header.seq)}`)}
${seal === undefined ? html`<p>The case had not been sealed when this copy was made.</p>` : html`<p>Both reviewers read a summary, gave their passphrases and sealed the case on ${localInstant(seal.header.at)}: ${count(seal.data.entries, 'entry', 'entries')}, ${count(seal.data.exhibits, 'exhibit', 'exhibits')}, ${count(seal.data.concerns, 'concern', 'concerns')}, ${seal.data.quarantined === 0 ? 'nothing' : seal.data.quarantined} quarantined. Nothing can be added to the review after that.</p>`}`, 'flows');
}
