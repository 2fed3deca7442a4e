import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from './connection.js';
import { maskUrl } from './masking.js';

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

/** Most frames whose HTML is kept, and the longest HTML of all of them together. */
const MAX_FRAMES = 50;
const MAX_FRAMES_HTML = 32_000_000;

/** A frame inside the page, as it stands now. */
export interface FrameHtml {
  readonly url: string;
  readonly html: string;
}

/**
 * The documents of the frames inside a page: those of its own process, and of `others`, the sessions of frames that live in
 * processes of their own. `left`: how many were too many or too large to be kept.
 */
export async function frameHtml(session: CdpSession, others: readonly CdpSession[]): Promise<{ frames: FrameHtml[]; left: number }> {
  const frames: FrameHtml[] = [];
  let left = 0;
  let room = MAX_FRAMES_HTML;
  const take = (url: string, html: string | null): void => {
    if (html === null || frames.length >= MAX_FRAMES || html.length > room) left += 1;
    else {
      frames.push({ url: maskUrl(url), html });
      room -= html.length;
    }
  };
  const walk = async (from: CdpSession): Promise<void> => {
    for (const { id, url } of await childFrames(from)) take(url, frames.length >= MAX_FRAMES ? null : await ownedHtml(from, id));
  };
  await walk(session);
  for (const other of others) {
    take(await frameUrl(other), await renderedHtml(other).catch(() => null));
    await walk(other).catch(() => undefined);
  }
  return { frames, left };
}

/** The address of a frame that lives in a process of its own; empty when it is going away. */
export async function frameUrl(session: CdpSession): Promise<string> {
  const tree = await session.send('Page.getFrameTree').catch(() => null);
  return tree?.frameTree.frame.url ?? '';
}

async function childFrames(session: CdpSession): Promise<Protocol.Page.Frame[]> {
  const { frameTree } = await session.send('Page.getFrameTree');
  const all = (tree: Protocol.Page.FrameTree): Protocol.Page.Frame[] => (tree.childFrames ?? []).flatMap((child) => [child.frame, ...all(child)]);
  return all(frameTree);
}

/** Null when the frame is gone or lives in another process, which has a session of its own. */
async function ownedHtml(session: CdpSession, frameId: string): Promise<string | null> {
  try {
    await session.send('DOM.getDocument', { depth: 0 });
    const { backendNodeId } = await session.send('DOM.getFrameOwner', { frameId });
    const { node } = await session.send('DOM.describeNode', { backendNodeId, pierce: true, depth: 1 });
    if (node.contentDocument === undefined) return null;
    const { outerHTML } = await session.send('DOM.getOuterHTML', { backendNodeId: node.contentDocument.backendNodeId, includeShadowDOM: true }, 60_000);
    return outerHTML.toWellFormed();
  } catch {
    return null;
  } finally {
    session.tell('DOM.disable');
  }
}
