import type { EventEmitter } from 'node:events';

/** An event of which the listener can say that what it tells of shall not happen. */
export interface Stoppable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** A fresh event, with what Electron puts into it. */
export function stoppable<T extends object>(about: T): T & Stoppable {
  let prevented = false;
  return Object.defineProperties({ ...about }, {
    defaultPrevented: { get: () => prevented },
    preventDefault: { value: () => { prevented = true; } },
  }) as T & Stoppable;
}

/** `on` and `once` of any object of Electron's: each gives itself back, which is as many types as there are objects. */
export type Listening = (event: string, listener: (...args: never[]) => void) => never;

/** `on` or `once` of one of Electron's objects, over an emitter; its own hundred overloads are given to it where it is used. */
export function listening(emitter: EventEmitter, how: 'on' | 'once'): Listening {
  return ((event: string, listener: (...args: unknown[]) => void) => emitter[how](event, listener)) as unknown as Listening;
}
