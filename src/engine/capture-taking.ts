import { CodedError, isCoded } from '../record/coded-error.js';
import type { Composite } from '../cdp/capture.js';
import type { CaptureForm, CaptureWanted, SeriesWanted } from '../cdp/capture-request.js';
import type { EvidenceBrowser } from '../cdp/evidence-browser.js';
import { demand, type CaseContext } from './case-context.js';

/** A capture that is being taken. */
interface Running {
  readonly form: CaptureForm;
  readonly stop: AbortController;
  /** Ends a series with what it has. */
  readonly finish: AbortController;
  /** Rows of pixels, or pictures of a series. */
  done: number;
  total: number;
}

/** A capture on its way into memory: one at a time, with progress, to be cancelled, and told of in the record where it breaks. Nothing is stored here. */
export class CaptureTaking {
  readonly #context: CaseContext;
  #running: Running | null = null;

  constructor(context: CaseContext) {
    this.#context = context;
  }

  /** Whether one is being taken. */
  get running(): boolean {
    return this.#running !== null;
  }

  /** The series that is being taken: its pictures so far, and how many there may be. */
  get series(): { readonly done: number; readonly most: number } | null {
    const running = this.#running;
    return running?.form === 'series' ? { done: running.done, most: running.total } : null;
  }

  /**
   * Does `work`, which takes the picture by what it is given, as the one capture that is under way.
   *
   * @throws CodedError `case.*`, `capture.busy`, and whatever `work` throws, once the record tells of it
   */
  async during<T>(wanted: CaptureWanted | SeriesWanted, work: (take: (browser: EvidenceBrowser) => Promise<Composite>) => Promise<T>): Promise<T> {
    demand(this.#context, 'capture');
    if (this.#running !== null) throw new CodedError('capture.busy', 'A capture is being made already. Wait for it, or cancel it.');
    const running: Running = { form: wanted.form, stop: new AbortController(), finish: new AbortController(), done: 0, total: 0 };
    this.#running = running;
    const { announce } = this.#context;
    try {
      return await work((browser) => this.#take(browser, wanted, running));
    } catch (error) {
      await this.#tellBroken(error, running);
      throw error;
    } finally {
      this.#running = null;
      announce.progressDone();
      announce.changed();
    }
  }

  /** Cancels a capture that is being taken. */
  cancel(): void {
    this.#running?.stop.abort();
  }

  /** Ends a series with the pictures that it has. */
  finish(): void {
    this.#running?.finish.abort();
  }

  async #take(browser: EvidenceBrowser, wanted: CaptureWanted | SeriesWanted, running: Running): Promise<Composite> {
    const { announce } = this.#context;
    const step = wanted.form === 'series' ? 'Taking pictures' : 'Taking the page';
    const tell = (done: number, total: number): void => {
      Object.assign(running, { done, total });
      announce.progress('capture', step, done, total, true);
    };
    tell(0, wanted.form === 'series' ? wanted.count : 0);
    if (wanted.form !== 'series') return browser.compose(wanted, tell, running.stop.signal);
    const onPicture = (done: number, most: number): void => {
      tell(done, most);
      announce.changed();
    };
    return browser.composeSeries(wanted, { onPicture, finish: running.finish.signal, signal: running.stop.signal });
  }

  /** A halt tells of itself. */
  async #tellBroken(error: unknown, { form, stop, done, total }: Running): Promise<void> {
    const { record, stopped, locked } = this.#context;
    if (stopped || !isCoded(error)) return;
    const view = record.state.view?.id ?? null;
    if (locked || stop.signal.aborted) {
      await record.add('capture-cancelled', [locked ? 'app' : record.state.heldBy], { view, form, why: locked ? 'locked' : 'reviewer', done, total });
    } else if (error.code.startsWith('capture.')) {
      await record.add('capture-refused', [record.state.heldBy], { view, code: error.code, sentence: error.sentence });
    }
  }
}
