import { withheldThing, withholdingReason } from '../../investigation/policy/withholding.js';
import { entryNumbers } from '../tables.js';
import type { ReportFacts } from './facts.js';
import { count, digest, part, row, table, written } from './parts.js';
import { html, type Html } from './template.js';

/** The sheet of what is withheld from this copy and why. */
export function withheldPart(facts: ReportFacts): Html {
  const { withheld, input } = facts;
  if (withheld.length === 0) return part(11, 'What is withheld from this copy', html`<p>Nothing of the record is withheld from this copy${facts.quarantined.size === 0 ? '' : ', apart from the bytes of quarantined exhibits'}.</p>`, 'flows');
  const rows = withheld.map((each, i) => row([
    i + 1, html`${withheldThing(each.what, each.exhibit, each.redaction)}${each.sha256 === null ? null : html`<br><span class="small">SHA-256 of the original</span><br>${digest(each.sha256)}`}`,
    html`${withholdingReason(each.reason)}${each.words === '' ? null : written(each.words)}`, each.entries.length === 0 ? 'None' : entryNumbers(each.entries, ' to '),
  ]));
  const hidden = input.entries.filter((entry) => entry.body === null).length;
  return part(11, 'What is withheld from this copy', html`
<p>This copy does not hold everything. The reviewers chose what is withheld, and gave a reason for each thing when both signed for this copy. The list is part of the signed record (its last entry). The same list, for a spreadsheet, is data/withheld.csv.</p>
<p>Of ${count(hidden, 'entry', 'entries')} of the record only the place, the time, the kind and the signatures are here; what they say is withheld. They still count, and the chain still holds: whoever checks this copy sees that nothing was taken out. Whoever has the whole record can show later what stood there.</p>
${table('Withheld, and why', ['No.', 'What', 'Why', 'Entries'], rows, [6, 48, 31, 15])}`);
}
