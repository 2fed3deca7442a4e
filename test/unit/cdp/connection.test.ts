import { describe, expect, test } from '@jest/globals';
import { CdpConnection, isEvent, type CdpEvent } from '../../../src/cdp/connection.js';
import type { CdpTransport } from '../../../src/cdp/transport.js';

/** A transport whose other end is the test. */
class TestTransport implements CdpTransport {
  readonly sent: { id: number; method: string; sessionId?: string }[] = [];
  #message: (message: string) => void = () => undefined;
  #close: () => void = () => undefined;

  send(message: string): void {
    this.sent.push(JSON.parse(message) as { id: number; method: string });
  }
  onMessage(listener: (message: string) => void): void {
    this.#message = listener;
  }
  onClose(listener: () => void): void {
    this.#close = listener;
  }
  close(): void {
    this.#close();
  }
  give(message: object | string): void {
    this.#message(typeof message === 'string' ? message : JSON.stringify(message));
  }
}

describe('the connection', () => {
  test('gives each answer to the command that asked, in whatever order they come', async () => {
    const transport = new TestTransport();
    const { root } = new CdpConnection(transport);
    const first = root.send('Browser.getVersion');
    const second = root.send('Target.getTargets');
    transport.give({ id: 2, result: { targetInfos: [] } });
    transport.give({ id: 1, result: { product: 'Chrome/1' } });
    await expect(first).resolves.toEqual({ product: 'Chrome/1' });
    await expect(second).resolves.toEqual({ targetInfos: [] });
  });

  test('names the session in each message, and the session of each event', () => {
    const transport = new TestTransport();
    const connection = new CdpConnection(transport);
    const events: CdpEvent[] = [];
    connection.onEvent((event) => events.push(event));
    connection.session('S1').tell('Page.enable');
    transport.give({ method: 'Page.loadEventFired', params: { timestamp: 1 }, sessionId: 'S1' });
    transport.give({ method: 'Target.targetDestroyed', params: { targetId: 'T' } });
    expect(transport.sent[0]).toMatchObject({ method: 'Page.enable', sessionId: 'S1' });
    expect(events.map((event) => event.session.id)).toEqual(['S1', null]);
    expect(events.map((event) => isEvent(event, 'Page.loadEventFired'))).toEqual([true, false]);
  });

  test('an error answer, no answer, a target that goes and a browser that goes are told apart', async () => {
    const transport = new TestTransport();
    const connection = new CdpConnection(transport);
    const refused = connection.root.send('Browser.getVersion');
    const unanswered = connection.root.send('Browser.getVersion', undefined, 1);
    const orphaned = connection.session('S1').send('Page.enable');
    transport.give({ id: 1, error: { code: -32000, message: 'no' } });
    await expect(refused).rejects.toMatchObject({ code: 'browser.refused', where: 'Browser.getVersion' });
    await expect(unanswered).rejects.toMatchObject({ code: 'browser.no-answer' });
    transport.give({ method: 'Target.detachedFromTarget', params: { sessionId: 'S1' } });
    await expect(orphaned).rejects.toMatchObject({ code: 'browser.closed' });
    const cut = connection.root.send('Browser.getVersion');
    let told = 0;
    connection.onClose(() => (told += 1));
    transport.close();
    transport.close();
    await expect(cut).rejects.toMatchObject({ code: 'browser.closed' });
    await expect(connection.root.send('Browser.getVersion')).rejects.toMatchObject({ code: 'browser.closed' });
    expect(told).toBe(1);
  });

  test('answers to nobody are ignored, and what is not JSON ends the connection', async () => {
    const transport = new TestTransport();
    const connection = new CdpConnection(transport);
    transport.give({ id: 99, result: {} });
    transport.give({ nothing: true });
    expect(connection.closed).toBe(false);
    const waiting = connection.root.send('Browser.getVersion');
    transport.give('{"id":1,');
    await expect(waiting).rejects.toMatchObject({ code: 'browser.closed' });
    expect(connection.closed).toBe(true);
  });
});
