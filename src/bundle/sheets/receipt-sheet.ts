import { hashWords } from '../../record/words.js';
import { digest, facts, MARK, words } from '../report/parts.js';
import { styleSheet } from '../report/style.js';
import { html, Html } from '../report/template.js';
import { localInstant } from '../report/times.js';

/** What the receipt of one copy says. Times are instants; nothing of it is secret, and no passphrase stands on it. */
export interface ReceiptSheet {
  readonly organisation: string;
  readonly computer: { readonly name: string; readonly location: string };
  readonly caseReference: string;
  readonly recipient: string;
  readonly madeAt: string;
  readonly madeBy: readonly { readonly name: string; readonly position: string }[];
  /** The file's name, without the folder; null where it is no longer known. */
  readonly file: string | null;
  readonly files: number;
  readonly bytes: number;
  readonly exhibits: number;
  readonly withheld: number;
  /** SHA-256 of the bundle's tag manifest. */
  readonly tagManifest: string;
  /** SHA-256 of the installation's root. */
  readonly root: string;
  readonly marking?: string;
}

/** The one-page receipt of a copy, as a page to be printed: what it is known by, and room for whoever takes it. */
export async function receiptSheet(sheet: ReceiptSheet): Promise<string> {
  const style = await styleSheet({ caseReference: sheet.caseReference, organisation: sheet.organisation, ...(sheet.marking === undefined ? {} : { marking: sheet.marking }) });
  const page = html`<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<meta name="viewport" content="width=device-width"><title>Receipt for a copy of case ${sheet.caseReference}</title><style>${new Html(style)}${new Html(EXTRA)}</style></head>
<body class="receipt"><main><header><div class="masthead">${MARK}<span>Countersign</span></div>${sheet.marking === undefined ? null : html`<p class="marking">${sheet.marking}</p>`}<h1>Receipt for a copy</h1>
<p class="lead">Case ${sheet.caseReference}, for ${sheet.recipient.charAt(0).toLowerCase()}${sheet.recipient.slice(1)}</p></header>
${facts([
    ['Made on', localInstant(sheet.madeAt)],
    ['Made by', sheet.madeBy.map(({ name, position }) => `${name}, ${position}`).join(' and ')],
    ['On', `${sheet.computer.name}, ${sheet.computer.location}`],
    ...(sheet.file === null ? [] : [['File', sheet.file] as const]),
    ['In it', `${sheet.files.toLocaleString('en-GB')} files, ${sheet.bytes.toLocaleString('en-GB')} bytes, ${sheet.exhibits} ${sheet.exhibits === 1 ? 'exhibit' : 'exhibits'}${sheet.withheld === 0 ? '' : `. ${sheet.withheld} ${sheet.withheld === 1 ? 'thing is' : 'things are'} withheld; the copy lists them`}`],
    ['Fingerprint', digest(sheet.tagManifest)],
  ])}
<div class="notice"><p><strong>Words of the bundle</strong></p><p class="large">${words(hashWords(sheet.tagManifest))}</p>
<p>Whoever receives the copy opens verify.html, which lies beside it, and reads these words from their own screen to the school, on a number that is already known. If they differ, it is another copy.</p></div>
<p class="small">The school’s own fingerprint, which shows whose signatures they are, is on its printed enrolment sheet and begins with: ${hashWords(sheet.root).slice(0, 4).join(' ')}. The passphrase of the copy is on no paper of the app: it is given by another route.</p>
<h3>Received by</h3>
<div class="taken"><div><span class="ink"></span>Name</div><div><span class="ink"></span>Rank or position, organisation</div><div><span class="ink"></span>Signature</div><div><span class="ink"></span>Date and time</div></div>
<h3>Handed over by</h3>
<div class="taken"><div><span class="ink"></span>Name</div><div><span class="ink"></span>Signature</div></div></main></body></html>
`;
  return page.markup;
}

const EXTRA = `
.receipt .masthead{margin-bottom:6mm}.receipt .lead{margin-bottom:5mm}.receipt h1{font-size:21pt}.receipt h3{margin:5mm 0 1mm}
.receipt .large .words{font-size:13pt;line-height:1.5}
.taken{display:grid;grid-template-columns:1fr 1fr;gap:0 8mm;font-size:8.6pt;color:#56616d}.taken .ink{height:9mm}
`;
