import { CodedError } from '../record/coded-error.js';
import type { Answer, CallArguments, CallName, CallResult, EventName, Events } from './contract.js';

/** What a host puts into the page as `window.countersign`: two functions and nothing else. */
export interface Bridge {
  call(name: string, input: unknown): Promise<unknown>;
  /** Hears every event; gives a function that stops listening. */
  listen(listener: (name: string, value: unknown) => void): () => void;
}

/** The screens' side of the contract. */
export interface Client {
  /** @throws CodedError with the engine's code and sentence. */
  call<N extends CallName>(name: N, input: CallArguments<N>): Promise<CallResult<N>>;
  on<E extends EventName>(name: E, listener: (value: Events[E]) => void): () => void;
}

/** A client over a host's bridge. */
export function createClient(bridge: Bridge): Client {
  return {
    async call<N extends CallName>(name: N, input: CallArguments<N>): Promise<CallResult<N>> {
      const answer = (await bridge.call(name, input)) as Answer<CallResult<N>>;
      if (answer.ok) return answer.value;
      throw new CodedError(answer.code, answer.sentence, answer.who === undefined ? {} : { where: answer.who.join(' ') });
    },
    on<E extends EventName>(name: E, listener: (value: Events[E]) => void): () => void {
      return bridge.listen((event, value) => {
        if (event === name) listener(value as Events[E]);
      });
    },
  };
}
