import { CircleCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CaseView } from '../../../src/ipc/case-view.js';
import { Button } from '../../ui/button.js';
import { useDesk } from './desk.js';

/** That the capture was kept, and what comes next, until something else is done or another page is open. */
export function KeptNote({ view, onConcern }: { readonly view: CaseView; readonly onConcern: () => void }) {
  const { kept } = useDesk();
  // What comes with the screen itself is not read out; what comes a moment later is.
  const [here, setHere] = useState(false);
  useEffect(() => { setHere(true); }, []);
  const shown = here && kept !== null && kept.caseId === view.id && kept.view === view.page?.view;
  return (
    <div role="status">
      {shown && (
        <div className="kept-note">
          <p className="status"><CircleCheck size={20} aria-hidden="true" /><span><b>{kept.reference}</b> is kept.</span></p>
          <p className="small"><Button look="link" onPress={onConcern}>Describe a concern about it</Button></p>
        </div>
      )}
    </div>
  );
}
