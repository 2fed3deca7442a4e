import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createChromiumHost, type ChromiumHost } from '../../main/chromium/chromium-host.js';
import type { Sitting } from '../../src/engine/sitting.js';
import type { EntryKind } from '../../src/record/kinds.js';
import { html, startHostileSite, type HostileSite } from '../hostile/site.js';
import { codeOf, kindsOf, recordOf, told, withCase, type Started } from '../unit/engine/support.js';
import { JMK, PAS, removeFolders } from '../unit/vault/support.js';
import { testBrowser } from './chromium-host.js';
import { startTlsSite, type TlsSite } from './tls-site.js';

afterAll(removeFolders);

const IWF_PAGE = 'Access has been denied by your internet access provider because this page may contain indecent images of children as identified by the Internet Watch Foundation.';

describe('a sitting with a real browser', () => {
  let host: ChromiumHost;
  let site: HostileSite;
  let tls: TlsSite;
  let started: Started;
  let sitting: Sitting;

  beforeEach(async () => {
    host = createChromiumHost(testBrowser());
    [site, tls] = await Promise.all([
      startHostileSite({
        '/stopped': (_request, response) => void response.writeHead(403, { 'content-type': 'text/html' }).end(html('Denied', IWF_PAGE)),
        '/staff': (request, response) => {
          const known = request.headers.authorization !== undefined;
          response.writeHead(known ? 200 : 401, { 'content-type': 'text/html', ...(known ? {} : { 'www-authenticate': 'Basic realm="Staff"' }) }).end(html(known ? 'Inside' : 'Sign in', ''));
        },
      }),
      startTlsSite(),
    ]);
    started = await withCase({ host });
    await started.engine.openedCase.startBrowsing();
    sitting = started.engine.openedCase.browsing;
  }, 60_000);

  afterEach(async () => {
    await started.engine.close();
    await Promise.all([host.close(), site.close(), tls.close()]);
  }, 60_000);

  /** Waits until the record holds an entry of that kind. */
  async function written(kind: EntryKind): Promise<void> {
    if (kindsOf(started).includes(kind)) return;
    await new Promise<void>((resolve) => recordOf(started).onEntry((entry) => (entry.header.kind === kind ? resolve() : undefined)));
  }

  test('an invalid certificate is opened only when both reviewers go on, and the record says who and why', async () => {
    expect(await codeOf(() => sitting.goto(`${tls.base}/page`))).toBe('browser.address-refused');
    const question = sitting.questions.open;
    expect(question).toMatchObject({ question: { kind: 'certificate', origin: tls.base, error: 'ERR_CERT_AUTHORITY_INVALID' }, agreed: [] });
    const id = question?.id ?? '';
    const goOn = { kind: 'certificate', goOn: true } as const;
    expect(await codeOf(() => sitting.questions.answer(id, 'XYZ', goOn))).toBe('auth.not-signed-in');
    await sitting.questions.answer(id, 'PAS', goOn);
    await sitting.questions.answer(id, 'PAS', goOn);
    expect(sitting.questions.open?.agreed).toEqual(['PAS']);
    expect(tls.seen).toEqual([]);
    await sitting.questions.answer(id, 'JMK', goOn);
    await written('certificates');
    expect(told(started, 'navigation-failed')).toEqual([expect.objectContaining({ reason: 'certificate', error: 'net::ERR_CERT_AUTHORITY_INVALID' })]);
    expect(told(started, 'certificate-accepted')).toEqual([{ origin: tls.base, error: 'ERR_CERT_AUTHORITY_INVALID' }]);
    expect(recordOf(started).since(0).find((entry) => entry.header.kind === 'certificate-accepted')?.header.by).toEqual(['PAS', 'JMK']);
    expect(told(started, 'navigation')).toEqual([expect.objectContaining({ url: `${tls.base}/page`, certificateError: 'ERR_CERT_AUTHORITY_INVALID' })]);
    expect(told(started, 'certificates')).toEqual([expect.objectContaining({ chain: [expect.objectContaining({ sha256: tls.fingerprint })] })]);
    expect(sitting.questions.open).toBeNull();
  }, 60_000);

  test('one reviewer who does not go on closes the question, and nothing is loaded', async () => {
    await sitting.goto(`${tls.base}/page`).catch(() => undefined);
    const id = sitting.questions.open?.id ?? '';
    await sitting.questions.answer(id, 'PAS', { kind: 'certificate', goOn: true });
    await sitting.questions.answer(id, 'JMK', { kind: 'certificate', goOn: false });
    expect(sitting.questions.open).toBeNull();
    expect(await codeOf(() => sitting.questions.answer(id, 'JMK', { kind: 'certificate', goOn: true }))).toBe('question.gone');
    expect(tls.seen).toEqual([]);
  }, 60_000);

  test('a site’s password is asked of the reviewers, used, and in no entry', async () => {
    await sitting.goto(`${site.base}/staff`);
    expect(sitting.questions.open).toMatchObject({ question: { kind: 'password', realm: 'Staff' } });
    await sitting.questions.answer(sitting.questions.open?.id ?? '', 'PAS', { kind: 'password', credentials: { username: 'ann', password: 'opensesame' } });
    await recordOf(started).settled();
    expect(told(started, 'authentication')).toEqual([{ origin: site.base, realm: 'Staff', scheme: 'basic', given: true }]);
    expect(told(started, 'navigation').map((visit) => visit.status)).toEqual([401, 200]);
    expect(JSON.stringify(recordOf(started).since(0))).not.toContain('opensesame');
  }, 60_000);

  test('how long a page was there, and was seen, is written down when it is left', async () => {
    await sitting.goto(`${site.base}/next`);
    started.clock.pass(5);
    sitting.blank();
    await sitting.quieten();
    started.clock.pass(2);
    await sitting.unlock(started.engine.openedCase.context);
    started.clock.pass(1);
    await sitting.goto(`${site.base}/found`);
    await sitting.end('closed');
    expect(told(started, 'page-left')).toEqual([{ view: 'v1', url: `${site.base}/next`, shownMs: 6_000, hiddenMs: 2_000 }, { view: 'v2', url: `${site.base}/found`, shownMs: 0, hiddenMs: 0 }]);
  }, 60_000);

  test('the filter’s page is recorded as such, and the wording of the IWF halts the case', async () => {
    await started.engine.school.saveNetwork({ proxy: null, privateAddresses: true, blockPages: [{ by: 'address', pattern: '/filtered', says: 'blocked' }], rdap: null, publicAddress: null });
    await sitting.goto(`${site.base}/filtered`);
    await written('block-page');
    expect(told(started, 'block-page')).toEqual([{ view: 'v1', url: `${site.base}/filtered`, by: 'address', pattern: '/filtered', says: 'blocked' }]);
    expect(recordOf(started).state.halt).toBeNull();
    expect(sitting.blockPage).toEqual({ url: `${site.base}/filtered`, by: 'address', pattern: '/filtered' });
    await sitting.goto(`${site.base}/next`);
    expect(sitting.blockPage).toBeNull();
    await sitting.goto(`${site.base}/stopped`);
    await written('halt');
    expect(told(started, 'halt')).toEqual([expect.objectContaining({ cause: 'block-page', view: 'v3', url: `${site.base}/stopped` })]);
    expect(await codeOf(() => sitting.goto(`${site.base}/next`))).toBe('case.halted');
  }, 60_000);

  test('addresses inside the school’s own network are opened or not, as the settings say', async () => {
    await sitting.goto(`${site.base}/next`);
    await started.engine.school.saveNetwork({ proxy: null, privateAddresses: false, blockPages: [], rdap: null, publicAddress: null });
    expect(await codeOf(() => sitting.goto(`${site.base}/found`))).toBe('browse.private-address');
    expect(await codeOf(() => sitting.goto('http://192.168.1.1/'))).toBe('browse.private-address');
    await recordOf(started).settled();
    expect(told(started, 'navigation')).toEqual([expect.objectContaining({ network: 'this-computer' })]);
    expect(told(started, 'navigation-refused').map((refused) => refused.what)).toEqual(['private-address', 'private-address']);
    expect(site.documents()).toEqual(['/next']);
  }, 60_000);

  test('what cannot be a proxy or a pattern is not stored, and the record of a sitting says what touches its pages', async () => {
    const { engine } = started;
    expect(await codeOf(() => engine.school.saveNetwork({ proxy: 'not a proxy', privateAddresses: true, blockPages: [], rdap: null, publicAddress: null }))).toBe('settings.proxy');
    expect(await codeOf(() => engine.school.saveNetwork({ proxy: null, privateAddresses: true, blockPages: [{ by: 'text', pattern: 'x', says: 'blocked' }], rdap: null, publicAddress: null }))).toBe('settings.block-pages');
    for (const rdap of ['rdap.org', 'http://rdap.example.org', 'file:///etc/passwd', '']) expect(await codeOf(() => engine.school.saveNetwork({ proxy: null, privateAddresses: true, blockPages: [], rdap, publicAddress: null }))).toBe('settings.rdap');
    expect(await codeOf(() => engine.school.saveNetwork({ proxy: null, privateAddresses: true, blockPages: [], rdap: null, publicAddress: 'ip' }))).toBe('settings.public-address');
    expect(told(started, 'sitting-started')).toEqual([expect.objectContaining({ proxy: null, touches: expect.arrayContaining([expect.stringContaining('Permissions-Policy')]) })]);
    expect([PAS.initials, JMK.initials]).toEqual(engine.signedIn);
  }, 60_000);
});
