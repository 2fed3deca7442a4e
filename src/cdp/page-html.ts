import type { CdpSession } from './connection.js';

/** Longest HTML that is kept, in UTF-16 code units. */
const MAX_HTML = 64_000_000;

/**
 * The document as it stands now, with its doctype and its shadow trees (closed ones too, as declarative templates).
 * Null when it is longer than 64 million characters.
 */
export async function renderedHtml(session: CdpSession): Promise<string | null> {
  try {
    const { root } = await session.send('DOM.getDocument', { depth: 1 });
    const { outerHTML } = await session.send('DOM.getOuterHTML', { nodeId: root.nodeId, includeShadowDOM: true }, 60_000);
    return outerHTML.length > MAX_HTML ? null : outerHTML.toWellFormed();
  } finally {
    // The DOM domain would go on to report every change of the page.
    session.tell('DOM.disable');
  }
}
