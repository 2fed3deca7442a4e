import type { EventName, Events } from '../ipc/contract.js';
import type { CaseView } from '../ipc/case-view.js';
import type { AppState, Progress, SetUpDraftView } from '../ipc/state.js';
import type { Announcer } from './case-context.js';

/** Hears every event of the app. */
export type EventListener = (name: EventName, value: unknown) => void;

/** What the screens show besides the engine's own state, and the events by which they hear of either. */
export class Shown {
  readonly #listeners = new Set<EventListener>();
  readonly #snapshot: () => AppState;
  #queued = false;
  #progress: Progress | null = null;
  #alert: AppState['alert'] = null;
  /** Cases whose eight words go on paper, after a sign-out. */
  farewell: AppState['farewell'] = null;
  /** A set-up that was begun and left. */
  draft: SetUpDraftView | null;
  /** Bundles that were made since both signed in. */
  readonly exports: CaseView['exports'][number][] = [];

  /** `snapshot` gives the state as it is when the screens are sent it. */
  constructor(snapshot: () => AppState, draft: SetUpDraftView | null) {
    this.#snapshot = snapshot;
    this.draft = draft;
  }

  /** Gives a function that stops listening. */
  onEvent(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit<N extends EventName>(name: N, value: Events[N]): void {
    for (const listener of this.#listeners) listener(name, value);
  }

  /** Sends the state soon; many changes in a row are sent once. */
  changed(): void {
    if (this.#queued) return;
    this.#queued = true;
    setImmediate(() => {
      this.#queued = false;
      this.emit('state', this.#snapshot());
    });
  }

  /** {@link changed}, as the answer of a call that answers nothing. */
  done(): null {
    this.changed();
    return null;
  }

  get progress(): Progress | null {
    return this.#progress;
  }

  setProgress(next: Progress | null): void {
    this.#progress = next;
    this.emit('progress', next);
  }

  /** Shows that something takes its time while `work` is done. */
  async during<T>(task: Progress['task'], step: string, work: () => Promise<T>): Promise<T> {
    this.setProgress({ task, step, done: 0, total: 0, canCancel: false });
    try {
      return await work();
    } finally {
      this.setProgress(null);
    }
  }

  get alert(): AppState['alert'] {
    return this.#alert;
  }

  setAlert(alert: AppState['alert']): void {
    this.#alert = alert;
    this.changed();
  }

  /** How the engine speaks to the screens. */
  get announcer(): Announcer {
    return {
      changed: () => { this.changed(); },
      blank: () => { this.emit('blank', {}); },
      frame: (mediaType, data) => { this.emit('frame', { mediaType, base64: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') }); },
      progress: (task, step, done, total, canCancel) => { this.setProgress({ task, step, done, total, canCancel }); },
      progressDone: () => { this.setProgress(null); },
      alert: (code, sentence) => { this.setAlert({ code, sentence }); },
    };
  }
}
