import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a time stamping authority for tests can do. All but `good` and `elliptic` do something wrong. */
export type Manner = 'good' | 'elliptic' | 'wrong-nonce' | 'other-imprint' | 'rejecting' | 'expired' | 'wrong-purpose' | 'other-root' | 'sha1-named' | 'no-certificate';

const EXTENSIONS = `
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[time]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[plain]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,emailProtection
[dated]
database=index.txt
new_certs_dir=.
serial=ca-serial
default_md=sha256
policy=anything
[anything]
commonName=supplied
organizationName=optional
[request]
distinguished_name=names
[names]
`;

const TSA = (name: string, certificates: string, digests: string): string => `
[tsa]
default_tsa=${name}
[${name}]
serial=serial
crypto_device=builtin
signer_cert=${name}.pem
certs=${certificates}
signer_key=${name}.key
signer_digest=sha256
default_policy=1.3.6.1.4.1.99999.1
digests=${digests}
ess_cert_id_chain=no
`;

/**
 * A real time stamping authority: `openssl ts` over certificates of its own making, in a temporary folder.
 * Every manner answers for real; the wrong ones are wrong in one respect each.
 */
export class TestAuthority {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tsa-'));
  readonly rootPem: string;
  readonly strangerPem: string;

  constructor() {
    this.#write('extensions.cnf', EXTENSIONS);
    this.#write('serial', '1000');
    this.#write('ca-serial', '2000');
    this.#write('index.txt', '');
    this.#root('root', 'Example Time Root');
    this.#root('stranger', 'Stranger Time Root');
    this.#certify('good', 'RSA', 'time', 'root', 'Example Time Stamping');
    this.#certify('plain', 'RSA', 'plain', 'root', 'Example Mail');
    this.#certify('other', 'RSA', 'time', 'stranger', 'Stranger Time Stamping');
    this.#certify('middle', 'EC', 'ca', 'root', 'Example Time Intermediate');
    this.#certify('elliptic', 'EC', 'time', 'middle', 'Example Time Stamping EC');
    this.#expired();
    this.#write('good.cnf', TSA('good', 'root.pem', 'sha256'));
    this.#write('rejecting.cnf', TSA('good', 'root.pem', 'sha512'));
    this.#write('sha1-named.cnf', `${TSA('good', 'root.pem', 'sha256')}ess_cert_id_alg=sha1\n`);
    this.#write('elliptic.cnf', TSA('elliptic', 'middle-chain.pem', 'sha256'));
    this.#write('expired.cnf', TSA('expired', 'root.pem', 'sha256'));
    this.#write('other.cnf', TSA('other', 'stranger.pem', 'sha256'));
    this.#write('middle-chain.pem', `${this.#read('middle.pem').toString()}${this.#read('root.pem').toString()}`);
    this.rootPem = this.#read('root.pem').toString();
    this.strangerPem = this.#read('stranger.pem').toString();
  }

  /** The answer (DER) to a request (DER), in a manner. */
  answer(request: Uint8Array, manner: Manner): Uint8Array {
    this.#write('request.tsq', request);
    switch (manner) {
      case 'wrong-nonce':
        this.#openssl('ts', '-query', '-digest', imprintOf(request), '-sha256', '-cert', '-out', 'request.tsq');
        return this.#reply('good');
      case 'other-imprint': {
        // The nonce stays: only what was stamped is another's.
        const other = Buffer.from(request);
        other.fill(0x5a, other.indexOf(MARK) + 2, other.indexOf(MARK) + 34);
        this.#write('request.tsq', other);
        return this.#reply('good');
      }
      case 'wrong-purpose':
        return this.#signedByPlain();
      case 'other-root':
        return this.#reply('other');
      case 'no-certificate':
        this.#write('request.tsq', withoutCertificate(request));
        return this.#reply('good');
      default:
        return this.#reply(manner);
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** `openssl ts` refuses to stamp with such a certificate, so the statement of a good answer is signed anew as a CMS message. */
  #signedByPlain(): Uint8Array {
    this.#reply('good');
    this.#openssl('ts', '-reply', '-in', 'answer.tsr', '-token_out', '-out', 'token.der');
    this.#openssl('cms', '-verify', '-noverify', '-inform', 'DER', '-in', 'token.der', '-out', 'statement.der');
    this.#openssl('cms', '-sign', '-binary', '-nodetach', '-cades', '-md', 'sha256', '-econtent_type', '1.2.840.113549.1.9.16.1.4', '-in', 'statement.der', '-signer', 'plain.pem', '-inkey', 'plain.key', '-outform', 'DER', '-out', 'token.der');
    const token = this.#read('token.der');
    const body = Buffer.concat([Buffer.from('3003020100', 'hex'), token]);
    return Buffer.concat([Buffer.from([0x30, 0x82, body.length >> 8, body.length & 0xff]), body]);
  }

  #reply(configuration: string): Uint8Array {
    this.#openssl('ts', '-reply', '-queryfile', 'request.tsq', '-config', `${configuration}.cnf`, '-out', 'answer.tsr');
    return this.#read('answer.tsr');
  }

  #root(name: string, title: string): void {
    this.#key(name, 'RSA');
    this.#openssl('req', '-new', '-x509', '-config', 'extensions.cnf', '-extensions', 'ca', '-key', `${name}.key`, '-days', '3650', '-subj', `/O=Example/CN=${title}`, '-out', `${name}.pem`);
  }

  #certify(name: string, kind: 'RSA' | 'EC', extensions: string, issuer: string, title: string): void {
    this.#request(name, kind, title);
    this.#openssl('x509', '-req', '-in', `${name}.csr`, '-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-set_serial', `0x${Buffer.from(name).toString('hex')}`, '-days', '3000', '-sha256', '-extfile', 'extensions.cnf', '-extensions', extensions, '-out', `${name}.pem`);
  }

  #expired(): void {
    this.#request('expired', 'RSA', 'Example Expired');
    this.#openssl('ca', '-batch', '-config', 'extensions.cnf', '-name', 'dated', '-cert', 'root.pem', '-keyfile', 'root.key', '-in', 'expired.csr', '-startdate', '20200101000000Z', '-enddate', '20210101000000Z', '-extensions', 'time', '-notext', '-out', 'expired.pem');
  }

  #request(name: string, kind: 'RSA' | 'EC', title: string): void {
    this.#key(name, kind);
    this.#openssl('req', '-new', '-config', 'extensions.cnf', '-key', `${name}.key`, '-subj', `/O=Example/CN=${title}`, '-out', `${name}.csr`);
  }

  #key(name: string, kind: 'RSA' | 'EC'): void {
    const options = kind === 'EC' ? ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
    this.#openssl('genpkey', ...options, '-out', `${name}.key`);
  }

  #openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  #write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.#folder, name), content);
  }

  #read(name: string): Buffer {
    return readFileSync(join(this.#folder, name));
  }
}

/** The OCTET STRING of 32 bytes that holds the imprint. */
const MARK = Buffer.from('0420', 'hex');

function imprintOf(request: Uint8Array): string {
  const bytes = Buffer.from(request);
  return bytes.subarray(bytes.indexOf(MARK) + 2, bytes.indexOf(MARK) + 34).toString('hex');
}

/** The request without its last field, which asks for the certificate. */
function withoutCertificate(request: Uint8Array): Uint8Array {
  const bytes = Buffer.from(request.subarray(0, request.length - 3));
  bytes[1] = (bytes[1] ?? 0) - 3;
  return bytes;
}
