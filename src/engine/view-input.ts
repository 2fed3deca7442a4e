import type { ViewInput as CanvasInput } from '../ipc/investigate-contract.js';
import type { ViewInput } from '../cdp/input.js';

/** What a reviewer did on the canvas, as the browser takes it. */
export function fromCanvas(event: CanvasInput): ViewInput {
  switch (event.type) {
    case 'mouse': {
      const { x, y, button, buttons, clicks, modifiers } = event;
      return { kind: 'mouse', type: event.event, x, y, button, buttons, clickCount: clicks, modifiers };
    }
    case 'wheel': {
      const { x, y, deltaX, deltaY, modifiers } = event;
      return { kind: 'wheel', x, y, deltaX, deltaY, modifiers };
    }
    case 'key': {
      const { key, code, text, modifiers } = event;
      return { kind: 'key', type: event.event, key, code, text, modifiers };
    }
    case 'text':
      return { kind: 'text', text: event.text };
  }
}
