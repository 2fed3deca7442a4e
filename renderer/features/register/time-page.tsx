import { Plus } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../client.js';
import { Button } from '../../ui/button.js';
import { problemOf, type Problem } from '../../ui/error-summary.js';
import { Status } from '../../ui/status.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

interface Authority {
  readonly name: string;
  readonly url: string;
  readonly rootPem: string;
}

const NOTHING: Authority = { name: '', url: '', rootPem: '' };

/** Services that sign the time (RFC 3161): up to two. */
export function TimePage({ admin }: RegisterPageProps) {
  const [authorities, setAuthorities] = useState<readonly Authority[]>(admin.timeAuthorities);
  const [saved, setSaved] = useState(false);
  const action = useAction();
  const edit = (changed: readonly Authority[]): void => {
    setSaved(false);
    setAuthorities(changed);
  };
  const save = async (): Promise<void> => {
    setSaved(false);
    if (!action.check(authorities.flatMap(problemsOf))) return;
    setSaved(await action.run(() => client.call('time.save', { authorities: authorities.map((each) => ({ name: each.name, url: each.url, rootPem: each.rootPem.trim() })) })));
  };
  return (
    <RegisterForm
      title="Time stamps" action={action} submit="Save" onSubmit={() => { void save(); }} status={<Status>{saved && (authorities.length === 0 ? 'Saved. No time stamps are asked for.' : 'Saved. Time stamps are asked for from now on.')}</Status>}
      intro={
        <>
          <p className="lead">A time stamping authority is an outside service that signs: this record existed at this time. Then nobody has to trust this computer’s clock.</p>
          <p>The service gets a fingerprint of the record and nothing else: no address, no name, no picture. If it cannot be reached, the work goes on, and the record says that a stamp is missing.</p>
        </>
      }
    >
      {authorities.length === 0 && <p className="muted">No service is set. Times in the record are this computer’s own.</p>}
      {authorities.map((authority, at) => (
        <AuthorityFields
          key={at} at={at} value={authority} problems={action.problems} onChange={(changed) => { edit(authorities.map((each, index) => (index === at ? changed : each))); }}
          onRemove={() => { edit(authorities.filter((_, index) => index !== at)); }}
        />
      ))}
      {authorities.length < 2 && <Button onPress={() => { edit([...authorities, NOTHING]); }}><Plus size={18} aria-hidden="true" />{authorities.length === 0 ? 'Add a service' : 'Add a second service'}</Button>}
    </RegisterForm>
  );
}

function AuthorityFields({ at, value, problems, onChange, onRemove }: { readonly at: number; readonly value: Authority; readonly problems: readonly Problem[]; readonly onChange: (value: Authority) => void; readonly onRemove: () => void }) {
  const title = at === 0 ? 'First service' : 'Second service';
  const field = (key: keyof Authority) => ({ id: `${key}-${at}`, value: value[key], onChange: (text: string) => { onChange({ ...value, [key]: text }); }, error: problemOf(problems, `${key}-${at}`) });
  return (
    <div className="card stack register-card" role="group" aria-label={title}>
      <div className="row row-spread"><h2>{title}</h2><Button look="link" onPress={onRemove}>Remove<span className="unseen"> the {title.toLowerCase()}</span></Button></div>
      <TextField {...field('name')} label="Name" hint="As it should stand in the record." />
      <TextField {...field('url')} label="Address" hint="Begins with http:// or https://. Your network must allow this computer to reach it." maxLength={2_000} />
      <TextArea {...field('rootPem')} label="Root certificate" hint={<>The service publishes it. Paste all of it, from <span className="whole">-----BEGIN CERTIFICATE-----</span> to <span className="whole">-----END CERTIFICATE-----</span>.</>} rows={6} mono />
    </div>
  );
}

function problemsOf({ name, url, rootPem }: Authority, at: number): Problem[] {
  const which = at === 0 ? 'first' : 'second';
  return [
    ...(name.trim() === '' ? [{ field: `name-${at}`, sentence: `Enter the name of the ${which} service` }] : []),
    ...(/^https?:\/\/[^\s/]+/i.test(url.trim()) ? [] : [{ field: `url-${at}`, sentence: `Enter the ${which} service’s address, beginning with http:// or https://` }]),
    ...(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/.test(rootPem.trim()) ? [] : [{ field: `rootPem-${at}`, sentence: `Paste the ${which} service’s root certificate, with its first and last lines` }]),
  ];
}
