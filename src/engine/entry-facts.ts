import { entryHash } from '../record/entry.js';
import type { Sha256 } from '../record/ports.js';
import type { EntryView } from '../ipc/case-view.js';
import type { WholeEntry } from '../vault/entry-row.js';

/** So many facts of one entry are shown, each of so many characters; the bundle holds all of them. */
const MOST_FACTS = 200;
const MOST_CHARACTERS = 2_000;

/** One entry whole: its place in the chain, its signatures, and everything that it says, each fact under its own name. */
export function entryView({ header, body, signatures }: WholeEntry, sha256: Sha256): EntryView {
  const facts: { name: string; value: string }[] = [];
  collect(facts, '', body.data);
  return {
    seq: header.seq, at: header.at, kind: header.kind, by: header.by, hash: entryHash(header, sha256), prev: header.prev,
    signatures: signatures.map(({ by, how }) => ({ by, how })), facts: facts.slice(0, MOST_FACTS), more: Math.max(0, facts.length - MOST_FACTS),
  };
}

function collect(facts: { name: string; value: string }[], name: string, value: unknown): void {
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== 'object' || each === null)) facts.push({ name, value: value.length === 0 ? 'none' : short(value.map(String).join(', ')) });
    else value.forEach((each, at) => { collect(facts, `${name} ${at + 1}`, each); });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) collect(facts, `${name} ${inWords(key)}`.trim(), inner);
  } else {
    facts.push({ name, value: value === null ? 'none' : typeof value === 'boolean' ? (value ? 'yes' : 'no') : short(typeof value === 'string' || typeof value === 'number' ? String(value) : '') });
  }
}

const NAMES: Readonly<Record<string, string>> = { url: 'address', tls: 'TLS', sha256: 'SHA-256', cipherSha256: 'SHA-256 as it is stored' };

/** `remoteAddress` as `remote address`. */
function inWords(key: string): string {
  return NAMES[key] ?? key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/-/g, ' ').toLowerCase();
}

function short(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
