import { Camera, ChevronDown, Flag, Pencil, RectangleHorizontal, TypeOutline } from 'lucide-react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { capture } from './capture.js';

/** What can be done with the page: keep it, describe it, note something, finish. */
export function ActionBar({ canCapture, onOpen }: { readonly canCapture: boolean; readonly onOpen: (panel: 'concern' | 'note') => void }) {
  const capturing = useScreens((screens) => screens.progress?.task === 'capture');
  return (
    <div className="action-bar">
      <Button look="primary" isDisabled={!canCapture} pending={capturing} onPress={() => { capture('full-page'); }} aria-keyshortcuts="F4">
        <Camera size={20} aria-hidden="true" />Capture page <kbd>F4</kbd>
      </Button>
      <MenuTrigger>
        <AriaButton className="button" isDisabled={!canCapture || capturing}>Other captures <ChevronDown size={18} aria-hidden="true" /></AriaButton>
        <Popover className="popover" placement="top start" offset={6}>
          <Menu className="menu" onAction={(key) => { capture(key === 'text' ? 'text' : 'viewport'); }}>
            <MenuItem id="viewport" className="menu-item" textValue="What you see"><RectangleHorizontal size={20} aria-hidden="true" /><span>What you see<small>Only the part that is on the screen now</small></span></MenuItem>
            <MenuItem id="text" className="menu-item" textValue="Text only"><TypeOutline size={20} aria-hidden="true" /><span>Text only<small>The words of the page, without any picture</small></span></MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <Button onPress={() => { onOpen('concern'); }}><Flag size={18} aria-hidden="true" />Describe a concern</Button>
      <Button onPress={() => { onOpen('note'); }}><Pencil size={18} aria-hidden="true" />Note</Button>
      <span className="action-gap" />
      <Button onPress={() => { goTo('conclude'); }}>Finish</Button>
    </div>
  );
}
