import { useCallback, useEffect, useRef, useState } from 'react';
import { CodedError } from '../../../src/record/coded-error.js';
import type { CallArguments } from '../../../src/ipc/contract.js';
import type { FlagListView } from '../../../src/ipc/lists-contract.js';
import { client } from '../../client.js';
import { sendFile } from '../../ui/send-file.js';

/** Where an import stands: asked for, being read (bytes so far), or waiting for both signatures. */
export type ImportStage = { readonly stage: 'asking' } | { readonly stage: 'reading'; readonly sent: number } | { readonly stage: 'signing' };

/** An import of one list. Leaving the page lets go of it. */
export interface ListImport {
  readonly now: ImportStage;
  /** Hands the file over. @throws CodedError: nothing is kept of it, and it is asked for again */
  read(details: Omit<CallArguments<'lists.import.begin'>, 'size'>, file: File): Promise<void>;
  /** Keeps the list. @throws CodedError `auth.*`: it still waits; anything else: it is asked for again */
  finish(credentials: Omit<CallArguments<'lists.import.finish'>, 'id'>): Promise<FlagListView>;
  cancel(): void;
}

interface Running {
  id: string | null;
  readonly giveUp: AbortController;
}

const ASKING: ImportStage = { stage: 'asking' };

/** State of an import. `onHold` keeps both on the page from the moment in which a file is being read. */
export function useListImport(onHold: (held: boolean) => void): ListImport {
  const [now, setNow] = useState<ImportStage>(ASKING);
  const running = useRef<Running | null>(null);
  const letGo = useCallback(() => {
    if (running.current !== null) abandon(running.current);
    running.current = null;
  }, []);
  const held = now.stage !== 'asking';
  useEffect(() => {
    onHold(held);
    return () => { onHold(false); };
  }, [held, onHold]);
  useEffect(() => letGo, [letGo]);
  const again = (): void => {
    letGo();
    setNow(ASKING);
  };
  return {
    now,
    cancel: again,
    async read(details, file) {
      const mine: Running = { id: null, giveUp: new AbortController() };
      running.current = mine;
      setNow({ stage: 'reading', sent: 0 });
      try {
        const { id } = await client.call('lists.import.begin', { ...details, size: file.size });
        mine.id = id;
        await sendFile(file, mine.giveUp.signal, (base64) => client.call('lists.import.piece', { id, base64 }), (sent) => { if (running.current === mine) setNow({ stage: 'reading', sent }); });
        setNow({ stage: 'signing' });
      } catch (error) {
        if (mine.giveUp.signal.aborted) {
          abandon(mine);
          return;
        }
        again();
        throw error instanceof DOMException ? new CodedError('lists.unreadable', 'The file could not be read. Check that it is still there, then choose it again.') : error;
      }
    },
    async finish(credentials) {
      try {
        const list = await client.call('lists.import.finish', { id: running.current?.id ?? '', ...credentials });
        running.current = null;
        setNow(ASKING);
        return list;
      } catch (error) {
        if (!(error instanceof CodedError && error.code.startsWith('auth.'))) again();
        throw error;
      }
    },
  };
}

/** Stops handing over, and tells the engine to forget what it has. */
function abandon({ id, giveUp }: Running): void {
  giveUp.abort();
  if (id !== null) client.call('lists.import.cancel', { id }).catch(() => undefined);
}
