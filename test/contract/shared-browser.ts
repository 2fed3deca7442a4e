import { startEvidenceProcess, type EvidenceProcess } from '../../main/chromium/evidence-host.js';
import { openEvidenceBrowser, type EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import type { EvidenceHostPort, EvidenceSink, Policy } from '../../src/cdp/facts.js';
import type { CdpTransport } from '../../src/cdp/transport.js';
import { systemClock, testBrowser, VIEWPORT } from './chromium-host.js';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: { readonly browserContextIds?: readonly string[] };
}

/** Numbers of our own commands begin here, so that no answer is taken for one to the evidence browser's. */
const OWN = 1_000_000_000;

/**
 * One browser process for a whole test file, since starting one takes longer than most tests. Each {@link open} puts a
 * whole evidence browser together over it, as the product does over a fresh one: gate, listeners, off-the-record context
 * and page are all new, and everything of the one before is disposed of. Only the processes are the same. One that was
 * frozen is killed, and the next one started.
 */
export class SharedBrowser {
  #running: Promise<EvidenceProcess> | null = null;
  #lease: Lease | null = null;

  /** A fresh evidence browser; the one before must have been closed. */
  async open(sink: EvidenceSink, policy: Policy): Promise<EvidenceBrowser> {
    this.#running ??= startEvidenceProcess({ browser: testBrowser(), viewport: VIEWPORT });
    const { host, clientHints } = await this.#running;
    this.#lease ??= new Lease(host, () => {
      this.#running = null;
      this.#lease = null;
    });
    return openEvidenceBrowser({ ...this.#lease.lend(), viewport: VIEWPORT, policy, sink, clock: systemClock, ...clientHints });
  }

  /** Ends the processes. */
  async end(): Promise<void> {
    await (await this.#running)?.host.kill();
    this.#running = null;
    this.#lease = null;
  }
}

/** Lends one process's transport to one evidence browser after another. */
class Lease {
  readonly #host: EvidenceProcess['host'];
  readonly #spent: () => void;
  readonly #answers = new Map<number, (message: Message) => void>();
  #listener: (message: string) => void = () => undefined;
  #closed: () => void = () => undefined;
  #next = OWN;
  #frozen = false;
  /** The browser has one trace: what the one before began goes on for the next, and what is ending has to end first, which can take seconds. */
  #tracing: 'off' | 'on' | 'ending' = 'off';
  #traced: () => void = () => undefined;

  constructor(host: EvidenceProcess['host'], spent: () => void) {
    this.#host = host;
    this.#spent = spent;
    host.transport.onMessage((text) => this.#receive(text));
    host.transport.onClose(() => {
      spent();
      this.#closed();
    });
  }

  /** The transport and the host for one evidence browser. */
  lend(): { transport: CdpTransport; host: EvidenceHostPort } {
    let open = true;
    const transport: CdpTransport = {
      send: (text) => {
        if (open) this.#send(text);
      },
      onMessage: (listener) => {
        this.#listener = (text) => {
          if (open) listener(text);
        };
      },
      onClose: (listener) => {
        this.#closed = () => {
          if (open) listener();
          open = false;
        };
      },
      close: () => this.#closed(),
    };
    const freeze = (): void => {
      this.#frozen = true;
      this.#host.freeze();
    };
    return { transport, host: { freeze, kill: () => this.#giveBack() } };
  }

  async #giveBack(): Promise<void> {
    if (this.#frozen) {
      this.#spent();
      return this.#host.kill();
    }
    await this.#command('Target.setAutoAttach', { autoAttach: false, waitForDebuggerOnStart: false, flatten: true });
    const { result } = await this.#command('Target.getBrowserContexts', {});
    for (const browserContextId of result?.browserContextIds ?? []) await this.#command('Target.disposeBrowserContext', { browserContextId });
    await this.#command('Fetch.disable', {});
  }

  #send(text: string): void {
    const { id, method } = JSON.parse(text) as Message;
    const answered = method === 'Browser.close' || (method === 'Tracing.start' && this.#tracing === 'on');
    // The one trace goes on, and the process stays for the next.
    if (answered) return void setImmediate(() => this.#listener(JSON.stringify({ id, result: {} })));
    if (method === 'Tracing.start' && this.#tracing === 'ending') return void (this.#traced = () => this.#send(text));
    if (method === 'Tracing.start') this.#tracing = 'on';
    if (method === 'Tracing.end') this.#tracing = 'ending';
    this.#host.transport.send(text);
  }

  #receive(text: string): void {
    if (text.startsWith(`{"id":${String(OWN).slice(0, 1)}`) && text.length < 10_000) {
      const message = JSON.parse(text) as Message;
      const answer = this.#answers.get(message.id ?? 0);
      this.#answers.delete(message.id ?? 0);
      if (answer !== undefined) return answer(message);
    }
    if (text.startsWith('{"method":"Tracing.tracingComplete"')) {
      this.#tracing = 'off';
      this.#listener(text);
      this.#traced();
      this.#traced = () => undefined;
      return;
    }
    this.#listener(text);
  }

  #command(method: string, params: object): Promise<Message> {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#host.transport.send(JSON.stringify({ id, method, params }));
    });
  }
}
