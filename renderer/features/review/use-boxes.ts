import { useCallback, useReducer } from 'react';
import type { Box } from '../../logic/boxes.js';

interface Drawn {
  readonly boxes: readonly Box[];
  /** Place of the box that keys act on; null for none. */
  readonly selected: number | null;
}

interface Kept extends Drawn {
  readonly past: readonly Drawn[];
}

type Step = { readonly do: 'put'; readonly box: Box } | { readonly do: 'change'; readonly at: number; readonly box: Box } | { readonly do: 'remove'; readonly at: number } | { readonly do: 'select'; readonly at: number | null } | { readonly do: 'undo' };

/** So many steps can be taken back. */
const MOST_STEPS = 200;

/** Boxes while they are drawn, with what was before. */
export function useBoxes() {
  const [kept, dispatch] = useReducer(after, { boxes: [], selected: null, past: [] });
  return {
    ...kept,
    canUndo: kept.past.length > 0,
    put: useCallback((box: Box) => { dispatch({ do: 'put', box }); }, []),
    change: useCallback((at: number, box: Box) => { dispatch({ do: 'change', at, box }); }, []),
    remove: useCallback((at: number) => { dispatch({ do: 'remove', at }); }, []),
    select: useCallback((at: number | null) => { dispatch({ do: 'select', at }); }, []),
    undo: useCallback(() => { dispatch({ do: 'undo' }); }, []),
  };
}

function after(kept: Kept, step: Step): Kept {
  const { boxes, selected, past } = kept;
  const next = (drawn: Drawn): Kept => ({ ...drawn, past: [...past, { boxes, selected }].slice(-MOST_STEPS) });
  switch (step.do) {
    case 'put':
      return next({ boxes: [...boxes, step.box], selected: boxes.length });
    case 'change':
      return next({ boxes: boxes.map((box, at) => (at === step.at ? step.box : box)), selected });
    case 'remove':
      return next({ boxes: boxes.filter((_, at) => at !== step.at), selected: boxes.length <= 1 ? null : Math.min(step.at, boxes.length - 2) });
    case 'select':
      return { ...kept, selected: step.at };
    case 'undo': {
      const last = past.at(-1);
      return last === undefined ? kept : { ...last, past: past.slice(0, -1) };
    }
  }
}
