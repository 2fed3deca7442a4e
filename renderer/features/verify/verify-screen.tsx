import { useEffect, useRef, useState } from 'react';
import type { VerifyView } from '../../../src/ipc/verify-contract.js';
import type { AppState } from '../../../src/ipc/state.js';
import { CodedError } from '../../../src/record/coded-error.js';
import { client } from '../../client.js';
import { goTo, setJudged, useScreens, type Screens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Page } from '../../ui/page.js';
import { useAction } from '../../ui/use-action.js';
import { ChooseBundle } from './choose-bundle.js';
import { SavePage } from './save-page.js';
import { verifyFile, type VerifyOptions } from './send-bundle.js';
import { Verdict } from './verdict.js';
import './verify.css';

/** Checks a bundle, chosen here or `offered` because the app was opened with it; needs nobody to be signed in. */
export function VerifyScreen({ offered }: { readonly offered: AppState['offered'] | null }) {
  const back = useScreens(wayBack);
  const justMade = useScreens((screens) => screens.made !== null);
  const [chosen, setFile] = useState<File | null>(null);
  const bundle = chosen ?? offered ?? null;
  const [found, setFound] = useState<VerifyView | null>(null);
  const [read, setRead] = useState<number | null>(null);
  const cancelling = useRef<AbortController | null>(null);
  const action = useAction(fieldOf);
  useEffect(() => {
    setJudged(found !== null);
    return () => { setJudged(false); };
  }, [found]);
  const check = async (options: VerifyOptions): Promise<void> => {
    if (bundle === null) return;
    const controller = new AbortController();
    cancelling.current = controller;
    setRead(chosen === null ? bundle.size ?? 0 : 0);
    await action.run(async () => {
      try {
        setFound(chosen !== null ? await verifyFile(chosen, options, controller.signal, setRead) : offered == null ? null : await client.call('verify.offered', { id: offered.id, ...options }));
      } catch (error) {
        if (!controller.signal.aborted) throw error instanceof DOMException ? new CodedError('verify.unreadable', 'The file could not be read. Check that it is still there, then try again.') : error;
      }
    });
    setRead(null);
  };
  const cancel = (): void => {
    cancelling.current?.abort();
    // The reading stops either way; work in the engine may have ended by itself already.
    client.call('work.cancel', {}).catch(() => undefined);
  };
  const again = (): void => {
    setFound(null);
    setFile(null);
    if (offered != null) client.call('verify.cancel', { id: offered.id }).catch(() => undefined);
  };
  return (
    <Page wide brand="Check a bundle" actions={<Button onPress={() => { goTo('home'); }}>{back}</Button>}>
      {found === null || bundle === null
        ? <ChooseBundle file={bundle} offered={chosen === null && offered != null} encrypted={chosen === null ? offered?.encrypted ?? null : null} ownPaper={justMade && chosen === null && offered != null} onFile={setFile} onCheck={(options) => { void check(options); }} onCancel={cancel} read={read} action={action}>{read === null && <SavePage />}</ChooseBundle>
        : <Verdict file={bundle} found={found} onAgain={again} />}
    </Page>
  );
}

/** Where they came from: a bundle that was just made and whose passphrase still stands there, a case, the cases, or nobody has signed in. */
function wayBack({ app, made }: Screens): string {
  if (made !== null) return 'Back to the new bundle';
  if (app?.case != null) return 'Back to the case';
  return app?.signedIn == null ? 'Back to sign in' : 'Back to the cases';
}

function fieldOf(code: string): string | undefined {
  if (code.includes('passphrase') || code === 'bundle.encrypted') return 'bundle-passphrase';
  return code.includes('root') || code.includes('fingerprint') ? 'bundle-root' : undefined;
}
