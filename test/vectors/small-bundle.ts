import { hex } from '../../src/record/bytes.js';
import type { Authority } from './authority.js';
import { goodBundleOf, resigned, type GoodBundle } from './make-bundle.js';
import { exhibitsOf, navigate, openCase, RecordBuilder, sha256, type SampleCase } from './sample-case.js';

/**
 * A good bundle of 64 KB at most with every kind of file in it, for tests that change each byte. Its reports are two lines: the verifier
 * reads nothing in them, and the real ones carry their fonts.
 */
export async function smallBundle(authority: Authority): Promise<GoodBundle> {
  const sample = smallCase(authority);
  const good = await goodBundleOf(authority, sample);
  const files = new Map(good.files);
  files.set('data/report.html', Buffer.from('<!doctype html><title>Report</title>\n<p>One page.\n'));
  // Tells again what the record tells.
  files.delete('data/case.jsonld');
  return { authority, sample, files: resigned(files, authority.people) };
}

function smallCase(authority: Authority): SampleCase {
  const record = new RecordBuilder(authority.people);
  const [first, second] = authority.people;
  const both = [first.initials, second.initials];
  openCase(record, authority, '');
  navigate(record, 'v1', 'https://pupil-chat.example/', { typed: 'pupil-chat.example', cause: 'typed' });
  const text = Buffer.from('Pupil chat\nRooms\n');
  const digest = hex(sha256.of(text));
  const at = record.now;
  record.add('capture', [first.initials], {
    exhibit: `${first.initials}/1`, form: 'text', view: 'v1', url: 'https://pupil-chat.example/', startedAt: at, endedAt: at, image: null, composite: digest,
    declaration: { by: first.initials, answer: 'not-suspected', at }, parts: [{ name: 'page.txt', mediaType: 'text/plain', size: text.length, sha256: digest, cipherSha256: 'cd'.repeat(32) }], note: '', warnings: [],
  });
  record.checkpoint('capture');
  record.add('sitting-ended', both, { reason: 'sign-out' });
  record.add('seal', both, { entries: record.entries.length, exhibits: 1, quarantined: 0, concerns: 0, head: record.head?.hash ?? '' });
  record.add('export', both, { recipient: 'police', exhibits: 1, withheld: 0, quarantined: 0 });
  const bytes = new Map([[`${first.initials}-1/page.txt`, text]]);
  return { caseId: record.caseId, entries: record.entries, exhibits: exhibitsOf(record.entries, bytes, new Set()), bytes };
}
