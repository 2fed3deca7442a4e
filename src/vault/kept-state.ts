import { z } from 'zod';
import { fromUtf8 } from '../record/bytes.js';
import { sha256Schema, type Head } from '../record/entry.js';
import type { Random } from '../record/ports.js';
import type { Sql } from './database.js';
import { contextBytes, openBox, sealBox } from './sealed-box.js';

/** What the app made of a case's entries up to `head`. */
export interface KeptState {
  readonly head: Head;
  readonly text: string;
}

/** A state that is larger is not kept: reading it would take as long as reading the entries. */
const LARGEST = 64 * 1024 * 1024;

const boxRows = z.array(z.strictObject({ box: z.instanceof(Buffer) })).max(1);
const headSchema = z.strictObject({ seq: z.int().min(0), hash: sha256Schema, signaturesHash: sha256Schema });

/** Puts a state in the place of the one before. One that is too large is left out. @throws CodedError `vault.disk-full`, `vault.write-failed` */
export async function putState(sql: Sql, caseId: string, { head, text }: KeptState, key: Uint8Array, random: Random): Promise<void> {
  if (text.length > LARGEST) return;
  const { seq, hash, signaturesHash } = head;
  const box = sealBox(key, `${JSON.stringify({ seq, hash, signaturesHash })}\n${text}`, stateContext(caseId), random);
  await sql.run('INSERT INTO kept_states (case_id, box) VALUES (?, ?) ON CONFLICT (case_id) DO UPDATE SET box = excluded.box', caseId, box);
}

/** The state that is kept of a case: `none`, or `altered` when it is not as it was written. */
export async function readState(sql: Pick<Sql, 'all'>, caseId: string, key: () => Uint8Array): Promise<KeptState | 'none' | 'altered'> {
  const rows = boxRows.safeParse(await sql.all('SELECT box FROM kept_states WHERE case_id = ? AND length(box) <= ?', caseId, 4 * LARGEST));
  if (!rows.success) return 'altered';
  const [row] = rows.data;
  if (row === undefined) return 'none';
  const plain = openBox(key(), row.box, stateContext(caseId));
  return plain === null ? 'altered' : (parse(plain) ?? 'altered');
}

function parse(plain: Uint8Array): KeptState | null {
  try {
    const whole = fromUtf8(plain);
    const end = whole.indexOf('\n');
    return { head: headSchema.parse(JSON.parse(whole.slice(0, end))), text: whole.slice(end + 1) };
  } catch {
    return null;
  }
}

function stateContext(caseId: string): Uint8Array {
  return contextBytes({ purpose: 'Countersign case state v1', case: caseId });
}
