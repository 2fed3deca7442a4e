import { ArrowLeft, ArrowRight, Lock, LockOpen, RotateCw, X } from 'lucide-react';
import { useState } from 'react';
import type { PageView } from '../../../src/ipc/state.js';
import type { CallName } from '../../../src/ipc/contract.js';
import { client } from '../../client.js';
import { addressParts } from '../../logic/format.js';
import { attempt } from '../../store.js';
import { Button } from '../../ui/button.js';

type Plain = Extract<CallName, 'browse.back' | 'browse.forward' | 'browse.reload' | 'browse.stop'>;

/** Back, forward, reload or stop, and the address. */
export function BrowserBar({ page }: { readonly page: PageView | null }) {
  const go = (name: Plain): void => { attempt(client.call(name, {})); };
  const loading = page?.loading === true;
  return (
    <div className="browser-bar">
      <Button square aria-label="Back" isDisabled={page?.canGoBack !== true} onPress={() => { go('browse.back'); }}><ArrowLeft size={20} aria-hidden="true" /></Button>
      <Button square aria-label="Forward" isDisabled={page?.canGoForward !== true} onPress={() => { go('browse.forward'); }}><ArrowRight size={20} aria-hidden="true" /></Button>
      {loading
        ? <Button square aria-label="Stop loading" onPress={() => { go('browse.stop'); }}><X size={20} aria-hidden="true" /></Button>
        : <Button square aria-label="Reload" isDisabled={page?.view == null} onPress={() => { go('browse.reload'); }}><RotateCw size={19} aria-hidden="true" /></Button>}
      <Address url={page?.url ?? ''} />
      <span className="unseen" role="status">{loading ? 'The page is loading' : ''}</span>
      {loading && <span className="loading-line" aria-hidden="true" />}
    </div>
  );
}

function Address({ url }: { readonly url: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = addressParts(url);
  const Icon = url.startsWith('https:') ? Lock : LockOpen;
  const submit = (): void => {
    const wanted = (typed ?? '').trim();
    if (wanted === '' || wanted === url) return;
    attempt(client.call('browse.goto', { url: wanted }).then(() => { setTyped(null); }));
  };
  return (
    <form className="address" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {url !== '' && <Icon className="address-icon" size={18} aria-label={url.startsWith('https:') ? 'Encrypted connection' : 'Connection not encrypted'} role="img" />}
      <input
        id="address" className={typed === null ? 'address-input address-still' : 'address-input'} aria-label="Address" value={typed ?? url} placeholder="Type or paste an address" spellCheck={false} autoComplete="off"
        maxLength={16_384} onChange={(event) => { setTyped(event.target.value); }} onFocus={(event) => { event.target.select(); }} onBlur={() => { if (typed === url) setTyped(null); }}
        onKeyDown={(event) => { if (event.key === 'Escape') setTyped(null); }}
      />
      {typed === null && url !== '' && <span className="address-shown" aria-hidden="true">{shown.before}<b>{shown.host}</b>{shown.after}</span>}
    </form>
  );
}
