/** Markup that is safe to stand in a page: made by {@link html} alone. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What a template may hold: markup, lists of markup, and values, which are escaped. Null and false leave nothing. */
export type Fill = Html | readonly Html[] | string | number | null | false;

/**
 * Markup from a template whose values are all taken as hostile: everything that is not {@link Html} is escaped, for
 * text and for attribute values in quotes. Templates never put values into scripts, styles, addresses or tag names.
 */
export function html(texts: TemplateStringsArray, ...fills: readonly Fill[]): Html {
  let markup = texts[0] ?? '';
  fills.forEach((fill, i) => {
    markup += markupOf(fill) + (texts[i + 1] ?? '');
  });
  return new Html(markup);
}

function markupOf(fill: Fill): string {
  if (fill === null || fill === false) return '';
  if (fill instanceof Html) return fill.markup;
  return typeof fill === 'object' ? fill.map((each) => each.markup).join('') : escaped(String(fill));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** What turns, hides or breaks text (bidirectional controls, control and invisible characters) is shown by its number, so that an address cannot pose as another. */
export function visible(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === '\n' || character === '\t') return character;
    return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

/** `text` as a string in a style sheet: every character that is not a plain letter, digit or space by its number, which a space ends. */
export function cssString(text: string): string {
  const safe = text.toWellFormed().replace(/[^A-Za-z0-9 ]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16).padStart(6, '0')} `);
  return `"${safe}"`;
}
