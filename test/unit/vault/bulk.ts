import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { hex } from '../../../src/record/bytes.js';
import type { JsonValue } from '../../../src/record/canonical-json.js';
import { entryHash, entryTexts, headAfter, nextHeader, type Head } from '../../../src/record/entry.js';
import { hashWords } from '../../../src/record/words.js';
import { CaseKeys, unwrapCaseKey } from '../../../src/vault/case-keys.js';
import { Database } from '../../../src/vault/database.js';
import { toRow } from '../../../src/vault/entry-row.js';
import { PRAGMAS } from '../../../src/vault/vault-database.js';
import { unlockSecret } from '../../../src/vault/reviewer-secret.js';
import { loadRoster } from '../../../src/vault/roster.js';
import { joinVaultKey } from '../../../src/vault/vault-key.js';
import { openBoth, JMK, note, PAS, sha256 } from './support.js';

/** The vault key of a vault that PAS and JMK can open; the vault must not be open. */
export async function vaultKeyOf(database: Database): Promise<Buffer> {
  const roster = await loadRoster(database, sha256);
  const half = async ({ initials, passphrase }: typeof PAS) => {
    const member = roster.members.find((m) => m.initials === initials);
    const locked = roster.secrets.find((s) => s.certificate === member?.certificate);
    const secret = locked === undefined ? null : await unlockSecret(locked, passphrase);
    if (member === undefined || secret === null) throw new Error(`${initials} cannot open this vault`);
    return { initials, certificate: member.certificate, agreement: secret.agreement };
  };
  const split = roster.splits.find((s) => s.first === JMK.initials && s.second === PAS.initials);
  const key = split === undefined ? null : await joinVaultKey(split, [await half(PAS), await half(JMK)]);
  if (key === null) throw new Error('the shares do not open');
  return key;
}

/** What a page load leaves in the record, about as long as a real one. */
function visit(seq: number): { kind: 'navigation' | 'title'; data: { [key: string]: JsonValue } } {
  const view = `v${Math.floor(seq / 2)}`;
  if (seq % 2 === 1) return { kind: 'title', data: { view, title: `Page ${seq} of a forum that somebody told us of` } };
  const url = `https://forum.example/threads/${seq}/what-was-written-there?page=2`;
  const tls = { protocol: 'TLS 1.3', cipher: 'AES_128_GCM', issuer: 'Example CA', subject: 'forum.example', validFrom: '2026-09-01T00:00:00.000Z', validTo: '2026-12-01T00:00:00.000Z' };
  const responseHeaders = ['content-type', 'date', 'server', 'cache-control', 'set-cookie'].map((name) => ({ name, value: 'as the server said it' }));
  return { kind: 'navigation', data: { view, target: 't1', frame: 'f1', main: true, url, typed: null, cause: 'link', status: 200, protocol: 'h2', remoteAddress: '192.0.2.7:443', mediaType: 'text/html', redirects: [], tls, responseHeaders, network: 'public' } };
}

/**
 * A new case of so many notes, or the case `begun` with so many more visits; a checkpoint every 500. All is written in one
 * transaction: what the store writes one by one, each with a flush of its own, would take minutes. The vault must not be open.
 */
export async function bulkCase(folder: string, entries: number, begun?: string): Promise<string> {
  const { locked, vault } = await openBoth(folder);
  const store = begun === undefined ? await vault.createCase() : await vault.openCase(begun);
  if (begun === undefined) await store.append(note(store, 'the first'));
  let head = store.head as Head;
  await locked.close();
  const database = await Database.open(join(folder, 'vault.db'));
  for (const pragma of PRAGMAS) await database.all(pragma);
  const vaultKey = await vaultKeyOf(database);
  const [row] = (await database.all('SELECT wrapped_key FROM cases WHERE id = ?', store.id)) as { wrapped_key: Buffer }[];
  const keys = new CaseKeys(store.id, unwrapCaseKey(vaultKey, store.id, row?.wrapped_key ?? new Uint8Array()) ?? Buffer.alloc(32));
  const random = { bytes: (count: number) => randomBytes(count) };
  await database.transaction(async (sql) => {
    for (let seq = head.seq + 1; seq < entries; seq += 1) {
      const isCheckpoint = seq % 500 === 499;
      const data = isCheckpoint ? { reason: 'interval', head: head.hash, count: seq, words: hashWords(head.hash) } : { text: `note ${seq}` };
      const told = isCheckpoint || begun === undefined ? { kind: isCheckpoint ? 'checkpoint' : 'note', data } as const : visit(seq);
      const body = { nonce: hex(random.bytes(16)), data: told.data };
      const header = nextHeader(head, { case: store.id, at: '2026-11-24T10:00:00.000Z', kind: told.kind, by: ['PAS'], body }, sha256);
      const entry = { header, body, signatures: [] };
      head = headAfter(entry, sha256);
      if (head.hash !== entryHash(header, sha256)) throw new Error('the head is the last entry');
      const r = toRow(header, entryTexts(entry), keys, random);
      await sql.run('INSERT INTO appends (case_id, seq, kind, header, signatures, body, objects, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', r.case_id, r.seq, r.kind, r.header, r.signatures, r.body, 0, keys.headMac(head, 0));
    }
  });
  await database.close();
  return store.id;
}
