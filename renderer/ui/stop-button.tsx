import { OctagonX } from 'lucide-react';
import { canStop, stop, useScreens } from '../store.js';
import { Button } from './button.js';

/** STOP, wherever something of a case may be on the screen; nothing where the case is halted already. */
export function StopButton() {
  const possible = useScreens((screens) => canStop(screens.app));
  if (!possible) return null;
  return <Button look="stop" onPress={stop} aria-keyshortcuts="F9"><OctagonX size={20} aria-hidden="true" />STOP <kbd>F9</kbd></Button>;
}
