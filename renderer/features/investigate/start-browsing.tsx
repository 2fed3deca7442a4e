import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { Note } from '../../ui/note.js';
import { WorkProgress } from '../../ui/progress.js';

/** What stands where the page will be, until the browser runs. */
export function StartBrowsing({ onStart, pending, subject }: { readonly onStart: () => void; readonly pending: boolean; readonly subject: string }) {
  return (
    <div className="start">
      <Empty title="Ready when you both are">
        {subject === 'staff' && <Note tone="warn"><p>This concerns a member of staff. Open only what the LADO or the police said that you may open.</p></Note>}
        <ul className="bullets">
          <li>Every address that you visit is recorded, for both of you. No picture is kept unless you capture it.</li>
          <li>Downloads, uploads, pop-up windows, the camera and the microphone are refused.</li>
          <li>If a page could show the sexual abuse of a child, press <kbd>F9</kbd> at once. Do not look again to be sure.</li>
        </ul>
        <Button look="primary" large onPress={onStart} pending={pending}>Start the browser</Button>
        <WorkProgress task="start" />
      </Empty>
    </div>
  );
}
