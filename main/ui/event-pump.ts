import type { EventName } from '../../src/ipc/contract.js';

/** Sends one event to the page; the promise settles when the page has taken it. */
export type SendEvent = (name: EventName, value: unknown) => Promise<void>;

/** Carries events to a page that may be slower than the engine. */
export interface EventPump {
  push(name: EventName, value: unknown): void;
  /** Forgets what waits, for a page that has gone. */
  clear(): void;
}

/**
 * Events go one at a time and in order. A frame waits in a place of its own that a newer frame takes, so a slow page
 * shows the newest picture and never a queue of old ones. A `blank` waits for nothing and empties that place, so that no
 * frame from before a halt can follow it. Every other event is delivered.
 *
 * @param report hears of an event that could not be delivered, once each
 */
export function createEventPump(send: SendEvent, report: (error: unknown) => void): EventPump {
  let waiting: { name: EventName; value: unknown }[] = [];
  let frame: { value: unknown } | null = null;
  let busy = false;

  async function run(): Promise<void> {
    busy = true;
    for (let next = waiting.shift() ?? takeFrame(); next !== null; next = waiting.shift() ?? takeFrame()) await deliver(next.name, next.value);
    busy = false;
  }

  async function deliver(name: EventName, value: unknown): Promise<void> {
    try {
      await send(name, value);
    } catch (error) {
      report(error);
    }
  }

  function takeFrame(): { name: EventName; value: unknown } | null {
    const taken = frame;
    frame = null;
    return taken === null ? null : { name: 'frame', value: taken.value };
  }

  return {
    push(name, value): void {
      if (name === 'blank') {
        frame = null;
        void deliver(name, value);
        return;
      }
      if (name === 'frame') frame = { value };
      else waiting.push({ name, value });
      if (!busy) void run();
    },
    clear(): void {
      waiting = [];
      frame = null;
    },
  };
}
