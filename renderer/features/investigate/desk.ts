import { create } from 'zustand';
import type { CompositeView } from '../../../src/ipc/case-view.js';
import type { Area } from '../../logic/region.js';

/** A page that is too large for one picture: the areas that it can be captured in, and the exhibits that they became. */
export interface PageParts {
  readonly caseId: string;
  readonly view: string;
  readonly width: number;
  readonly height: number;
  readonly areas: readonly Area[];
  readonly kept: Readonly<Record<number, string>>;
}

/** How far a capture had come when it was cancelled: rows of pixels, or pictures of a series. */
export interface Cancelled {
  readonly done: number;
  readonly total: number;
  readonly series: boolean;
}

/** What outlives a declaration in between: nothing here is typed, and nothing is of a page's content. */
export interface Desk {
  /** What is being chosen on the page. */
  readonly picking: 'region' | 'element' | null;
  readonly parts: PageParts | null;
  readonly listShown: boolean;
  readonly cancelled: Cancelled | null;
  /** The place that a user name and password were last sent to, to say so when it asks again. */
  readonly sentTo: string | null;
  /** The exhibit that was kept last, until something else is done, to say so. */
  readonly kept: { readonly caseId: string; readonly reference: string; readonly view: string } | null;
}

/** See {@link Desk}. */
export const useDesk = create<Desk>(() => ({ picking: null, parts: null, listShown: false, cancelled: null, sentTo: null, kept: null }));

/** Ends a choice on the page and gives the focus to the page. */
export function endPicking(): void {
  useDesk.setState({ picking: null });
  document.getElementById('view')?.focus();
}

/** Which part of a page that is captured in parts a composite is: from 0, of how many; null for any other. */
export function partOf(composite: CompositeView): { readonly at: number; readonly of: number } | null {
  const { parts } = useDesk.getState();
  const { area, form } = composite;
  if (parts === null || area === null || form !== 'region') return null;
  const at = parts.areas.findIndex((part) => part.x === area.x && part.y === area.y && part.width === area.width);
  return at < 0 ? null : { at, of: parts.areas.length };
}

/** Remembers which exhibit a part of a page became. */
export function notePart(composite: CompositeView, exhibit: string): void {
  const part = partOf(composite);
  if (part !== null) useDesk.setState(({ parts }) => (parts === null ? {} : { parts: { ...parts, kept: { ...parts.kept, [part.at]: exhibit } } }));
}
