import { useState } from 'react';
import { client } from '../../client.js';
import { goTo, setRestored, useScreens } from '../../store.js';
import { problemOf } from '../../ui/error-summary.js';
import { FolderField } from '../../ui/folder-field.js';
import { Note } from '../../ui/note.js';
import { Page } from '../../ui/page.js';
import { WorkProgress } from '../../ui/progress.js';
import { QuestionPage } from '../../ui/question-page.js';
import { useAction } from '../../ui/use-action.js';

/** Takes everything from a backup, before this computer is set up. */
export function RestoreScreen() {
  const [folder, setFolder] = useState('');
  const action = useAction((code) => (code.startsWith('restore.') || code.startsWith('folders.') || code.startsWith('backup.') ? 'folder' : undefined));
  const busy = useScreens((screens) => screens.progress?.task === 'restore');
  const restore = async (): Promise<void> => {
    if (!action.check(folder.trim() === '' ? [{ field: 'folder', sentence: 'Choose the folder that holds the backup' }] : [])) return;
    await action.run(async () => { setRestored(await client.call('backup.restore', { folder: folder.trim() })); });
  };
  return (
    <Page>
      <QuestionPage
        title="Take the cases from a backup" problems={action.problems} submit="Take the cases from this backup" pending={action.pending} onSubmit={() => { void restore(); }}
        onBack={action.pending || busy ? undefined : () => { goTo('home'); }} intro={<p className="lead">Everything that the backup holds is copied to this computer: reviewers, cases and settings. The backup itself stays as it is.</p>}
        aside={<WorkProgress task="restore" />}
      >
        <FolderField id="folder" label="Where is the backup?" hint="Put the disk in, then choose the folder that the backup was made in." purpose="read" value={folder} onChange={setFolder} error={problemOf(action.problems, 'folder')} disabled={action.pending} />
        <Note>
          <p><b>Afterwards, sign in with the passphrases that you had when the backup was made.</b></p>
          <p>A case belongs to the computer that opened it. On another computer it can be read, checked and exported, but not continued.</p>
        </Note>
      </QuestionPage>
    </Page>
  );
}
