/** One part of a path that can be gone back to. */
export interface Crumb {
  readonly name: string;
  readonly path: string;
}

/**
 * The way to a folder, from its root: "/media/usb" gives "/", "media", "usb"; "C:\\Users\\x" gives "C:\\", "Users", "x";
 * "\\\\server\\share\\x" gives "\\\\server\\share", "x". Each path can be listed by itself.
 */
export function crumbsOf(path: string): readonly Crumb[] {
  const share = /^\\\\[^\\]+\\[^\\]+/.exec(path)?.[0];
  const drive = /^[A-Za-z]:/.exec(path)?.[0];
  const windows = share !== undefined || drive !== undefined;
  const separator = windows ? '\\' : '/';
  const root = share ?? (drive === undefined ? '/' : `${drive}\\`);
  const rest = path.slice(share?.length ?? drive?.length ?? 0).split(windows ? /[\\/]/ : '/').filter((part) => part !== '');
  const join = (parts: readonly string[]): string => (parts.length === 0 ? root : `${root}${root.endsWith(separator) ? '' : separator}${parts.join(separator)}`);
  return [{ name: root, path: root }, ...rest.map((name, at) => ({ name, path: join(rest.slice(0, at + 1)) }))];
}
