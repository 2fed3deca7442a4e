import { ListPlus } from 'lucide-react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { client } from '../../client.js';
import { attempt } from '../../store.js';
import { Button } from '../../ui/button.js';

/** The addresses of the report, to be opened one by one; nothing where none was given. */
export function ReportedMenu({ addresses, disabled }: { readonly addresses: readonly string[]; readonly disabled: boolean }) {
  if (addresses.length === 0) return null;
  return (
    <MenuTrigger>
      <Button isDisabled={disabled}><ListPlus size={18} aria-hidden="true" />Reported<span className="unseen"> addresses</span></Button>
      <Popover className="popover reported-popover" placement="bottom end" offset={6}>
        <Menu className="menu" aria-label="Addresses of the report" onAction={(url) => { attempt(client.call('browse.goto', { url: String(url) })); }}>
          {addresses.map((url) => <MenuItem key={url} id={url} className="menu-item mono wrap-anywhere" textValue={url}>{url}</MenuItem>)}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
