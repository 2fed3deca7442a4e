import { ChevronDown, Crop, Images, ListOrdered, RectangleHorizontal, SquareMousePointer, TypeOutline, type LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { capture } from './capture.js';
import { useDesk } from './desk.js';

interface Choice {
  readonly id: 'viewport' | 'region' | 'element' | 'series' | 'text' | 'list';
  readonly title: string;
  readonly meaning: string;
  readonly icon: LucideIcon;
}

const CHOICES: readonly Choice[] = [
  { id: 'viewport', title: 'What you see', meaning: 'Only the part that is on the screen now', icon: RectangleHorizontal },
  { id: 'region', title: 'Part of the page', meaning: 'A frame that you draw on the page', icon: Crop },
  { id: 'element', title: 'One element', meaning: 'A picture, a message or a box that you point at', icon: SquareMousePointer },
  { id: 'series', title: 'Series of pictures', meaning: 'One every few seconds, for what does not stay', icon: Images },
  { id: 'text', title: 'Text only', meaning: 'The words of the page, without any picture', icon: TypeOutline },
  { id: 'list', title: 'List of addresses', meaning: 'One after another, each with its own question', icon: ListOrdered },
];

/** Every capture but that of the whole page. */
export function CaptureMenu({ canCapture, canList, onOpen }: { readonly canCapture: boolean; readonly canList: boolean; readonly onOpen: (panel: 'series' | 'list') => void }) {
  const chosen = useRef<() => void>(() => undefined);
  const choose = (id: Choice['id']): void => {
    if (id === 'series' || id === 'list') chosen.current = () => { onOpen(id); };
    else if (id === 'region' || id === 'element') chosen.current = () => { useDesk.setState({ picking: id, cancelled: null }); };
    else capture({ form: id });
  };
  const onClosed = (): void => {
    const next = chosen.current;
    chosen.current = () => undefined;
    next();
  };
  const off = CHOICES.filter(({ id }) => (id === 'list' ? !canList : !canCapture)).map(({ id }) => id);
  return (
    <MenuTrigger>
      <AriaButton id="other-captures" className="button" isDisabled={off.length === CHOICES.length}>Other captures <ChevronDown size={18} aria-hidden="true" /></AriaButton>
      <Popover className="popover" placement="top start" offset={6}>
        <AfterMenu onClosed={onClosed} />
        <Menu className="menu" disabledKeys={off} onAction={(key) => { choose(key as Choice['id']); }}>
          {CHOICES.map(({ id, title, meaning, icon: Icon }) => <MenuItem key={id} id={id} className="menu-item" textValue={title}><Icon size={20} aria-hidden="true" /><span>{title}<small>{meaning}</small></span></MenuItem>)}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** Says when the menu has gone and has given the focus back, so that what comes next can take it and keep it. */
function AfterMenu({ onClosed }: { readonly onClosed: () => void }) {
  const latest = useRef(onClosed);
  useEffect(() => { latest.current = onClosed; });
  // The menu gives the focus back in the frame after it has gone.
  useEffect(() => () => { requestAnimationFrame(() => requestAnimationFrame(() => { latest.current(); })); }, []);
  return null;
}
