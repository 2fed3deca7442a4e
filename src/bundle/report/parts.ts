import { html, type Html } from './template.js';

/** Two overlapping rings: two people. */
export const MARK: Html = html`<svg class="mark" viewBox="0 0 40 26" width="40" height="26" aria-hidden="true" focusable="false"><circle cx="14" cy="13" r="10.5"/><circle cx="26" cy="13" r="10.5"/></svg>`;

/** `1 page`, `2 pages`, `no pages`. */
export function count(number: number, one: string, many: string): string {
  return number === 0 ? `no ${many}` : `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
}

/** That so many of something are withheld from this copy, in a paragraph; nothing where none is. */
export function withheldLine(number: number, one: string, many: string): Html | null {
  return number === 0 ? null : html`<p>${number.toLocaleString('en-GB')} ${number === 1 ? `${one} is` : `${many} are`} withheld from this copy (part 11).</p>`;
}

/** A part of the report with its number and heading. It begins on a new page, unless it flows on from a short one. */
export function part(number: number, title: string, content: Html | readonly Html[], place: 'new-page' | 'flows' = 'new-page'): Html {
  return html`<section class="part ${place}" id="part-${number}"><h2><span class="number">${number} </span>${title}</h2>${content}</section>`;
}

/** Names and values; an empty value is said to be so. */
export function facts(rows: readonly (readonly [name: string, value: Html | string])[]): Html {
  return html`<dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value === '' ? 'Not given' : value}</dd></div>`)}</dl>`;
}

/** A table whose first row repeats on every page it runs over. `widths` are in per cent. */
export function table(caption: string, heads: readonly string[], rows: readonly Html[], widths: readonly number[], kind = ''): Html {
  return html`<table class="${kind}"><caption>${caption}</caption><colgroup>${widths.map((width) => html`<col style="width:${width}%">`)}</colgroup>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
}

/** A row of cells. */
export function row(cells: readonly (Html | string | number)[], kind = ''): Html {
  return html`<tr class="${kind}">${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
}

/** An address, never a link: nobody should open it by a slip of the hand. */
export function address(url: string): Html {
  return html`<span class="address"><bdi>${url}</bdi></span>`;
}

/** A SHA-256 in groups of eight, so that two people can compare it aloud; a line never breaks within one. */
export function digest(hash: string): Html {
  return html`<span class="digest">${(hash.match(/.{8}/g) ?? []).join(' ')}</span>`;
}

/** Eight words in two lines of four. */
export function words(list: readonly string[]): Html {
  return html`<span class="words">${list.slice(0, 4).join(' ')}<br>${list.slice(4).join(' ')}</span>`;
}

/** Text that people wrote, with its own line breaks. */
export function written(text: string): Html {
  return html`<div class="written"><bdi>${text}</bdi></div>`;
}
