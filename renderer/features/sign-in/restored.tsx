import { count, size } from '../../logic/format.js';
import { setRestored, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Note } from '../../ui/note.js';

/** What was just taken from a backup; nothing otherwise. */
export function Restored() {
  const restored = useScreens((screens) => screens.restored);
  if (restored === null) return null;
  return (
    <div role="status">
      <Note tone={restored.damaged === 0 ? 'plain' : 'warn'}>
        <p><b>The cases were taken from the backup:</b> {count(restored.files, 'file')}, {size(restored.bytes)}.</p>
        <p>Sign in with the passphrases that you had when the backup was made.</p>
        {restored.damaged > 0 && <p><b>{count(restored.damaged, 'evidence file')} in the backup {restored.damaged === 1 ? 'was' : 'were'} missing or damaged.</b> When you have signed in, use “Check everything” under “Register and settings” to see which.</p>}
        <p><Button look="link" onPress={() => { setRestored(null); }}>We have both read this</Button></p>
      </Note>
    </div>
  );
}
