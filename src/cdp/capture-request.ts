import type { Area } from './tiles.js';

/** A form that needs nothing more to be said. */
export type PlainForm = 'viewport' | 'full-page' | 'text';

/**
 * What is captured: the view as seen; the page from top to bottom; a rectangle of the page; what stands at a point of
 * the view (CSS pixels of the view); or the page's words and facts without pixels.
 */
export type CaptureWanted =
  | { readonly form: PlainForm }
  | { readonly form: 'region'; readonly area: Area }
  | { readonly form: 'element'; readonly point: { readonly x: number; readonly y: number } };

/** The view again and again: a picture every `everyMs`, `count` of them at most. */
export interface SeriesWanted {
  readonly form: 'series';
  readonly everyMs: number;
  readonly count: number;
}

/** The name of a form of capture. */
export type CaptureForm = CaptureWanted['form'] | SeriesWanted['form'];
