import { hex, utf8 } from '../record/bytes.js';
import type { JsonValue } from '../record/canonical-json.js';
import type { Sha256 } from '../record/ports.js';

/** Properties of a node, by their compact names. */
export type Node = Readonly<Record<string, JsonValue>>;

/** Points to a node of the graph. */
export type Reference = { readonly '@id': string } & Readonly<Record<string, JsonValue>>;

const UCO = 'https://ontology.unifiedcyberontology.org/uco';

/** The names that are used, spelled out, so that no reader has to fetch them. */
const CONTEXT = {
  investigation: 'https://ontology.caseontology.org/case/investigation/',
  ...Object.fromEntries(['action', 'core', 'identity', 'location', 'observable', 'tool', 'types'].map((name) => [name, `${UCO}/${name}/`])),
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** An instant of the record as `xsd:dateTime`. */
export function instant(at: string): JsonValue {
  return { '@type': 'xsd:dateTime', '@value': at };
}

/**
 * A flat graph in JSON-LD. Every node has an identifier of its own that ends in a UUID, as UCO asks for; it is made of the
 * case's identifier and the node's name, so the same record always gives the same graph.
 */
export class CaseGraph {
  readonly #caseId: string;
  readonly #sha256: Sha256;
  readonly #nodes = new Map<string, Node>();

  constructor(caseId: string, sha256: Sha256) {
    this.#caseId = caseId;
    this.#sha256 = sha256;
  }

  /** Adds a node once; the same name again gives the node that is there. */
  add(name: string, type: string, properties: Node): Reference {
    const id = this.#identifier(name);
    if (!this.#nodes.has(id)) this.#nodes.set(id, { '@id': id, '@type': type, ...properties });
    return { '@id': id };
  }

  /** A relationship from `source` to `target`. */
  relation(name: string, kind: string, source: Reference, target: Reference): Reference {
    return this.add(name, 'core:Relationship', { 'core:source': source, 'core:target': target, 'core:kindOfRelationship': kind, 'core:isDirectional': true });
  }

  document(): Node {
    return { '@context': CONTEXT, '@graph': [...this.#nodes.values()] };
  }

  /** A UUID of version 8 (RFC 9562 section 5.8) over the case and the name. */
  #identifier(name: string): string {
    const digest = hex(this.#sha256.of(utf8(`${this.#caseId} ${name.toWellFormed()}`)));
    const variant = '89ab'[Number.parseInt(digest.slice(16, 17), 16) % 4] ?? '8';
    return `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  }
}
