import { createHmac } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { aesCounter } from './aes-counter.js';
import type { CarriedAsked, CarriedKeys } from './carried-cipher.js';

/* Reads or writes an encrypted bundle on a thread of its own. Nothing but Node and the file beside it may be imported: both lie outside the archive that the app is installed as. */

const { key, authenticationKey, writing } = workerData as CarriedKeys;
const turn = aesCounter(key);
const code = createHmac('sha1', authenticationKey);
let block = 1;

parentPort?.on('message', (asked: CarriedAsked) => {
  if (asked === 'code') {
    parentPort?.postMessage(Uint8Array.from(code.digest()));
    return;
  }
  // The code is over what is encrypted.
  if (!writing) code.update(asked);
  turn(asked, block);
  if (writing) code.update(asked);
  block += asked.length / 16;
  parentPort?.postMessage(asked, [asked.buffer as ArrayBuffer]);
});
