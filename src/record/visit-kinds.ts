import { z } from 'zod';
import { address, digest, line, REFUSED_THINGS, seenAt, view } from './kind-fields.js';

const tls = z.strictObject({ protocol: line, cipher: line, issuer: line, subject: line, validFrom: line, validTo: line });
const redirect = z.strictObject({ url: address, status: z.int(), location: address, remoteAddress: line.nullable(), tls: tls.nullable().exactOptional() });
/** A header of an answer as it came over the wire; values of cookies and of authorization are masked. */
const header = z.strictObject({ name: line, value: line });
/** One certificate of a chain, read from its DER; `sha256` is over that DER. Dates are RFC 3339. */
const certificate = z.strictObject({ sha256: digest, subject: line, issuer: line, validFrom: line, validTo: line });
/** Where an address that answered lies: on the internet, in the school's own network, or on this computer. */
const network = z.enum(['public', 'private', 'this-computer']);
const cause = z.enum(['typed', 'link', 'form', 'script', 'refresh', 'history', 'reload', 'popup', 'frame', 'unknown']);
const place = { view, target: line, frame: line, main: z.boolean() };
/** Where a step of the browser came from. */
export type NavigationCause = z.infer<typeof cause>;

/** Entries about what was visited, where it comes from, and what was refused: schema of each kind’s data. */
export const VISIT_KINDS = {
  navigation: z.strictObject({
    ...place,
    url: address,
    typed: address.nullable(),
    cause,
    status: z.int().nullable(),
    protocol: line.nullable(),
    remoteAddress: line.nullable(),
    mediaType: line.nullable(),
    redirects: z.array(redirect).max(50),
    tls: tls.nullable(),
    responseHeaders: z.array(header).max(50).exactOptional(),
    network: network.nullable().exactOptional(),
    /** The certificate is not valid, and both reviewers went on: the browser's name for what is wrong. */
    certificateError: line.exactOptional(),
    seenAt,
  }),
  'navigation-in-page': z.strictObject({ ...place, url: address, cause, seenAt }),
  'navigation-failed': z.strictObject({
    ...place, url: address, cause, error: line, redirects: z.array(redirect).max(50), seenAt,
    /** What kind of failure it was: the name was not found, nobody answered, the connection was not safe, something stopped it, … */
    reason: z.enum(['name', 'connection', 'tls', 'certificate', 'proxy', 'blocked', 'cancelled', 'refused', 'other']).exactOptional(),
  }),
  'navigation-refused': z.strictObject({ url: address, cause, what: z.enum(REFUSED_THINGS), seenAt }),
  title: z.strictObject({ view, title: z.string().max(2_000), seenAt }),
  refusal: z.strictObject({ view: view.nullable(), what: z.enum(REFUSED_THINGS), url: address.nullable(), detail: line, seenAt }),
  /** The page in the view is gone: how long it stood there, in milliseconds, while the reviewers could see it and while they could not. */
  'page-left': z.strictObject({ view, url: address, shownMs: z.int().min(0), hiddenMs: z.int().min(0), seenAt }),
  /** The certificates that a host answered with, leaf first; written once for each chain. */
  certificates: z.strictObject({ view: view.nullable(), origin: address, chain: z.array(certificate).min(1).max(10), seenAt }),
  /**
   * Where a name leads, by this computer's own resolver and not the browser's, which does not tell what it was answered.
   * `failed`: why there is no answer; `proxy` where names are the proxy's business and nobody was asked.
   */
  'dns-answers': z.strictObject({
    view: view.nullable(), host: line, servers: z.array(line).max(10),
    answers: z.array(z.strictObject({ type: z.enum(['A', 'AAAA', 'CNAME']), value: line, ttl: z.int().min(0).nullable() })).max(50), failed: line.nullable(),
  }),
  /**
   * What a public register says of a site's name or address (RDAP, RFC 9083), at the reviewers' asking: who holds it is the
   * register's word. `raw`: the answer as it came, where it is short enough; `sha256` is over its bytes.
   */
  registration: z.strictObject({
    view: view.nullable(), about: z.enum(['domain', 'address']), asked: line, service: address, failed: line.nullable(),
    answer: z.strictObject({
      name: line.nullable(), handle: line.nullable(), holder: line.nullable(), registrar: line.nullable(), country: line.nullable(), range: line.nullable(),
      registered: line.nullable(), changed: line.nullable(), expires: line.nullable(), status: z.array(line).max(20), nameservers: z.array(line).max(20),
    }).nullable(),
    sha256: digest.nullable(), raw: z.string().max(65_536).nullable(),
  }),
  /** The address under which the internet sees this computer, as a service of the school's choice told it. */
  'public-address': z.strictObject({ service: address, address: line.nullable(), failed: line.nullable() }),
  /** A page opened a WebSocket. `more`: how many others it opened that are not listed one by one. */
  'socket-opened': z.strictObject({ view: view.nullable(), url: address, more: z.int().min(1).exactOptional(), seenAt }),
  /** A page is the filter's own: by what it was recognised, and by which words. */
  'block-page': z.strictObject({ view, url: address, by: z.enum(['status', 'address', 'text']), pattern: line, says: z.enum(['blocked', 'suspected']), seenAt }),
  /** A site's certificate is not valid and both reviewers went on all the same. */
  'certificate-accepted': z.strictObject({ origin: address, error: line }),
  /** A site asked for a user name and a password: whether the reviewers gave them. They are never stored. */
  authentication: z.strictObject({ origin: address, realm: line, scheme: line, given: z.boolean() }),
  /** Pictures in the view were shown (`lifted`) or hidden again: held while somebody looked, told once a page, or switched. */
  shield: z.strictObject({ view: view.nullable(), lifted: z.boolean(), how: z.enum(['held', 'switched']) }),
  /** Pictures, videos, sounds and script files are not loaded from now on (`on`), or are again. */
  'text-first': z.strictObject({ view: view.nullable(), on: z.boolean() }),
} as const;
