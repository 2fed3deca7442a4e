import { expect, test } from '@jest/globals';
import { CASE, recordOf, signedIn } from './support.js';

test('a long record says how far it is while its case opens, and a short one says nothing', async () => {
  const started = await signedIn();
  const { engine, heard } = started;
  const id = await engine.openCase(CASE);
  await engine.closeCase();
  heard.steps.length = 0;
  await engine.showCase(id);
  expect(heard.steps).toEqual([]);
  for (let number = 1; number <= 1_000; number += 1) await recordOf(started).add('title', ['app'], { view: 'v1', title: `Title ${number}` });
  await engine.closeCase();
  heard.steps.length = 0;
  await engine.showCase(id);
  expect(heard.steps).toEqual([['Reading the record of this case', 1_000, recordOf(started).entries.length], 'done']);
  await engine.close();
}, 60_000);
