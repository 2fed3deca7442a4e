import { annexPart } from './annex.js';
import { assurancePart } from './assurance.js';
import { continuityPart } from './continuity.js';
import { exhibitsPart } from './exhibits.js';
import type { ReportFacts } from './facts.js';
import { conclusionPart, concernsPart, HALT_TITLE, haltPart } from './findings.js';
import { formPart, haltStands } from './form.js';
import { count, facts as list, MARK } from './parts.js';
import { PICTURE_POLICY } from './pictures.js';
import { statementsPart } from './statements.js';
import { styleSheet } from './style.js';
import { html, Html } from './template.js';
import { localInstant } from './times.js';
import { visitsPart } from './visits.js';
import { withheldPart } from './withheld.js';

const CONTENTS = [
  'Record of reviewing devices / internet sites', 'What this shows and what it does not', 'Every address visited', 'Exhibits', 'Concerns and notes', HALT_TITLE,
  'Conclusion and outcomes', 'Continuity', 'Draft statements', 'Technical annex', 'What is withheld from this copy',
];

const RECIPIENTS = { police: 'The police', lado: 'The LADO', 'group-record': 'The school’s own record', other: 'Another recipient' } as const;

/**
 * The report as one page without a script, whose pictures are `facts.pictures`: the PDF is printed from it, and with its pictures inside
 * (`pictures.ts`) it is a file that fetches nothing.
 */
export async function reportHtml(facts: ReportFacts): Promise<string> {
  const style = new Html(await styleSheet(facts.input));
  const parts = [
    formPart(facts), assurancePart(facts), visitsPart(facts), exhibitsPart(facts), concernsPart(facts), haltPart(facts), conclusionPart(facts), continuityPart(facts), statementsPart(facts), annexPart(facts), withheldPart(facts),
  ];
  const page = html`<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; ${PICTURE_POLICY} font-src data:">
<meta name="viewport" content="width=device-width"><title>Case ${facts.input.caseReference}: record of an online safety review</title><style>${style}</style></head>
<body><main>${cover(facts)}${parts}</main></body></html>
`;
  return page.markup;
}

function cover(facts: ReportFacts): Html {
  const { input } = facts;
  const reviewers = facts.opened?.reviewers ?? input.signers;
  const halted = haltStands(facts);
  return html`<header class="cover"><div class="masthead">${MARK}<span>Countersign</span></div>
${input.marking === undefined || input.marking === '' ? null : html`<p class="marking">${input.marking}</p>`}<h1>Case ${input.caseReference}</h1><p class="lead">Record of an online safety review by two members of staff</p>
${halted ? html`<div class="notice"><p><strong>This review was halted and referred to the police.</strong> Nothing of what led to the halt is shown here. See part 6.</p></div>` : null}
${facts.withheld.length === 0 ? null : html`<div class="notice"><p><strong>This copy does not hold everything.</strong> Part 11 lists what is withheld and why.</p></div>`}
${list([
    ['Organisation', input.organisation],
    ['Reviewers', html`${reviewers.map((each, i) => html`${i > 0 && html`<br>`}${each.name}, ${each.position}`)}`],
    ['Computer', `${input.computer.name}, ${input.computer.location}`],
    ['This copy is for', RECIPIENTS[input.recipient]],
    ['Made on', localInstant(facts.at)],
    ['In it', [count(facts.told('navigation').filter((entry) => entry.data.main).length, 'page opened', 'pages opened'), count(input.exhibits.length, 'exhibit', 'exhibits'), `${count(facts.told('concern').length, 'concern', 'concerns')}${facts.hidden('concern') === 0 ? '' : ` (${facts.hidden('concern')} more withheld)`}`, count(input.entries.length, 'entry', 'entries')].join(', ')],
  ])}
<h2>Contents</h2><nav aria-label="Contents"><ol class="contents">${CONTENTS.map((title, i) => html`<li><a href="#part-${i + 1}"><span class="number">${i + 1}</span>${title}</a></li>`)}</ol></nav></header>`;
}
