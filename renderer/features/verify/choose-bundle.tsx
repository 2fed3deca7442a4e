import { FileArchive } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../ui/button.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { FileDrop } from '../../ui/file-drop.js';
import { PageHeading } from '../../ui/heading.js';
import { PassphraseField } from '../../ui/passphrase-field.js';
import { ProgressBar, WorkProgress } from '../../ui/progress.js';
import { TextField } from '../../ui/text-field.js';
import type { Action } from '../../ui/use-action.js';
import { MadeHere } from './made-here.js';
import type { VerifyOptions } from './send-bundle.js';

/** A bundle that is to be checked; `size` is null for a folder. */
export interface Bundle {
  readonly name: string;
  readonly size: number | null;
}

/** Props of {@link ChooseBundle}; `read` is how many bytes have been handed over, null while nothing is checked. */
export interface ChooseBundleProps {
  readonly file: Bundle | null;
  /** It is the one that the app was opened with, or that was chosen from those made here. */
  readonly offered: boolean;
  /** Whether it needs a passphrase; null where nobody knows yet. */
  readonly encrypted: boolean | null;
  /** It was made just now, and its passphrase stands on the paper of whoever checks it. */
  readonly ownPaper: boolean;
  readonly onFile: (file: File) => void;
  readonly onCheck: (options: VerifyOptions) => void;
  readonly onCancel: () => void;
  readonly read: number | null;
  readonly action: Action;
  /** Stands below the form. */
  readonly children?: ReactNode;
}

/** Asks for the file, and for what is known besides. */
export function ChooseBundle({ file, offered, encrypted, ownPaper, onFile, onCheck, onCancel, read, action, children }: ChooseBundleProps) {
  const [passphrase, setPassphrase] = useState('');
  const [root, setRoot] = useState('');
  // What comes next for a bundle that was not dropped here.
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => { if (offered) first.current?.querySelector('input')?.focus(); }, [offered]);
  const submit = (): void => {
    if (!action.check(file === null ? [{ field: 'bundle-file', sentence: 'Choose the bundle first' }] : [])) return;
    onCheck({ passphrase: passphrase === '' ? null : passphrase, root: root.trim() === '' ? null : root.trim() });
    setPassphrase('');
  };
  return (
    <Form className="choose stack-wide" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <ErrorSummary problems={action.problems} />
      <div className="stack-tight">
        <PageHeading title="Has this bundle been changed?" />
        <p className="lead">{file === null ? 'Choose the bundle’s ZIP file. It' : 'The bundle'} is read on this computer and sent nowhere.</p>
      </div>
      <FileDrop id="bundle-file" label="Drop the bundle here" icon={FileArchive} file={file} onFile={onFile} disabled={read !== null} />
      {file === null && <MadeHere action={action} />}
      <div ref={first} className="stack-wide">
        {encrypted !== false && <PassphraseField id="bundle-passphrase" label={encrypted === true ? 'Passphrase of the bundle' : 'Passphrase (only if the bundle is encrypted)'} value={passphrase} onChange={setPassphrase} hint={ownPaper ? 'Type it from your paper. That shows that it is written down right.' : 'The sender gives it to you by another route.'} error={problemOf(action.problems, 'bundle-passphrase')} />}
        {!ownPaper && <TextField id="bundle-root" label="Fingerprint of the school (optional)" hint="From the school’s printed enrolment sheet, as words or as letters and figures. Without it you can compare the words afterwards." value={root} onChange={setRoot} maxLength={1_000} error={problemOf(action.problems, 'bundle-root')} />}
      </div>
      {read === null ? <Button type="submit" look="primary" large>Check the bundle</Button> : <Checking total={file?.size ?? 0} read={read} onCancel={onCancel} />}
      {children}
    </Form>
  );
}

function Checking({ total, read, onCancel }: { readonly total: number; readonly read: number; readonly onCancel: () => void }) {
  return (
    <div className="card stack" role="status">
      {read < total ? <ProgressBar label="Reading the file" done={read} total={total} /> : <ReadDone />}
      <Button onPress={onCancel}>Stop checking</Button>
    </div>
  );
}

function ReadDone() {
  return <div className="stack-tight"><p>Checking hashes, signatures and the record.</p><WorkProgress task="verify" cancel={false} /></div>;
}
