import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { createApp } from '../../../src/engine/app.js';
import { dispatch } from '../../../src/ipc/dispatch.js';
import { readSetUpDraft } from '../../../src/vault/set-up-draft.js';
import { memoryIntake } from '../../../main/memory-intake.js';
import { enginePorts } from '../engine/support.js';
import { freshFolder, removeFolders, TestClock } from './support.js';

afterAll(removeFolders);

const DRAFT = {
  organisation: 'Ash Grove Academy', computer: { name: 'INV-01', location: 'Head’s office' }, contacts: { policeForce: 'x', safeguardingLead: '', lado: '', support: '' },
  reviewers: [{ name: 'Priya A. Shah', position: 'Deputy Head', initials: 'PAS', role: 'dsl' }, { name: '', position: '', initials: '', role: null }],
};

test('a set-up that is left is there after a restart, without a passphrase, and gone once the vault is made', async () => {
  const folder = join(freshFolder(), 'vault');
  const start = () => createApp(folder, false, enginePorts(new TestClock()), memoryIntake);
  const first = await start();
  const call = (name: string, input: unknown) => dispatch(first.handlers, name, input, (error) => { throw error; });
  expect(await call('set-up.draft', { draft: DRAFT })).toEqual({ ok: true, value: null });
  expect(await call('set-up.draft', { draft: { ...DRAFT, reviewers: [{ ...DRAFT.reviewers[0], passphrase: 'secret' }, DRAFT.reviewers[1]] } })).toMatchObject({ code: 'ipc.bad-arguments' });
  await first.close();
  const second = await start();
  expect((await second.handlers['state.get']({})).setUpDraft).toEqual(DRAFT);
  expect(readFileSync(`${folder}-set-up.json`, 'utf8')).not.toContain('secret');
  await second.handlers['set-up']({
    organisation: DRAFT.organisation, computer: DRAFT.computer, contacts: DRAFT.contacts,
    reviewers: [{ name: 'Priya A. Shah', position: 'Deputy Head', initials: 'PAS', role: 'dsl', passphrase: 'correct horse battery staple' }, { name: 'Tom R. Ellis', position: 'Head', initials: 'TRE', role: 'head', passphrase: 'orchard lantern seven kettle' }],
  });
  expect(await readSetUpDraft(folder)).toBeNull();
  expect((await second.handlers['state.get']({})).setUpDraft).toBeUndefined();
  await second.close();
});

test('a draft that somebody broke, or that is too large, is as if there were none', async () => {
  const folder = join(freshFolder(), 'vault');
  for (const text of ['{', '[]', JSON.stringify({ ...DRAFT, more: 1 }), JSON.stringify({ ...DRAFT, organisation: 'x'.repeat(501) }), ' '.repeat(100_001)]) {
    writeFileSync(`${folder}-set-up.json`, text);
    expect(await readSetUpDraft(folder)).toBeNull();
  }
});
