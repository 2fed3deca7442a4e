import type { CdpSession } from './connection.js';
import type { Box } from './displayed-pictures.js';
import type { Viewport } from './facts.js';

/** Something on the page that can show a picture; `box` in CSS pixels from the page's top left corner. */
export interface Picture {
  /** Names the element for as long as it lives. */
  readonly id: number;
  readonly box: Box;
  readonly order: number;
}

/** A piece of text and its colour (red, green, blue). */
export interface Words {
  readonly box: Box;
  readonly order: number;
  readonly colour: readonly [number, number, number];
}

/** Where pictures and text are at one moment, as far as they may be in sight. */
export interface Look {
  readonly at: number;
  /** Names the document that was looked at. */
  readonly document: string;
  readonly scroll: { readonly x: number; readonly y: number };
  readonly pictures: readonly Picture[];
  readonly words: readonly Words[];
}

const STYLES = ['background-image', 'border-image-source', 'list-style-image', 'content', 'color'] as const;
const DRAWS = new Set(['IMG', 'VIDEO', 'CANVAS', 'IFRAME', 'FRAME', 'OBJECT', 'EMBED', 'FENCEDFRAME', 'PORTAL', 'image', 'feImage']);
/** Styles that can bring a picture; gradients draw none. */
const BRINGS = /url\(|image-set\(|cross-fade\(|element\(|paint\(/;
const LOOK_MS = 5_000;

/**
 * Asks the browser where the pictures of the page are. It answers from its own layout, so the page neither notices nor
 * can hide anything: closed shadow trees and the elements that styles make are in it.
 */
export async function lookForPictures(session: CdpSession, viewport: Viewport): Promise<Look> {
  const { documents, strings } = await session.send('DOMSnapshot.captureSnapshot', { computedStyles: [...STYLES], includePaintOrder: true }, LOOK_MS);
  const [document] = documents;
  const scroll = { x: document?.scrollOffsetX ?? 0, y: document?.scrollOffsetY ?? 0 };
  if (document === undefined) return { at: performance.now(), document: '', scroll, pictures: [], words: [] };
  const { nodes, layout, textBoxes } = document;
  const near = (box: Box): boolean => Math.abs(box.y + box.height / 2 - scroll.y - viewport.height / 2) < 1.5 * viewport.height + box.height / 2;
  const boxOf = (bounds: readonly number[] | undefined): Box => ({ x: bounds?.[0] ?? 0, y: bounds?.[1] ?? 0, width: bounds?.[2] ?? 0, height: bounds?.[3] ?? 0 });
  const style = (at: number, index: number): string => strings[layout.styles[at]?.[index] ?? -1] ?? '';
  const pictures: Picture[] = [];
  layout.nodeIndex.forEach((node, at) => {
    const box = boxOf(layout.bounds[at]);
    if (box.width === 0 || box.height === 0 || !near(box)) return;
    const name = strings[nodes.nodeName?.[node] ?? -1] ?? '';
    const input = name === 'INPUT' && isImageButton(nodes.attributes?.[node], strings);
    const styled = [0, 1, 2, 3].some((index) => BRINGS.test(style(at, index)));
    if (!DRAWS.has(name) && !input && !styled) return;
    // A picture behind the whole page is drawn beyond the box of the element that asked for it.
    const whole = styled && (name === 'HTML' || name === 'BODY');
    pictures.push({ id: nodes.backendNodeId?.[node] ?? -1, box: whole ? { ...scroll, width: viewport.width, height: viewport.height } : withMarkers(box, style(at, 2)), order: layout.paintOrders?.[at] ?? 0 });
  });
  const words = textBoxes.layoutIndex.flatMap((at, index): Words[] => {
    const box = boxOf(textBoxes.bounds[index]);
    return near(box) ? [{ box, order: layout.paintOrders?.[at] ?? 0, colour: colourOf(style(at, 4)) }] : [];
  });
  return { at: performance.now(), document: `${nodes.backendNodeId?.[0] ?? 0} ${strings[document.documentURL] ?? ''}`, scroll, pictures, words };
}

function isImageButton(pairs: readonly number[] | undefined, strings: readonly string[]): boolean {
  for (let at = 0; pairs !== undefined && at + 1 < pairs.length; at += 2) {
    if (strings[pairs[at] ?? -1]?.toLowerCase() === 'type') return strings[pairs[at + 1] ?? -1]?.trim().toLowerCase() === 'image';
  }
  return false;
}

/** A picture before a list's line stands outside the line's box. */
function withMarkers(box: Box, marker: string): Box {
  return BRINGS.test(marker) ? { ...box, x: box.x - 64, width: box.width + 64 } : box;
}

function colourOf(text: string): readonly [number, number, number] {
  const [, red = '0', green = '0', blue = '0'] = /^rgba?\((\d+), (\d+), (\d+)/.exec(text) ?? [];
  return [Number(red), Number(green), Number(blue)];
}
