import { describe, expect, test } from '@jest/globals';
import { createEventPump } from '../../../main/ui/event-pump.js';

/** A page that takes each event only when it is told to. */
function slowPage(): { send: (name: string, value: unknown) => Promise<void>; taken: string[]; take: () => Promise<void>; fail: () => Promise<void> } {
  const taken: string[] = [];
  const open: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
  return {
    taken,
    send: (name, value) => {
      taken.push(value === undefined ? name : `${name} ${JSON.stringify(value)}`);
      return new Promise((resolve, reject) => { open.push({ resolve, reject }); });
    },
    take: async () => { open.shift()?.resolve(); await turn(); },
    fail: async () => { open.shift()?.reject(new Error('gone')); await turn(); },
  };
}

describe('the event pump', () => {
  test('sends one event at a time and keeps only the newest frame', async () => {
    const page = slowPage();
    const pump = createEventPump(page.send, () => undefined);
    pump.push('frame', 1);
    for (let i = 2; i <= 9; i += 1) pump.push('frame', i);
    pump.push('state', 'a');
    pump.push('entries', 'b');
    expect(page.taken).toEqual(['frame 1']);
    await page.take();
    await page.take();
    await page.take();
    expect(page.taken).toEqual(['frame 1', 'state "a"', 'entries "b"', 'frame 9']);
  });

  test('a blank waits for nothing and takes the waiting frame with it', async () => {
    const page = slowPage();
    const pump = createEventPump(page.send, () => undefined);
    pump.push('frame', 1);
    pump.push('frame', 2);
    pump.push('blank', undefined);
    expect(page.taken).toEqual(['frame 1', 'blank']);
    await page.take();
    await page.take();
    expect(page.taken).toEqual(['frame 1', 'blank']);
  });

  test('an event that cannot be delivered is reported and holds nothing up', async () => {
    const page = slowPage();
    const errors: unknown[] = [];
    const pump = createEventPump(page.send, (error) => { errors.push(error); });
    pump.push('state', 1);
    pump.push('state', 2);
    await page.fail();
    expect(page.taken).toEqual(['state 1', 'state 2']);
    expect(errors).toHaveLength(1);
  });
});
