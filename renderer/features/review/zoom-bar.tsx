import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { Button } from '../../ui/button.js';

/** Sizes that the buttons go through: screen pixels for one pixel of the picture. */
const STEPS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const;

/** The next size up or down; from fitting the width it begins at the picture's own size. */
export function nextZoom(zoom: number | null, up: boolean): number {
  if (zoom === null) return up ? 1.5 : 0.5;
  const [first] = STEPS;
  return up ? (STEPS.find((step) => step > zoom) ?? 4) : (STEPS.findLast((step) => step < zoom) ?? first);
}

/** Larger, smaller, fit the width; the same with + - 0 where the picture has the focus. */
export function ZoomBar({ zoom, onZoom }: { readonly zoom: number | null; readonly onZoom: (zoom: number | null) => void }) {
  return (
    <div className="row zoom-bar" role="group" aria-label="Size of the picture">
      <Button square aria-label="Smaller" aria-keyshortcuts="-" onPress={() => { onZoom(nextZoom(zoom, false)); }}><ZoomOut size={20} aria-hidden="true" /></Button>
      <span className="mono small zoom-now" aria-live="polite">{zoom === null ? 'Fit' : `${Math.round(zoom * 100)}%`}</span>
      <Button square aria-label="Larger" aria-keyshortcuts="+" onPress={() => { onZoom(nextZoom(zoom, true)); }}><ZoomIn size={20} aria-hidden="true" /></Button>
      <Button isDisabled={zoom === null} onPress={() => { onZoom(null); }}><Maximize2 size={18} aria-hidden="true" />Fit the width</Button>
    </div>
  );
}
