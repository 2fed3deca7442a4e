import { useEffect, useState } from 'react';
import { client } from '../../client.js';
import { day } from '../../logic/format.js';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { problemOf } from '../../ui/error-summary.js';
import { Note } from '../../ui/note.js';
import { WorkProgress } from '../../ui/progress.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { Finished } from '../../ui/status.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';
import { SheetSteps, type MadeSheet } from './sheet-steps.js';

/** Who holds the recovery sheet, and the way to a new one. The words are in this page's own state until two of them were read back, and nowhere else. */
export function RecoverySheetPage({ onHold, ...props }: RegisterPageProps & { readonly onHold: (held: boolean) => void }) {
  const [made, setMade] = useState<MadeSheet | null>(null);
  const [holder, setHolder] = useState<string | null>(null);
  const held = made !== null;
  useEffect(() => {
    onHold(held);
    return () => { onHold(false); };
  }, [held, onHold]);
  if (made !== null) {
    const finish = (kept: boolean): void => {
      setMade(null);
      setHolder(kept ? made.holder : null);
    };
    return <SheetSteps app={props.app} sheet={made} onFinish={finish} />;
  }
  if (holder !== null) return <SheetKept holder={holder} />;
  return <MakeSheet {...props} onMade={setMade} />;
}

function MakeSheet({ admin, signedIn, onMade }: RegisterPageProps & { readonly onMade: (sheet: MadeSheet) => void }) {
  const [holder, setHolder] = useState('');
  const signatures = useSignatures(signedIn);
  const action = useAction((code) => (code === 'recovery.holder-is-reviewer' ? 'holder' : undefined));
  const { recoverySheet } = admin;
  const make = async (): Promise<void> => {
    if (!action.check([...(holder.trim() === '' ? [{ field: 'holder', sentence: 'Enter who will keep the sheet' }] : []), ...signatures.missing()])) return;
    const credentials = signatures.take();
    await action.run(async () => {
      const { words } = await client.call('recovery.make', { ...credentials, holder: holder.trim() });
      onMade({ words, holder: holder.trim(), at: new Date().toISOString() });
    });
  };
  return (
    <RegisterForm
      title="Recovery sheet" action={action} submit={recoverySheet === null ? 'Sign and make the sheet' : 'Sign and make a new sheet'} onSubmit={() => { void make(); }}
      intro={<p className="lead">A sheet of paper with 24 words. If one of you cannot sign in any more, the other reviewer and this sheet can enrol a replacement. It does nothing else, and it opens nothing by itself.</p>}
    >
      {recoverySheet === null
        ? <Note tone="warn"><p><b>There is no recovery sheet.</b> If only one of you could still sign in, nobody could open the cases on this computer.</p></Note>
        : <Note><p><b>{recoverySheet.holder}</b> holds the sheet of {day(recoverySheet.at)}.</p><p>When you make a new one, the words on that sheet no longer work. Make a new one if it was lost, or if anybody may have read it.</p></Note>}
      <TextField id="holder" label="Who will keep the sheet?" hint="Full name. Somebody with a safe who is not a reviewer and never becomes one." value={holder} onChange={setHolder} error={problemOf(action.problems, 'holder')} />
      <p className="measure">Have a printer or a pen ready before you go on. The words are shown once.</p>
      <SignatureCards reviewers={signedIn} signatures={signatures} problems={action.problems} />
      <WorkProgress task="reviewers" />
    </RegisterForm>
  );
}

function SheetKept({ holder }: { readonly holder: string }) {
  return (
    <Finished title="The sheet is on paper">
      <p>Give it to <b>{holder}</b> now, to be kept in a safe. Destroy every older sheet: its words no longer work.</p>
      <p>The words are gone from this computer. Nobody can show them again.</p>
      <Button onPress={() => { goTo('register'); }}>Back to register and settings</Button>
    </Finished>
  );
}
