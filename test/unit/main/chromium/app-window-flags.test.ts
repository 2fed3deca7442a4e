import { describe, expect, test } from '@jest/globals';
import { appWindowFlags } from '../../../../main/chromium/app-window-flags.js';

describe('appWindowFlags', () => {
  test('no bar of the browser warns people of the flag that keeps it off the network', () => {
    const flags = appWindowFlags({ width: 1280, height: 800 });
    expect(flags).toContain('--host-resolver-rules=MAP * ~NOTFOUND');
    expect(flags).toContain('--test-type');
    expect(flags.some((flag) => flag.startsWith('--no-sandbox'))).toBe(false);
  });
});
