import { afterAll, beforeAll } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBundle } from '../../../src/bundle/bundle.js';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { sampleInput, samplePorts } from '../../vectors/make-bundle.js';
import { printWithChromium } from '../../vectors/print-with-chromium.js';
import { sampleCase, type SampleCase, type SampleOptions } from '../../vectors/sample-case.js';

/** What somebody would type who wants to get out of the text and into the page. */
export const HOSTILE = '</style><script>document.title="owned"</script><img src=x onerror=alert(1)>"\'&amp;\u202Egpj.exe';

/** The report of one sample case, as its bundle holds it. */
export interface MadeReport {
  readonly html: string;
  /** Where the PDF lies. */
  readonly pdf: string;
  /** What case.jsonld says. */
  readonly graph: string;
  readonly sample: SampleCase;
}

/** An authority and a folder for the bundles of one file of tests. */
export interface Reports {
  readonly authority: Authority;
  readonly folder: string;
  /** Makes the bundle of a sample case in a folder of that name; its PDF comes from a real browser where it is to be `printed`. */
  exported(name: string, options: SampleOptions, printed: boolean): Promise<MadeReport>;
}

/** Draws the authority's keys before the tests of a file, and removes the bundles after them. */
export function useReports(): Reports {
  let authority: Authority;
  let folder: string;

  beforeAll(async () => {
    authority = makeAuthority('Example School');
    folder = await mkdtemp(join(tmpdir(), 'report-'));
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true }));

  return {
    get authority() { return authority; },
    get folder() { return folder; },
    async exported(name, options, printed) {
      const sample = await sampleCase(authority, options);
      const path = join(folder, name);
      const input = sampleInput(authority, sample);
      await exportBundle(options.hostile === undefined ? input : { ...input, caseReference: options.hostile, organisation: options.hostile }, { path, form: 'folder' }, samplePorts(printed ? printWithChromium : undefined));
      return { html: await readFile(join(path, 'data/report.html'), 'utf8'), pdf: join(path, 'data/report.pdf'), graph: await readFile(join(path, 'data/case.jsonld'), 'utf8'), sample };
    },
  };
}

/** The page's words, markup aside. */
export function wordsOf(page: string): string {
  return page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}
