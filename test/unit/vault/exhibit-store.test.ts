import { afterAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hex } from '../../../src/record/bytes.js';
import { openVault } from '../../../src/vault/vault.js';
import { capture, codeOf, filesUnder, newVault, note, openBoth, portsWith, removeFolders, sha256, TestClock, whereOf, PNG } from './support.js';

afterAll(removeFolders);

const TEXT = { name: 'page.txt', mediaType: 'text/plain' };

describe('an exhibit', () => {
  test('comes back as it was kept, with the hashes of what it is and of how it lies on the disk', async () => {
    const { locked, vault, folder } = await newVault();
    const store = await vault.createCase();
    const image = randomBytes(3_000_001);
    const parts = [await store.stage('PAS/1', PNG, image), await store.stage('PAS/1', TEXT, new Uint8Array())];
    expect(parts[0]).toMatchObject({ exhibit: 'PAS/1', ...PNG, size: image.length, sha256: hex(sha256.of(image)) });
    expect(await codeOf(() => store.readPart('PAS/1', 'page.png'))).toBe('case.unknown-part');
    await store.append(capture(store, 'PAS/1', parts), parts);
    expect(Buffer.from(await store.readPart('PAS/1', 'page.png')).equals(image)).toBe(true);
    expect(await store.readPart('PAS/1', 'page.txt')).toHaveLength(0);
    await locked.close();
    const onDisk = filesUnder(join(folder, 'objects')).map((f) => hex(sha256.of(f.bytes))).sort();
    expect(onDisk).toEqual(parts.map((p) => p.cipherSha256).sort());
    const again = await openBoth(folder);
    const reopened = await again.vault.openCase(store.id);
    expect(Buffer.from(await reopened.readPart('PAS/1', 'page.png')).equals(image)).toBe(true);
    expect(await reopened.cipherHash('PAS/1', 'page.png')).toBe(parts[0]?.cipherSha256);
    await again.locked.close();
  });

  test('is kept once, under a name that the record allows, by an entry of its own case', async () => {
    const { locked, vault } = await newVault();
    const store = await vault.createCase();
    const other = await vault.createCase();
    for (const [exhibit, name] of [['PAS-1', 'page.png'], ['PAS/1', '../../page.png'], ['PAS/1', 'Page.png'], ['PAS/1', '']] as const) {
      expect(await codeOf(() => store.stage(exhibit, { name, mediaType: 'image/png' }, new Uint8Array(1)))).toBe('case.bad-part');
    }
    const first = await store.stage('PAS/1', PNG, new Uint8Array([1]));
    expect(await codeOf(() => other.append(capture(other, 'PAS/1', [first]), [first]))).toBe('case.not-staged');
    await store.append(capture(store, 'PAS/1', [first]), [first]);
    expect(await codeOf(() => store.append(capture(store, 'PAS/1', [first]), [first]))).toBe('case.not-staged');
    const twin = await store.stage('PAS/1', PNG, new Uint8Array([2]));
    const head = store.head;
    expect(await codeOf(() => store.append(capture(store, 'PAS/1', [twin]), [twin]))).toBe('case.part-exists');
    const pair = [await store.stage('PAS/2', PNG, new Uint8Array([3])), await store.stage('PAS/2', PNG, new Uint8Array([4]))];
    expect(await codeOf(() => store.append(capture(store, 'PAS/2', pair), pair))).toBe('case.part-exists');
    expect(store.head).toEqual(head);
    await store.append(note(store, 'the record goes on'));
    expect(await store.readPart('PAS/1', 'page.png')).toEqual(Buffer.from([1]));
    await locked.close();
  });

  test('that was discarded, or never appended, does not stay on the disk', async () => {
    const { locked, vault, folder } = await newVault();
    const store = await vault.createCase();
    const kept = await store.stage('PAS/1', PNG, randomBytes(100));
    const discarded = await store.stage('PAS/2', PNG, randomBytes(100));
    const forgotten = await store.stage('PAS/3', PNG, randomBytes(100));
    await store.append(capture(store, 'PAS/1', [kept]), [kept]);
    await store.discard([discarded, kept]);
    expect(filesUnder(join(folder, 'objects')).map((f) => f.path).filter((p) => p.includes(discarded.file))).toEqual([]);
    writeFileSync(join(folder, 'objects', forgotten.file.slice(0, 2), `${'0'.repeat(32)}.staged.tmp`), 'half');
    writeFileSync(join(folder, 'crisis.json.tmp'), 'half');
    await locked.close();
    const again = await openBoth(folder);
    expect(filesUnder(join(folder, 'objects')).map((f) => f.path)).toEqual([join(folder, 'objects', kept.file.slice(0, 2), kept.file)]);
    expect(existsSync(join(folder, 'crisis.json.tmp'))).toBe(false);
    expect(again.locked.unknownObjects).toBe(0);
    expect(await (await again.vault.openCase(store.id)).readPart('PAS/1', 'page.png')).toHaveLength(100);
    await again.locked.close();
  });

  test('whose entry was committed just before a crash loses its mark at the next opening', async () => {
    const { locked, vault, folder } = await newVault();
    const store = await vault.createCase();
    const part = await store.stage('PAS/1', PNG, randomBytes(100));
    await store.append(capture(store, 'PAS/1', [part]), [part]);
    await locked.close();
    const path = join(folder, 'objects', part.file.slice(0, 2), part.file);
    renameSync(path, `${path}.staged`);
    const again = await openBoth(folder);
    expect(existsSync(path)).toBe(true);
    expect(await (await again.vault.openCase(store.id)).readPart('PAS/1', 'page.png')).toHaveLength(100);
    await again.locked.close();
  });

  test('that no record names is left alone and counted: the database may be an old one', async () => {
    const { locked, vault, folder } = await newVault();
    const store = await vault.createCase();
    await store.append(note(store, 'yesterday'));
    await locked.close();
    const yesterday = readFileSync(join(folder, 'vault.db'));
    const today = await openBoth(folder);
    const reopened = await today.vault.openCase(store.id);
    const part = await reopened.stage('PAS/1', PNG, randomBytes(100));
    await reopened.append(capture(reopened, 'PAS/1', [part]), [part]);
    await today.locked.close();
    const now = readFileSync(join(folder, 'vault.db'));
    writeFileSync(join(folder, 'vault.db'), yesterday);
    const rolledBack = await openVault(folder, portsWith(new TestClock()));
    expect(rolledBack.unknownObjects).toBe(1);
    await rolledBack.close();
    writeFileSync(join(folder, 'vault.db'), now);
    const restored = await openBoth(folder);
    expect(restored.locked.unknownObjects).toBe(0);
    expect(await (await restored.vault.openCase(store.id)).readPart('PAS/1', 'page.png')).toHaveLength(100);
    await restored.locked.close();
  });

  test.each<[string, (path: string, other: string) => void]>([
    ['one bit of its file is turned', (path) => { const b = readFileSync(path); b[40] = (b[40] ?? 0) ^ 1; writeFileSync(path, b); }],
    ['its magic is turned', (path) => { const b = readFileSync(path); b[0] = 0; writeFileSync(path, b); }],
    ['its file is cut short', (path) => { writeFileSync(path, readFileSync(path).subarray(0, -1)); }],
    ['its file is made longer', (path) => { writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(9)])); }],
    ['its file is emptied', (path) => { writeFileSync(path, ''); }],
    ['its file is gone', (path) => { rmSync(path); }],
    ['its file is a folder', (path) => { rmSync(path); mkdirSync(path); }],
    ["another exhibit's file is put in its place", (path, other) => { writeFileSync(path, readFileSync(other)); }],
  ])('is named when %s', async (_, tamper) => {
    const { locked, vault, folder } = await newVault();
    const store = await vault.createCase();
    const parts = [await store.stage('PAS/1', PNG, Buffer.alloc(100, 1)), await store.stage('PAS/2', PNG, Buffer.alloc(100, 2))];
    await store.append(capture(store, 'PAS/1', parts), parts);
    const [one, two] = parts.map((p) => join(folder, 'objects', p.file.slice(0, 2), p.file));
    tamper(one ?? '', two ?? '');
    const expected = _.includes('folder') ? ['vault.read-failed', 'vault.object-altered'] : ['vault.object-altered'];
    expect(expected).toContain(await codeOf(() => store.readPart('PAS/1', 'page.png')));
    expect(expected).toContain(await codeOf(() => store.cipherHash('PAS/1', 'page.png')));
    if (expected.length === 1) expect(await whereOf(() => store.readPart('PAS/1', 'page.png'))).toBe(`cases/${store.id}/exhibits/PAS/1/page.png`);
    expect(await store.readPart('PAS/2', 'page.png')).toHaveLength(100);
    await locked.close();
  });

  test('cannot be passed off as one of another case or exhibit by swapping files and rows', async () => {
    const { locked, vault, folder } = await newVault();
    const [one, two] = [await vault.createCase(), await vault.createCase()];
    for (const store of [one, two]) {
      const part = await store.stage('PAS/1', PNG, Buffer.alloc(100, 1));
      await store.append(capture(store, 'PAS/1', [part]), [part]);
    }
    await locked.close();
    const { execFileSync } = await import('node:child_process');
    execFileSync('sqlite3', [join(folder, 'vault.db'), `DROP TRIGGER objects_no_update; PRAGMA foreign_keys=OFF;
      UPDATE objects SET case_id = 'x' WHERE case_id = '${one.id}'; UPDATE objects SET case_id = '${one.id}' WHERE case_id = '${two.id}'; UPDATE objects SET case_id = '${two.id}' WHERE case_id = 'x';
      CREATE TRIGGER objects_no_update BEFORE UPDATE ON objects BEGIN SELECT RAISE(ABORT, 'objects may only be added to'); END;`]);
    const again = await openBoth(folder);
    for (const { id } of [one, two]) {
      const store = await again.vault.openCase(id);
      expect(await codeOf(() => store.readPart('PAS/1', 'page.png'))).toBe('vault.altered');
      expect(await whereOf(() => store.cipherHash('PAS/1', 'page.png'))).toBe(`cases/${id}/exhibits/PAS/1/page.png`);
    }
    await again.locked.close();
  });
});
