import { describe, expect, test } from '@jest/globals';
import { SUBJECTS } from '../../../src/investigation/policy/outcomes.js';
import { haltStepsFor } from '../../../src/investigation/policy/halt-steps.js';

const idsFor = (subject: string): string[] => haltStepsFor(subject).map(({ id }) => id);

describe('what to do in a halt', () => {
  test('the LADO is told where a member of staff is concerned, and where nobody knows who is', () => {
    expect(SUBJECTS.map(({ id }) => id).filter((subject) => idsFor(subject).includes('lado'))).toEqual(['staff', 'unknown']);
  });

  test('the employer is told where a member of staff is concerned, and nowhere else', () => {
    expect(SUBJECTS.map(({ id }) => id).filter((subject) => idsFor(subject).includes('employer'))).toEqual(['staff']);
  });

  test('whomever it concerns, the screen is darkened before anybody is called', () => {
    for (const { id } of SUBJECTS) expect(idsFor(id).slice(0, 3)).toEqual(['monitor', 'stay', 'police']);
  });
});
