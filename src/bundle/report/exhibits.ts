import type { EntryData } from '../../record/kinds.js';
import { isPreviewFile } from '../kept-preview.js';
import type { Preview } from '../preview.js';
import { withheldThing, withholdingReason } from '../../investigation/policy/withholding.js';
import { exhibitState, holdsRedaction } from '../tables.js';
import type { ReportFacts, Told, Withheld } from './facts.js';
import { address, digest, facts as list, part, row, table, written } from './parts.js';
import { html, type Html } from './template.js';
import { localInstant } from './times.js';

const FORMS: Readonly<Record<EntryData<'capture'>['form'], string>> = {
  viewport: 'What stood in the window', 'full-page': 'The whole page from top to bottom', text: 'Text and facts without a picture',
  region: 'A part of the page', element: 'One element of the page', series: 'The window again and again',
};

/** The exhibits with their labels, pictures and hashes. A quarantined one is named and nothing of it is shown. */
export function exhibitsPart(facts: ReportFacts): Html {
  const captures = facts.told('capture');
  const cards = captures.map((capture) => (facts.quarantined.has(capture.data.exhibit) ? quarantined(facts, capture) : exhibit(facts, capture)));
  const named = new Set(captures.map((capture) => capture.data.exhibit));
  cards.push(...facts.withheld.filter((each) => each.exhibit !== null && !named.has(each.exhibit)).map((each) => unnamed(facts, each)));
  const withheld = [...facts.quarantined].filter((reference) => !named.has(reference));
  if (withheld.length > 0) cards.push(html`<div class="notice"><p><strong>Quarantined: ${withheld.join(', ')}.</strong> Nothing of it is shown, printed or in this bundle, and what the record says of it is withheld from this copy. It is held encrypted on the computer, for the police alone.</p></div>`);
  return part(4, 'Exhibits', cards.length === 0 ? html`<p>Nothing was captured.</p>` : html`${cards}`);
}

function exhibit(facts: ReportFacts, { header, data }: Told<'capture'>): Html {
  const producer = facts.name(data.exhibit.slice(0, 3));
  const state = exhibitState(facts, data.exhibit);
  const { first, more } = pictures(facts, data);
  return html`<article class="exhibit">
<div class="label-card"><div class="reference">Exhibit ${data.exhibit}</div>
<p>Exhibit ${data.exhibit}, referred to in the statement of ${producer} dated <span class="fill">&nbsp;</span></p></div>
${first}
${state === 'here' ? null : html`<div class="notice"><p><strong>${state === 'redacted' ? 'The original of this exhibit is not in this copy. A redacted copy is here instead.' : 'The files of this exhibit are not in this copy.'}</strong> Their hashes are listed below.${why(facts, data.exhibit)}</p></div>`}
${list([
    ['Address', address(data.url)],
    ['Captured', `${localInstant(data.startedAt)} to ${localInstant(data.endedAt).split(', ')[1] ?? ''} (${data.startedAt.slice(11, 23)} UTC)`],
    ['Produced by', `${producer} (${data.exhibit.slice(0, 3)})`],
    ['What was kept', FORMS[data.form]],
    ['Declared', `${facts.name(data.declaration.by)} declared at ${localInstant(data.declaration.at)}, after seeing exactly this, that it is not suspected to show child sexual abuse.`],
    ...(data.note === '' ? [] : [['Note', written(data.note)] as const]),
    ['Warnings', data.warnings.length === 0 ? 'None' : html`<ul>${data.warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`],
    ['In the record', `Entry ${header.seq}`],
  ])}
${fileTable(`Files of ${data.exhibit}${state === 'here' ? '' : ', not in this copy'}`, data.parts)}
${redactions(facts, data.exhibit)}${more}</article>`;
}

/** Files with their hashes. Smaller copies, which were made for this report, are told beside the caption: a line below would often stand on a page of its own. */
function fileTable(caption: string, parts: EntryData<'capture'>['parts']): Html {
  const smaller = parts.filter((each) => isPreviewFile(each.name)).length;
  const told = smaller === 0 ? '' : `. ${smaller === 1 ? 'A smaller copy' : `${smaller} smaller copies`} of page.png, made for this report at the capture, ${smaller === 1 ? 'is' : 'are'} listed in exhibits.csv`;
  return table(`${caption}${told}`, ['File', 'Bytes', 'SHA-256'], parts.filter((each) => !isPreviewFile(each.name)).map((each) => row([html`<code>${each.name}</code>`, each.size.toLocaleString('en-GB'), digest(each.sha256)])), [18, 11, 71]);
}

/** Why something of an exhibit is withheld, as the sheet says. */
function why(facts: ReportFacts, exhibit: string): string {
  const row = facts.withheld.find((each) => each.exhibit === exhibit);
  if (row === undefined) return '';
  return ` Why: ${withholdingReason(row.reason)}.${row.words === '' ? '' : ` ${row.words}`}`;
}

/** An exhibit that the record in this copy says nothing of but its reference and its hash. */
function unnamed(facts: ReportFacts, row: Withheld): Html {
  const exhibit = row.exhibit ?? '';
  const preview = facts.previews.get(exhibit);
  const [first = null, ...more] = preview === undefined ? [] : figures(facts, exhibit, preview, `redacted-${row.redaction ?? 0}.png`, row.redaction);
  return html`<article class="exhibit"><div class="label-card"><div class="reference">Exhibit ${exhibit}</div><p>What the record says of this exhibit is withheld from this copy.</p></div>
${first}
${list([['Withheld', withheldThing(row.what, row.exhibit, row.redaction)], ['Why', `${withholdingReason(row.reason)}.${row.words === '' ? '' : ` ${row.words}`}`], ['SHA-256', row.sha256 === null ? '' : digest(row.sha256)]])}
${redactions(facts, exhibit)}${more}</article>`;
}

/** The redacted copies of an exhibit, with their hashes and what was covered why. */
function redactions(facts: ReportFacts, exhibit: string): Html {
  const copies = facts.told('redaction').filter((each) => each.data.exhibit === exhibit);
  return html`${copies.map(({ header, data }) => {
    const reasons = [...new Set(data.boxes.map((box) => box.reason).filter((reason) => reason !== ''))];
    return html`${fileTable(`Redacted copy ${data.number} of ${exhibit}${holdsRedaction(facts, data) ? '' : ', not in this copy'}`, data.parts)}
<p class="small">Made by ${header.by.map(facts.name).join(' and ')}, ${localInstant(header.at)} (entry ${header.seq}), of the picture with the SHA-256 ${digest(data.original)}. ${data.boxes.length} ${data.boxes.length === 1 ? 'part is' : 'parts are'} covered with black. ${reasons.length === 0 ? 'No reasons are given for single parts.' : `Covered: ${reasons.join('; ')}.`} The exhibit itself was not altered.</p>`;
  })}`;
}

/** The picture under the label, and the parts of a tall page that follow on pages of their own. */
function pictures(facts: ReportFacts, data: EntryData<'capture'>): { first: Html; more: readonly Html[] } {
  const notice = (text: Html): { first: Html; more: readonly Html[] } => ({ first: html`<div class="notice"><p>${text}</p></div>`, more: [] });
  if (data.image === null) return notice(html`<strong>No picture was kept.</strong> This is a text capture: text and facts, so that nobody had to look.`);
  const preview = facts.previews.get(data.exhibit);
  if (preview === undefined) return notice(exhibitState(facts, data.exhibit) === 'here' ? html`No preview is printed here. The original picture is page.png.` : html`<strong>No picture is shown.</strong> It is withheld from this copy.`);
  const here = facts.input.exhibits.find((each) => each.reference === data.exhibit);
  const [first = html``, ...more] = figures(facts, data.exhibit, preview, here?.picture ?? 'page.png', here?.redaction ?? null);
  return { first, more };
}

/** The pieces of a picture; `file` is the one that they are smaller copies of. */
function figures(facts: ReportFacts, exhibit: string, preview: Preview, file: string, redaction: number | null): Html[] {
  const what = redaction === null ? 'Picture of the page captured as' : 'Redacted picture of the page captured as';
  return preview.pieces.map((piece, i) => html`<figure class="${i === 0 ? '' : 'more'}"><img src="${facts.pictures.add(piece.jpeg)}" alt="${what} ${exhibit}${pieceOf(preview, i)}"><figcaption>${redaction === null ? null : html`<strong>Redacted copy ${redaction}: what is black was covered by the reviewers.</strong> `}${caption(exhibit, preview, i, file)}</figcaption></figure>`);
}

function pieceOf({ pieces }: Preview, i: number): string {
  return pieces.length === 1 ? '' : `, part ${i + 1} of ${pieces.length}`;
}

function caption(exhibit: string, preview: Preview, i: number, file: string): string {
  const { pieces, width, height } = preview;
  const number = (rows: number): string => rows.toLocaleString('en-GB');
  const whole = `${number(width)} by ${number(height)} pixels`;
  const shown = pieces.at(-1)?.toRow ?? 0;
  if (pieces.length === 1 && shown === height) return `The whole picture, ${whole}. This preview is a smaller copy of ${file}.`;
  const rows = `rows ${number((pieces[i]?.fromRow ?? 0) + 1)} to ${number(pieces[i]?.toRow ?? 0)} of a picture of ${whole}`;
  const rest = i === pieces.length - 1 && shown < height ? ` What follows after row ${number(shown)} is in ${file} alone.` : '';
  return `${exhibit}${pieceOf(preview, i)}: ${rows}. A smaller copy of ${file}.${rest}`;
}

function quarantined(facts: ReportFacts, { header, data }: Told<'capture'>): Html {
  const entry = facts.told('quarantine').find((each) => each.data.exhibit === data.exhibit);
  return html`<article class="exhibit"><div class="label-card"><div class="reference">Exhibit ${data.exhibit}: quarantined</div>
<p>Nothing of this exhibit is shown, printed or in this bundle. It is held encrypted on the computer, for the police alone.</p></div>
${list([
    ['Captured', localInstant(header.at)],
    ['Quarantined', entry === undefined ? 'Not given' : localInstant(entry.header.at)],
    ['Reason', entry?.data.reason ?? 'Not given'],
    ['In the record', `Entry ${header.seq}`],
  ])}
${fileTable(`Files of ${data.exhibit}, not included`, data.parts)}</article>`;
}
