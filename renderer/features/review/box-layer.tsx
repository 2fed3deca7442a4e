import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import { arrowStep, boxBetween, movedBox, sizedBox, type Box } from '../../logic/boxes.js';
import type { Size } from '../../logic/view-input.js';

/** Props of {@link BoxLayer}; `covered` draws the boxes as the copy will have them. */
export interface BoxLayerProps {
  readonly image: Size;
  readonly boxes: readonly Box[];
  readonly selected: number | null;
  readonly covered: boolean;
  readonly onDrawn: (box: Box) => void;
  readonly onSelect: (at: number) => void;
  readonly onChange: (at: number, box: Box) => void;
  readonly onRemove: (at: number) => void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The boxes over a picture. The mouse draws new ones; each is a button that the arrow keys move. */
export function BoxLayer({ image, boxes, selected, covered, onDrawn, onSelect, onChange, onRemove }: BoxLayerProps) {
  const layer = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState<Point | null>(null);
  const [to, setTo] = useState<Point | null>(null);
  useEffect(() => {
    if (selected !== null) layer.current?.querySelector<HTMLElement>(`[data-box="${selected}"]`)?.focus();
  }, [selected, boxes.length]);
  const pointOf = (event: PointerEvent): Point => {
    const box = layer.current?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return { x: ((event.clientX - box.left) / box.width) * image.width, y: ((event.clientY - box.top) / box.height) * image.height };
  };
  const drawing = from !== null && to !== null ? boxBetween(from, to, image) : null;
  const end = (): void => {
    if (drawing !== null) onDrawn(drawing);
    setFrom(null);
    setTo(null);
  };
  const onKey = (at: number, box: Box) => (event: KeyboardEvent): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') onRemove(at);
    else {
      const step = arrowStep(event.key, event.ctrlKey || event.metaKey);
      if (step === null) return;
      onChange(at, event.shiftKey ? sizedBox(box, step.dx, step.dy, image) : movedBox(box, step.dx, step.dy, image));
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={layer} className={covered ? 'box-layer box-layer-covered' : 'box-layer'}
      onPointerDown={(event) => {
        if (event.button !== 0 || event.target !== event.currentTarget) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(pointOf(event));
        setTo(null);
      }}
      onPointerMove={(event) => { if (from !== null) setTo(pointOf(event)); }}
      onPointerUp={end}
      onPointerCancel={() => { setFrom(null); setTo(null); }}
    >
      {boxes.map((box, at) => (
        // Boxes have no name of their own but their place.
        <button
          key={`${at}`} type="button" data-box={at} className={at === selected ? 'box box-selected' : 'box'} style={placeOf(box, image)} onFocus={() => { if (selected !== at) onSelect(at); }} onKeyDown={onKey(at, box)}
          aria-label={`Box ${at + 1}: ${box.width} by ${box.height} pixels, ${box.x} from the left, ${box.y} from the top`}
        ><span aria-hidden="true">{at + 1}</span></button>
      ))}
      {drawing !== null && <span className="box box-drawing" style={placeOf(drawing, image)} />}
    </div>
  );
}

function placeOf(box: Box, image: Size): CSSProperties {
  return { left: `${(box.x / image.width) * 100}%`, top: `${(box.y / image.height) * 100}%`, width: `${(box.width / image.width) * 100}%`, height: `${(box.height / image.height) * 100}%` };
}
