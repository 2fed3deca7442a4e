import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Commands } from './driven-browser.js';

/**
 * Firefox's own wire for WebDriver, which geckodriver speaks too: `LENGTH:[0, id, name, parameters]` there and `LENGTH:[1, id, error, result]`
 * back, over TCP (Firefox source docs, "Marionette Protocol").
 */
export class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, { done: (result: unknown) => void; failed: (error: Error) => void }>();
  #received = Buffer.alloc(0);
  #last = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => { this.#take(bytes); });
    socket.on('close', () => {
      for (const { failed } of this.#waiting.values()) failed(new Error('Firefox has closed the line'));
    });
    socket.on('error', () => undefined);
  }

  static async connect(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Marionette(socket);
  }

  async send(name: string, parameters: object = {}): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    const text = JSON.stringify([0, id, name, parameters]);
    const answer = new Promise((done, failed) => { this.#waiting.set(id, { done, failed }); });
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    return answer;
  }

  /** As {@link send}, for commands that answer with one value. */
  async value(name: string, parameters: object = {}): Promise<unknown> {
    return (await this.send(name, parameters) as { value?: unknown } | null)?.value;
  }

  get commands(): Commands {
    return {
      navigate: (url) => this.send('WebDriver:Navigate', { url }),
      setTimeouts: (timeouts) => this.send('WebDriver:SetTimeouts', timeouts),
      findElement: (value) => this.value('WebDriver:FindElement', { using: 'css selector', value }),
      elementSendKeys: (id, text) => this.send('WebDriver:ElementSendKeys', { id, text }),
      elementClear: (id) => this.send('WebDriver:ElementClear', { id }),
      elementClick: (id) => this.send('WebDriver:ElementClick', { id }),
      elementText: (id) => this.value('WebDriver:GetElementText', { id }),
      executeScript: (script) => this.value('WebDriver:ExecuteScript', { script, args: [] }),
      takeScreenshot: () => this.value('WebDriver:TakeScreenshot', { full: true }),
    };
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (let colon = this.#received.indexOf(':'); colon > 0; colon = this.#received.indexOf(':')) {
      const end = colon + 1 + Number(this.#received.subarray(0, colon).toString());
      if (this.#received.length < end) return;
      const message: unknown = JSON.parse(this.#received.subarray(colon + 1, end).toString());
      this.#received = this.#received.subarray(end);
      // The first message is Firefox's greeting.
      if (Array.isArray(message)) this.#answer(message);
    }
  }

  #answer([, id, error, result]: unknown[]): void {
    const waiting = this.#waiting.get(id as number);
    this.#waiting.delete(id as number);
    if (error === null) waiting?.done(result);
    else waiting?.failed(new Error(JSON.stringify(error)));
  }
}
