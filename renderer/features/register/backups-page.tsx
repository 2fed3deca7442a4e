import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { BackupView } from '../../../src/ipc/admin-state.js';
import { client } from '../../client.js';
import { count, dateAndTime, listOf, shortDateAndTime } from '../../logic/format.js';
import { useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { FilePath } from '../../ui/file-path.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { FolderField } from '../../ui/folder-field.js';
import { Loading } from '../../ui/loading.js';
import { WorkProgress } from '../../ui/progress.js';
import { Status } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';
import { useLoaded } from '../../ui/use-loaded.js';
import { RegisterHeading, type RegisterPageProps } from './register-form.js';

const fetchBackups = async (): Promise<readonly BackupView[]> => (await client.call('backup.list', {})).backups;

/** Makes backups and lists those that were made. */
export function BackupsPage({ app }: RegisterPageProps) {
  const { loaded, reload } = useLoaded(fetchBackups);
  return (
    <div className="stack-wide">
      <RegisterHeading title="Backups"><p className="lead">A backup is a copy of everything on this computer that belongs to Countersign. It stays encrypted: it takes two reviewers to open it.</p></RegisterHeading>
      <MakeBackup onMade={reload} />
      <section className="stack">
        <h2>What a backup can and cannot do</h2>
        <ul className="bullets measure">
          <li>If this computer breaks, another can take the cases from the backup. There they can be read, checked and exported, but not continued.</li>
          <li>It opens with the passphrases that you had when it was made, even where a passphrase has changed since or a reviewer was removed.</li>
          <li>A destroyed case stays in every backup that was made before. Destroying a case names those backups, so that you can destroy them too.</li>
          <li>It holds nothing of what came after it. Make one after every sitting, and keep it away from this computer, in a locked place.</li>
        </ul>
      </section>
      <section className="stack">
        <h2>Backups that were made</h2>
        <Loading what="the list of backups" loaded={loaded} reload={reload}>{(backups) => <BackupList backups={backups} computer={app.computer.name} />}</Loading>
      </section>
    </div>
  );
}

function MakeBackup({ onMade }: { readonly onMade: () => void }) {
  const [folder, setFolder] = useState('');
  const [made, setMade] = useState<BackupView | null>(null);
  const action = useAction((code) => (code.startsWith('backup.') || code.startsWith('folders.') ? 'folder' : undefined));
  const busy = useScreens((screens) => screens.progress?.task === 'backup');
  const submit = async (): Promise<void> => {
    setMade(null);
    if (!action.check(folder.trim() === '' ? [{ field: 'folder', sentence: 'Choose a folder for the backup' }] : [])) return;
    await action.run(async () => {
      setMade(await client.call('backup.make', { folder: folder.trim() }));
      onMade();
    });
  };
  return (
    <Form className="stack" validationBehavior="aria" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <ErrorSummary problems={action.problems} />
      <FolderField id="folder" label="Where to?" hint="A disk that you can lock away, such as an encrypted USB disk." purpose="write" value={folder} onChange={setFolder} error={problemOf(action.problems, 'folder')} disabled={action.pending || busy} />
      {busy ? <div className="card register-card"><WorkProgress task="backup" /></div> : <Button type="submit" look="primary" large pending={action.pending}>Make a backup</Button>}
      <Status>{made !== null && <>The backup of {count(made.cases.length, 'case')} is made: <FilePath path={made.place} /></>}</Status>
    </Form>
  );
}

function BackupList({ backups, computer }: { readonly backups: readonly BackupView[]; readonly computer: string }) {
  if (backups.length === 0) return <p>No backup has been made yet. If {computer} breaks or is stolen, its cases are lost.</p>;
  return (
    <ul className="register-rows" aria-label="Backups">
      {[...backups].sort((a, b) => b.at.localeCompare(a.at)).map((backup) => (
        <li key={`${backup.at} ${backup.place}`}>
          <p><b>{dateAndTime(backup.at)}</b> <span className="muted">by {listOf(backup.by)}</span></p>
          <p><FilePath path={backup.place} /></p>
          <CasesIn backup={backup} />
        </li>
      ))}
    </ul>
  );
}

const MOST_NAMED = 12;

function CasesIn({ backup: { at, cases, destroyed } }: { readonly backup: BackupView }) {
  const [all, setAll] = useState(false);
  const named = all ? cases : cases.slice(0, MOST_NAMED);
  return (
    <p className="small muted wrap-anywhere">
      {cases.length === 0 ? 'No case' : `${count(cases.length, 'case')}: ${named.join(', ')}`}
      {named.length < cases.length && <> and <Button look="link" onPress={() => { setAll(true); }}>{cases.length - named.length} more<span className="unseen"> in the backup of {shortDateAndTime(at)}</span></Button></>}
      {destroyed > 0 && `, and ${count(destroyed, 'case')} destroyed since`}
    </p>
  );
}
