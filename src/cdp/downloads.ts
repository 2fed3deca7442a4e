/** An answer's headers as `Fetch` gives them. */
export type HeaderList = readonly { readonly name: string; readonly value: string }[];

/** Text types that Chromium saves instead of showing. */
const SAVED_TEXT = new Set([
  'text/calendar', 'text/x-calendar', 'text/x-vcalendar', 'text/vcalendar', 'text/vcard', 'text/x-vcard', 'text/directory', 'text/ldif', 'text/qif',
  'text/x-qif', 'text/x-csv', 'text/x-vcf', 'text/rtf', 'text/comma-separated-values', 'text/csv', 'text/tab-separated-values', 'text/tsv', 'text/ofx',
]);

/** Types outside `text/`, `image/`, `audio/` and `video/` that Chromium shows. */
const SHOWN = /^(?:application\/(?:xhtml\+xml|xml|json|pdf|javascript|x-javascript|ecmascript|ogg|[a-z0-9.+-]+\+(?:xml|json))|multipart\/x-mixed-replace)$/;

/**
 * Whether an answer to a navigation would be saved as a file instead of shown, judged by its headers alone, so that it
 * can be stopped before a byte of it is read. An answer without a type is sniffed by the browser and is not judged here.
 */
export function wouldBeSaved(status: number, headers: HeaderList): boolean {
  if (status === 204 || status === 205) return false;
  const disposition = header(headers, 'content-disposition');
  // Everything but "inline" saves; a header that names only a file shows (RFC 6266 section 4.2, as Chromium reads it).
  if (disposition !== null && !/^\s*(?:inline\b|filename\*?\s*=|name\s*=|$|;)/i.test(disposition)) return true;
  const type = header(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!type.includes('/')) return false;
  if (type.startsWith('text/')) return SAVED_TEXT.has(type);
  if (/^(?:image|audio|video)\//.test(type)) return /^image\/(?:tiff|x-tiff|heic|heif|vnd\.adobe\.photoshop|x-photoshop)$/.test(type);
  return !SHOWN.test(type);
}

/** The file name that an answer suggests, as it stands in the header; for the record alone, never used as a path. */
export function suggestedName(headers: HeaderList): string | null {
  const disposition = header(headers, 'content-disposition');
  const match = disposition === null ? null : /filename\*?\s*=\s*(?:"([^"]{1,300})"|([^;]{1,300}))/i.exec(disposition);
  return (match?.[1] ?? match?.[2])?.trim() ?? null;
}

function header(headers: HeaderList, name: string): string | null {
  return headers.find((h) => h.name.toLowerCase() === name)?.value ?? null;
}
