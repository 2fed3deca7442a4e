import { readFile, writeFile } from 'node:fs/promises';

/*
 * "Check with Countersign" in the menu of ZIP files, for the MSI; the NSIS installer has it from build/windows/check-bundle.nsh, under the same key.
 * electron-builder has no option for it, but hands its WiX project over before it is packed.
 */

/** Where electron-builder's project begins the list of what is installed. */
const COMPONENTS = '<ComponentGroup Id="ProductComponents" Directory="APPLICATIONFOLDER">';

/** As WiX writes registry values: `[#mainExecutable]` becomes the path of the installed program. Removed with the program, as every component is. */
const MENU = `
      <Component Id="CheckBundleMenu" Guid="*">
        <RegistryKey Root="HKLM" Key="Software\\Classes\\SystemFileAssociations\\.zip\\shell\\Countersign.Check">
          <RegistryValue Type="string" Value="Check with Countersign" KeyPath="yes"/>
          <RegistryValue Name="Icon" Type="string" Value="&quot;[#mainExecutable]&quot;,0"/>
          <RegistryValue Name="MultiSelectModel" Type="string" Value="Single"/>
          <RegistryValue Key="command" Type="string" Value="&quot;[#mainExecutable]&quot; &quot;%1&quot;"/>
        </RegistryKey>
      </Component>`;

/** electron-builder's step: adds the entry to the project at `path`. Throws, so that no MSI is made without it, when the project is not as it was known. */
export async function msiProjectCreated(path: string): Promise<void> {
  const project = await readFile(path, 'utf8');
  const [before, after, ...more] = project.split(COMPONENTS);
  if (before === undefined || after === undefined || more.length > 0 || !after.includes('Id="mainExecutable"')) throw new Error('the MSI project of this electron-builder is not the one that msi-menu.ts knows');
  await writeFile(path, `${before}${COMPONENTS}${MENU}${after}`);
}
