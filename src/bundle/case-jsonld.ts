import { toldTitle } from '../investigation/policy/who-told.js';
import type { EntryData } from '../record/kinds.js';
import type { Sha256 } from '../record/ports.js';
import type { ReportFacts, Told } from './report/facts.js';
import { exhibitState, holdsRedaction } from './tables.js';
import { CaseGraph, instant, type Node, type Reference } from './case-graph.js';

/**
 * `case.jsonld`: the case in CASE 1.4.0 and UCO 1.4.0 (caseontology.org, unifiedcyberontology.org), as JSON-LD 1.1 that
 * needs nothing from the network to be read. It tells again what the record tells, in terms that other tools know: who
 * did what with which tool on which computer, what came of it, each file with its hash, and who has had it since.
 * Withheld bodies are left out. Of a quarantined exhibit there are the reference and the hashes.
 */
export function caseJsonLd(facts: ReportFacts, sha256: Sha256): string {
  const graph = new CaseGraph(facts.input.caseId, sha256);
  const scene = sceneOf(facts, graph);
  const visits = facts.told('navigation').map((entry) => visit(entry, graph, scene));
  const captures = facts.told('capture').map((entry) => capture(entry, facts, graph, scene));
  const acts = [...concerns(facts, graph, scene), ...redactions(facts, graph, scene), ...halts(facts, graph, scene), ...tellings(facts, graph, scene), ...handOvers(facts, graph, scene, captures.map((each) => each.action))];
  investigation(facts, graph, [...scene.objects, ...visits, ...captures.flatMap((each) => [each.action, each.provenance]), ...acts]);
  return `${JSON.stringify(graph.document(), null, 1)}\n`;
}

/** Who and what takes part in every act. */
interface Scene {
  readonly people: ReadonlyMap<string, Reference>;
  readonly tools: readonly Reference[];
  readonly device: Reference;
  readonly place: Reference;
  readonly objects: readonly Reference[];
}

function sceneOf(facts: ReportFacts, graph: CaseGraph): Scene {
  const { input, opened } = facts;
  const computer = opened?.computer ?? input.computer;
  const school = graph.add('organisation', 'identity:Organization', { 'core:name': opened?.organisation ?? input.organisation });
  const people = new Map((opened?.reviewers ?? input.signers).map((each) => [each.initials, graph.add(`person/${each.initials}`, 'identity:Person', { 'core:name': each.name, 'core:description': each.position })]));
  const roles = [...people].flatMap(([initials, person]) => {
    const role = graph.add(`role/${initials}`, 'investigation:Investigator', { 'core:name': `Reviewer ${initials}` });
    return [role, graph.relation(`has-role/${initials}`, 'has-role', person, role), graph.relation(`member/${initials}`, 'member-of', person, school)];
  });
  const tools = [['Countersign', input.versions.app, 'Record of web pages'], ['Browser', input.versions.browser, 'Web browser']].map(([name = '', version = '', type = '']) =>
    graph.add(`tool/${name}`, 'tool:Tool', { 'core:name': name, 'tool:version': version, 'tool:toolType': type }));
  const machine = opened?.machine;
  const hardware = graph.add('device/facet', 'observable:DeviceFacet', {
    'observable:deviceType': 'Computer', ...(machine?.model == null ? {} : { 'observable:model': machine.model }), ...(machine?.serial == null ? {} : { 'observable:serialNumber': machine.serial }),
  });
  const device = graph.add('device', 'observable:Device', { 'core:name': computer.name, 'core:hasFacet': [hardware] });
  const place = graph.add('place', 'location:Location', { 'core:name': computer.location });
  return { people, tools, device, place, objects: [school, ...people.values(), ...roles, ...tools, device, place] };
}

/** What every act has in common. `by`: initials, or `app`, which is a tool and no performer. */
function act(graph: CaseGraph, scene: Scene, name: string, by: readonly string[], at: { from: string; to?: string }, more: Node): Reference {
  const people = by.flatMap((initials) => scene.people.get(initials) ?? []);
  const [first, ...others] = people;
  return graph.add(name, 'investigation:InvestigativeAction', {
    'action:startTime': instant(at.from), ...(at.to === undefined ? {} : { 'action:endTime': instant(at.to) }),
    ...(first === undefined ? {} : { 'action:performer': first }), ...(others.length === 0 ? {} : { 'action:participant': others }),
    'action:instrument': [...scene.tools], 'action:environment': scene.device, 'action:location': [scene.place], ...more,
  });
}

function url(address: string, graph: CaseGraph): Reference {
  return graph.add(`url/${address}`, 'observable:URL', { 'core:hasFacet': [graph.add(`url/${address}/facet`, 'observable:URLFacet', { 'observable:fullValue': address.toWellFormed() })] });
}

function visit({ header, data }: Told<'navigation'>, graph: CaseGraph, scene: Scene): Reference {
  return act(graph, scene, `entry/${header.seq}`, [], { from: header.at }, {
    'core:name': data.main ? 'Page opened' : 'Content opened inside a page', 'core:description': `Entry ${header.seq}, page view ${data.view}. Cause: ${data.cause}. Answer: ${data.status ?? 'none'}.`,
    'action:participant': [...scene.people.values()], 'action:object': [url(data.url, graph)],
  });
}

const STATES = {
  here: '', quarantined: 'Quarantined: nothing of it is in this bundle.', redacted: 'Its files are withheld from this copy; a redacted copy is here instead.', withheld: 'Its files are withheld from this copy.',
  'not in this copy': 'Its files are not in this copy.',
} as const;

/** Redacted copies: made from the exhibit's picture, which stays as it is. */
function redactions(facts: ReportFacts, graph: CaseGraph, scene: Scene): Reference[] {
  return facts.told('redaction').map(({ header, data }) => {
    const files = data.parts.map((part) => file(data.exhibit, part, holdsRedaction(facts, data), graph));
    const source = facts.told('capture').find((each) => each.data.exhibit === data.exhibit)?.data.parts.find((part) => part.name === 'page.png');
    return act(graph, scene, `entry/${header.seq}`, header.by, { from: header.at }, {
      'core:name': `Redacted copy ${data.number} of ${data.exhibit}`, 'core:description': `${data.boxes.length} parts of the picture with the SHA-256 ${data.original} were covered. The original was not altered.`,
      ...(source === undefined ? {} : { 'action:object': [file(data.exhibit, source, exhibitState(facts, data.exhibit) === 'here', graph)] }), 'action:result': files,
    });
  });
}

function capture({ header, data }: Told<'capture'>, facts: ReportFacts, graph: CaseGraph, scene: Scene): { action: Reference; provenance: Reference } {
  const state = STATES[exhibitState(facts, data.exhibit)];
  const files = data.parts.map((part) => file(data.exhibit, part, state === '', graph));
  const provenance = graph.add(`provenance/${data.exhibit}`, 'investigation:ProvenanceRecord', {
    'core:name': `Exhibit ${data.exhibit}`, 'core:description': `Captured on ${facts.input.computer.name}, entry ${header.seq}. ${state}`.trim(), 'investigation:exhibitNumber': data.exhibit, 'investigation:rootExhibitNumber': data.exhibit, 'core:object': files,
  });
  const action = act(graph, scene, `entry/${header.seq}`, header.by, { from: data.startedAt, to: data.endedAt }, {
    'core:name': `Capture of ${data.exhibit}`, 'core:description': `${data.form}. Declared not suspected by ${facts.name(data.declaration.by)} at ${data.declaration.at}.`,
    'action:object': [url(data.url, graph)], 'action:result': [provenance, ...files],
  });
  return { action, provenance };
}

function file(exhibit: string, part: EntryData<'capture'>['parts'][number], here: boolean, graph: CaseGraph): Reference {
  const name = `file/${exhibit}/${part.name}`;
  const hash = graph.add(`${name}/hash`, 'types:Hash', { 'types:hashMethod': 'SHA256', 'types:hashValue': { '@type': 'xsd:hexBinary', '@value': part.sha256 } });
  const content = graph.add(`${name}/content`, 'observable:ContentDataFacet', { 'observable:mimeType': part.mediaType, 'observable:sizeInBytes': part.size, 'observable:hash': [hash] });
  const stored = graph.add(`${name}/file`, 'observable:FileFacet', {
    'observable:fileName': part.name, 'observable:sizeInBytes': part.size, ...(here ? { 'observable:filePath': `data/exhibits/${exhibit.replace('/', '-')}/${part.name}` } : {}),
  });
  return graph.add(name, 'observable:File', { 'core:name': `${exhibit} ${part.name}`, 'core:hasFacet': [content, stored] });
}

function concerns(facts: ReportFacts, graph: CaseGraph, scene: Scene): Reference[] {
  return facts.told('concern').map(({ header, data }) => act(graph, scene, `entry/${header.seq}`, header.by, { from: header.at }, {
    'core:name': `Concern noted: ${data.category}`, 'core:description': data.description.toWellFormed(), ...(data.url === null ? {} : { 'action:object': [url(data.url, graph)] }),
  }));
}

function halts(facts: ReportFacts, graph: CaseGraph, scene: Scene): Reference[] {
  const told = facts.told('halt').map(({ header, data }) => act(graph, scene, `entry/${header.seq}`, header.by, { from: header.at }, {
    'core:name': 'Review halted', 'core:description': `Cause: ${data.cause}. Nothing more was opened, shown or kept.`, ...(data.url === null ? {} : { 'action:object': [url(data.url, graph)] }),
  }));
  const quarantines = facts.told('quarantine').map(({ header, data }) => act(graph, scene, `entry/${header.seq}`, header.by, { from: header.at }, { 'core:name': `Quarantine of ${data.exhibit}`, 'core:description': data.reason }));
  return [...told, ...quarantines];
}

/** Who was told when, as the conclusion and what was added to it have it. Where and with what they were told is not known; one who told and is no reviewer is named in words. */
function tellings(facts: ReportFacts, graph: CaseGraph, scene: Scene): Reference[] {
  return facts.tellings().map(({ seq, at, row: each }) => {
    const teller = each.by === null ? undefined : scene.people.get(each.by);
    return graph.add(`entry/${seq}/told/${at + 1}`, 'investigation:InvestigativeAction', {
      'action:startTime': instant(each.at), ...(teller === undefined ? {} : { 'action:performer': teller }), 'core:name': `Told: ${toldTitle(each)}`.toWellFormed(),
      'core:description': `Entry ${seq}. Told by ${each.by === null ? each.byName : facts.name(each.by)}, as far as the reviewers know.`.toWellFormed(),
    });
  });
}

/** Every copy that was made of the exhibits, the last one of which is this bundle, and every hand-over that was written down. */
function handOvers(facts: ReportFacts, graph: CaseGraph, scene: Scene, captures: readonly Reference[]): Reference[] {
  const received = facts.told('received').map(({ header, data }) => act(graph, scene, `entry/${header.seq}`, header.by, { from: data.at <= header.at ? data.at : header.at, to: header.at }, {
    'core:name': `Copy of entry ${data.export} received`, 'core:description': `Received by ${data.name}${data.position === '' ? '' : `, ${data.position}`}. SHA-256 of its tag manifest: ${data.tagManifest}.`.toWellFormed(),
  }));
  const copies = facts.told('export').map(({ header, data }) => act(graph, scene, `entry/${header.seq}`, header.by, { from: header.at }, {
    'core:name': `Copy made for: ${data.recipient}`, 'core:description': `${data.exhibits} exhibits, ${data.withheld} entries withheld, ${data.quarantined} quarantined.`, ...(captures.length === 0 ? {} : { 'investigation:wasInformedBy': [...captures] }),
  }));
  return [...copies, ...received];
}

function investigation(facts: ReportFacts, graph: CaseGraph, objects: readonly Reference[]): void {
  const { input, opened } = facts;
  const [first] = input.entries;
  const seal = facts.told('seal').at(-1);
  const status = facts.told('halt').length > 0 ? 'halted' : seal === undefined ? 'open' : 'sealed';
  graph.add('investigation', 'investigation:Investigation', {
    'core:name': `Case ${input.caseReference}`, 'investigation:investigationForm': 'case', 'investigation:investigationStatus': status, 'core:object': [...objects],
    ...(opened === null ? {} : { 'investigation:focus': opened.reason.toWellFormed() }), ...(first === undefined ? {} : { 'core:startTime': instant(first.header.at) }), ...(seal === undefined ? {} : { 'core:endTime': instant(seal.header.at) }),
  });
}
