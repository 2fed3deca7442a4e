import { withoutPictures } from '../archive/embedded-pictures.js';
import { hex, utf8 } from '../record/bytes.js';
import { canonicalBytes, wellFormed, type JsonValue } from '../record/canonical-json.js';
import type { EntryData } from '../record/kinds.js';
import type { Sha256 } from '../record/ports.js';
import { previewFiles } from '../bundle/kept-preview.js';
import { previewOf } from '../bundle/preview.js';
import type { Composite } from '../cdp/capture.js';
import { numberedName } from '../cdp/part-names.js';
import type { ArchivePart } from './page-archives.js';
import type { Origins } from './where-from.js';

/** An entry lists two hundred files. */
const MOST_NUMBERED = 180;
/** Bytes that the pieces of one exhibit's preview may have together. */
const PREVIEW_ROOM = 2 * 2 ** 20;

/** One file of an exhibit as it is about to be stored. */
export interface ExhibitFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** SHA-256 of what reviewers look at and declare on: of `page.png`, or of `page.txt` where there is no picture. */
export function compositeDigest(composite: Composite, sha256: Sha256): string {
  return hex(sha256.of(composite.image === null ? textBytes(composite) : composite.image.png));
}

/** Every file of an exhibit but `capture.json`, which names their hashes and comes last. */
export function exhibitFiles(composite: Composite): ExhibitFile[] {
  const { image, html, frames } = composite;
  const files: ExhibitFile[] = [];
  if (image !== null) {
    files.push({ name: 'page.png', mediaType: 'image/png', bytes: image.png });
    for (const [i, piece] of image.pieces.entries()) files.push({ name: numberedName('page', i, 'png'), mediaType: 'image/png', bytes: piece.png });
  }
  files.push({ name: 'page.txt', mediaType: 'text/plain; charset=utf-8', bytes: textBytes(composite) });
  if (html !== null) files.push({ name: 'page.html', mediaType: 'text/html; charset=utf-8', bytes: markup(html) });
  for (const [i, frame] of frames.entries()) files.push({ name: numberedName('frame', i, 'html'), mediaType: 'text/html; charset=utf-8', bytes: markup(frame.html) });
  return files;
}

/** Pieces of the report's picture of a composite, smaller copies of `page.png`; none where it has no picture, or would have too many files. Never fails. */
export async function exhibitPreviews(composite: Composite): Promise<ExhibitFile[]> {
  const { image, frames } = composite;
  if (image === null || image.pieces.length + frames.length > MOST_NUMBERED) return [];
  const preview = await previewOf(image.png, PREVIEW_ROOM);
  return preview === null ? [] : previewFiles(preview);
}

/** Markup as it is kept: pictures that stand in its text were not looked at as such, and are taken out. */
function markup(html: string): Uint8Array {
  return withoutPictures(utf8(html.toWellFormed())).bytes;
}

function textBytes(composite: Composite): Uint8Array {
  return utf8(composite.text.toWellFormed());
}

/** What `capture.json` says beside what the composite itself tells. */
export interface CaptureSetting {
  readonly exhibit: string;
  readonly digest: string;
  readonly declaration: EntryData<'capture'>['declaration'];
  readonly note: string;
  readonly account: string;
  readonly reviewers: readonly { readonly initials: string; readonly name: string; readonly position: string }[];
  readonly parts: readonly { readonly name: string; readonly mediaType: string; readonly size: number; readonly sha256: string }[];
  /** What the page archive holds; null where there is none. */
  readonly archive: ArchivePart['summary'] | null;
  readonly app: string;
  readonly host: string;
  /** Where the page comes from, as far as it was asked beside the browser. */
  readonly origins: Origins;
  /** Minutes that the computer's local time is ahead of UTC at an instant. */
  readonly offsetMinutes: (at: string) => number;
}

/** What this app itself did to the page, so that a reader can judge it. True of every capture that this code makes. */
const OURS = {
  addedToPage: 'No script, style or element was added to the page, and none of its own was changed.',
  changedHeader: 'The header Permissions-Policy of each document was replaced by one that denies cameras, places, devices, full screen and the like.',
  takenOut: 'Pictures that stand in the text of the page (data: addresses) are taken out of page.html, of frames and of the page archive.',
  readBeside: 'In a world of its own, which the page can neither see nor change, the app read where the page was scrolled to, scrolled it, and waited for fonts, images and drawn frames.',
  extensions: 'None. The browser was started without extensions.',
  drivenOver: 'Chrome DevTools Protocol',
  mayDo: [
    'Open addresses, go back and forward, reload and stop, as reviewers ask', 'Hand the mouse, wheel and keys of reviewers to the page', 'Refuse requests, downloads, windows, dialogs and permissions',
    'Hold animations of styles while a picture is taken', 'Hide scrollbars, and fix the size of the view and its scale', 'Read the document, its layout, and the headers and addresses of its requests',
  ],
  noticedByPage: 'The page can notice that it is scrolled, that its size is announced anew while it is captured beyond the view, and that it counts as focused.',
} as const;

/** The bytes of `capture.json`: canonical JSON (RFC 8785), so that the same facts are always the same bytes. */
export function captureJson(composite: Composite, setting: CaptureSetting): Uint8Array {
  const { image, facts } = composite;
  const { exhibit, digest, declaration, note, account, reviewers, parts, archive, app, host, origins, offsetMinutes } = setting;
  const time = (at: string): JsonValue => ({ utc: at, local: localTime(at, offsetMinutes(at)) });
  const json = {
    exhibit, form: composite.form, view: composite.view,
    address: { typed: facts.typedUrl, final: composite.url },
    title: composite.title,
    times: { start: time(composite.startedAt), end: time(composite.endedAt) },
    reviewers: reviewers.map(({ initials, name, position }) => ({ initials, name, position })),
    account: account === '' ? null : account,
    composite: digest, declaration,
    image: image === null ? null : { width: image.width, height: image.height, scale: image.scale, area: image.area, element: image.element },
    pieces: (image?.pieces ?? []).map(({ row, height, at }, i) => ({ part: numberedName('page', i, 'png'), firstRow: row, rows: height, at: at === null ? null : time(at) })),
    frames: composite.frames.map(({ url }, i) => ({ part: numberedName('frame', i, 'html'), url })),
    parts: parts.map(({ name, mediaType, size, sha256 }) => ({ name, mediaType, size, sha256 })),
    archive, note, warnings: [...composite.warnings],
    app: { version: app, host }, ours: OURS,
    whereFrom: { askedBesideTheBrowser: true, ...origins },
    facts,
  };
  return canonicalBytes(wellFormed(json as unknown as JsonValue));
}

/** An instant in local time, with its offset from UTC (RFC 3339): `2026-07-01T10:00:00.000+01:00`. */
export function localTime(at: string, offsetMinutes: number): string {
  const local = new Date(Date.parse(at) + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
