import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from './connection.js';

/** The words of one process's part of a page, and what its layout tells beside them. */
export interface PageText {
  readonly text: string;
  /** Whether anything stays in its place while the page scrolls. */
  readonly fixed: boolean;
}

/** Longest text that is kept, in UTF-16 code units. */
export const MAX_TEXT = 20_000_000;

const STYLES = ['display', 'visibility', 'position', 'opacity'] as const;
const INLINE = /^(?:inline|ruby|contents)/;

/**
 * The visible words of a page in reading order, from the browser's own layout: closed shadow trees are in it, what is
 * not displayed is not. Blocks stand on lines of their own, table cells are parted by tabs, frames follow the page
 * after a line that names them.
 */
export async function pageText(session: CdpSession): Promise<PageText> {
  const { documents, strings } = await session.send('DOMSnapshot.captureSnapshot', { computedStyles: [...STYLES] }, 60_000);
  const at = (index: number | undefined): string => (index === undefined || index < 0 ? '' : (strings[index] ?? ''));
  const parts = documents.map((document, i) => {
    const words = documentText(document, at);
    return i === 0 || words === '' ? words : `\n[Frame: ${at(document.documentURL)}]\n${words}`;
  });
  const fixed = documents[0]?.layout.styles.some((style) => /^(?:fixed|sticky)$/.test(at(style[2]))) ?? false;
  return { text: parts.filter((part) => part !== '').join('\n'), fixed };
}

function documentText(document: Protocol.DOMSnapshot.DocumentSnapshot, at: (index: number | undefined) => string): string {
  const { nodeIndex, text, styles } = document.layout;
  const parents = document.nodes.parentIndex ?? [];
  const display = new Map<number, string>();
  for (const [i, node] of nodeIndex.entries()) if ((text[i] ?? -1) < 0) display.set(node, at(styles[i]?.[0]));
  /** The nearest box that starts a line or a cell of its own. */
  const blockOf = (node: number): number => {
    let up = parents[node] ?? -1;
    while (up >= 0 && INLINE.test(display.get(up) ?? 'inline')) up = parents[up] ?? -1;
    return up;
  };
  let out = '';
  let last: number | null = null;
  for (const [i, node] of nodeIndex.entries()) {
    const words = at(text[i]);
    if (words === '' || at(styles[i]?.[1]) !== 'visible' || at(styles[i]?.[3]) === '0') continue;
    const block = blockOf(node);
    if (last !== null && block !== last) out += (display.get(block) ?? '').startsWith("table-cell") && parents[block] === parents[last] ? '\t' : '\n';
    out += words;
    last = block;
  }
  return out.replace(/[ \u00a0]+\n/g, '\n').trim();
}
