import { expect } from '@jest/globals';
import type { App } from '../../src/engine/app.js';
import type { RecordItem } from '../../src/ipc/case-view.js';
import { dispatch } from '../../src/ipc/dispatch.js';
import type { AppState } from '../../src/ipc/state.js';

/** Stands for the screens of an app in this process: calls it as they do, and counts the frames and blanks that it is sent. */
export class Screens {
  readonly app: App;
  frames = 0;
  blanks = 0;
  #waiting: (() => void)[] = [];

  constructor(running: App) {
    this.app = running;
    running.onEvent((name) => {
      if (name === 'frame') this.frames += 1;
      if (name === 'blank') this.blanks += 1;
      if (name === 'state' || name === 'progress') for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** The whole answer to a call, also where it is refused. */
  async call(name: string, input: unknown = {}): Promise<Record<string, unknown>> {
    return { ...(await dispatch(this.app.handlers, name, input, (error) => { throw error; })) };
  }

  /** The value of a call that may not be refused. */
  async ok<T>(name: string, input: unknown = {}): Promise<T> {
    const answer = await this.call(name, input);
    expect([name, answer['ok'] === true ? 'ok' : answer['sentence']]).toEqual([name, 'ok']);
    return answer['value'] as T;
  }

  async state(): Promise<AppState> {
    return this.ok<AppState>('state.get');
  }

  /** The first thousand lines of the record. */
  async lines(): Promise<readonly RecordItem[]> {
    return (await this.ok<{ items: RecordItem[] }>('record.list', { from: 0, count: 1_000 })).items;
  }

  /** What kind of entry each of {@link lines} is. */
  async kinds(): Promise<string[]> {
    return (await this.lines()).map((item) => item.kind);
  }

  /** Waits until the state is as wanted, looking after each change. */
  async until(wanted: (state: AppState) => boolean): Promise<AppState> {
    for (;;) {
      const changed = new Promise<void>((resolve) => this.#waiting.push(resolve));
      const state = await this.state();
      if (wanted(state)) return state;
      await changed;
    }
  }
}
