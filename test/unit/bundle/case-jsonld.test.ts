import { beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import jsonld from 'jsonld';
import { Parser, Store, type Quad } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import { makeAuthority } from '../../vectors/authority.js';
import { goodBundle, type GoodBundle } from '../../vectors/make-bundle.js';

interface Document {
  '@context': Record<string, string>;
  '@graph': Record<string, unknown>[];
}

const ONTOLOGIES = join(dirname(fileURLToPath(import.meta.url)), '../../../../../shared/reference/case-uco');
const there = existsSync(ONTOLOGIES);
const SHACL = 'http://www.w3.org/ns/shacl#';
const CORE = 'https://ontology.unifiedcyberontology.org/uco/core/';
const SUBCLASS = 'http://www.w3.org/2000/01/rdf-schema#subClassOf';
const IMPORTS = 'http://www.w3.org/2002/07/owl#imports';
const TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

let ontologies: Quad[];
let good: { sealed: GoodBundle; halted: GoodBundle };

beforeAll(async () => {
  // All of them are given at once, so nothing has to be imported. The library knows no SPARQL; what those shapes demand is tested below without it.
  ontologies = (there ? readdirSync(ONTOLOGIES) : []).filter((name) => name.endsWith('.ttl')).flatMap((name) => new Parser({ blankNodePrefix: `_:${name.replace(/\W/g, '')}_` }).parse(readFileSync(join(ONTOLOGIES, name), 'utf8')))
    .filter((quad) => quad.predicate.value !== `${SHACL}sparql` && quad.predicate.value !== IMPORTS);
  const authority = makeAuthority('Example School');
  good = { sealed: await goodBundle(authority, { end: 'sealed' }), halted: await goodBundle(authority, { end: 'halted' }) };
}, 120_000);

function documentOf(bundle: GoodBundle): Document {
  return JSON.parse(Buffer.from(bundle.files.get('data/case.jsonld') ?? new Uint8Array()).toString()) as Document;
}

/** The graph as triples, read by a JSON-LD library that may fetch nothing. */
async function triples(document: Document): Promise<Quad[]> {
  const documentLoader = (url: string): Promise<never> => Promise.reject(new Error(`asked the network for ${url}`));
  const text = await jsonld.toRDF(document as jsonld.JsonLdDocument, { format: 'application/n-quads', documentLoader, safe: true } as jsonld.Options.ToRdf);
  return new Parser({ format: 'N-Quads' }).parse(text as unknown as string);
}

/** What is about a node as a whole has no path. */
function nameOf(term: { value: string } | null): string {
  return term?.value ?? '';
}

async function faults(document: Document): Promise<string[]> {
  const report = await new SHACLValidator(new Store(ontologies)).validate(new Store([...(await triples(document)), ...ontologies.filter((quad) => quad.predicate.value === SUBCLASS)]));
  return report.results.map((result) => `${nameOf(result.severity)} ${nameOf(result.path)} ${nameOf(result.focusNode)} ${result.message.map((each) => each.value).join(' ')}`);
}

function ofType(document: Document, type: string): Record<string, unknown>[] {
  return document['@graph'].filter((node) => node['@type'] === type);
}

if (!there) process.stdout.write('case.jsonld: 4 tests against the ontologies not run, their folder is not here\n');

(there ? describe : describe.skip)('case.jsonld against the ontologies', () => {
  test.each(['sealed', 'halted'] as const)('of a %s case conforms to every shape of CASE 1.4 and UCO 1.4, advice included', async (end) => {
    expect(await faults(documentOf(good[end]))).toEqual([]);
  }, 120_000);

  test('the shapes bite: a hash without its method, two start times, a hash that is none', async () => {
    const change = (type: string, property: string, value: unknown): Promise<string[]> => {
      const document = structuredClone(documentOf(good.sealed));
      const [node] = ofType(document, type);
      if (node !== undefined) node[property] = value;
      return faults(document);
    };
    expect(await change('types:Hash', 'types:hashMethod', [])).toEqual([expect.stringContaining('hashMethod')]);
    expect(await change('types:Hash', 'types:hashMethod', 'PAPER')).toEqual([expect.stringContaining('hashMethod')]);
    expect(await change('types:Hash', 'types:hashValue', 'zz')).toEqual([expect.stringContaining('hashValue')]);
    const two = ['2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z'].map((value) => ({ '@type': 'xsd:dateTime', '@value': value }));
    expect(await change('investigation:InvestigativeAction', 'action:startTime', two)).toEqual([expect.stringContaining('startTime')]);
  }, 240_000);

  test('every term is one that the ontologies define, and every node has an identifier of its own that ends in a UUID', async () => {
    const defined = new Set(ontologies.filter((quad) => quad.predicate.value === TYPE).map((quad) => quad.subject.value));
    const document = documentOf(good.sealed);
    for (const quad of await triples(document)) {
      const terms = quad.predicate.value === TYPE ? [quad.object.value] : [quad.predicate.value];
      for (const term of terms) expect({ term, defined: defined.has(term) }).toEqual({ term, defined: true });
      expect(quad.subject.value).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    const ids = document['@graph'].map((node) => node['@id']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(defined.has(`${CORE}UcoObject`)).toBe(true);
  });

});

describe('case.jsonld', () => {
  test('names both reviewers, every page opened, and each file of each exhibit with its hash', () => {
    const document = documentOf(good.sealed);
    expect(ofType(document, 'identity:Person').map((node) => node['core:name'])).toEqual(['Priya A. Shah', 'Tom R. Ellis']);
    expect(ofType(document, 'investigation:ProvenanceRecord').map((node) => node['investigation:exhibitNumber'])).toEqual(['PAS/1', 'TRE/1']);
    const visits = ofType(document, 'investigation:InvestigativeAction').filter((node) => String(node['core:name']).includes('opened'));
    expect(visits).toHaveLength(good.sealed.sample.entries.filter((entry) => entry.header.kind === 'navigation').length);
    const hashes = ofType(document, 'types:Hash').map((node) => (node['types:hashValue'] as { '@value': string })['@value']);
    const listed = Buffer.from(good.sealed.files.get('manifest-sha256.txt') ?? '').toString().split('\n').filter((line) => line.includes('  data/exhibits/')).map((line) => line.slice(0, 64));
    expect(new Set(hashes)).toEqual(new Set(listed));
  });

  test('of a quarantined exhibit there is no path into the bundle', () => {
    const document = documentOf(good.halted);
    const record = ofType(document, 'investigation:ProvenanceRecord').find((node) => node['investigation:exhibitNumber'] === 'PAS/2');
    expect(record?.['core:description']).toContain('Quarantined');
    expect(JSON.stringify(document)).not.toContain('data/exhibits/PAS-2');
    expect(ofType(document, 'investigation:Investigation')[0]).toMatchObject({ 'investigation:investigationStatus': 'halted' });
  });
});
