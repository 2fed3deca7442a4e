import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { RefusalLog } from '../../../src/cdp/refusal-log.js';
import { RecordingSink } from '../../contract/recording-sink.js';

describe('refusals', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('are told one by one up to ten a second, then as a number, and none is lost', () => {
    const sink = new RecordingSink();
    const log = new RefusalLog(sink, () => 'v1');
    for (let i = 0; i < 441; i += 1) log.refuse('dialog', null, `box ${i}`);
    log.refuse('upload', null, 'another kind');
    expect(sink.all('refused')).toHaveLength(11);
    jest.advanceTimersByTime(1_000);
    expect(sink.all('refused').at(-1)).toEqual({ view: 'v1', what: 'dialog', url: null, detail: 'and 431 more' });
  });

  test('are told ever more rarely while a page keeps on, and all at once when the browser is closed', () => {
    const sink = new RecordingSink();
    const log = new RefusalLog(sink, () => 'v1');
    for (let second = 0; second < 600; second += 1) {
      for (let i = 0; i < 100; i += 1) log.refuse('popup', 'https://ann:secret@example.org/', 'window');
      jest.advanceTimersByTime(1_000);
    }
    log.flush();
    const told = sink.all('refused');
    expect(told.length).toBeLessThan(250);
    const counted = told.reduce((sum, fact) => sum + Number(('detail' in fact ? /^and (\d+) more$/.exec(fact.detail)?.[1] : undefined) ?? 1), 0);
    expect(counted).toBe(60_000);
    expect(JSON.stringify(told)).not.toContain('secret');
  });
});
