import { CodedError, isCoded } from '../record/coded-error.js';
import { hex } from '../record/bytes.js';
import { networkOfHost } from '../investigation/networks.js';
import type { NavigationFact } from '../cdp/facts.js';
import type { EntryData } from '../record/kinds.js';
import type { WholeEntry } from '../vault/entry-row.js';
import { demand, demandSignedIn, type CaseContext } from './case-context.js';
import type { LookedUp, LookUpPort } from './look-up.js';
import { readRdap } from './rdap.js';

/** What it works with. `writes` is false while nothing may be written: locked, cut off, ended. */
export interface WhereFromParts {
  readonly context: () => CaseContext;
  readonly writes: () => boolean;
  readonly cannotRecord: (error: unknown) => void;
}

type About = EntryData<'registration'>['about'];
type Registration = EntryData<'registration'>;

/** How many names of a host are asked about, from the whole one on: `a.b.example.org`, `b.example.org`, `example.org`. */
const MAX_NAMES = 4;
/** How many hosts of one sitting are asked about; a page may hop through thousands. */
const MAX_HOSTS = 500;
const MAX_RAW = 65_536;
const RDAP = 'application/rdap+json, application/json';

/**
 * Where the pages of a sitting come from, beside what the browser tells: where each host's name leads, once a sitting and
 * by itself; and, when a reviewer asks, what the public registers say of it, and how the internet sees this computer.
 */
export class WhereFrom {
  readonly #parts: WhereFromParts;
  readonly #asked = new Set<string>();
  #page: { readonly view: string; readonly host: string; readonly address: string | null } | null = null;
  #busy = false;

  constructor(parts: WhereFromParts) {
    this.#parts = parts;
  }

  /** Another page stands in the view. */
  arrived({ view, url, remoteAddress }: NavigationFact): void {
    const host = hostOf(url);
    this.#page = host === null ? null : { view, host, address: remoteAddress === null ? null : withoutPort(remoteAddress) };
    const { lookUp } = this.#parts.context().ports;
    if (host === null || lookUp === undefined || isAddress(host) || isHere(host) || this.#asked.has(host) || this.#asked.size >= MAX_HOSTS) return;
    this.#asked.add(host);
    void this.#names(lookUp, view, host).catch(this.#parts.cannotRecord);
  }

  async #names(lookUp: LookUpPort, view: string, host: string): Promise<void> {
    const proxied = this.#parts.context().network().proxy !== null;
    const found = proxied ? 'proxy' : await lookUp.names(host).catch((error: unknown) => whyNot(error));
    if (!this.#parts.writes()) {
      this.#asked.delete(host);
      return;
    }
    const answered = typeof found === 'string' ? { servers: [], answers: [], failed: found } : { servers: found.servers.slice(0, 10), answers: found.answers.slice(0, 50), failed: null };
    await this.#parts.context().record.add('dns-answers', ['app'], { view, host, ...answered });
  }

  /**
   * A reviewer asks who is behind the page in the view; each answer, and each that did not come, becomes an entry.
   *
   * @throws CodedError `where-from.no-page`, `where-from.off`, `where-from.proxy`, `where-from.busy`, `case.*`, `vault.*`
   */
  async ask(by: string): Promise<void> {
    const context = this.#parts.context();
    demand(context, 'visit');
    demandSignedIn(context, by);
    const { lookUp } = context.ports;
    const { rdap, publicAddress, proxy } = context.network();
    const page = this.#page;
    if (page === null) throw new CodedError('where-from.no-page', 'There is no page of a site in the view. Open one first.');
    if (lookUp === undefined || (rdap === null && publicAddress === null)) throw new CodedError('where-from.off', 'The settings name no register to ask. They are under Network.');
    if (proxy !== null) throw new CodedError('where-from.proxy', 'A proxy is set, and these questions would go round it. Nothing was asked. Ask your network manager to look it up.');
    if (this.#busy) throw new CodedError('where-from.busy', 'The registers are being asked already. Wait for their answers.');
    this.#busy = true;
    context.announce.progress('look-up', 'Asking the registers', 0, 0, false);
    try {
      if (rdap !== null) for (const found of await this.#registrations(lookUp, rdap, page)) await this.#write(by, 'registration', { view: page.view, ...found });
      if (publicAddress !== null) await this.#write(by, 'public-address', await this.#ownAddress(lookUp, publicAddress));
    } finally {
      this.#busy = false;
      context.announce.progressDone();
      context.announce.changed();
    }
  }

  async #write<K extends 'registration' | 'public-address'>(by: string, kind: K, data: EntryData<K>): Promise<void> {
    const context = this.#parts.context();
    demand(context, 'visit');
    await context.record.add(kind, [by], data);
  }

  async #registrations(lookUp: LookUpPort, base: string, { host, address }: { readonly host: string; readonly address: string | null }): Promise<Omit<Registration, 'view'>[]> {
    const found: Omit<Registration, 'view'>[] = [];
    if (!isAddress(host) && !isHere(host)) found.push(await this.#domain(lookUp, base, host));
    const ip = address ?? (isAddress(host) ? host.replace(/^\[|\]$/g, '') : null);
    // Of an address inside the school's own network, or of this computer, no register knows anything.
    if (ip !== null && networkOfHost(ip.includes(':') ? `[${ip}]` : ip) === 'public') found.push(await this.#register(lookUp, base, 'address', ip));
    if (found.length === 0) throw new CodedError('where-from.inside', 'This page comes from your own network or this computer. No public register knows of it.');
    return found;
  }

  /** Registers know domains, and only some of the names in them; so the name is shortened from the left until one answers. */
  async #domain(lookUp: LookUpPort, base: string, host: string): Promise<Omit<Registration, 'view'>> {
    const labels = host.split('.');
    const names = labels.map((_, i) => labels.slice(i).join('.')).filter((name) => name.includes('.')).slice(-MAX_NAMES);
    let last: Omit<Registration, 'view'> | null = null;
    for (const name of names) {
      last = await this.#register(lookUp, base, 'domain', name);
      if (last.failed !== 'not-found') return last;
    }
    return last ?? this.#register(lookUp, base, 'domain', host);
  }

  async #register(lookUp: LookUpPort, base: string, about: About, asked: string): Promise<Omit<Registration, 'view'>> {
    const service = `${base.replace(/\/+$/, '')}/${about === 'domain' ? 'domain' : 'ip'}/${encodeURIComponent(asked)}`;
    const nothing = { about, asked, service, answer: null, sha256: null, raw: null };
    const got = await lookUp.get(service, RDAP).catch((error: unknown) => whyNot(error));
    if (typeof got === 'string') return { ...nothing, failed: got };
    const kept = { ...nothing, service: got.url.slice(0, 16_384), ...this.#kept(got) };
    if (got.status === 404 || got.status === 400) return { ...kept, failed: 'not-found' };
    const answer = got.status === 200 ? readRdap(about, new TextDecoder().decode(got.bytes)) : null;
    return { ...kept, answer, failed: answer === null ? 'not-understood' : null };
  }

  #kept({ bytes }: LookedUp): Pick<Registration, 'sha256' | 'raw'> {
    const raw = new TextDecoder().decode(bytes).toWellFormed();
    return { sha256: hex(this.#parts.context().ports.sha256.of(bytes)), raw: raw.length > MAX_RAW ? null : raw };
  }

  async #ownAddress(lookUp: LookUpPort, service: string): Promise<EntryData<'public-address'>> {
    const got = await lookUp.get(service, 'text/plain, application/json').catch((error: unknown) => whyNot(error));
    if (typeof got === 'string') return { service, address: null, failed: got };
    const address = addressIn(new TextDecoder().decode(got.bytes));
    return { service, address, failed: address === null ? 'not-understood' : null };
  }
}

/** The address in an answer: the whole of it, or the field `ip` of JSON. */
function addressIn(text: string): string | null {
  const [, field] = /"ip"\s*:\s*"([^"]{2,45})"/.exec(text) ?? [];
  const said = (field ?? text).trim();
  return said.length <= 45 && isAddress(said.includes(':') ? `[${said}]` : said) ? said : null;
}

function whyNot(error: unknown): string {
  return isCoded(error) && error.code.startsWith('look-up.') ? error.code.slice('look-up.'.length) : 'unreachable';
}

function hostOf(url: string): string | null {
  return /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : null;
}

function isHere(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

/** Whether a host, as the URL standard writes it, is an address and not a name. */
function isAddress(host: string): boolean {
  return /^\[[0-9a-f:.]+\]$/i.test(host) || (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) && host.split('.').every((part) => Number(part) <= 255));
}

function withoutPort(address: string): string {
  const [, bare = address] = /^(.*):\d+$/.exec(address) ?? [];
  return bare.replace(/^\[|\]$/g, '');
}

/** What of a record says where the page at `url` comes from, for `capture.json`: the last answers of each kind, with when they were given. */
export interface Origins {
  readonly names: (EntryData<'dns-answers'> & { readonly at: string }) | null;
  readonly registrations: readonly (Omit<Registration, 'raw'> & { readonly at: string })[];
  readonly publicAddress: (EntryData<'public-address'> & { readonly at: string }) | null;
}

/** What {@link originsOf} reads; what was answered before a sitting says nothing of it. */
export const ORIGIN_KINDS = ['sitting-started', 'dns-answers', 'registration', 'public-address'] as const;

/** See {@link Origins}. `view` is the page load that is captured: registers are asked about one page. */
export function originsOf(entries: readonly WholeEntry[], url: string, view: string): Origins {
  const host = hostOf(url);
  let found: Origins = { names: null, registrations: [], publicAddress: null };
  for (const { header, body } of entries) {
    const { at, kind } = header;
    if (kind === 'sitting-started') found = { names: null, registrations: [], publicAddress: null };
    else if (kind === 'dns-answers') {
      const data = body.data as unknown as EntryData<'dns-answers'>;
      if (data.host === host) found = { ...found, names: { ...data, at } };
    } else if (kind === 'registration') {
      const { raw: _raw, ...data } = body.data as unknown as Registration;
      if (data.view === view) found = { ...found, registrations: [...found.registrations.filter(({ about }) => about !== data.about), { ...data, at }] };
    } else if (kind === 'public-address') found = { ...found, publicAddress: { ...(body.data as unknown as EntryData<'public-address'>), at } };
  }
  return found;
}
