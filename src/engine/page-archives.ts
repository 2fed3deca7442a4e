import { withoutPictures } from '../archive/embedded-pictures.js';
import type { Exchange, Missed } from '../archive/exchange.js';
import { makeWacz } from '../archive/wacz.js';
import type { Composite } from '../cdp/capture.js';
import type { EnginePorts } from './ports.js';

/** The page archive that goes with a composite, and what `capture.json` says of it. */
export interface ArchivePart {
  readonly bytes: Uint8Array;
  readonly summary: {
    readonly kept: number;
    readonly notKept: number;
    readonly notFollowed: number;
    /** Pictures that stood in the text of responses and were taken out. */
    readonly picturesTakenOut: number;
    readonly firstNotKept: readonly Missed[];
  };
}

/** How many of what is not kept `capture.json` names; the archive itself names all. */
const NAMED = 200;

/**
 * Makes the page archive of a composite in memory, once, before anybody declares on it. Null where no response can be
 * kept: `data:` addresses and error pages have none.
 */
export async function archivePart(composite: Composite, ports: Pick<EnginePorts, 'random' | 'sha256' | 'versions' | 'clock'>): Promise<ArchivePart | null> {
  const { archive, facts } = composite;
  if (archive.kept.length === 0 && archive.notKept.length === 0) return null;
  const emptied = archive.kept.map((kept) => (kept.text ? withoutPictures(kept.body) : { bytes: kept.body, count: 0 }));
  const exchanges = archive.kept.map((kept, at): Exchange => ({ ...kept, body: emptied[at]?.bytes ?? kept.body, emptied: emptied[at]?.count ?? 0 }));
  const main = exchanges.find(({ url, status }) => withoutFragment(url) === withoutFragment(composite.url) && (status < 300 || status >= 400));
  const page = {
    url: composite.url,
    title: composite.title,
    at: main?.at ?? composite.startedAt,
    madeAt: ports.clock.now(),
    software: `${ports.versions.app}, ${facts.browser}`,
    userAgent: facts.userAgent,
    exchanges,
    missed: archive.notKept,
  };
  try {
    const bytes = await makeWacz(page, ports);
    const picturesTakenOut = exchanges.reduce((sum, each) => sum + each.emptied, 0);
    return { bytes, summary: { kept: exchanges.length, notKept: archive.notKept.length, notFollowed: archive.missed, picturesTakenOut, firstNotKept: archive.notKept.slice(0, NAMED) } };
  } finally {
    for (const { bytes } of emptied) bytes.fill(0);
  }
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? '';
}
