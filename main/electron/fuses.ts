import { join } from 'node:path';

/*
 * Fuses are bits in Electron's own executable that are set once, when an installer is made, and that the installer's signature
 * then covers (electronjs.org/docs/latest/tutorial/fuses). electron-builder calls `afterPack` before it signs.
 */

/** Every fuse of Electron's wire version 1, by its place in the wire, with what it is set to. */
export const FUSES = [
  { name: 'RunAsNode', on: false, why: 'The installed app must not serve as a general Node.js for whoever finds it.' },
  { name: 'EnableCookieEncryption', on: true, why: 'Costs nothing; the sessions are in memory anyway.' },
  { name: 'EnableNodeOptionsEnvironmentVariable', on: false, why: 'NODE_OPTIONS could load foreign code into the app.' },
  { name: 'EnableNodeCliInspectArguments', on: false, why: 'A debugger in the main process would see every key.' },
  { name: 'EnableEmbeddedAsarIntegrityValidation', on: true, why: 'A changed app archive must not start.' },
  { name: 'OnlyLoadAppFromAsar', on: true, why: 'Nothing but that archive may start.' },
  { name: 'LoadBrowserProcessSpecificV8Snapshot', on: false, why: 'No snapshot of our own is shipped.' },
  { name: 'GrantFileProtocolExtraPrivileges', on: false, why: 'No page of the app is on the file protocol.' },
  { name: 'WasmTrapHandlers', on: true, why: 'As Electron ships it; off would slow WebAssembly and protect nothing here.' },
] as const;

/** `flipFuses` of `@electron/fuses`, which must know all of {@link FUSES}. */
export type FlipFuses = (executable: string, config: Readonly<Record<string, unknown>>) => Promise<number>;

/** What `@electron/fuses` is told. A fuse that this table does not name makes it fail rather than keep a default. */
export function fuseConfig(platform: string): Readonly<Record<string, unknown>> {
  return {
    version: '1',
    strictlyRequireAllFuses: true,
    // Changing the executable breaks the ad-hoc signature that macOS on ARM insists on; it is made anew.
    resetAdHocDarwinSignature: platform === 'darwin',
    ...Object.fromEntries(FUSES.map((fuse, place) => [String(place), fuse.on])),
  };
}

/** What electron-builder hands to the step. */
export interface PackContext {
  readonly appOutDir: string;
  readonly electronPlatformName: string;
  readonly packager: { readonly appInfo: { readonly productFilename: string }; readonly executableName?: string };
}

/** Path of the packed executable. */
export function packedExecutable(context: PackContext): string {
  const { appOutDir, electronPlatformName: platform, packager } = context;
  const product = packager.appInfo.productFilename;
  if (platform === 'darwin' || platform === 'mas') return join(appOutDir, `${product}.app`);
  return join(appOutDir, platform === 'win32' ? `${product}.exe` : (packager.executableName ?? product));
}

/** electron-builder's step: sets every fuse of the packed executable. Throws, so that no installer is made, when it cannot. */
export async function afterPack(context: PackContext): Promise<void> {
  const { flipFuses } = await import('@electron/fuses');
  await (flipFuses as unknown as FlipFuses)(packedExecutable(context), fuseConfig(context.electronPlatformName));
}
