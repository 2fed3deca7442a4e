import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { FlagLists } from '../../../src/engine/flag-lists.js';
import type { ListFormat } from '../../../src/safety/list-format.js';
import { Database } from '../../../src/vault/database.js';
import { JMK, PAS, removeFolders } from '../vault/support.js';
import { codeOf, signedIn, type Started } from './support.js';

afterAll(removeFolders);

const DETAILS = { source: 'Test list', givenBy: 'The school’s filtering provider', note: '' } as const;

async function bringIn(lists: FlagLists, format: ListFormat, text: string | Uint8Array, credentials = [PAS, JMK] as const): Promise<void> {
  const bytes = Buffer.from(text);
  await lists.begin('one', { ...DETAILS, format, size: bytes.length });
  for (let at = 0; at < bytes.length; at += 100_000) await lists.piece('one', bytes.subarray(at, at + 100_000));
  await lists.finish('one', credentials[0], credentials[1]);
}

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

async function again({ engine, folder, clock }: Started): Promise<Started> {
  await engine.close();
  return signedIn({}, folder, clock);
}

describe('flag lists', () => {
  test('what both import is found, and found again after the next sign-in', async () => {
    const started = await signedIn();
    const file = Buffer.from('a plain stand-in');
    await bringIn(started.engine.flagLists, 'hashes', `${md5(file)}\n${md5(Buffer.from('another'))}\n${md5(file)}\n`);
    await bringIn(started.engine.flagLists, 'addresses', 'https://listed.example/page\n');
    const next = await again(started);
    const { lines, matcher } = next.engine.flagLists;
    expect(lines.map(({ source, givenBy, format, values, by, removed, damaged }) => ({ source, givenBy, format, values, by, removed, damaged }))).toEqual([
      { source: 'Test list', givenBy: DETAILS.givenBy, format: 'hashes', values: 2, by: ['PAS', 'JMK'], removed: null, damaged: false },
      { source: 'Test list', givenBy: DETAILS.givenBy, format: 'addresses', values: 1, by: ['PAS', 'JMK'], removed: null, damaged: false },
    ]);
    expect(await matcher?.body(file)).toMatchObject({ cause: 'listed-hash', list: 'Test list' });
    expect(await matcher?.body(Buffer.from('a third'))).toBeNull();
    expect(matcher?.address('http://listed.example/page?x=1')).toMatchObject({ cause: 'listed-address' });
    expect(matcher?.address('http://listed.example/other')).toBeNull();
    await next.engine.close();
  });

  test('it takes both passphrases, and a wrong one keeps nothing but lets them try again', async () => {
    const { engine } = await signedIn();
    const lists = engine.flagLists;
    const bytes = Buffer.from(`${'0'.repeat(32)}\n`);
    await lists.begin('one', { ...DETAILS, format: 'hashes', size: bytes.length });
    await lists.piece('one', bytes);
    expect(await codeOf(() => lists.finish('one', PAS, PAS))).toBe('auth.same-person');
    expect(await codeOf(() => lists.finish('one', PAS, { ...JMK, passphrase: 'something else' }))).toBe('auth.bad-passphrase');
    expect(lists.lines).toEqual([]);
    await engine.close();
  });

  test('a file that ends too soon, is too long or is broken leaves nothing', async () => {
    const { engine } = await signedIn();
    const lists = engine.flagLists;
    await lists.begin('short', { ...DETAILS, format: 'hashes', size: 100 });
    await lists.piece('short', Buffer.from(`${'0'.repeat(32)}\n`));
    expect(await codeOf(() => lists.finish('short', PAS, JMK))).toBe('lists.cut-short');
    await lists.begin('long', { ...DETAILS, format: 'hashes', size: 3 });
    expect(await codeOf(() => lists.piece('long', Buffer.alloc(4, 'a')))).toBe('lists.too-long');
    await lists.begin('broken', { ...DETAILS, format: 'hashes', size: 60 });
    expect(await codeOf(() => lists.begin('other', { ...DETAILS, format: 'hashes', size: 1 }))).toBe('lists.busy');
    expect(await codeOf(() => lists.piece('broken', Buffer.from(`${'0'.repeat(32)}\nzzz\n`)))).toBe('lists.bad-hash');
    expect(await codeOf(() => lists.piece('broken', Buffer.from('x')))).toBe('lists.not-running');
    await lists.begin('cancelled', { ...DETAILS, format: 'hashes', size: 60 });
    lists.cancel('cancelled');
    expect(await codeOf(() => lists.finish('cancelled', PAS, JMK))).toBe('lists.not-running');
    expect(lists.lines).toEqual([]);
    expect(lists.matcher).toBeNull();
    await engine.close();
  });

  test('no value of a list is in the vault’s folder in any form', async () => {
    const started = await signedIn();
    const values = Array.from({ length: 50 }, () => randomBytes(16));
    const pictures = Array.from({ length: 50 }, () => randomBytes(32));
    const lists = started.engine.flagLists;
    await bringIn(lists, 'hashes', values.map((value) => value.toString('hex')).join('\n'));
    await bringIn(lists, 'pdq', pictures.map((value) => value.toString('hex')).join('\n'));
    await started.engine.close();
    for (const name of readdirSync(started.folder)) {
      if (name === 'objects') continue;
      const file = readFileSync(join(started.folder, name));
      for (const value of [...values, ...pictures]) {
        expect(file.includes(value)).toBe(false);
        expect(file.toString('latin1').includes(value.toString('hex'))).toBe(false);
      }
    }
  });

  test('an empty answer is no picture, although lists hold the hash of an empty file', async () => {
    const started = await signedIn();
    await bringIn(started.engine.flagLists, 'hashes', `${md5(new Uint8Array(0))}\n${md5(Buffer.from('x'))}\n`);
    const { matcher } = started.engine.flagLists;
    expect([await matcher?.body(new Uint8Array(0)), (await matcher?.body(Buffer.from('x')))?.cause]).toEqual([null, 'listed-hash']);
    await started.engine.close();
  });

  test('a removed list is looked for no more, and who removed it stays', async () => {
    const started = await signedIn();
    await bringIn(started.engine.flagLists, 'addresses', 'listed.example');
    const [line] = started.engine.flagLists.lines;
    await started.engine.flagLists.remove(line?.id ?? '', PAS, JMK);
    expect(started.engine.flagLists.matcher).toBeNull();
    expect(await codeOf(() => started.engine.flagLists.remove(line?.id ?? '', PAS, JMK))).toBe('lists.unknown');
    const next = await again(started);
    expect(next.engine.flagLists.lines).toMatchObject([{ removed: { by: ['PAS', 'JMK'] } }]);
    expect(next.engine.flagLists.matcher).toBeNull();
    await next.engine.close();
  });

  test('a list outlives a change of reviewers, which makes another vault key', async () => {
    const started = await signedIn();
    await bringIn(started.engine.flagLists, 'addresses', 'listed.example');
    const { vault } = (await withCaseOf(started)).context;
    await vault.enrol(PAS, JMK, { initials: 'NEW', name: 'New Reviewer', position: 'Deputy', passphrase: 'a long passphrase of the new one' });
    const next = await again(started);
    expect(next.engine.flagLists.matcher?.address('https://sub.listed.example/x')).toMatchObject({ list: 'Test list' });
    await next.engine.close();
  });

  test('a list that was changed in the database is named, and no browser is started until it is removed', async () => {
    const started = await signedIn();
    await bringIn(started.engine.flagLists, 'addresses', 'listed.example');
    await started.engine.close();
    const database = await Database.open(join(started.folder, 'vault.db'));
    await database.run('UPDATE flag_list_parts SET box = zeroblob(length(box))');
    await database.close();
    const next = await signedIn({}, started.folder, started.clock);
    expect(next.engine.flagLists.lines).toMatchObject([{ damaged: true }]);
    const open = await withCaseOf(next);
    expect(await codeOf(() => open.startBrowsing())).toBe('lists.damaged');
    await next.engine.flagLists.remove(next.engine.flagLists.lines[0]?.id ?? '', PAS, JMK);
    await expect(open.startBrowsing()).rejects.toThrow('this test has no browser');
    await next.engine.close();
  });
});

async function withCaseOf({ engine }: Started) {
  await engine.openCase({ reference: 'L-1', reason: 'A report', subject: 'pupil', suspected: [], first: PAS, second: JMK });
  return engine.openedCase;
}
