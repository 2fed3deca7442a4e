import { afterAll, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderPort } from '../../../main/folders.js';
import { mountedDrives, namedDrives } from '../../../main/linux-drives.js';
import { codeOf, freshFolder, removeFolders } from '../vault/support.js';

afterAll(removeFolders);

test('shows the folders in a folder as people sort them, without hidden ones, and where they lead', async () => {
  const home = freshFolder();
  for (const name of ['Case 10', 'Case 2', '.hidden', '$RECYCLE.BIN']) mkdirSync(join(home, name));
  writeFileSync(join(home, 'letter.txt'), '');
  symlinkSync(join(home, 'Case 2'), join(home, 'link'));
  symlinkSync(join(home, 'nowhere'), join(home, 'broken'));
  const list = await folderPort(home).list(null);
  expect(list).toMatchObject({ path: home, parent: join(home, '..'), more: false, writable: true });
  expect(list.folders.map((each) => each.name)).toEqual(['Case 2', 'Case 10', 'link']);
  expect(list.free).toBeGreaterThan(0);
  expect(list.drives[0]).toEqual({ name: 'This computer', path: '/', removable: false });
  expect((await folderPort(home).list('/')).parent).toBeNull();
});

test('shows a thousand at most, and says that there are more', async () => {
  const home = freshFolder();
  for (let i = 0; i < 1_005; i += 1) mkdirSync(join(home, String(i)));
  const list = await folderPort(home).list(home);
  expect([list.folders.length, list.folders[999]?.name, list.more]).toEqual([1_000, '999', true]);
});

test('shows the files of the kind that is asked for, and reads one within its bound', async () => {
  const home = freshFolder();
  for (const name of ['receipt 10.json', 'Receipt 2.JSON', '.hidden.json', 'letter.txt']) writeFileSync(join(home, name), name);
  mkdirSync(join(home, 'folder.json'));
  const port = folderPort(home);
  const list = await port.list(null, 'json');
  expect([list.folders.map(({ name }) => name), list.files?.map(({ name }) => name)]).toEqual([['folder.json'], ['Receipt 2.JSON', 'receipt 10.json']]);
  expect((await port.list(null)).files).toBeUndefined();
  const path = list.files?.[0]?.path ?? '';
  expect(Buffer.from(await port.read(path, 14)).toString()).toBe('Receipt 2.JSON');
  expect(await codeOf(() => port.read(path, 13))).toBe('folders.too-large');
  expect(await codeOf(() => port.read(join(home, 'absent.json'), 100))).toBe('folders.unreadable');
  expect(await codeOf(() => port.read(join(home, 'folder.json'), 100))).toBe('folders.unreadable');
  expect(await codeOf(() => port.read('receipt 10.json', 100))).toBe('folders.not-absolute');
});

test('refuses what is no folder with a sentence', async () => {
  const home = freshFolder();
  writeFileSync(join(home, 'letter.txt'), '');
  const port = folderPort(home);
  expect(await codeOf(() => port.list(join(home, 'letter.txt')))).toBe('folders.unreadable');
  expect(await codeOf(() => port.list(join(home, 'absent')))).toBe('folders.unreadable');
  for (const path of ['here', '', '../up', '/a\0b']) expect(await codeOf(() => port.list(path))).toBe('folders.not-absolute');
});

test('finds what is plugged in, spaces in its name included', () => {
  const table = ['/dev/sda1 / ext4 rw 0 0', 'proc /proc proc rw 0 0', '/dev/sdb1 /media/priya/USB\\040STICK vfat rw 0 0', '/dev/sdb1 /media/priya/USB\\040STICK vfat rw 0 0', '/dev/sdc1 /mnt/store ext4 rw 0 0', '', 'junk'].join('\n');
  expect(mountedDrives(table)).toEqual([
    { name: 'USB STICK', path: '/media/priya/USB STICK', removable: true },
    { name: 'store', path: '/mnt/store', removable: false },
  ]);
});

test('names a drive as its disk names itself, and knows by the disk whether it can be taken out, through encryption and wherever it is mounted', async () => {
  const sys = freshFolder();
  const disk = (path: string, partition: string | null, removable: string, model: string): void => {
    const at = join(sys, 'devices', path);
    mkdirSync(join(at, 'device'), { recursive: true });
    writeFileSync(join(at, 'removable'), `${removable}\n`);
    writeFileSync(join(at, 'device/model'), `${model}     \n`);
    if (partition !== null) mkdirSync(join(at, partition));
  };
  disk('pci0/usb1/1-2/block/tsdb', 'tsdb1', '1', 'Ultra Fit');
  disk('pci0/usb2/2-1/block/tsdc', 'tsdc1', '0', 'Portable Disk');
  disk('pci0/ata1/block/tsda', 'tsda2', '0', 'Inside');
  mkdirSync(join(sys, 'devices/virtual/block/tdm-0/slaves/tsdc1'), { recursive: true });
  mkdirSync(join(sys, 'class/block'), { recursive: true });
  const named = { tsdb1: 'pci0/usb1/1-2/block/tsdb/tsdb1', tsdc1: 'pci0/usb2/2-1/block/tsdc/tsdc1', tsda2: 'pci0/ata1/block/tsda/tsda2', 'tdm-0': 'virtual/block/tdm-0' };
  for (const [name, path] of Object.entries(named)) symlinkSync(join(sys, 'devices', path), join(sys, 'class/block', name));
  const table = ['/dev/tsdb1 /home/priya/stick vfat rw 0 0', '/dev/tdm-0 /media/priya/SAFE ext4 rw 0 0', '/dev/tsda2 /mnt/store ext4 rw 0 0', '/dev/tsda2 / ext4 rw 0 0', '/dev/tgone /media/priya/OLD ext4 rw 0 0', '/dev/tsda2 /home ext4 rw 0 0'].join('\n');
  expect(await namedDrives(table, sys)).toEqual([
    { name: 'stick (Ultra Fit)', path: '/home/priya/stick', removable: true },
    { name: 'OLD', path: '/media/priya/OLD', removable: true },
    { name: 'SAFE (Portable Disk)', path: '/media/priya/SAFE', removable: true },
    { name: 'store (Inside)', path: '/mnt/store', removable: false },
  ]);
});

test('saves a new file and never overwrites one', async () => {
  const home = freshFolder();
  const port = folderPort(home);
  const bytes = new Uint8Array([1, 2, 3]);
  expect(await port.save(home, 'sheet.pdf', bytes)).toBe(join(home, 'sheet.pdf'));
  expect(await port.save(home, 'sheet.pdf', bytes)).toBe(join(home, 'sheet-2.pdf'));
  expect([...readFileSync(join(home, 'sheet-2.pdf'))]).toEqual([1, 2, 3]);
  expect(await codeOf(() => port.save(join(home, 'absent'), 'sheet.pdf', bytes))).toBe('folders.unreadable');
});
