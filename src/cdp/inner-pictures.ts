import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from './connection.js';
import { dataUrlBytes } from './data-url.js';
import { IsolatedWorld } from './isolated-world.js';
import { MAX_CHECKED, type UncheckedReason } from './response-check.js';

/** How many pictures of a page, and canvases of a frame, are looked at before a capture. */
const MOST = 500;
const MOST_FRAMES = 100;
const ANSWER_WITHIN_MS = 10_000;

/** A picture that no request brought; or, where something was not looked at, why, and how many of that kind: one with its address, more without. */
export type InnerPicture = { readonly url: string; readonly bytes: Uint8Array } | { readonly url: string; readonly unchecked: UncheckedReason; readonly count: number };

/**
 * The pictures of a page that no request brought: `blob:` and `data:` pictures that its frames have loaded, and what is drawn on
 * the canvases of all of them (as PNG; one that holds parts of another site cannot be read: those came by a request). A
 * picture inside an SVG picture is not seen. What is too large or too many to be looked at is said.
 */
export async function* innerPictures(sessions: readonly CdpSession[]): AsyncGenerator<InnerPicture> {
  yield* loaded(sessions);
  yield* drawn(sessions);
}

async function* loaded(sessions: readonly CdpSession[]): AsyncGenerator<InnerPicture> {
  let seen = 0;
  for (const session of sessions) {
    const tree = await session.send('Page.getResourceTree', undefined, ANSWER_WITHIN_MS).catch(() => null);
    if (tree === null) continue;
    for (const { frameId, url, shown } of resources(tree.frameTree)) {
      seen += 1;
      if (seen > MOST) continue;
      const inline = url.startsWith('data:');
      const bytes = inline ? dataUrlBytes(url, MAX_CHECKED, shown) : await content(session, frameId, url);
      if (bytes !== null && bytes.length > 0) yield { url: inline ? 'data:' : url, bytes };
      else if (inline && url.length > MAX_CHECKED) yield { url: 'data:', unchecked: 'too-large', count: 1 };
    }
  }
  if (seen > MOST) yield { url: '', unchecked: 'many', count: seen - MOST };
}

async function* drawn(sessions: readonly CdpSession[]): AsyncGenerator<InnerPicture> {
  let frames = 0;
  for (const session of sessions) {
    const tree = await session.send('Page.getFrameTree', undefined, ANSWER_WITHIN_MS).catch(() => null);
    if (tree === null) continue;
    for (const frameId of frameIds(tree.frameTree)) {
      frames += 1;
      if (frames <= MOST_FRAMES) yield* canvases(new IsolatedWorld(session, frameId, () => ''));
    }
  }
  if (frames > MOST_FRAMES) yield { url: '', unchecked: 'many', count: frames - MOST_FRAMES };
}

async function* canvases(world: IsolatedWorld): AsyncGenerator<InnerPicture> {
  const count = await world.run(canvasCount, [], ANSWER_WITHIN_MS).catch(() => 0);
  for (let at = 0; at < Math.min(count, MOST); at += 1) {
    const canvas = await world.run(canvasAt, [at], ANSWER_WITHIN_MS).catch(() => null);
    if (canvas === null) return;
    const bytes = dataUrlBytes(canvas, MAX_CHECKED);
    if (bytes !== null && bytes.length > 0) yield { url: 'canvas', bytes };
    else if (canvas !== '') yield { url: 'canvas', unchecked: 'too-large', count: 1 };
  }
  if (count > MOST) yield { url: '', unchecked: 'many', count: count - MOST };
}

/** The frame and those inside it that live in the same process; others have a session of their own. */
function* frameIds(tree: Protocol.Page.FrameTree): Generator<string> {
  yield tree.frame.id;
  for (const child of tree.childFrames ?? []) yield* frameIds(child);
}

function* resources(tree: Protocol.Page.FrameResourceTree): Generator<{ frameId: string; url: string; shown: boolean }> {
  const inner = (url: string): boolean => url.startsWith('blob:') || url.startsWith('data:');
  for (const { url, type } of tree.resources) if (inner(url) && (type === 'Image' || type === 'Media' || type === 'Other')) yield { frameId: tree.frame.id, url, shown: type !== 'Other' };
  if (inner(tree.frame.url) && /^(?:image|video)\//.test(tree.frame.mimeType)) yield { frameId: tree.frame.id, url: tree.frame.url, shown: true };
  for (const child of tree.childFrames ?? []) yield* resources(child);
}

async function content(session: CdpSession, frameId: string, url: string): Promise<Buffer | null> {
  try {
    const found = await session.send('Page.getResourceContent', { frameId, url }, ANSWER_WITHIN_MS);
    return Buffer.from(found.content, found.base64Encoded ? 'base64' : 'utf8');
  } catch {
    return null;
  }
}

/** Runs in the page: how many canvases it has. */
function canvasCount(): number {
  return document.querySelectorAll('canvas').length;
}

/** Runs in the page: the canvas of that number as a `data:` address, empty when it cannot be read, `large` when it is not to be read, null after the last. */
function canvasAt(at: number): string | null {
  const canvas = document.querySelectorAll('canvas')[at];
  if (canvas === undefined) return null;
  try {
    return canvas.width * canvas.height > 16_000_000 ? 'large' : canvas.toDataURL('image/png');
  } catch {
    return '';
  }
}
