import { useCallback, useState } from 'react';
import type { NetworkView } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { RadioGroup } from '../../ui/choices.js';
import { problemOf } from '../../ui/error-summary.js';
import { Status } from '../../ui/status.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { blockPageProblems, BlockPages, shortPattern } from './block-pages.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

/** The way to the internet: the proxy, the school's own network, and how the filter shows itself. */
export function NetworkPage({ app }: RegisterPageProps) {
  const [network, setNetwork] = useState<NetworkView>(app.network);
  const [saved, setSaved] = useState(false);
  const { blockPages } = network;
  const action = useAction(useCallback((code: string) => (code === 'settings.proxy' ? 'proxy' : code === 'settings.block-pages' ? shortPattern(blockPages) : undefined), [blockPages]));
  const edit = (part: Partial<NetworkView>): void => {
    setSaved(false);
    setNetwork((before) => ({ ...before, ...part }));
  };
  const save = async (): Promise<void> => {
    setSaved(false);
    if (!action.check(blockPageProblems(blockPages))) return;
    const proxy = network.proxy?.trim() ?? '';
    setSaved(await action.run(() => client.call('network.save', { proxy: proxy === '' ? null : proxy, privateAddresses: network.privateAddresses, blockPages: blockPages.map((each) => ({ ...each, pattern: each.pattern.trim() })) })));
  };
  return (
    <RegisterForm
      title="Network" action={action} submit="Save" onSubmit={() => { void save(); }} status={<Status>{saved && 'Saved. It holds from the next start of the browser on.'}</Status>}
      intro={<p className="lead">How the browser for evidence reaches the internet. Fill this in with your network manager.</p>}
    >
      <h2>The way out</h2>
      <TextField
        id="proxy" label="Proxy (optional)" hint="Its name and port, such as proxy.example.org:8080. Everything then goes through it. Leave it empty, and the browser uses what this computer is set to." value={network.proxy ?? ''} maxLength={300}
        onChange={(text) => { edit({ proxy: text }); }} error={problemOf(action.problems, 'proxy')}
      />
      <section className="stack-tight">
        <h3>If your filter opens secure connections</h3>
        <p>Many school filters open secure connections, look inside, and close them again with a certificate of their own. The record then shows the filter’s certificate where the site’s would stand, and with a proxy it can show the proxy’s address where the site’s would stand. The record keeps what this computer was shown. Ask your network manager for the name on the filter’s certificate, so that you can explain it to whoever reads the record.</p>
      </section>
      <h2>The school’s own network</h2>
      <RadioGroup
        id="private-addresses" label="May addresses inside the school’s own network be opened?" hint="Such as 192.168.0.10, a name without a dot such as intranet, and this computer itself."
        options={[{ id: 'yes', title: 'Yes', meaning: 'For example to look at a page of your own server. The record says that it lay inside.' }, { id: 'no', title: 'No', meaning: 'They are refused, and the record says so.' }]}
        value={network.privateAddresses ? 'yes' : 'no'} onChange={(answer) => { edit({ privateAddresses: answer === 'yes' }); }}
      />
      <BlockPages value={blockPages} problems={action.problems} onChange={(changed) => { edit({ blockPages: changed }); }} />
    </RegisterForm>
  );
}
