import { EventEmitter } from 'node:events';

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

/**
 * `on` or `once` of one of Electron's objects, over an emitter. Electron types each event apart, in a hundred overloads; what is
 * called is always this one function, so that the type is taken from `electron.d.ts` as it is.
 */
export function listening<T>(emitter: EventEmitter, how: 'on' | 'once'): T {
  return ((event: string, listener: (...args: unknown[]) => void) => emitter[how](event, listener)) as T;
}
