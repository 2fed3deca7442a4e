import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { html } from '../hostile/site.js';

/** A site over TLS with a certificate that nobody vouches for; its name is `localhost` and `127.0.0.1`. */
export interface TlsSite {
  readonly base: string;
  /** SHA-256 of its certificate's DER, hexadecimal. */
  readonly fingerprint: string;
  readonly seen: readonly string[];
  /** Whether anyone showed a certificate of their own. */
  readonly shown: () => boolean;
  close(): Promise<void>;
}

/**
 * Starts the site on a free port; `openssl` makes its key and certificate. `demands`: it opens only to who shows a
 * certificate of their own, and says so within the handshake, as TLS 1.2 has it.
 */
export async function startTlsSite(demands = false): Promise<TlsSite> {
  const folder = mkdtempSync(join(tmpdir(), 'tls-site-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '3', '-subj', '/CN=localhost/O=Test filter', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], { stdio: 'ignore' });
  const fingerprint = execFileSync('openssl', ['x509', '-in', cert, '-noout', '-fingerprint', '-sha256'], { encoding: 'utf8' }).split('=')[1]?.trim().replaceAll(':', '').toLowerCase() ?? '';
  const seen: string[] = [];
  let shown = false;
  const server: Server = createServer({ key: readFileSync(key), cert: readFileSync(cert), requestCert: true, rejectUnauthorized: demands, ...(demands ? { maxVersion: 'TLSv1.2' } : {}) }, (request, response) => {
    seen.push(request.url ?? '');
    if (request.socket instanceof TLSSocket) shown ||= Object.keys(request.socket.getPeerCertificate()).length > 0;
    if (request.url === '/hop') return void response.writeHead(302, { location: '/arrived' }).end();
    response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'session=verysecret' });
    response.end(html(`At ${request.url ?? ''}`, 'Over TLS'));
  });
  rmSync(folder, { recursive: true });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    base: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fingerprint,
    seen,
    shown: () => shown,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
