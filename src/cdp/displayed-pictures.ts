import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from './connection.js';

/** A rectangle in CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a picture was drawn so that the reviewers saw it, in CSS pixels. `fit` says how it was fitted into its box. */
export interface Displayed {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly fit: 'whole' | 'cover' | 'own-size';
}

const STYLES = ['visibility', 'opacity', 'overflow-x', 'overflow-y', 'clip-path', 'filter', 'mask-image', 'mix-blend-mode', 'background-color', 'background-image', 'background-size', 'object-fit', 'content-visibility'] as const;
type StyleName = (typeof STYLES)[number];

/** Elements that draw something of their own over what lies under them. */
const OPAQUE = new Set(['IMG', 'VIDEO', 'CANVAS', 'IFRAME', 'OBJECT', 'EMBED', 'svg']);
/** Less than this share of a picture in sight counts as not displayed. */
const IN_SIGHT = 0.9;
/** Comparing every picture with every box over it is bounded: beyond, pictures count as not displayed. */
const MAX_COMPARISONS = 20_000_000;
const MAX_DEPTH = 10;

interface Node {
  readonly index: number;
  readonly name: string;
  readonly parent: Node | null;
  readonly box: Box;
  readonly order: number;
  readonly style: (name: StyleName) => string;
  readonly source: string | null;
  readonly frame: number | null;
}

/**
 * The pictures that lay in sight within `area` (CSS pixels of the page, from its top left corner), by what the browser
 * says of its layout. A picture counts only when nearly all of it was in sight: not outside, not clipped, not under
 * something else, not faint, not filtered. Frames in other processes are not looked into.
 */
export async function displayedPictures(session: CdpSession, area: Box): Promise<Displayed[]> {
  const snapshot = await session.send('DOMSnapshot.captureSnapshot', { computedStyles: [...STYLES], includePaintOrder: true, includeDOMRects: false });
  const found: Displayed[] = [];
  const walk = (document: number, within: Box, depth: number): void => {
    const tree = snapshot.documents[document];
    if (tree === undefined || depth > MAX_DEPTH) return;
    const nodes = nodesOf(tree, snapshot.strings);
    const covers = nodes.filter(covering);
    const pictures = nodes.filter((node) => node.frame !== null || sourcesOf(node).length > 0);
    if (pictures.length * covers.length > MAX_COMPARISONS) return;
    for (const node of pictures) {
      const seen = inSight(node, within);
      if (seen === null || covered(node, seen, covers) > (1 - IN_SIGHT) * size(node.box)) continue;
      if (node.frame !== null) walk(node.frame, insideFrame(seen, node.box, snapshot.documents[node.frame]), depth + 1);
      if (size(seen) >= IN_SIGHT * size(node.box)) for (const source of sourcesOf(node)) found.push({ ...source, width: node.box.width, height: node.box.height });
    }
  };
  walk(0, area, 0);
  return found;
}

function nodesOf(tree: Protocol.DOMSnapshot.DocumentSnapshot, strings: readonly string[]): Node[] {
  const { nodes, layout } = tree;
  const text = (index: number | undefined): string => (index === undefined ? '' : (strings[index] ?? ''));
  const rare = <T>(data: { readonly index: number[]; readonly value: T[] } | undefined): Map<number, T> => new Map(data?.index.map((at, i) => [at, data.value[i] as T]) ?? []);
  const current = rare(nodes.currentSourceURL);
  const frames = rare(nodes.contentDocumentIndex);
  const made = new Map<number, Node>();
  const result: Node[] = [];
  layout.nodeIndex.forEach((index, at) => {
    const name = text(nodes.nodeName?.[index]);
    // One element may have several boxes; the first is the outermost.
    if (name === '#text' || made.has(index)) return;
    const [x = 0, y = 0, width = 0, height = 0] = layout.bounds[at] ?? [];
    const styles = layout.styles[at] ?? [];
    const node: Node = {
      index, name, box: { x, y, width, height }, order: layout.paintOrders?.[at] ?? 0,
      parent: closest(nodes.parentIndex, index, made),
      style: (wanted) => text(styles[STYLES.indexOf(wanted)]),
      source: text(current.get(index)) || attribute(nodes.attributes?.[index], strings),
      frame: frames.get(index) ?? null,
    };
    made.set(index, node);
    result.push(node);
  });
  return result;
}

function closest(parents: readonly number[] | undefined, index: number, made: ReadonlyMap<number, Node>): Node | null {
  for (let at = parents?.[index] ?? -1; at >= 0; at = parents?.[at] ?? -1) {
    const node = made.get(at);
    if (node !== undefined) return node;
  }
  return null;
}

/** Of what has no current source, such as an image inside SVG: the address as written, which counts when it is whole. */
function attribute(pairs: readonly number[] | undefined, strings: readonly string[]): string | null {
  for (let at = 0; pairs !== undefined && at + 1 < pairs.length; at += 2) {
    const name = strings[pairs[at] ?? -1];
    if (name === 'href' || name === 'xlink:href') return strings[pairs[at + 1] ?? -1] ?? null;
  }
  return null;
}

function sourcesOf(node: Node): Pick<Displayed, 'url' | 'fit'>[] {
  const found: Pick<Displayed, 'url' | 'fit'>[] = [];
  const fit = node.style('object-fit');
  if ((node.name === 'IMG' || node.name === 'INPUT' || node.name === 'image') && node.source !== null) found.push({ url: node.source, fit: fit === 'cover' ? 'cover' : fit === 'none' ? 'own-size' : 'whole' });
  const backgrounds = [...node.style('background-image').matchAll(/url\("((?:[^"\\]|\\.)*)"\)/g)];
  const [only] = backgrounds;
  // Of several pictures laid over one another only the topmost can be seen.
  if (only?.[1] !== undefined) {
    const scaled = node.style('background-size');
    found.push({ url: only[1], fit: scaled === 'contain' || scaled === '100% 100%' ? 'whole' : scaled === 'cover' ? 'cover' : 'own-size' });
  }
  return found;
}

/** What of a node lies in sight, or null where nothing does or something is done to its pixels. */
function inSight(node: Node, area: Box): Box | null {
  let seen: Box | null = common(node.box, area);
  let opacity = 1;
  for (let at: Node | null = node; at !== null && seen !== null; at = at.parent) {
    opacity *= Number(at.style('opacity') || '1');
    const changed = [at.style('clip-path'), at.style('mask-image'), at.style('filter')].some((value) => value !== 'none' && value !== '');
    if (changed || opacity < IN_SIGHT || !['normal', ''].includes(at.style('mix-blend-mode'))) return null;
    // The root's overflow scrolls the page; anyone else's cuts off.
    const clips = at !== node && at.parent !== null && at.name !== 'BODY' && (at.style('overflow-x') !== 'visible' || at.style('overflow-y') !== 'visible');
    if (clips) seen = common(seen, at.box);
  }
  return node.style('visibility') === 'visible' ? seen : null;
}

function covering(node: Node): boolean {
  if (node.style('visibility') !== 'visible' || size(node.box) === 0) return false;
  return OPAQUE.has(node.name) || node.style('background-image') !== 'none' || !/^(?:transparent|rgba\(.*, 0(?:\.[0-4]\d*)?\))$/.test(node.style('background-color'));
}

/** How much of what is in sight lies under something painted later, in square pixels; what overlaps twice counts twice. */
function covered(node: Node, seen: Box, covers: readonly Node[]): number {
  let sum = 0;
  for (const cover of covers) {
    // In one stacking context pictures lie over one another in the order of the document.
    const over = cover.order > node.order || (cover.order === node.order && cover.index > node.index && OPAQUE.has(cover.name));
    if (!over) continue;
    const both = common(seen, cover.box);
    if (both !== null) sum += size(both);
  }
  return sum;
}

/** The part of a frame's document that can be seen, in the document's own coordinates. */
function insideFrame(seen: Box, frame: Box, document: Protocol.DOMSnapshot.DocumentSnapshot | undefined): Box {
  return { ...seen, x: seen.x - frame.x + (document?.scrollOffsetX ?? 0), y: seen.y - frame.y + (document?.scrollOffsetY ?? 0) };
}

function common(a: Box, b: Box): Box | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

function size({ width, height }: Box): number {
  return width * height;
}
