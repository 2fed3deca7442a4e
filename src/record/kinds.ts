import { z } from 'zod';

/*
 * The closed list of what an entry can be. A body's data must fit its kind's schema when it is written; the README of
 * this folder holds the table for readers. New kinds may be added; a kind's meaning never changes.
 */

const line = z.string().max(500);
const text = z.string().max(20_000);
const address = z.string().max(16_384);
const reviewerInitials = z.string().regex(/^[A-Z]{3}$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
/** Names one page load in the view, `v1`, `v2`, … in a case. */
const view = z.string().regex(/^v\d{1,7}$/);
/** A reference such as `PAS/1`: the producing reviewer's initials and a number. */
export const exhibitSchema = z.string().regex(/^[A-Z]{3}\/[1-9]\d{0,5}$/);

const reviewer = z.strictObject({ initials: reviewerInitials, name: line, position: line, certificate: digest });

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
/** When it was seen, for what happened while the app was locked and could not be written down until it was unlocked. */
const seenAt = instant.exactOptional();
/** How many of each thing a stretch of work added to the record. */
const deeds = { entries: z.int(), pages: z.int(), captures: z.int(), concerns: z.int(), notes: z.int(), refused: z.int() };

/** What was captured: the view, the whole page, a part of it, one element of it, the view again and again, or words alone. */
const captureForm = z.enum(['viewport', 'full-page', 'text', 'region', 'element', 'series']);

/**
 * Which computer it is. `id`: SHA-256 over the operating system's own identifier and a purpose, null where there is
 * none. Model and serial number as far as the system tells them to anybody.
 */
export const machineSchema = z.strictObject({ id: digest.nullable(), hostname: line, model: line.nullable(), serial: line.nullable() });

/** How a report can come up. */
export const REPORT_WAYS = ['pupil', 'parent', 'staff', 'filter', 'police', 'public', 'other'] as const;

/** What the app looks at by itself before the first browsing. */
export const PRE_FLIGHT_CHECKS = ['self-test', 'versions', 'clock', 'disk', 'lists', 'contacts', 'backup', 'time-stamps'] as const;

/** Where a step of the browser came from. */
export type NavigationCause = z.infer<typeof cause>;

/** What the browser is stopped from doing; the policy table says why for each. */
export const REFUSED_THINGS = [
  'download', 'upload', 'popup', 'dialog', 'before-unload', 'permission', 'external-link', 'address-scheme', 'print', 'fullscreen',
  'service-worker', 'suspected-address', 'certificate', 'authentication', 'locked', 'pointer-lock', 'beacon', 'prefetch', 'drag-out', 'private-address', 'text-first', 'client-certificate',
] as const;

/** See {@link REFUSED_THINGS}. */
export type RefusedThing = (typeof REFUSED_THINGS)[number];

/** One file of an exhibit: its name in the bundle, and the hashes of what it holds and of how it is stored. */
export const partSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
  mediaType: line,
  size: z.int().min(0),
  sha256: digest,
  cipherSha256: digest,
});

/** A part of a picture, in its own pixels from the top left corner, that a redacted copy covers; `reason` in the reviewers' own words or empty. */
const box = z.strictObject({ x: z.int().min(0), y: z.int().min(0), width: z.int().min(1), height: z.int().min(1), reason: line });

/** What can be withheld from a copy of a case. `flagged`: what tells of a page that led to a halt, which is for the police alone. */
export const WITHHELD_THINGS = ['exhibit', 'exhibit-entry', 'redacted', 'concern', 'note', 'conclusion', 'advice', 'titles', 'addresses', 'flagged'] as const;

/** See {@link WITHHELD_THINGS}. */
export type WithheldThing = (typeof WITHHELD_THINGS)[number];

/** One line of the sheet of what is withheld from a copy, and why. */
const withholding = z.strictObject({
  what: z.enum(WITHHELD_THINGS),
  /** Of an exhibit; null for all else. */
  exhibit: exhibitSchema.nullable(),
  /** SHA-256 of the exhibit that both keep: of what was declared on; null for all else. */
  sha256: digest.nullable(),
  /** Which redacted copy is in the bundle instead. */
  redaction: z.int().min(1).max(999).nullable(),
  /** Sequence numbers of the entries whose bodies are withheld for this, as ranges from and to, in order. */
  entries: z.array(z.tuple([z.int().min(0), z.int().min(0)])).max(20_000),
  /** A reason of the policy's list, and the reviewers' own words, which the recipient reads. */
  reason: line,
  words: z.string().max(2_000),
});

/** What set a halt off. */
export const HALT_CAUSES = [
  'stop-suspected', 'stop-unsure', 'declared-suspected', 'declared-unsure', 'suspected-address', 'block-page', 'unanswered', 'interrupted',
  'listed-address', 'listed-hash', 'listed-pdq', 'after-crash-suspected', 'after-crash-unsure',
] as const;

/** For what was found on a flag list: which list, and the address that it was found at; never what was found. */
const listed = z.strictObject({ list: line, url: address.nullable() }).exactOptional();

/** References of the exhibits that stood on the screen when STOP was pressed; absent when none did. */
const shown = z.array(exhibitSchema).max(1_000).exactOptional();

/** What a halt does at once, in this order. */
export const CUT_OFF_STEPS = ['refuse', 'blank', 'captures', 'exports', 'frames', 'offline', 'processes'] as const;

/** Schema of each kind's data. */
export const KIND_SCHEMAS = {
  'case-opened': z.strictObject({
    reference: line,
    reason: text,
    subject: z.enum(['pupil', 'staff', 'visitor', 'other', 'unknown']),
    organisation: line,
    computer: z.strictObject({ name: line, location: line }),
    reviewers: z.array(reviewer).length(2),
    root: digest,
    /** How the report came up: the way it took, and when and by whom in words; absent in records made before it was asked. */
    cameUp: z.strictObject({ way: z.enum(REPORT_WAYS), words: text }).exactOptional(),
    /** The computer that the case belongs to: on another one it is not continued. */
    machine: machineSchema.exactOptional(),
  }),
  /** An address of the report that opened the case, suspected to show child sexual abuse: never opened. */
  'suspected-address': z.strictObject({ url: address }),
  /** An address of the report that opened the case and that nothing is known against: it may be opened. */
  'reported-address': z.strictObject({ url: address }),
  /**
   * Before the first browsing after a case was opened or shown: what the app looked at by itself, and what the two answered. `authorised`: who said
   * that they may look, by name and job title (DOMAIN.md, practice rules from Jisc and Oxford). `numbers`: the numbers to call are at hand.
   */
  'pre-flight': z.strictObject({
    checks: z.array(z.strictObject({ id: z.enum(PRE_FLIGHT_CHECKS), state: z.enum(['good', 'look', 'unknown']), says: line })).max(20),
    authorised: z.strictObject({ name: line.min(1), position: line.min(1) }),
    room: line.min(1),
    screenHidden: z.boolean(),
    filter: z.strictObject({ exception: z.enum(['as-usual', 'exception', 'unknown']), words: line }),
    numbers: z.boolean(),
  }),
  'sitting-started': z.strictObject({
    reviewers: z.array(reviewerInitials).length(2),
    app: line,
    host: z.enum(['electron', 'chromium']),
    browser: line,
    userAgent: line,
    viewport: z.strictObject({ width: z.int(), height: z.int(), scale: z.number() }),
    machine: z.strictObject({ hostname: line, system: line, id: digest.nullable().exactOptional() }),
    timeZone: line,
    utcOffsetMinutes: z.int(),
    /** What of ours touches the pages that are looked at; absent in records made before this was said. */
    touches: z.array(line).max(20).exactOptional(),
    /** The proxy in the app’s settings, `host:port`; null for none, and then the computer’s own settings hold. */
    proxy: line.nullable().exactOptional(),
    /** Whether sound is heard, and whether films start by themselves; neither can be changed during a sitting. */
    sound: z.enum(['off', 'on']).exactOptional(),
    autoplay: z.enum(['off', 'on']).exactOptional(),
  }),
  /** The flag lists that a sitting is watched with: source, what it holds, how many values, SHA-256 of its file. */
  'lists-in-force': z.strictObject({ lists: z.array(z.strictObject({ source: line, format: line, values: z.int(), file: digest })).max(1_000) }),
  /** A picture or film that was not compared with the flag lists; without an address it stands for `count` more. */
  'not-checked': z.strictObject({ view: view.nullable(), url: address, why: z.enum(['part', 'too-large', 'endless', 'slow']), count: z.int().min(1) }),
  'sitting-ended': z.strictObject({ reason: z.enum(['sign-out', 'halt', 'seal', 'closed', 'interrupted']) }),
  'self-test': z.strictObject({ at: instant, app: line, browser: line, passed: z.int(), failed: z.int(), report: digest }),
  controls: z.strictObject({ heldBy: reviewerInitials }),
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
  /** Pictures, films, sounds and script files are not loaded from now on (`on`), or are again. */
  'text-first': z.strictObject({ view: view.nullable(), on: z.boolean() }),
  capture: z.strictObject({
    exhibit: exhibitSchema,
    form: captureForm,
    view,
    url: address,
    startedAt: instant,
    endedAt: instant,
    image: z.strictObject({ width: z.int(), height: z.int(), scale: z.number() }).nullable(),
    /** SHA-256 of what the reviewers saw and declared on; for an image it is the SHA-256 of `page.png`. */
    composite: digest,
    declaration: z.strictObject({ by: reviewerInitials, answer: z.literal('not-suspected'), at: instant }),
    parts: z.array(partSchema).min(1).max(200),
    note: text,
    warnings: z.array(line).max(50),
    /** The part of the page that the picture shows, in CSS pixels from the page's top left corner; of a series, of its first picture. */
    area: z.strictObject({ x: z.int().min(0), y: z.int().min(0), width: z.int().min(1), height: z.int().min(1) }).exactOptional(),
    /** What an element capture shows, as a selector would name it. */
    element: line.exactOptional(),
    /** Of a series: when each of its pictures was taken, in the order of the numbered parts. */
    pictures: z.array(instant).min(1).max(100).exactOptional(),
    /** Who the page says is logged in, as a reviewer read it. */
    account: line.exactOptional(),
    /** Requests of this page that were stopped, the first fifty; `capture.json` lists two hundred. */
    blocked: z.array(z.strictObject({ url: address, what: z.enum(REFUSED_THINGS) })).min(1).max(50).exactOptional(),
  }),
  /** A capture was broken off before anything was kept: by a reviewer, or because the app locked. Rows of pixels, or pictures of a series. */
  'capture-cancelled': z.strictObject({ view: view.nullable(), form: captureForm, why: z.enum(['reviewer', 'locked']), done: z.int().min(0), total: z.int().min(0) }),
  'capture-refused': z.strictObject({ view: view.nullable(), code: line, sentence: line }),
  'capture-discarded': z.strictObject({ view, composite: digest }),
  /** `title`: what the school calls a kind of concern that it added itself. */
  concern: z.strictObject({ view: view.nullable(), url: address.nullable(), category: line, title: line.exactOptional(), description: text }),
  note: z.strictObject({ text }),
  /** Words added later to a concern, a note, a capture, or the conclusion: entry `to`, which stays as it is. */
  addendum: z.strictObject({ to: z.int().min(0), text }),
  /** A copy of an exhibit’s picture with parts covered. The exhibit itself stays as it is; the copy’s files are kept beside its own. */
  redaction: z.strictObject({
    exhibit: exhibitSchema,
    /** The copies of one exhibit count up from 1. */
    number: z.int().min(1).max(999),
    /** SHA-256 of the `page.png` that it was made of, and of the covered picture that came of it. */
    original: digest,
    result: digest,
    image: z.strictObject({ width: z.int().min(1), height: z.int().min(1) }),
    boxes: z.array(box).min(1).max(500),
    parts: z.array(partSchema).min(1).max(200),
  }),
  /** A reviewer pressed STOP; the answer to the question that follows makes it a halt or withdraws it. */
  stop: z.strictObject({ view: view.nullable(), url: address.nullable(), shown }),
  'stop-withdrawn': z.strictObject({ reason: text }),
  halt: z.strictObject({ cause: z.enum(HALT_CAUSES), view: view.nullable(), url: address.nullable(), sentence: text, listed, shown }),
  'halt-step': z.strictObject({ step: line, done: z.boolean() }),
  /** The police have told both reviewers what to do; the case stays halted, the computer may be used again. */
  'halt-released': z.strictObject({ text }),
  /** How the halt ended: the case is with the police, and takes nothing more; or they advised no further action, and the reviewers' own procedure goes on. */
  'halt-ended': z.strictObject({
    how: z.enum(['handed-to-police', 'no-further-action']), reference: line.min(1), officer: line,
    /** When the police said so, as far as the reviewers know. */
    advisedAt: instant.nullable(),
    text,
  }),
  /** What was done between the key and the standing browser, in order: milliseconds after the key, and whether it could be done. */
  'cut-off': z.strictObject({ steps: z.array(z.strictObject({ step: z.enum(CUT_OFF_STEPS), afterMs: z.int().min(0), done: z.boolean() })).max(20) }),
  /** The app or the browser stopped while a page was open, and a reviewer was asked about that page. A suspicion is a halt instead. */
  'interruption-answered': z.strictObject({ view: view.nullable(), url: address.nullable(), answer: z.literal('not-suspected') }),
  /** A member of staff is concerned: who was asked before anything was opened, and what they advised. */
  'staff-advice': z.strictObject({ from: z.enum(['lado', 'police']), name: line.min(1), advice: text, advisedAt: instant }),
  /** Each reviewer has declared not to be the person concerned, nor that person's partner or relative. */
  'not-concerned': z.strictObject({ reviewers: z.array(reviewerInitials).length(2) }),
  quarantine: z.strictObject({ exhibit: exhibitSchema, reason: line }),
  /** `loggedAlone`: when one reviewer wrote it down before two had signed in; nobody had given a passphrase for it then. */
  'police-call': z.strictObject({ force: line, officer: line, reference: line, advice: text, calledAt: instant, loggedAlone: instant.exactOptional() }),
  conclusion: z.strictObject({ substance: z.boolean(), outcomes: z.array(z.enum(['internal', 'authority', 'police'])).max(3), text }),
  checkpoint: z.strictObject({
    reason: z.enum(['capture', 'sign-out', 'lock', 'halt', 'seal', 'export', 'interval']),
    /** Hash of the entry before this one. */
    head: digest,
    /** How many entries stand before this one. */
    count: z.int(),
    words: z.array(z.string().regex(/^[a-z]{3,8}$/)).length(8),
  }),
  /** A time stamping authority's word (RFC 3161) that a checkpoint existed at a time. */
  timestamp: z.strictObject({
    checkpointSeq: z.int().min(0),
    /** Hash of the checkpoint's entry: what the token is over. */
    head: digest,
    /** As the settings name it. */
    authority: line,
    /** SHA-256 of the authority's root certificate. */
    root: digest,
    genTime: instant,
    /** The token's serial number, hexadecimal. */
    serial: z.string().regex(/^(?:[0-9a-f]{2}){1,64}$/),
    /** Base64 of the token (DER, 12 KiB at most). */
    token: z.string().max(16_384).regex(/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
    /** Since when checkpoints had gone without this authority's time stamp; null where none had. */
    unstampedSince: instant.nullable(),
  }),
  /** An authority could not be reached or gave a wrong answer; written once until it answers again. `checkpointSeq` is null for a bundle's signatures, and `head` then their SHA-256. */
  'timestamp-failed': z.strictObject({ checkpointSeq: z.int().min(0).nullable(), head: digest, authority: line, code: line }),
  seal: z.strictObject({ entries: z.int(), exhibits: z.int(), quarantined: z.int(), concerns: z.int(), head: digest }),
  export: z.strictObject({
    recipient: z.enum(['police', 'lado', 'group-record', 'other']), exhibits: z.int(), withheld: z.int(), quarantined: z.int(),
    /** What is withheld and why; absent where nothing could be chosen. `views`: page views of the whole record, told or withheld. */
    disclosure: z.strictObject({ views: z.int().min(0), withheld: z.array(withholding).max(2_000) }).exactOptional(),
  }),
  'export-finished': z.strictObject({ tagManifest: digest.nullable(), files: z.int(), bytes: z.int(), code: line.nullable() }),
  /** Somebody has a copy that was made here: who, when, and what they read out. `export` is the entry of that copy. */
  received: z.strictObject({
    export: z.int().min(0),
    tagManifest: digest,
    name: line.min(1),
    position: line,
    /** When they had it, as far as the reviewers know. */
    at: instant,
    /** The words that they read out, as they were heard; null where none were. */
    readOut: z.array(line).max(8).nullable(),
    /** Whether those are the words of this copy; null where none were read out. */
    wordsMatch: z.boolean().nullable(),
    note: z.string().max(2_000),
    /** The receipt that the recipient’s own check saved, where it was handed back: SHA-256 of the file, and what it says. */
    receipt: z.strictObject({ sha256: digest, tool: line, checkedAt: instant, verdict: z.enum(['unchanged', 'unchanged-signers-not-shown', 'changed']), failed: z.array(line).max(100), rootTyped: z.boolean() }).nullable(),
  }),
  /** The screens are blank and take nothing; the keys are gone once the checkpoint after this is written. */
  locked: z.strictObject({ reason: z.enum(['idle', 'step-out', 'computer']) }),
  resumed: z.strictObject({ reviewers: z.array(reviewerInitials).length(2) }),
  /** The wall clock and the monotonic one went on differently since the last look: milliseconds of each. */
  'clock-jump': z.strictObject({ wallMs: z.int(), monotonicMs: z.int() }),
  /** The computer's clock held against another; nothing is corrected. `offsetMs`: how far the other one is ahead. */
  'clock-check': z.strictObject({ how: z.enum(['sntp', 'manual']), offsetMs: z.int().nullable(), server: line.nullable(), note: z.string().max(2_000) }),
  /** A wrong passphrase was given. `earlier`: how many before this one are not in the record. */
  'wrong-passphrase': z.strictObject({ initials: reviewerInitials, at: instant, earlier: z.int().min(1).exactOptional() }),
  /** Before sign-in, `by` and the recovery sheet enrolled `initials` in place of somebody who cannot sign in. */
  recovered: z.strictObject({ by: reviewerInitials, initials: reviewerInitials, name: line, at: instant }),
  /** So many things that had been left for two reviewers could not be read, and were dropped. */
  'inbox-unreadable': z.strictObject({ items: z.int().min(1) }),
  /** Both leave. `acts`: each has read these sums and given the passphrase again. `head`: hash of the entry before this one. */
  'sign-out': z.strictObject({ acts: z.boolean(), ...deeds, head: digest }),
} as const;

/** The name of a kind of entry. */
export type EntryKind = keyof typeof KIND_SCHEMAS;

/** What a kind's body holds. */
export type EntryData<K extends EntryKind> = z.infer<(typeof KIND_SCHEMAS)[K]>;

/** Every kind, in the order of the table in the README. */
export const ENTRY_KINDS = Object.keys(KIND_SCHEMAS) as [EntryKind, ...EntryKind[]];

/**
 * Kinds that are evidence, and checkpoints: both reviewers' keys sign them.
 */
export const SIGNED_KINDS: ReadonlySet<EntryKind> = new Set<EntryKind>(['case-opened', 'capture', 'concern', 'note', 'addendum', 'redaction', 'received', 'halt', 'halt-released', 'halt-ended', 'stop-withdrawn', 'staff-advice', 'not-concerned', 'pre-flight', 'quarantine', 'police-call', 'conclusion', 'checkpoint', 'seal', 'sign-out']);

/** Kinds that words can be added to later. */
export const ADDABLE_KINDS: ReadonlySet<EntryKind> = new Set<EntryKind>(['concern', 'note', 'capture', 'conclusion']);

/** Kinds that both reviewers always sign as an act: each has read a summary and given the passphrase again. A `sign-out` says of itself whether it is one. */
export const ACT_KINDS: ReadonlySet<EntryKind> = new Set<EntryKind>(['seal', 'halt-released', 'halt-ended', 'stop-withdrawn', 'not-concerned']);
