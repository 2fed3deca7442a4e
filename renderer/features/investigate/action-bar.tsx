import { Camera, Flag, Pencil } from 'lucide-react';
import { goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { capture } from './capture.js';
import { CaptureMenu } from './capture-menu.js';

/** What can be done with the page: keep it, describe it, note something, finish. */
export function ActionBar({ canCapture, canList, onOpen }: { readonly canCapture: boolean; readonly canList: boolean; readonly onOpen: (panel: 'concern' | 'note' | 'series' | 'list') => void }) {
  const capturing = useScreens((screens) => screens.progress?.task === 'capture');
  return (
    <div className="action-bar">
      <Button look="primary" isDisabled={!canCapture} pending={capturing} onPress={() => { capture({ form: 'full-page' }); }} aria-keyshortcuts="F4">
        <Camera size={20} aria-hidden="true" />Capture page <kbd>F4</kbd>
      </Button>
      <CaptureMenu canCapture={canCapture && !capturing} canList={canList && !capturing} onOpen={onOpen} />
      <Button onPress={() => { onOpen('concern'); }}><Flag size={18} aria-hidden="true" />Describe a concern</Button>
      <Button onPress={() => { onOpen('note'); }}><Pencil size={18} aria-hidden="true" />Note</Button>
      <span className="action-gap" />
      <Button onPress={() => { goTo('conclude'); }}>Finish</Button>
    </div>
  );
}
