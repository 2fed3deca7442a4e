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
  const action = useAction(useCallback((code: string) => (code === 'settings.proxy' ? 'proxy' : code === 'settings.rdap' ? 'rdap' : code === 'settings.public-address' ? 'public-address' : code === 'settings.block-pages' ? shortPattern(blockPages) : undefined), [blockPages]));
  const edit = (part: Partial<NetworkView>): void => {
    setSaved(false);
    setNetwork((before) => ({ ...before, ...part }));
  };
  const save = async (): Promise<void> => {
    setSaved(false);
    if (!action.check(blockPageProblems(blockPages))) return;
    const given = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text.trim());
    setSaved(await action.run(() => client.call('network.save', { proxy: given(network.proxy), rdap: given(network.rdap), publicAddress: given(network.publicAddress), privateAddresses: network.privateAddresses, blockPages: blockPages.map((each) => ({ ...each, pattern: each.pattern.trim() })) })));
  };
  return (
    <RegisterForm
      title="Network" action={action} submit="Save" onSubmit={() => { void save(); }} status={<Status>{saved && 'Saved. It applies from the next time that the browser starts.'}</Status>}
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
        options={[{ id: 'yes', title: 'Yes', meaning: 'For example to look at a page of your own server. The record says that the page was inside.' }, { id: 'no', title: 'No', meaning: 'They are refused, and the record says so.' }]}
        value={network.privateAddresses ? 'yes' : 'no'} onChange={(answer) => { edit({ privateAddresses: answer === 'yes' }); }}
      />
      <h2>Who is behind a site</h2>
      <TextField
        id="rdap" label="Register to ask (optional)" hint="Used only when you ask who is behind a page. The usual one, https://rdap.org, sends each question on to the register that knows. Leave it empty, and nobody is asked. With a proxy set, nobody is asked either." value={network.rdap ?? ''} maxLength={500}
        onChange={(text) => { edit({ rdap: text }); }} error={problemOf(action.problems, 'rdap')}
      />
      <TextField
        id="public-address" label="Service that tells this computer’s public address (optional)" hint="Asked along with the register, so that a reader can find this computer in a site’s own log. It answers with the address alone, as plain text or JSON." value={network.publicAddress ?? ''} maxLength={500}
        onChange={(text) => { edit({ publicAddress: text }); }} error={problemOf(action.problems, 'public-address')}
      />
      <BlockPages value={blockPages} problems={action.problems} onChange={(changed) => { edit({ blockPages: changed }); }} />
    </RegisterForm>
  );
}
