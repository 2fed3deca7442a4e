import type { Handlers } from '../ipc/dispatch.js';
import { CodedError } from '../record/coded-error.js';
import type { AppContext } from './app.js';
import { recordItem } from './app-state.js';
import type { Shown } from './app-shown.js';
import type { CaseRecord } from './case-record.js';
import { entryView } from './entry-facts.js';

/** What the screens ask about the one case that is open, as a whole. */
export class CaseCalls {
  readonly #context: AppContext;
  readonly #shown: Shown;
  #followed: CaseRecord | null = null;

  constructor(context: AppContext, shown: Shown) {
    this.#context = context;
    this.#shown = shown;
  }

  /** Lines reach the screens as they are stored, from now on those of the case that is open now. */
  follow(): null {
    const { engine } = this.#context;
    const { record } = engine.openedCase.context;
    if (this.#followed === record) return this.#shown.done();
    this.#followed = record;
    record.onEntry((entry) => {
      // What is written while the app locks is read when both are back.
      if (engine.lockView === null) this.#shown.emit('entries', { items: [recordItem(entry)] });
      this.#shown.changed();
    });
    return this.#shown.done();
  }

  get handlers(): Pick<Handlers, 'case.open' | 'case.show' | 'case.close' | 'record.entry' | 'record.list'> {
    const { engine, ports, exports } = this.#context;
    return {
      'case.open': async (opening) => {
        const id = await engine.openCase(opening);
        this.follow();
        return { id };
      },
      'case.show': async ({ id }) => {
        await engine.showCase(id);
        return this.follow();
      },
      'case.close': async () => {
        await engine.closeCase();
        exports.length = 0;
        return this.#shown.done();
      },
      'record.entry': async ({ seq }) => {
        const [entry] = await engine.openedCase.context.record.read(seq, seq + 1);
        if (entry === undefined) throw new CodedError('record.no-entry', 'There is no such entry in this case.');
        return entryView(entry, ports.sha256);
      },
      'record.list': async ({ from, count }) => {
        if (engine.case === null) throw new CodedError('case.none-open', 'No case is open. Open one first.');
        const { record } = engine.case.context;
        return { items: (await record.read(from, from + count)).map(recordItem), total: record.count };
      },
    };
  }
}
