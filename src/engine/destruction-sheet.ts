import { address, count, digest, facts, MARK, row, table, words, written } from '../bundle/report/parts.js';
import { styleSheet } from '../bundle/report/style.js';
import { html, Html } from '../bundle/report/template.js';
import { localInstant } from '../bundle/report/times.js';
import type { SavedSheet } from '../ipc/admin-state.js';
import { hashWords } from '../record/words.js';
import type { Destruction } from './destroyed-cases.js';
import type { FolderPort } from './ports.js';

/** Whose certificate it is; `names` gives name and position by initials. */
export interface SheetAbout {
  readonly organisation: string;
  readonly computer: { readonly name: string; readonly location: string };
  readonly names: ReadonlyMap<string, string>;
}

/** Where a sheet goes, and what prints it. */
export interface SheetTarget {
  readonly folders: Pick<FolderPort, 'save'>;
  readonly folder: string;
  readonly printPdf: (html: string) => Promise<Uint8Array>;
}

const RECIPIENTS: Readonly<Record<string, string>> = { police: 'The police', lado: 'The LADO', 'group-record': 'The school’s own record', other: 'Another recipient' };

const SHEET_RULES = 'h1{margin-top:0}.masthead{margin-bottom:8mm}.lead{margin-bottom:6mm}.ink-lines{display:grid;grid-template-columns:1fr 1fr;gap:8mm;break-inside:avoid}.ink-lines p{margin:1.5mm 0 0}.limits{break-inside:avoid}';

/** Writes a certificate of destruction as a PDF. @throws CodedError `folders.*`, `print.*` */
export async function saveDestructionSheet(destruction: Destruction, about: SheetAbout, target: SheetTarget): Promise<SavedSheet> {
  const bytes = await target.printPdf(await destructionHtml(destruction, about));
  const { reference, at } = destruction.statement;
  const plain = reference.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'case';
  const path = await target.folders.save(target.folder, `destroyed-${plain}-${at.slice(0, 10)}.pdf`, bytes);
  return { path, bytes: bytes.length };
}

/** The certificate as one self-contained page: nothing is fetched, and no script runs. */
export async function destructionHtml(destruction: Destruction, about: SheetAbout): Promise<string> {
  const { reference } = destruction.statement;
  const style = new Html(`${await styleSheet({ caseReference: reference, organisation: about.organisation })}\n${SHEET_RULES}`);
  return html`<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">
<title>Certificate of destruction: case ${reference}</title><style>${style}</style></head>
<body><main><div class="masthead">${MARK}<span>Countersign</span></div>
<h1>Certificate of destruction</h1><p class="lead">Case ${reference}. Two reviewers destroyed it together, each with their own passphrase.</p>
${whatWhenWho(destruction, about)}${copies(destruction)}${LIMITS}${signatures(destruction, about)}</main></body></html>
`.markup;
}

function whatWhenWho({ statement }: Destruction, { organisation, computer, names }: SheetAbout): Html {
  const { reference, at, by, reason, firstEntryAt, entries, evidenceFiles, checkpoint, head } = statement;
  return facts([
    ['Case', reference],
    ['Destroyed', `${localInstant(at)} (${at.slice(0, 19).replace('T', ' ')} UTC)`],
    ['By', html`${by.map((initials, i) => html`${i > 0 && html`<br>`}${nameOf(names, initials)}`)}`],
    ['Why', written(reason)],
    ['Organisation', organisation],
    ['Computer', `${computer.name}, ${computer.location}`],
    ['The case held', `${count(entries, 'entry', 'entries')} in its record, from ${localInstant(firstEntryAt)} on, and ${count(evidenceFiles, 'evidence file', 'evidence files')}`],
    ['Words of its last checkpoint', checkpoint === null ? 'There was no checkpoint' : words(hashWords(checkpoint.hash))],
    ['Last entry (SHA-256)', digest(head)],
  ]);
}

function copies({ statement: { backups, exports } }: Destruction): Html {
  return html`<h3>Copies that hold the case</h3>
${backups.length === 0 ? html`<p>Countersign made no backup that holds this case.</p>` : html`<p>These backups hold the case with its key. <strong>They have to be destroyed too.</strong></p>
${table('Backups', ['Made', 'Where', 'Destroyed on, by'], backups.map(({ at, place }) => row([localInstant(at), address(place), ''])), [28, 44, 28])}`}
${exports.length === 0 ? html`<p>No bundle was made of this case.</p>` : html`<p>Bundles of the case are with those who received them. They are not destroyed by this.</p>
${table('Bundles', ['Made', 'For'], exports.map(({ at, recipient }) => row([localInstant(at), RECIPIENTS[recipient] ?? recipient])), [40, 60])}`}`;
}

const LIMITS = html`<section class="limits"><h3>What was done, and what this does not show</h3>
<ul>
<li>The key of the case, its record and its list of files were removed from the database of this computer, and its encrypted evidence files were removed, or are removed when Countersign next starts. Without the key they cannot be read.</li>
<li>Overwriting is not claimed. SSDs and USB sticks may keep older copies of what was deleted or overwritten. What may be left there of the case is encrypted, and so is its key: reading it would take such an old copy of the key and the passphrases of two reviewers.</li>
<li>Copies that somebody made without Countersign, such as a backup of the whole computer, are not known to it.</li>
</ul></section>`;

function signatures({ statement, signatures: signed }: Destruction, { names }: SheetAbout): Html {
  return html`<h3>Signatures</h3>
<p>Both reviewers’ keys signed the statement that this page is made from. The signed statement stays in Countersign on the computer named above.</p>
${table('Keys', ['By', 'Certificate (SHA-256)'], signed.map(({ by, certificate }) => row([nameOf(names, by), digest(certificate)])), [40, 60])}
<div class="ink-lines">${statement.by.map((initials) => html`<div><span class="ink"></span><p class="small">${nameOf(names, initials)}: signature and date</p></div>`)}</div>`;
}

function nameOf(names: ReadonlyMap<string, string>, initials: string): string {
  const name = names.get(initials);
  return name === undefined ? initials : `${name} (${initials})`;
}
