import { createClient, type Bridge, type Client } from '../src/ipc/client.js';

declare global {
  interface Window {
    /** Put here by the host before the first script of the page runs. */
    readonly countersign?: Bridge;
  }
}

/** Whether a host is there at all; without one there is nothing to show but a sentence. */
export const hasHost = window.countersign !== undefined;

const silent: Bridge = { call: () => Promise.reject(new Error('no host')), listen: () => () => undefined };

/** The engine, as the screens reach it. */
export const client: Client = createClient(window.countersign ?? silent);
