import { ArrowLeft, ArrowRight, Globe, Lock, LockOpen, RotateCw, X } from 'lucide-react';
import { useState } from 'react';
import type { CaseView, PageView } from '../../../src/ipc/case-view.js';
import type { CallName } from '../../../src/ipc/contract.js';
import { client } from '../../client.js';
import { addressParts } from '../../logic/format.js';
import { attempt } from '../../store.js';
import { Button } from '../../ui/button.js';
import { ReportedMenu } from './reported-menu.js';
import { LookingSwitches } from './looking-switches.js';
import './browser-bar.css';

type Plain = Extract<CallName, 'browse.back' | 'browse.forward' | 'browse.reload' | 'browse.stop'>;

/** Back, forward, reload or stop, and the address. */
export function BrowserBar({ page, browsing, looking, reported }: { readonly page: PageView | null; readonly browsing: boolean; readonly looking: CaseView['looking']; readonly reported: readonly string[] }) {
  const go = (name: Plain): void => { attempt(client.call(name, {})); };
  const loading = page?.loading === true;
  return (
    <div className="browser-bar">
      <Button square aria-label="Back" isDisabled={page?.canGoBack !== true} onPress={() => { go('browse.back'); }}><ArrowLeft size={20} aria-hidden="true" /></Button>
      <Button square aria-label="Forward" isDisabled={page?.canGoForward !== true} onPress={() => { go('browse.forward'); }}><ArrowRight size={20} aria-hidden="true" /></Button>
      {loading
        ? <Button square aria-label="Stop loading" onPress={() => { go('browse.stop'); }}><X size={20} aria-hidden="true" /></Button>
        : <Button square aria-label="Reload" isDisabled={page?.view == null} onPress={() => { go('browse.reload'); }}><RotateCw size={19} aria-hidden="true" /></Button>}
      <Address url={page === null || page.url === 'about:blank' ? '' : page.url} disabled={!browsing} />
      <ReportedMenu addresses={reported} disabled={!browsing} />
      <LookingSwitches looking={looking} disabled={!browsing} />
      <span className="unseen" role="status">{loading ? 'The page is loading' : ''}</span>
      {loading && <span className="loading-line" aria-hidden="true" />}
    </div>
  );
}

function AddressIcon({ url }: { readonly url: string }) {
  if (url === '') return <Globe className="address-icon" size={18} aria-hidden="true" />;
  const encrypted = url.startsWith('https:');
  const Icon = encrypted ? Lock : LockOpen;
  return <Icon className="address-icon" size={18} role="img" aria-label={encrypted ? 'Encrypted connection' : 'Connection not encrypted'} />;
}

function Address({ url, disabled }: { readonly url: string; readonly disabled: boolean }) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = addressParts(url);
  const submit = (): void => {
    const wanted = (typed ?? '').trim();
    if (wanted === '' || wanted === url) return;
    attempt(client.call('browse.goto', { url: wanted }).then(() => { setTyped(null); }));
  };
  return (
    <form className="address" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <AddressIcon url={url} />
      <input
        id="address" className={typed === null ? 'address-input address-still' : 'address-input'} aria-label="Address" value={typed ?? url} placeholder={disabled ? 'Start the browser first' : 'Type or paste an address'} disabled={disabled} spellCheck={false} autoComplete="off"
        maxLength={16_384} onChange={(event) => { setTyped(event.target.value); }} onFocus={(event) => { event.target.select(); }} onBlur={() => { if (typed === url) setTyped(null); }}
        onKeyDown={(event) => { if (event.key === 'Escape') setTyped(null); }}
      />
      {typed === null && url !== '' && <span className="address-shown" aria-hidden="true">{shown.before}<b>{shown.host}</b>{shown.after}</span>}
    </form>
  );
}
