import { LockKeyhole, Megaphone } from 'lucide-react';
import { useState } from 'react';
import type { ExportResult } from '../../../src/ipc/contract.js';
import { client } from '../../client.js';
import { count, grouped, size } from '../../logic/format.js';
import { goTo, setMade, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { FilePath } from '../../ui/file-path.js';
import { FieldError } from '../../ui/field-error.js';
import { Foot } from '../../ui/foot.js';
import { PageHeading } from '../../ui/heading.js';
import { Note } from '../../ui/note.js';
import { useAction } from '../../ui/use-action.js';
import { Words } from '../../ui/words.js';
import { ShowFile } from './show-file.js';
import { chooseCopy } from './copies-made.js';

/** What was made: where it is, the words to read aloud, and the passphrase that is shown this once. */
export function ExportDone({ made, onAnother }: { readonly made: ExportResult; readonly onAnother: () => void }) {
  const [leaving, setLeaving] = useState(false);
  // The next thing that somebody who practises does.
  const practising = useScreens((screens) => screens.app?.practice !== undefined);
  const action = useAction();
  const check = (): void => {
    void action.run(async () => {
      await client.call('bundle.check', { path: made.path });
      goTo('verify');
    });
  };
  const leave = (): void => {
    if (made.passphrase !== null && !leaving) {
      setLeaving(true);
      return;
    }
    setMade(null);
    goTo('home');
  };
  return (
    <div className="export stack-wide">
      <PageHeading title="The bundle is made" />
      {made.passphrase !== null && (
        <section className="stack">
          <h2 className="row"><LockKeyhole size={22} aria-hidden="true" />Secret: the passphrase of the bundle</h2>
          <Note tone="warn"><p><b>It is shown only once. Write it down now.</b> Give it by another route than the bundle: by telephone or in person, never in the same email or envelope.</p></Note>
          <Words words={made.passphrase.split(' ')} label="Passphrase of the bundle" secret />
        </section>
      )}
      <section className="stack">
        <h2 className="row"><Megaphone size={22} aria-hidden="true" />Not secret: read these words to whoever receives it</h2>
        <p>Whoever receives the bundle writes them down. A check of the bundle shows the same words, if it is the one that you sent.</p>
        <Words words={made.words} label="Words of the bundle" />
      </section>
      <h2>What was made</h2>
      <dl className="answers">
        <div className="answers-row"><dt>Bundle</dt><dd><FilePath path={made.path} /></dd><dd><ShowFile path={made.path} /></dd></div>
        {made.verifyPage !== null && <div className="answers-row"><dt>Page that checks it</dt><dd><FilePath path={made.verifyPage} />. It opens in any browser. Hand it over with the bundle.</dd></div>}
        {made.receipt !== null && <div className="answers-row"><dt>Receipt</dt><dd><FilePath path={made.receipt} />. One page to print: whoever receives the bundle signs it.</dd></div>}
        <div className="answers-row"><dt>In it</dt><dd>{count(made.files, 'file')}, {size(made.bytes)} in all</dd></div>
        <div className="answers-row"><dt>Fingerprint, in full</dt><dd className="mono small">{grouped(made.tagManifest)}</dd></div>
      </dl>
      {made.receipt === null && <Note tone="warn"><p>The receipt could not be written beside the bundle. You can save it later: open the case and choose “Save the receipt”.</p></Note>}
      {made.passphrase === null && <p className="row"><Button large onPress={() => { chooseCopy(made.export); setMade(null); goTo('hand-over'); }}>Write down who receives it</Button><Button large onPress={onAnother}>Make another bundle</Button></p>}
      <Foot button={<><Button look={practising ? 'plain' : 'primary'} large onPress={leave}>{leaving ? 'It is written down. Back to the case' : 'Back to the case'}</Button><Button look={practising ? 'primary' : 'plain'} large pending={action.pending} onPress={check}>Check this bundle</Button></>}>
        {leaving && <div role="alert"><Note tone="warn"><p>The passphrase cannot be shown again. If it is written down, press the button once more.</p></Note></div>}
        {action.problems.map(({ sentence }) => <FieldError key={sentence} id="check-error">{sentence}</FieldError>)}
      </Foot>
    </div>
  );
}
