import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { hex, utf8 } from '../record/bytes.js';
import type { Random, Sha256 } from '../record/ports.js';
import { cdxjLines } from './cdxj.js';
import type { ArchivedPage } from './exchange.js';
import { lines, makeWarc } from './warc.js';

/** Version of the format that {@link makeWacz} writes (Webrecorder, "Web Archive Collection Zipped"). */
export const WACZ_VERSION = '1.1.1';
/** Its media type. */
export const WACZ_MEDIA_TYPE = 'application/wacz';

const WARC_NAME = 'data.warc.gz';

configure({ useWebWorkers: false });

/** What an archive is made with. */
export interface ArchivePorts {
  readonly sha256: Sha256;
  readonly random: Random;
}

/**
 * Packs one page load as WACZ 1.1.1, wholly in memory. Every file of the ZIP is stored as it is, so that a player can
 * read a response at the offset that the index names. `not-kept.json` lists what the page loaded and the archive lacks.
 */
export async function makeWacz(page: ArchivedPage, ports: ArchivePorts): Promise<Uint8Array> {
  const warc = await makeWarc(page, ports.random);
  const files = new Map<string, Uint8Array>([
    [`archive/${WARC_NAME}`, warc.bytes],
    ['indexes/index.cdx', lines(cdxjLines(warc.places, WARC_NAME))],
    ['pages/pages.jsonl', lines(pageLines(page))],
    ['not-kept.json', utf8(`${JSON.stringify(page.missed, null, 1)}\n`)],
  ]);
  const hash = (bytes: Uint8Array): string => `sha256:${hex(ports.sha256.of(bytes))}`;
  const datapackage = utf8(`${JSON.stringify(descriptor(page, files, hash), null, 1)}\n`);
  files.set('datapackage.json', datapackage);
  files.set('datapackage-digest.json', utf8(`${JSON.stringify({ path: 'datapackage.json', hash: hash(datapackage) }, null, 1)}\n`));
  try {
    return await zipped(files, page.madeAt);
  } finally {
    warc.bytes.fill(0);
  }
}

function pageLines(page: ArchivedPage): string[] {
  const size = page.exchanges.reduce((sum, { body }) => sum + body.length, 0);
  return [
    JSON.stringify({ format: 'json-pages-1.0', id: 'pages', title: 'All Pages' }),
    JSON.stringify({ id: 'page', url: page.url, ts: page.at, title: page.title, size }),
  ];
}

function descriptor(page: ArchivedPage, files: ReadonlyMap<string, Uint8Array>, hash: (bytes: Uint8Array) => string): object {
  return {
    profile: 'data-package',
    wacz_version: WACZ_VERSION,
    title: page.title,
    description: 'What one page load brought, of what the reviewers could see. What is not kept stands in not-kept.json.',
    software: page.software,
    created: page.madeAt,
    mainPageUrl: page.url,
    mainPageDate: page.at,
    resources: [...files].map(([path, bytes]) => ({ name: path.slice(path.lastIndexOf('/') + 1), path, hash: hash(bytes), bytes: bytes.length })),
  };
}

async function zipped(files: ReadonlyMap<string, Uint8Array>, at: string): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { level: 0, keepOrder: true, lastModDate: new Date(at), extendedTimestamp: false });
  for (const [name, bytes] of files) await zip.add(name, new Uint8ArrayReader(bytes));
  return zip.close();
}
