import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { countersign, program, scratch, type CommandResult } from './command.js';

interface DemoAnswer {
  readonly ok: boolean;
  readonly selfTest: { readonly passed: number; readonly failed: number };
  readonly bundles: readonly { readonly path: string; readonly verdict: string }[];
}

interface Entry {
  readonly header: { readonly kind: string };
  readonly body: { readonly data: Record<string, unknown> };
}

const folder = scratch();
let result: CommandResult;
let answer: DemoAnswer;

beforeAll(async () => {
  result = await countersign(['demo', '--out', folder.path('demo'), '--json']);
  answer = JSON.parse(result.stdout) as DemoAnswer;
  for (const { path } of answer.bundles) await program('unzip', ['-q', path, '-d', folder.path('unpacked')]);
}, 180_000);

afterAll(() => {
  folder.remove();
});

const bundle = (name: string): string => folder.path('unpacked', name);
const entries = (name: string): Entry[] =>
  readFileSync(`${bundle(name)}/data/record.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry);
const only = (name: string, kind: string): Record<string, unknown>[] => entries(name).filter((e) => e.header.kind === kind).map((e) => e.body.data);

describe('the demonstration', () => {
  test('runs two whole investigations, verifies both bundles and exits 0', () => {
    expect([result.code, answer.ok, answer.selfTest.failed]).toEqual([0, true, 0]);
    expect(answer.bundles.map((b) => [basename(b.path), b.verdict])).toEqual([
      ['2026-014-police.zip', 'unchanged'],
      ['2026-015-group-record.zip', 'unchanged'],
    ]);
  });

  test.each(['2026-014-police', '2026-015-group-record'])('%s passes sha256sum and openssl with nothing of ours', async (name) => {
    const cwd = bundle(name);
    for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
      expect(await program('sha256sum', ['-c', '--quiet', '--strict', manifest], { cwd })).toMatchObject({ code: 0 });
    }
    const cms = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'signatures/tagmanifest.p7s', '-content', 'tagmanifest-sha256.txt', '-CAfile', 'certificates/root.pem', '-purpose', 'any', '-out', '/dev/null'];
    expect(await program('openssl', cms, { cwd })).toMatchObject({ code: 0 });
  });

  test('the record holds the link, the redirect chain, the in-page navigation and the refused download', () => {
    const visits = only('2026-014-police', 'navigation');
    expect(visits.map((v) => v['cause'])).toEqual(['typed', 'link', 'typed', 'link', 'history', 'typed']);
    expect((visits[3] as { redirects: { status: number }[] }).redirects.map((hop) => hop.status)).toEqual([302, 301]);
    expect(only('2026-014-police', 'navigation-in-page')).toHaveLength(1);
    expect(only('2026-014-police', 'refusal').map((r) => r['what'])).toEqual(['download']);
  });

  test('STOP names the page that was on the screen, and nothing of that page is in the bundle', () => {
    const [halt] = only('2026-014-police', 'halt');
    expect(new URL(halt?.['url'] as string).pathname).toBe('/flagged');
    const views = only('2026-014-police', 'capture').map((c) => c['view']);
    expect(views).not.toContain(halt?.['view']);
    expect(readdirSync(`${bundle('2026-014-police')}/data/exhibits`).sort()).toEqual(['PAS-1', 'TRE-1']);
  });

  test('the sealed case ends with two acts, a seal and its checkpoint', () => {
    expect(entries('2026-015-group-record').map((e) => e.header.kind)).toEqual(expect.arrayContaining(['conclusion', 'seal', 'checkpoint', 'export']));
  });
});
