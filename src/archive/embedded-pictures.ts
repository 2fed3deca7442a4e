/*
 * A page's text can carry pictures: as `data:` addresses, or as base64 in JSON and in scripts. Nobody can say of such a
 * picture whether it was seen, so it is taken out of what is kept.
 */

/** A `data:` address of a picture, a video or a sound that is not drawn as text. */
const DATA_ADDRESS = /data:(?:image\\?\/(?!svg\+xml)|video\\?\/|audio\\?\/|application\\?\/octet-stream)[^,"'()<>\s]{0,200},[^"'()<>\s]*/gi;
/** How base64 of PNG, JPEG, GIF, RIFF (WebP, AVI), Matroska and of an ISO media file (AVIF, HEIC, MP4) begins, with enough after it to be a picture. */
const BARE_BASE64 = /(?:iVBORw0KGgo|\\?\/9j\\?\/|R0lGOD|UklGR|GkXfo|AAAA[A-Za-z0-9+/]{2}[Zz]0eX)[A-Za-z0-9+/\\_-]{100,}={0,2}/g;
/** An SVG as base64 may hold any of these. */
const SVG_BASE64 = /data:image\\?\/svg\+xml[^,"'()<>\s]{0,100};base64,[A-Za-z0-9+/%=_-]*/gi;

/** What {@link withoutPictures} gives: the text without them, and how many there were. */
export interface Emptied {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/**
 * `bytes` of a text without the pictures that it carries: `data:` addresses of pictures become `data:,`, other base64 of
 * pictures becomes nothing. Everything else stays as it is, whatever the text's encoding, as long as that holds ASCII.
 */
export function withoutPictures(bytes: Uint8Array): Emptied {
  let count = 0;
  // Windows-1252 names each byte by one character, and only ASCII is looked for.
  const text = latin(bytes);
  const cut = (by: string) => (): string => {
    count += 1;
    return by;
  };
  const left = text.replace(DATA_ADDRESS, cut('data:,')).replace(SVG_BASE64, cut('data:,')).replace(BARE_BASE64, cut(''));
  return count === 0 ? { bytes, count } : { bytes: Uint8Array.from(left, (character) => character.charCodeAt(0)), count };
}

function latin(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8_192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)));
  return pieces.join('');
}
