import type { Entry } from '../../record/entry.js';
import type { EntryData } from '../../record/kinds.js';
import { BROWSER_RULES } from '../../investigation/policy/browser.js';
import { pageViews, VIEW_OUTCOMES, type PageViews } from '../page-views.js';
import { dataOf, type ReportFacts } from './facts.js';
import { originsTable } from './origins.js';
import { address, count, part, row, table } from './parts.js';
import { html, type Html } from './template.js';
import { bothTimes } from './times.js';

const CAUSES: Readonly<Record<EntryData<'navigation'>['cause'], string>> = {
  typed: 'Typed or chosen by a reviewer', link: 'Link', form: 'Form sent', script: 'The page’s own doing', refresh: 'The page’s own doing', history: 'Back or forward', reload: 'Reload',
  popup: 'New window', frame: 'Inside the page', unknown: 'Not known',
};

/** Every address, in the order it was visited, with what was done there; and the sums, so that a reader can see that nothing is missing. */
export function visitsPart(facts: ReportFacts): Html {
  const views = pageViews(facts);
  const rows: Html[] = [];
  for (const entry of facts.input.entries) {
    const made = visitRow(entry, views.deeds, rows.length + 1);
    if (made !== null) rows.push(made);
  }
  return part(3, 'Every address visited', html`
<p>Everything that the browser opened, tried to open or refused to open, in order. Addresses are printed as text on purpose; do not open them. The same list, for a spreadsheet, is data/visits.csv. “Inside the page” is content from another address that a page brought in by itself.</p>
${totals(views)}${hiddenViews(facts, views)}
${rows.length === 0 ? html`<p>Nothing was visited.</p>` : table('Addresses in order', ['No.', 'Time', 'Address', 'How', 'Answer', 'What was done'], rows, [5, 18, 33, 11, 16, 17])}
${originsTable(facts)}`);
}

/** How many page views the withheld entries stand for, so that the sums of this copy and of the whole record agree. */
function hiddenViews(facts: ReportFacts, { totals: sums, withheld }: PageViews): Html | null {
  const stated = facts.told('export').at(-1)?.data.disclosure?.views;
  if (stated === undefined || withheld === 0) return null;
  const here = VIEW_OUTCOMES.reduce((sum, outcome) => sum + sums[outcome], 0);
  return html`<p>The whole record has ${count(stated, 'page view', 'page views')}: ${here} are told here and ${stated - here} are withheld.</p>`;
}

function totals({ totals: sums, refused, withheld }: PageViews): Html {
  const views = VIEW_OUTCOMES.reduce((sum, outcome) => sum + sums[outcome], 0);
  return html`<p>Every page view is counted once, by the first of these that is true of it. ${views} ${views === 1 ? 'view' : 'views'}: ${VIEW_OUTCOMES.map((outcome) => sums[outcome]).join(' + ')} = ${views}.</p><ul class="totals">
<li>Review halted there: ${sums.halted}</li><li>Captured: ${sums.captured}</li><li>Noted as a concern, not captured: ${sums.concern}</li><li>Blocked by the filter: ${sums.blocked}</li>
<li>Looked at, nothing done: ${sums.left}</li><li>Could not be opened: ${sums.failed}</li><li>Page views in all: ${views}</li><li>Refused, so never a view: ${refused}</li><li>Entries withheld from this copy: ${withheld}</li></ul>`;
}

function visitRow(entry: Entry, deeds: PageViews['deeds'], number: number): Html | null {
  const { header } = entry;
  const time = bothTimes(header.at);
  if (entry.body === null) return header.kind.startsWith('navigation') ? row([number, time, 'Withheld from this copy', '', '', '']) : null;
  const navigation = dataOf(entry, 'navigation');
  if (navigation !== null) return navigationRow(navigation, deeds, number, time);
  const inPage = dataOf(entry, 'navigation-in-page');
  if (inPage !== null) return row([number, time, address(inPage.url), CAUSES[inPage.cause], 'Same page', ''], inPage.main ? '' : 'inner');
  const failed = dataOf(entry, 'navigation-failed');
  if (failed !== null) return row([number, time, html`${address(failed.url)}${redirects(failed.redirects)}`, CAUSES[failed.cause], `Failed: ${failed.error}`, 'Nothing was shown'], failed.main ? '' : 'inner');
  const refused = dataOf(entry, 'navigation-refused');
  if (refused !== null) return row([number, time, address(refused.url), CAUSES[refused.cause], 'Refused', BROWSER_RULES[refused.what].sentence]);
  const refusal = dataOf(entry, 'refusal');
  if (refusal !== null) return row([number, time, refusal.url === null ? 'No address' : address(refusal.url), 'The page’s own doing', 'Refused', BROWSER_RULES[refusal.what].sentence]);
  const filtered = dataOf(entry, 'block-page');
  if (filtered !== null) return row([number, time, address(filtered.url), 'The filter', filtered.says === 'suspected' ? 'Stopped as suspected' : 'Blocked', `The filter’s own page, recognised by its ${filtered.by}: ${filtered.pattern}`]);
  const socket = dataOf(entry, 'socket-opened');
  if (socket !== null) return row([number, time, address(socket.url), 'The page’s own doing', 'Lasting connection', socket.more === undefined ? 'Opened; it could not be held back' : `${socket.more} more were opened`], 'inner');
  const accepted = dataOf(entry, 'certificate-accepted');
  if (accepted !== null) return row([number, time, address(accepted.origin), 'Both reviewers', accepted.error, 'Went on although the certificate is not valid']);
  const left = dataOf(entry, 'page-left');
  if (left !== null) return row([number, time, address(left.url), 'Left', '', `Was in view for ${(left.shownMs / 1_000).toFixed(1)} s${left.hiddenMs === 0 ? '' : `, and hidden for ${(left.hiddenMs / 1_000).toFixed(1)} s`}`], 'inner');
  const suspected = dataOf(entry, 'suspected-address');
  return suspected === null ? null : row([number, time, address(suspected.url), 'Reported', '', 'Marked as suspected; never opened']);
}

function navigationRow(data: EntryData<'navigation'>, deeds: PageViews['deeds'], number: number, time: Html): Html {
  const typed = data.typed !== null && data.typed !== data.url ? html`<br><span class="small">Typed: ${data.typed}</span>` : null;
  const answer = data.status === null ? 'No answer' : `${data.status}`;
  const server = data.remoteAddress === null ? null : html`<br><span class="small">from ${place(data.remoteAddress)}</span>`;
  const unsafe = data.certificateError === undefined ? null : html`<br><span class="small">Certificate not valid: ${data.certificateError}</span>`;
  const acts = deeds.get(data.view) ?? ['Looked at, nothing done'];
  const cells = [number, time, html`${address(data.url)}${redirects(data.redirects)}${typed}`, data.main ? CAUSES[data.cause] : 'Inside the page', html`${answer}${server}${unsafe}`, data.main ? acts.join('. ') : ''];
  return row(cells, data.main ? '' : 'inner');
}

function redirects(list: EntryData<'navigation'>['redirects']): Html | null {
  if (list.length === 0) return null;
  return html`<span class="small">${list.map((each) => html`<br>Sent on from ${address(each.url)} (${each.status})`)}</span>`;
}

/** An address with its port, which may go on on the next line behind the colon, and not within a number. */
function place(remoteAddress: string): Html {
  const port = remoteAddress.lastIndexOf(':') + 1;
  return html`${remoteAddress.slice(0, port)}<wbr>${remoteAddress.slice(port)}`;
}
