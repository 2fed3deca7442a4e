import { NOT_CONCERNED } from '../../investigation/policy/declarations.js';
import { hashWords } from '../../record/words.js';
import type { ReportFacts } from './facts.js';
import { clockTable, gap, passphraseTable, utcOffset } from './happenings.js';
import { digest, facts as list, part, row, table, words } from './parts.js';
import { html, type Html } from './template.js';
import { bothTimes, localDay, localInstant } from './times.js';

const REASONS = { capture: 'After a capture', 'sign-out': 'Sign-out', lock: 'Lock', halt: 'Halt', seal: 'Seal', export: 'Export', interval: 'Every ten minutes' } as const;

/** Versions, sittings, checkpoints, certificates and known limits. */
export function annexPart(facts: ReportFacts): Html {
  const { input } = facts;
  return part(10, 'Technical annex', html`
<h3>Software and record</h3>
${list([
    ['Countersign', input.versions.app], ['Browser', input.versions.browser], ['Node.js', input.versions.node], ['System', input.versions.system],
    ['Self-test', selfTest(facts)],
    ['Record', `${input.entries.length} entries, ${input.entries.reduce((sum, entry) => sum + entry.signatures.length, 0)} signatures`],
    ['Identifier of the case', html`<code>${input.caseId}</code>`], ['Hash of the last entry', digest(facts.head)],
  ])}
${declarations(facts)}${preFlights(facts)}
${sittings(facts)}
${checkpoints(facts)}
${timestamps(facts)}
${clockTable(facts)}
${passphraseTable(facts)}
${certificates(facts)}
<h3>How the bundle is built</h3>
<p>BagIt 1.0 (RFC 8493) with SHA-256. Entries are JSON in the canonical form of RFC 8785; an entry’s hash is SHA-256 over its header, which holds the SHA-256 of its body. Signatures are RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017), over the bundle as CMS (RFC 5652). VERIFY.txt says how to check it with public tools.</p>
<h3>Known limits</h3>
<ul>
<li>A network connection that does not go through the browser’s own record (a WebSocket, a video stream already open) is not listed address by address.</li>
<li>Pictures in this report are smaller copies for reading. The originals are the files named beside them.</li>
${timeLimit(facts)}
<li>Which certificates were withdrawn is known only up to the list in certificates/crl.der.</li>
</ul>`);
}

function selfTest(facts: ReportFacts): string {
  const last = facts.told('self-test').at(-1);
  if (last !== undefined) return `${last.data.passed} checks passed, ${last.data.failed} failed (entry ${last.header.seq})`;
  return facts.input.selfTest === null ? 'None was run in this case' : 'See data/self-test.json';
}

function sittings(facts: ReportFacts): Html {
  const rows = facts.told('sitting-started').map(({ header, data }) => row([
    bothTimes(header.at), `${data.browser} (${data.host})`, html`${data.viewport.width} × ${data.viewport.height}<br>scale ${data.viewport.scale}`, `${data.machine.hostname}, ${data.machine.system}`,
    `${data.timeZone}, ${utcOffset(data.utcOffsetMinutes)}`,
  ]));
  return rows.length === 0 ? html`<p>No sitting was held.</p>` : table('Sittings', ['Time', 'Browser', 'Window', 'Computer', 'Time zone'], rows, [22, 24, 14, 22, 18]);
}

const FILTERS = { 'as-usual': 'As usual', exception: 'With an exception', unknown: 'Not known' } as const;

/** What both declared of themselves, word for word, before anything was opened. */
function declarations(facts: ReportFacts): Html[] {
  return facts.told('not-concerned').map(({ header }) => html`<p>${header.by.map(facts.name).join(' and ')} each declared, with their passphrases, on ${localInstant(header.at)}: “${NOT_CONCERNED}” (entry ${header.seq})</p>`);
}

/** What was looked at and answered before each sitting: who authorised it, the room, the filter. */
function preFlights(facts: ReportFacts): Html | null {
  const rows = facts.told('pre-flight').map(({ header, data }) => row([
    bothTimes(header.at), `${data.authorised.name}, ${data.authorised.position}`, `${data.room}. ${data.screenHidden ? 'Nobody else could see the screen.' : 'Others may have seen the screen.'}`,
    `${FILTERS[data.filter.exception]}${data.filter.words === '' ? '' : `: ${data.filter.words}`}`, html`${data.checks.map((check) => html`${check.state === 'good' ? '' : html`<strong>${check.state === 'look' ? 'To note' : 'Not known'}:</strong> `}${check.says}<br>`)}`,
  ]));
  return rows.length === 0 ? null : table('Before the browser was started: what the reviewers answered, and what the app looked at by itself', ['Time', 'Authorised by', 'Room and screen', 'Filter', 'Checked by the app'], rows, [18, 16, 18, 14, 34]);
}

function checkpoints(facts: ReportFacts): Html {
  const rows = facts.told('checkpoint').map(({ header, data }) => row([bothTimes(header.at), REASONS[data.reason], data.count, words(data.words)]));
  return rows.length === 0 ? html`<p>There is no checkpoint.</p>` : table('Checkpoints, with the words to compare with paper', ['Time', 'Reason', 'Entries', 'Words'], rows, [24, 20, 12, 44]);
}

/** Time stamps in the record, when one was not to be had, and what was to be asked for over the signatures. */
function timestamps(facts: ReportFacts): Html {
  const rows = [
    ...facts.told('timestamp').map(({ header, data }) => ({ seq: header.seq, cells: row([bothTimes(data.genTime), data.authority, `Entries 0 to ${data.checkpointSeq}${gap(data)}`, html`${digest(data.root)}<br><span class="small">Serial number ${data.serial}</span>`]) })),
    ...facts.told('timestamp-failed').map(({ header, data }) => ({ seq: header.seq, cells: row([bothTimes(header.at), data.authority, 'None was had', html`<code>${data.code}</code>`]) })),
  ].sort((a, b) => a.seq - b.seq);
  const roots = facts.input.certificates.timeRoots ?? [];
  const asked = roots.length === 0 ? null : html`<p>${roots.map((each) => each.name).join(' and ')} ${roots.length === 1 ? 'was' : 'were'} asked to stamp the signatures over this bundle after this report was written. What came back, if anything, is in the folder signatures, in files that end in .tst.</p>`;
  return html`${rows.length === 0 ? html`<p>There is no time stamp in the record.</p>` : table('Time stamps (RFC 3161): the authority’s time, what it covers, and the fingerprint of its root', ['Time', 'Authority', 'Covers', 'Root'], rows.map((each) => each.cells), [24, 20, 16, 40])}${asked}`;
}

function timeLimit(facts: ReportFacts): Html {
  const some = facts.told('timestamp').length > 0;
  return some
    ? html`<li>A time stamp shows that the record up to its checkpoint existed at that time. It does not show that an entry was not written some time before or after what it tells of, and it rests on the authority that made it.</li>`
    : html`<li>No trusted time stamp from a third party is in the record.</li>`;
}

function certificates(facts: ReportFacts): Html {
  const rows = facts.certificates.map((each) => row([html`<strong>${each.role}</strong><br>${each.subject}<br><span class="small">${localDay(each.validFrom)} to ${localDay(each.validTo)}</span>`, html`${digest(each.fingerprint)}<br>${words(hashWords(each.fingerprint))}`]));
  return table('Certificates: fingerprint (SHA-256), and the same as words', ['Certificate', 'Fingerprint and words'], rows, [30, 70], 'whole');
}
