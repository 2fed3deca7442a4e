import { describe, expect, test } from '@jest/globals';
import { CertificateDemands } from '../../../src/cdp/certificate-demands.js';
import type { CdpEvent, CdpSession } from '../../../src/cdp/connection.js';
import { Recorder } from '../../../src/cdp/recorder.js';
import { RefusalLog } from '../../../src/cdp/refusal-log.js';
import { RecordingSink } from '../../contract/recording-sink.js';

const SITE = 'https://members.example.org:8443';

describe('a site that demands a certificate', () => {
  test.each(['net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED', 'net::ERR_BAD_SSL_CLIENT_AUTH_CERT'])('is known by %s', (error) => {
    expect(new CertificateDemands().failed(`${SITE}/a`, error)).toBe(true);
  });

  test.each(['net::ERR_CONNECTION_RESET', 'net::ERR_CONNECTION_CLOSED', 'net::ERR_CONNECTION_ABORTED', 'net::ERR_SOCKET_NOT_CONNECTED', 'net::ERR_EMPTY_RESPONSE'])('is known again by %s, and no other site is', (error) => {
    const demands = new CertificateDemands();
    expect(demands.failed(`${SITE}/a`, error)).toBe(false);
    demands.failed(`${SITE}/a`, 'net::ERR_BAD_SSL_CLIENT_AUTH_CERT');
    expect([`${SITE}/b`, 'https://members.example.org/b', 'not an address'].map((url) => demands.failed(url, error))).toEqual([true, false, false]);
    expect(demands.failed(`${SITE}/b`, 'net::ERR_TIMED_OUT')).toBe(false);
  });

  test('fails by TLS in the record, and none was shown, whichever of the two messages came first', () => {
    const sink = new RecordingSink();
    const recorder = new Recorder(sink, new RefusalLog(sink, () => null), () => 'target');
    recorder.watch('main');
    const session = { id: 's' } as unknown as CdpSession;
    const fails = (requestId: string, errorText: string): void => {
      const take = (method: string, params: object): void => recorder.take({ session, method, params } satisfies CdpEvent);
      take('Network.requestWillBeSent', { requestId, loaderId: requestId, frameId: 'main', type: 'Document', request: { url: `${SITE}/members` } });
      take('Network.loadingFailed', { requestId, type: 'Document', errorText });
    };
    fails('1', 'net::ERR_BAD_SSL_CLIENT_AUTH_CERT');
    fails('2', 'net::ERR_CONNECTION_RESET');
    expect(sink.all('failed').map(({ error, reason }) => [error, reason])).toEqual([['net::ERR_BAD_SSL_CLIENT_AUTH_CERT', 'tls'], ['net::ERR_CONNECTION_RESET', 'tls']]);
    expect(sink.all('refused').map(({ what }) => what)).toEqual(['client-certificate', 'client-certificate']);
  });
});
