import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { exportBundle } from '../../../src/bundle/bundle.js';
import { makeAuthority } from '../../vectors/authority.js';
import { sampleInput, samplePorts } from '../../vectors/make-bundle.js';
import { sampleCase } from '../../vectors/sample-case.js';

/*
 * A reading of RFC 8493 that shares nothing with the writer: each rule is a MUST or MUST NOT of the RFC, with its section.
 */

let folder: string;
let bag: string;

beforeAll(async () => {
  const authority = makeAuthority('Example School');
  folder = mkdtempSync(join(tmpdir(), 'bagit-'));
  bag = join(folder, 'bag');
  await exportBundle(sampleInput(authority, await sampleCase(authority, { end: 'sealed', hostile: '\nPayload-Oxum: 1.1\n%0A' })), { path: bag, form: 'folder' }, samplePorts());
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function filesOf(root: string, under = ''): string[] {
  return readdirSync(join(root, under), { withFileTypes: true }).flatMap((item) => (item.isDirectory() ? filesOf(root, posix.join(under, item.name)) : [posix.join(under, item.name)]));
}

/** Lines of a tag file: UTF-8 without a byte order mark, each line ended by LF, CR or CRLF (section 2.2 and 2.1.3). */
function linesOf(root: string, name: string): string[] {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(join(root, name)));
  if (text.startsWith('\uFEFF')) throw new Error(`2.1.1: ${name} has a byte order mark`);
  return text.split(/\r\n|\r|\n/).filter((line, i, all) => line !== '' || i < all.length - 1);
}

/** Path to digest; section 2.1.3: checksum, white space, path; %0A, %0D and %25 encode what a line cannot hold. */
function manifestOf(root: string, name: string, faults: string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of linesOf(root, name)) {
    const [, digest = '', path = ''] = /^([0-9A-Fa-f]+)[ \t]+(.*)$/.exec(line) ?? [];
    const decoded = path.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%25/g, '%');
    if (digest === '') faults.push(`2.1.3: a line of ${name} is no checksum and path`);
    if (found.has(decoded)) faults.push(`2.1.3: ${decoded} is listed twice in ${name}`);
    if (/^(?:\/|~)|(?:^|\/)\.\.(?:\/|$)/.test(decoded)) faults.push(`2.1.3 and 5.1: ${decoded} leads out of the bag`);
    found.set(decoded, digest.toLowerCase());
  }
  return found;
}

function digestOf(algorithm: string, root: string, path: string): string {
  return createHash(algorithm).update(readFileSync(join(root, path))).digest('hex');
}

/** Everything in which `root` is not a complete and valid bag (section 3). */
function faultsOf(root: string): string[] {
  const faults: string[] = [];
  const files = filesOf(root);
  if (!files.includes('bagit.txt')) return ['2.1.1: there is no bagit.txt'];
  const declaration = linesOf(root, 'bagit.txt');
  if (declaration.length !== 2 || !/^BagIt-Version: \d+\.\d+$/.test(declaration[0] ?? '') || declaration[1] !== 'Tag-File-Character-Encoding: UTF-8') faults.push('2.1.1: bagit.txt is not its two lines');
  if (!readdirSync(root, { withFileTypes: true }).some((item) => item.name === 'data' && item.isDirectory())) faults.push('2.1.2: there is no payload directory');
  const payload = files.filter((path) => path.startsWith('data/'));
  const manifests = files.filter((path) => /^manifest-[a-z0-9]+\.txt$/.test(path));
  if (manifests.length === 0) faults.push('2.1.3: there is no payload manifest');
  for (const name of manifests) {
    const algorithm = name.slice('manifest-'.length, -'.txt'.length);
    const listed = manifestOf(root, name, faults);
    for (const path of payload) if (!listed.has(path)) faults.push(`3: ${path} is in the payload and not in ${name}`);
    for (const [path, digest] of listed) {
      if (!path.startsWith('data/')) faults.push(`2.1.3: ${path} is listed in ${name} and is no payload`);
      else if (!payload.includes(path)) faults.push(`3: ${path} is listed and not there`);
      else if (digestOf(algorithm, root, path) !== digest) faults.push(`3: ${path} has another checksum`);
    }
  }
  for (const name of files.filter((path) => /^tagmanifest-[a-z0-9]+\.txt$/.test(path))) {
    const algorithm = name.slice('tagmanifest-'.length, -'.txt'.length);
    const listed = manifestOf(root, name, faults);
    if (!manifests.includes(`manifest-${algorithm}.txt`)) faults.push('2.2.1: the tag manifest uses another algorithm than the payload manifests');
    for (const manifest of manifests) if (!listed.has(manifest)) faults.push(`2.2.1: ${manifest} is not in ${name}`);
    for (const [path, digest] of listed) {
      if (path.startsWith('data/') || path.startsWith('tagmanifest-')) faults.push(`2.2.1: ${path} must not be listed in ${name}`);
      else if (!files.includes(path)) faults.push(`3: ${path} is listed and not there`);
      else if (digestOf(algorithm, root, path) !== digest) faults.push(`3: ${path} has another checksum`);
    }
  }
  if (files.includes('fetch.txt')) faults.push('a bundle is whole: it has nothing to fetch');
  return [...faults, ...infoFaults(root, payload)];
}

/** Section 2.2.2: label, colon, white space, value; a value goes on in lines that begin with white space; Payload-Oxum at most once. */
function infoFaults(root: string, payload: readonly string[]): string[] {
  const lines = linesOf(root, 'bag-info.txt').reduce<string[]>((all, line) => (/^[ \t]/.test(line) && all.length > 0 ? [...all.slice(0, -1), `${all.at(-1) ?? ''} ${line.trim()}`] : [...all, line]), []);
  const faults = lines.filter((line) => !/^[^:\s][^:]*:[ \t]\S/.test(line)).map((line) => `2.2.2: ${JSON.stringify(line)} is no label and value`);
  const oxum = lines.filter((line) => line.toLowerCase().startsWith('payload-oxum:')).map((line) => line.slice('payload-oxum:'.length).trim());
  const octets = payload.reduce((sum, path) => sum + readFileSync(join(root, path)).length, 0);
  if (oxum.length > 1) faults.push('2.2.2: Payload-Oxum stands there twice');
  if (oxum[0] !== `${octets}.${payload.length}`) faults.push('2.2.2: Payload-Oxum is not what is there');
  return faults;
}

describe('RFC 8493, read without the writer', () => {
  test('the bundle is a complete and valid bag', () => {
    expect(faultsOf(bag)).toEqual([]);
  });

  test.each<[string, (copy: string) => void, RegExp]>([
    ['a payload file that is not listed', (copy) => writeFileSync(join(copy, 'data/more.txt'), 'x'), /in the payload and not in/],
    ['a payload file that is gone', (copy) => rmSync(join(copy, 'data/record.jsonl')), /listed and not there/],
    ['a changed tag file', (copy) => writeFileSync(join(copy, 'VERIFY.txt'), 'x'), /VERIFY.txt has another checksum/],
    ['a third line in bagit.txt', (copy) => writeFileSync(join(copy, 'bagit.txt'), `${readFileSync(join(copy, 'bagit.txt'), 'utf8')}More: x\n`), /2\.1\.1/],
    ['a manifest of another algorithm', (copy) => renameSync(join(copy, 'manifest-sha256.txt'), join(copy, 'manifest-md5.txt')), /2\.2\.1/],
    ['a wrong Payload-Oxum', (copy) => writeFileSync(join(copy, 'bag-info.txt'), 'Payload-Oxum: 1.1\n'), /Payload-Oxum is not/],
  ])('this reading bites: %s', (name, change, fault) => {
    const copy = join(folder, name.replace(/\W/g, '-'));
    cpSync(bag, copy, { recursive: true });
    change(copy);
    expect(faultsOf(copy).join('\n')).toMatch(fault);
  });
});
