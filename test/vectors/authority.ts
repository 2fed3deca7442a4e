import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import type { BundleSigner } from '../../src/bundle/bundle-input.js';

/** A reviewer with the key, as only a test may hold it. */
export interface TestPerson extends BundleSigner {
  readonly key: KeyObject;
}

/** An installation's root with two reviewers, made for one test run. */
export interface Authority {
  readonly rootPem: string;
  /** SHA-256 of the root's DER. */
  readonly root: string;
  readonly people: readonly [TestPerson, TestPerson];
  readonly crlDer: Uint8Array;
  issue(options: IssueOptions): TestPerson;
  revoke(people: readonly TestPerson[], at: Date, from?: Date): Uint8Array;
}

export interface IssueOptions {
  readonly initials: string;
  readonly name: string;
  readonly position: string;
  readonly key?: KeyObject;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly usage?: { digitalSignature?: boolean; keyCertSign?: boolean };
}

const VALID = [new Date('2026-09-01T00:00:00Z'), new Date('2036-09-01T00:00:00Z')] as const;

/** A new root of `organisation`, and certificates for Priya A. Shah and Tom R. Ellis. */
export function makeAuthority(organisation: string, [START, END]: readonly [Date, Date] = VALID): Authority {
  const rootKey = newKey();
  const subject = [{ name: 'commonName', value: `${organisation} root` }, { name: 'organizationName', value: organisation }];
  const rootPem = certificate({ subject, issuer: subject, key: rootKey, issuerKey: rootKey, notBefore: START, notAfter: END, ca: true, usage: { keyCertSign: true, cRLSign: true } });
  function issue(options: IssueOptions): TestPerson {
    const key = options.key ?? newKey();
    const names = [{ name: 'commonName', value: options.name }, { type: '2.5.4.12', value: options.position }, { name: 'organizationName', value: organisation }];
    const certificatePem = certificate({
      subject: names, issuer: subject, key, issuerKey: rootKey, notBefore: options.notBefore ?? START, notAfter: options.notAfter ?? END, ca: false, usage: options.usage ?? { digitalSignature: true },
    });
    return {
      initials: options.initials, name: options.name, position: options.position, certificatePem, certificate: fingerprint(certificatePem), key,
      sign: (bytes) => sign('sha256', bytes, key),
    };
  }
  const revoke = (people: readonly TestPerson[], at: Date, from = START): Uint8Array => revocationList(rootPem, rootKey, people, at, [from, END]);
  return {
    rootPem, root: fingerprint(rootPem), issue, revoke, crlDer: revoke([], START),
    people: [
      issue({ initials: 'PAS', name: 'Priya A. Shah', position: 'Deputy Head' }),
      issue({ initials: 'TRE', name: 'Tom R. Ellis', position: 'Assistant Head' }),
    ],
  };
}

export function newKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey;
}

function fingerprint(pem: string): string {
  return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
}

interface CertificateOptions {
  readonly subject: forge.pki.CertificateField[];
  readonly issuer: forge.pki.CertificateField[];
  readonly key: KeyObject;
  readonly issuerKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly ca: boolean;
  readonly usage: object;
}

function certificate(options: CertificateOptions): string {
  const made = forge.pki.createCertificate();
  const privateKey = forge.pki.privateKeyFromPem(pemOf(options.key));
  made.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  made.serialNumber = `01${randomBytes(15).toString('hex')}`;
  made.validity.notBefore = options.notBefore;
  made.validity.notAfter = options.notAfter;
  made.setSubject(options.subject);
  made.setIssuer(options.issuer);
  made.setExtensions([{ name: 'basicConstraints', cA: options.ca, critical: true }, { name: 'keyUsage', critical: true, ...options.usage }]);
  made.sign(forge.pki.privateKeyFromPem(pemOf(options.issuerKey)), forge.md.sha256.create());
  return forge.pki.certificateToPem(made).replaceAll('\r\n', '\n');
}

function pemOf(key: KeyObject): string {
  return createPrivateKey(key.export({ type: 'pkcs8', format: 'pem' })).export({ type: 'pkcs1', format: 'pem' }).toString();
}

/** RFC 5280 section 5.1. */
function revocationList(rootPem: string, rootKey: KeyObject, people: readonly TestPerson[], at: Date, [from, until]: readonly [Date, Date]): Uint8Array {
  const { asn1 } = forge;
  const { Class, Type } = asn1;
  const node = (type: number, value: forge.asn1.Asn1[] | string): forge.asn1.Asn1 => asn1.create(Class.UNIVERSAL, type, typeof value !== 'string', value);
  const time = (date: Date): forge.asn1.Asn1 => node(Type.UTCTIME, asn1.dateToUtcTime(date));
  const algorithm = (): forge.asn1.Asn1 => node(Type.SEQUENCE, [node(Type.OID, asn1.oidToDer(forge.pki.oids['sha256WithRSAEncryption'] ?? '').getBytes()), node(Type.NULL, '')]);
  const rootCertificate = forge.pki.certificateFromPem(rootPem);
  const revoked = people.map((person) => node(Type.SEQUENCE, [node(Type.INTEGER, forge.util.hexToBytes(forge.pki.certificateFromPem(person.certificatePem).serialNumber)), time(at)]));
  const tbs = node(Type.SEQUENCE, [
    node(Type.INTEGER, '\u0001'), algorithm(), forge.pki.distinguishedNameToAsn1(rootCertificate.subject), time(from), time(until), ...(revoked.length === 0 ? [] : [node(Type.SEQUENCE, revoked)]),
  ]);
  const signature = sign('sha256', Buffer.from(asn1.toDer(tbs).getBytes(), 'binary'), rootKey);
  const list = node(Type.SEQUENCE, [tbs, algorithm(), node(Type.BITSTRING, `\u0000${signature.toString('binary')}`)]);
  return new Uint8Array(Buffer.from(asn1.toDer(list).getBytes(), 'binary'));
}
