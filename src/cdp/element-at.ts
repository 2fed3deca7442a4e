import { CodedError, isCoded } from '../record/coded-error.js';
import type { CdpSession } from './connection.js';
import { cut } from './masking.js';
import type { Area } from './tiles.js';

/** Something that stands on the page. */
export interface PageElement {
  /** What it is, as a selector would name it: `img#photo.large`. */
  readonly label: string;
  /** Its border box on the page, in CSS pixels. */
  readonly area: Area;
  /** The browser's number for it, for {@link boxOf}. */
  readonly node: number;
}

/**
 * The element that is drawn at a point of the view; where words are, the element that holds them. Of a frame, the frame.
 *
 * @param point in CSS pixels of the view
 * @param scroll where the page is scrolled to
 * @throws CodedError `capture.no-element` when nothing with a size is there.
 */
export async function elementAt(session: CdpSession, point: { readonly x: number; readonly y: number }, scroll: { readonly x: number; readonly y: number }): Promise<PageElement> {
  try {
    await session.send('DOM.getDocument', { depth: 0 });
    // The browser counts this from the page's corner, and boxes from the view's.
    const { backendNodeId } = await session.send('DOM.getNodeForLocation', { x: Math.round(point.x + scroll.x), y: Math.round(point.y + scroll.y), includeUserAgentShadowDOM: false, ignorePointerEventsNone: true });
    const { node } = await session.send('DOM.describeNode', { backendNodeId });
    return { label: labelOf(node.nodeName, node.attributes ?? []), area: await boxOf(session, backendNodeId, scroll), node: backendNodeId };
  } catch (error) {
    if (isCoded(error, 'browser.refused')) throw noElement();
    throw error;
  } finally {
    session.tell('DOM.disable');
  }
}

/** The border box of an element on a page that is scrolled to `scroll`. @throws CodedError `capture.no-element` when it has none. */
export async function boxOf(session: CdpSession, backendNodeId: number, scroll: { readonly x: number; readonly y: number }): Promise<Area> {
  const answer = await session.send('DOM.getBoxModel', { backendNodeId }).catch((error: unknown) => {
    throw isCoded(error, 'browser.refused') ? noElement() : error;
  });
  const { border } = answer.model;
  const xs = border.filter((_, i) => i % 2 === 0);
  const ys = border.filter((_, i) => i % 2 === 1);
  const x = Math.floor(Math.min(...xs) + scroll.x);
  const y = Math.floor(Math.min(...ys) + scroll.y);
  const area = { x, y, width: Math.ceil(Math.max(...xs) + scroll.x) - x, height: Math.ceil(Math.max(...ys) + scroll.y) - y };
  if (!(area.width >= 1 && area.height >= 1)) throw noElement();
  return area;
}

function labelOf(name: string, attributes: readonly string[]): string {
  // Names and values take turns in the list.
  const of = (wanted: string): string => attributes.find((_, i) => i % 2 === 1 && attributes[i - 1] === wanted) ?? '';
  const id = of('id');
  const classes = of('class').split(/\s+/).filter((each) => each !== '').slice(0, 3);
  return cut(`${name.toLowerCase()}${id === '' ? '' : `#${id}`}${classes.map((each) => `.${each}`).join('')}`, 200);
}

function noElement(): CodedError {
  return new CodedError('capture.no-element', 'There is nothing at this place that can be captured by itself. Choose another place, or capture a part of the page.');
}
