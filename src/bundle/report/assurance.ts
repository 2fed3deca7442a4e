import type { ReportFacts } from './facts.js';
import { part } from './parts.js';
import { html, type Html } from './template.js';

/** The assurance statement: what each means of proof shows, what it does not, and which signatures were acts. */
export function assurancePart(facts: ReportFacts): Html {
  const signatures = facts.input.entries.flatMap((entry) => entry.signatures);
  const acts = signatures.filter((signature) => signature.how === 'act').length;
  const withheld = facts.input.entries.filter((entry) => entry.body === null).length;
  return part(2, 'What this shows and what it does not', html`
<h3>Why these visits were made</h3>
<p>The addresses in part 3 were visited for safeguarding purposes by two senior members of staff together, on one designated computer. The software recorded each step of the browser as it happened, not only what was kept.</p>
<h3>What can be checked</h3>
<ul>
<li><strong>The files.</strong> Each file is listed with its SHA-256, and both reviewers’ keys signed the list. If one byte of one file is changed, added or taken away, the check fails.</li>
<li><strong>The record.</strong> Each entry holds the hash of the entry before it, and of the signatures on it. An entry cannot be altered, dropped, added or moved unless everything after it is made again and signed again with both keys.</li>
<li><strong>Two people.</strong> Evidence entries bear signatures made with two different keys. Each key can be used only after its owner’s passphrase was given.</li>
<li><strong>A time on paper.</strong> Each checkpoint has eight words. If they were written down on the day, a record that was made anew later no longer matches the paper.</li>
</ul>
<h3>Which signatures were acts</h3>
<p>Of the ${signatures.length} signatures in the record, the machine applied ${signatures.length - acts} by itself while both reviewers were signed in. Such a signature shows that both keys were open at that moment. It does not show that somebody read that entry.
The other ${acts} were acts: the reviewer read a summary and gave the passphrase again. The two signatures over this bundle were made when both reviewers gave their passphrases to export it.</p>
<h3>What this does not show</h3>
<ul>
<li><strong>Live web content changes.</strong> A capture shows what this computer received and drew at that time, with the size of window and the account that were used. Somebody else may have seen something different.</li>
<li><strong>The review itself left traces.</strong> ACPO principle 1 says that no action should change data which may later be relied upon in court. Looking at a live web site cannot meet that to the letter: a visit may be logged by the site and may change what it shows, and software writes to the computer’s disk. What can be offered is an account of who did what (principle 2) and an audit trail that somebody else can examine (principle 3).</li>
<li><strong>The clock was this computer’s own.</strong> Times were taken from it. ${clock(facts)}</li>
<li><strong>The computer is trusted.</strong> If somebody had full control of the computer during the review, the software on it could have been made to record something else. The self-test in the annex makes faults visible, not that.</li>
<li><strong>Names rest on the school’s word.</strong> A certificate says whose key it is because the school’s installation said so. Compare the fingerprint of the root in the annex with the printed enrolment sheet.</li>
<li><strong>Nothing says that a page is harmless.</strong> That nothing was noted about a page proves nothing about it.</li>
</ul>
${withheld === 0 ? html`<p>Nothing of the record was withheld from this copy.</p>` : html`<p>What ${withheld} of the ${facts.input.entries.length} entries say was withheld from this copy. Their place, time and kind are still in the record and can still be checked. Part 11 lists them with the reasons.</p>`}
<p class="small">This report was written by the software from the record before the bundle was signed. Where the report and the record differ, the record counts.</p>`);
}

/** What, besides the computer's own clock, speaks for the times. */
function clock(facts: ReportFacts): string {
  const stamps = facts.told('timestamp');
  if (stamps.length === 0) return 'Nobody else vouches for them in the record.';
  const names = [...new Set(stamps.map((each) => each.data.authority))].join(' and ');
  return `${stamps.length === 1 ? 'A time stamp' : `${stamps.length} time stamps`} by ${names} show that the record up to certain checkpoints existed at the times that the annex lists.`;
}
