import { describe, expect, test } from '@jest/globals';
import { CONCERN_CATEGORIES } from '../../../src/investigation/policy/concerns.js';
import { POLICE_TRIGGERS, policeTrigger } from '../../../src/investigation/policy/police-triggers.js';

describe('the seven other reasons to call the police', () => {
  test('are the concerns that go to the police, and no others: the list routes them, and no level', () => {
    expect(POLICE_TRIGGERS).toHaveLength(7);
    expect(POLICE_TRIGGERS.map(({ category }) => category).sort()).toEqual(CONCERN_CATEGORIES.filter(({ police }) => police).map(({ id }) => id).sort());
    expect(policeTrigger('bullying')).toBeUndefined();
  });

  test.each(POLICE_TRIGGERS.map((trigger) => [trigger.category, trigger] as const))('%s: report, preserve, isolate; the police first, then the safeguarding lead; with its source', (_category, { asks, tell, source }) => {
    expect([asks.map((ask) => ask.split(' ')[0]), tell.slice(0, 2).map((who) => who.split(':')[0]?.split(',')[0])]).toEqual([['Report', 'Delete', 'Keep'], ['The police', 'Your designated safeguarding lead']]);
    expect(source).toContain('#19');
  });
});
