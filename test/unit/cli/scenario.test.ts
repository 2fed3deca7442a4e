import { describe, expect, test } from '@jest/globals';
import { parseScenario } from '../../../main/cli/scenario.js';

type Json = Record<string, unknown>;

function scenario(change: (good: Json) => void = () => undefined): string {
  const good: Json = {
    organisation: { name: 'Example School', computer: { name: 'INV-01', location: 'Office' } },
    reviewers: [
      { name: 'Priya A. Shah', position: 'Deputy Head', initials: 'PAS', passphrase: 'correct horse battery staple' },
      { name: 'Tom R. Ellis', position: 'Assistant Head', initials: 'TRE', passphrase: 'orchard lantern seven kettle' },
    ],
    signIn: ['PAS', 'TRE'],
    case: { reference: '2026-014', reason: 'Report', subject: 'pupil' },
    steps: [{ do: 'goto', url: 'http://127.0.0.1:8080/' }],
  };
  change(good);
  return JSON.stringify(good);
}

const refused = (text: string): { code: string; where: string | undefined } => {
  try {
    parseScenario(text);
  } catch (error) {
    const { code, where } = error as { code: string; where?: string };
    return { code, where };
  }
  throw new Error('it was accepted');
};

describe('a scenario', () => {
  test('is accepted as the README shows it', () => {
    expect(parseScenario(scenario()).steps).toHaveLength(1);
  });

  test('that is not JSON is refused', () => {
    expect(refused('{"steps": [').code).toBe('scenario.not-json');
  });

  test.each<[string, (good: Json) => void, string]>([
    ['an unknown key', (g) => (g['extra'] = 1), 'extra'],
    ['an unknown key in a step', (g) => (g['steps'] = [{ do: 'back', far: true }]), 'steps[0].far'],
    ['an unknown step', (g) => (g['steps'] = [{ do: 'back' }, { do: 'dance' }]), 'steps[1].do'],
    ['no reviewers', (g) => delete g['reviewers'], 'reviewers'],
    ['one reviewer', (g) => (g['reviewers'] = (g['reviewers'] as unknown[]).slice(1)), 'reviewers'],
    ['a file name with a folder', (g) => (g['steps'] = [{ do: 'export', to: '../x.zip', recipient: 'police', passphrase: null }]), 'steps[0].to'],
    ['a negative wait', (g) => (g['steps'] = [{ do: 'wait', ms: -1 }]), 'steps[0].ms'],
  ])('with %s is refused, and its path is named', (_, change, where) => {
    expect(refused(scenario(change))).toEqual({ code: 'scenario.invalid', where });
  });

  test.each(['ftp://example.org/', 'file:///etc/passwd', 'chrome://version', 'javascript:alert(1)', 'data:text/html,x', 'not an address'])('with the address %s is refused', (url) => {
    expect(refused(scenario((g) => (g['steps'] = [{ do: 'goto', url }])))).toEqual({ code: 'scenario.invalid', where: 'steps[0].url' });
  });

  test('with equal initials is refused', () => {
    const text = scenario((g) => {
      (g['reviewers'] as Json[])[1] = { ...(g['reviewers'] as Json[])[1], initials: 'PAS' };
    });
    expect(refused(text)).toEqual({ code: 'scenario.same-initials', where: 'reviewers[1].initials' });
  });
});
