import { visible } from './report/template.js';

/** A cell: a text, a number, or nothing. */
export type Cell = string | number | null;

/** What a spreadsheet would take for the beginning of a formula, wide forms of the signs included. */
const FORMULA = /^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/**
 * A table in the form of RFC 4180: commas, CRLF after every row, quotes where they are needed. It starts with a byte order
 * mark, without which spreadsheets take UTF-8 for something else. A text that a spreadsheet would calculate is led by an
 * apostrophe; what turns or hides text is shown by its number.
 */
export function csvText(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[heads, ...rows].map((cells) => `${cells.map(field).join(',')}\r\n`).join('')}`;
}

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const shown = visible(cell);
  const safe = FORMULA.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
