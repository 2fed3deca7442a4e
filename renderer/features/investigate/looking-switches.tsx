import { Eye, EyeOff, FileText } from 'lucide-react';
import { ToggleButton } from 'react-aria-components';
import type { CaseView } from '../../../src/ipc/case-view.js';
import { client } from '../../client.js';
import { attempt } from '../../store.js';

/** Pictures hidden or shown, and text first: two switches that say how they stand in words, not by colour alone. */
export function LookingSwitches({ looking, disabled }: { readonly looking: CaseView['looking']; readonly disabled: boolean }) {
  const { shielded, textFirst, notLoaded } = looking;
  const Icon = shielded ? EyeOff : Eye;
  return (
    <div className="looking" role="group" aria-label="How the page is shown">
      <ToggleButton className="looking-switch" isSelected={shielded} isDisabled={disabled} onChange={(on) => { attempt(client.call('shield.set', { on })); }}>
        <Icon size={18} aria-hidden="true" />{shielded ? 'Pictures hidden' : 'Pictures shown'}
      </ToggleButton>
      <ToggleButton className="looking-switch" isSelected={textFirst} isDisabled={disabled} onChange={(on) => { attempt(client.call('text-first.set', { on })); }}>
        <FileText size={18} aria-hidden="true" />{textFirst ? `Text first: on${notLoaded > 0 ? ` (${notLoaded} left out)` : ''}` : 'Text first: off'}
      </ToggleButton>
    </div>
  );
}
