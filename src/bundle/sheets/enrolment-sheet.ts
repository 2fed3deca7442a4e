import { hashWords } from '../../record/words.js';
import { digest, facts, MARK } from '../report/parts.js';
import { styleSheet } from '../report/style.js';
import { html, Html } from '../report/template.js';
import { localDay, localInstant } from '../report/times.js';

/** What the enrolment sheet says. Hashes are SHA-256 in hexadecimal, times are instants. Nothing of it is secret. */
export interface EnrolmentSheet {
  readonly organisation: string;
  readonly computer: { readonly name: string; readonly location: string };
  /** Fingerprint of the installation's root certificate. */
  readonly root: string;
  /** Everyone who may sign in now. */
  readonly reviewers: readonly {
    readonly initials: string;
    readonly name: string;
    readonly position: string;
    readonly role: keyof typeof ROLE_TITLES;
    /** Fingerprint of the reviewer's certificate. */
    readonly certificate: string;
    readonly enrolledAt: string;
  }[];
  /** When the sheet is made. */
  readonly at: string;
}

/** What a reviewer is in the school, in words. */
export const ROLE_TITLES = {
  'senior-leader': 'Senior leader', dsl: 'Designated safeguarding lead', head: 'Head', 'chair-of-governors': 'Chair of governors',
} as const;

const RULES = `
h1{font-size:22pt;margin-bottom:1mm}.masthead{margin-bottom:4mm}.lead{font-size:12pt;margin-bottom:3mm}
dl{margin-bottom:4mm}dl>div{padding:1mm 0}
h3{margin:4mm 0 1.5mm}
.root{border:.6mm solid var(--ink);padding:3mm 4mm;break-inside:avoid}
.root p{margin:0 0 1mm}.root p:last-child{margin:0}
.root .phrase{font:700 15pt/1.35 "Atkinson Mono",monospace;margin:0 0 1.5mm}
.root .digest{font-size:8.6pt}.print{display:flex;gap:3mm;align-items:baseline}.print .small{flex:none}
.reviewer{border-top:.3mm solid var(--line);padding:2mm 0 2.5mm;break-inside:avoid}
.reviewer:last-of-type{border-bottom:.3mm solid var(--line)}
.reviewer p{margin:0 0 .5mm}.reviewer .name{font-size:11.5pt}
.reviewer .lines{display:grid;grid-template-columns:1fr 45mm;gap:8mm}
.lines .ink{height:9mm}.lines .small{margin:.8mm 0 0}
.steps{break-inside:avoid}.steps li{margin-bottom:.5mm}.steps ol{margin-bottom:1.5mm}.steps p{margin:0}
.kept{display:grid;grid-template-columns:1fr 1fr;gap:8mm;break-before:avoid;break-inside:avoid}
.kept .ink{height:9mm}.kept .small{margin:.8mm 0 0}
`;

/**
 * The enrolment sheet as one self-contained page: the root's fingerprint as words and digits, everyone who may sign in, and
 * lines for ink. Who holds it can tell the school's own bundles from any other.
 */
export async function enrolmentSheetHtml(sheet: EnrolmentSheet): Promise<string> {
  const { organisation, computer, reviewers, at } = sheet;
  const style = new Html(`${await styleSheet({ organisation, heading: `Enrolment sheet, ${localDay(at)}` })}\n${RULES}`);
  return html`<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">
<title>Enrolment sheet: ${organisation}</title><style>${style}</style></head>
<body><main><div class="masthead">${MARK}<span>Countersign</span></div>
<h1>Enrolment sheet</h1><p class="lead">Who may sign in on this computer, and how anyone can tell its bundles from others.</p>
${facts([['School', organisation], ['Computer', `${computer.name}, ${computer.location}`], ['Made on', localInstant(at)]])}
${root(sheet.root)}
<h3>Reviewers</h3>
${reviewers.map(reviewer)}
${STEPS}</main></body></html>
`.markup;
}

function root(fingerprint: string): Html {
  const words = hashWords(fingerprint);
  return html`<section class="root"><p><strong>Words of the school</strong></p>
<p class="phrase">${words.slice(0, 4).join(' ')}<br>${words.slice(4).join(' ')}</p>
<p class="small">They stand for the certificate that issued the reviewers’ certificates (SHA-256):</p><p>${digest(fingerprint)}</p></section>`;
}

function reviewer({ initials, name, position, role, certificate, enrolledAt }: EnrolmentSheet['reviewers'][number]): Html {
  return html`<section class="reviewer"><p class="name"><strong>${name}</strong> (${initials})</p>
<p>${position} · ${ROLE_TITLES[role]} · enrolled ${localDay(enrolledAt)}</p>
<p class="print"><span class="small">Certificate (SHA-256)</span> ${digest(certificate)}</p>
<div class="lines"><div><span class="ink"></span><p class="small">Signature of ${name}</p></div><div><span class="ink"></span><p class="small">Date</p></div></div></section>`;
}

const STEPS = html`<section class="steps"><h3>What to do with this sheet</h3>
<ol>
<li>Compare the eight words with those that Countersign shows under Reviewers.</li>
<li>Each reviewer signs and dates by their own name, in ink.</li>
<li>Keep the sheet away from this computer, where the reviewers cannot exchange it unnoticed: in the school’s safe, or with the governors.</li>
<li>Whoever checks a bundle is asked for these words or these digits. Read them from this sheet, never from the bundle.</li>
<li>Print a new sheet when a reviewer is enrolled or removed, and keep the old one: together they show who could sign, and when.</li>
</ol>
<p>Nothing on this sheet is secret. It opens nothing.</p></section>
<div class="kept"><div><span class="ink"></span><p class="small">Kept at</p></div><div><span class="ink"></span><p class="small">Kept by</p></div></div>`;
