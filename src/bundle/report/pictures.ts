/** Where the report's page has its pictures before they are carried inside it: a name that no server can have (RFC 6761 section 6.4). */
const PLACE = 'https://pictures.invalid/';
const POLICY_PLACE = 'img-src https://pictures.invalid;';
/** Text cannot look like this: it has no quotation marks once it is markup. */
const PICTURE = /(<img src=")https:\/\/pictures\.invalid\/(\d{1,6})(?=")/;

/** The pictures of a report, in the order of their addresses. */
export type Pictures = readonly Uint8Array[];

/** What the report's page may load: nothing but its pictures, wherever they are. */
export const PICTURE_POLICY = POLICY_PLACE;

/** Gathers the JPEGs of a report while its page is written. */
export class PictureList {
  readonly all: Uint8Array[] = [];

  /** Takes a picture in, and gives the address that the page shows it by. */
  add(jpeg: Uint8Array): string {
    this.all.push(jpeg);
    return `${PLACE}${this.all.length - 1}`;
  }
}

/** The picture at `address`; null where the page has none there. */
export function pictureAt(address: string, pictures: Pictures): Uint8Array | null {
  return address.startsWith(PLACE) ? (pictures[Number(address.slice(PLACE.length))] ?? null) : null;
}

/** The page with its pictures inside it, in UTF-8: one file that fetches nothing. */
export function selfContained(page: string, pictures: Pictures): Uint8Array {
  const pieces = page.replace(POLICY_PLACE, 'img-src data:;').split(PICTURE);
  const bytes: Uint8Array[] = [];
  // Text, then the beginning of a picture's tag and its number, and so on.
  for (let at = 0; at < pieces.length; at += 3) {
    bytes.push(Buffer.from(pieces[at] ?? '', 'utf8'));
    if (at + 2 < pieces.length) bytes.push(Buffer.from(`${pieces[at + 1] ?? ''}data:image/jpeg;base64,${Buffer.from(pictures[Number(pieces[at + 2])] ?? []).toString('base64')}`, 'latin1'));
  }
  return Buffer.concat(bytes);
}
