import type { EntryData } from '../../record/kinds.js';
import type { ReportFacts } from './facts.js';
import { row, table } from './parts.js';
import { html, type Html } from './template.js';
import { bothTimes } from './times.js';

const WHY_NOT: { readonly [why: string]: string | undefined } = {
  proxy: 'Not asked: everything went through a proxy', 'not-found': 'There is none of that name', unreachable: 'Nobody answered', 'no-answer': 'Nobody answered in time',
  'too-large': 'The answer was too long to read', 'not-understood': 'The answer could not be understood; it is in the record as it came', refused: 'The answer was refused',
};

/** What was asked beside the browser about where pages come from: names, registers, and how this computer is seen. */
export function originsTable(facts: ReportFacts): Html | null {
  const rows = [
    ...facts.told('dns-answers').map(({ header, data }) => ({ seq: header.seq, cells: row([bothTimes(header.at), data.host, 'This computer’s own resolver', data.failed === null ? led(data) : why(data.failed)]) })),
    ...facts.told('registration').map(({ header, data }) => ({ seq: header.seq, cells: row([bothTimes(header.at), data.asked, html`Register, asked by ${header.by.map(facts.name).join(' and ')}<br><span class="small">${data.service}</span>`, data.answer === null ? why(data.failed ?? '') : said(data.answer)]) })),
    ...facts.told('public-address').map(({ header, data }) => ({ seq: header.seq, cells: row([bothTimes(header.at), 'This computer', html`A service that the school chose<br><span class="small">${data.service}</span>`, data.address === null ? why(data.failed ?? '') : `Seen as ${data.address}`]) })),
  ].sort((a, b) => a.seq - b.seq);
  if (rows.length === 0) return null;
  return html`<p>The browser does not tell which answers it was given for a name. What follows was asked beside it, at the time that is given, and may differ. What a register says is the register’s word. Its whole answers are in data/record.jsonl.</p>
${table('Where the sites come from', ['Time', 'About', 'Who was asked', 'Answer'], rows.map((each) => each.cells), [18, 22, 26, 34])}`;
}

function led({ answers, servers }: EntryData<'dns-answers'>): Html {
  return html`${answers.map(({ type, value }) => `${type} ${value}`).join(', ') || 'No address'}<br><span class="small">Servers: ${servers.join(', ') || 'not known'}</span>`;
}

function said(answer: NonNullable<EntryData<'registration'>['answer']>): string {
  const parts: [string, string | null][] = [['Name', answer.name], ['Holder', answer.holder], ['Registrar', answer.registrar], ['Addresses', answer.range], ['Country', answer.country], ['Registered', answer.registered], ['Changed', answer.changed], ['Until', answer.expires]];
  return parts.flatMap(([what, value]) => (value === null ? [] : [`${what}: ${value}`])).join('. ') || 'It names nobody';
}

function why(failed: string): string {
  return WHY_NOT[failed] ?? failed;
}
