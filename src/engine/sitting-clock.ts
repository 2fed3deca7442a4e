import type { EntryData } from '../record/kinds.js';
import type { CaseContext } from './case-context.js';
import { checkBySntp, ownClock, zoneAt } from './clock-check.js';

/** What a check needs of its case. */
type Checked = Pick<CaseContext, 'ports' | 'settings' | 'record'>;

/** A check that is under way. */
interface Running {
  readonly written: Promise<void>;
  /** Does not wait for the time server any longer. */
  cutShort(): void;
}

/**
 * The checks of the computer's clock in one sitting, at its start and at its end: its time zone, and how far a time server is
 * ahead where one is set. Browsing does not wait for them, and none is lost because the sitting ends or the app locks meanwhile:
 * what the server had not answered until then is written down as that.
 */
export class SittingClock {
  readonly #context: () => Checked;
  #running: Running | null = null;

  constructor(context: () => Checked) {
    this.#context = context;
  }

  /** Begins a check, once one that is under way is written. Resolves when it is written, or cannot be. */
  async check(): Promise<void> {
    await this.settle();
    this.#running = begin(this.#context());
    await this.#running.written;
  }

  /** Gives a check that is under way `waitMs` more; resolves once it is written, or cannot be. */
  async settle(waitMs = 0): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    const timer = waitMs > 0 ? setTimeout(() => { running.cutShort(); }, waitMs) : null;
    if (timer === null) running.cutShort();
    await running.written;
    if (timer !== null) clearTimeout(timer);
  }
}

function begin({ ports, settings, record }: Checked): Running {
  const { sntpServer } = settings();
  const zone = zoneAt(ports.clock.now());
  let cutShort: () => void = () => undefined;
  const asked = async (): Promise<EntryData<'clock-check'>> => {
    if (sntpServer === null || ports.sntp === undefined) return ownClock(ports.clock.now());
    const cut = new Promise<EntryData<'clock-check'>>((done) => {
      cutShort = () => { done({ how: 'sntp', offsetMs: null, server: sntpServer, note: 'There was no time to wait for its answer.' }); };
    });
    return { ...(await Promise.race([cut, checkBySntp(sntpServer, { ...ports, sntp: ports.sntp })])), ...zone };
  };
  const written = asked().then((data) => record.add('clock-check', ['app'], data)).then(() => undefined, () => undefined);
  return { written, cutShort: () => { cutShort(); } };
}
