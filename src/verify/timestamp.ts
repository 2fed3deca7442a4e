import { OctetString } from 'asn1js';
import { PKIStatus, TimeStampResp } from 'pkijs';
import { hex } from '../record/bytes.js';
import { CodedError } from '../record/coded-error.js';
import { pemCertificates } from './certificates.js';
import { sameBytes } from './cms-form.js';
import { chainOf, engineOf, isPlainEcdsa, isRoot, readTimeCertificate, type TimeCertificate, type TimestampPorts } from './timestamp-certificates.js';
import { parseToken, signatureMethod, tokenBytes, type TimestampStatement, type TimestampToken } from './timestamp-token.js';

/** Bytes of the largest answer of an authority that is read, and of the largest token that is kept. */
export const TIMESTAMP_LIMITS = { answer: 65_536, token: 12_288 } as const;
/** How the identifiers of ECDSA with a SHA-2 digest begin (RFC 5758). */
const ECDSA = '1.2.840.10045.4.3.';

/** A token that holds: what it states, who signed it, and the root that vouches for them. */
export interface HeldTimestamp {
  /** The token in the one form in which it is kept. */
  readonly token: Uint8Array<ArrayBuffer>;
  readonly statement: TimestampStatement;
  readonly signer: TimeCertificate;
  readonly root: TimeCertificate;
}

/** What was asked of an authority, and the root that has to vouch for it. */
export interface AskedTimestamp {
  /** SHA-256 that was to be stamped, in hexadecimal. */
  readonly imprint: string;
  /** Content of the nonce's INTEGER. */
  readonly nonce: Uint8Array;
  readonly root: TimeCertificate;
}

/**
 * Checks the answer of an authority (RFC 3161 section 2.4.2) to the last detail before anything of it is kept: status,
 * imprint, nonce, policy, time, the certificate that it names, signature, purpose, chain to the root, validity at that time.
 *
 * @throws CodedError `time.too-large`, `time.not-an-answer`, `time.refused`, `time.other-imprint`, `time.other-nonce`, and those
 * of {@link checkToken}
 */
export async function checkAnswer(answer: Uint8Array<ArrayBuffer>, asked: AskedTimestamp, ports: TimestampPorts): Promise<HeldTimestamp> {
  if (answer.length > TIMESTAMP_LIMITS.answer) throw new CodedError('time.too-large', 'The time stamping authority sent more than an answer can hold.');
  const token = tokenOfAnswer(answer);
  const parsed = parseToken(token);
  if (parsed === null) throw new CodedError('time.not-an-answer', 'The time stamping authority sent something that is not a time stamp.');
  if (parsed.statement.imprint !== asked.imprint) throw new CodedError('time.other-imprint', 'The time stamping authority stamped something else than it was asked to.');
  if (parsed.statement.nonce !== hex(asked.nonce)) throw new CodedError('time.other-nonce', 'The time stamping authority answered another question than the one that was asked. It may be an old answer.');
  const held = await hold(parsed, [asked.root], ports);
  if (held.root.fingerprint !== asked.root.fingerprint) throw new CodedError('time.other-root', 'The time stamp does not come from the authority whose certificate is in the settings.');
  if (held.token.length > TIMESTAMP_LIMITS.token) throw new CodedError('time.too-large', 'The time stamp is larger than the record can hold.');
  return held;
}

/**
 * Checks a token that was kept. It must be in its one form, so that no byte of it can be altered unnoticed, and it brings
 * its chain up to the root; whether that root is one to trust is for the caller to say.
 *
 * @param imprint SHA-256 that it must be over, in hexadecimal
 * @throws CodedError `time.not-a-token`, `time.altered`, `time.other-imprint`, `time.bad-certificate`, `time.bad-signature`,
 * `time.wrong-purpose`, `time.other-root`, `time.expired`
 */
export async function checkToken(bytes: Uint8Array<ArrayBuffer>, imprint: string, ports: TimestampPorts): Promise<HeldTimestamp> {
  const parsed = bytes.length > TIMESTAMP_LIMITS.token ? null : parseToken(bytes);
  if (parsed === null) throw new CodedError('time.not-a-token', 'A time stamp cannot be read.');
  const held = await hold(parsed, [], ports);
  if (!sameBytes(held.token, bytes)) throw new CodedError('time.altered', 'A time stamp has bytes that a time stamp does not need.');
  if (held.statement.imprint !== imprint) throw new CodedError('time.other-imprint', 'A time stamp is over something else than what it stands beside.');
  return held;
}

/** The root certificate in a PEM text that holds nothing else, or null. */
export async function rootOfPem(pem: string, ports: TimestampPorts): Promise<TimeCertificate | null> {
  const [bytes, ...more] = pemCertificates(new TextEncoder().encode(`${pem.replaceAll('\r\n', '\n').trim()}\n`)) ?? [];
  const certificate = bytes === undefined || more.length > 0 ? null : readTimeCertificate(bytes, ports);
  return certificate !== null && (await isRoot(certificate, ports)) ? certificate : null;
}

/** @throws CodedError `time.not-an-answer`, `time.refused` */
function tokenOfAnswer(answer: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let response: TimeStampResp;
  try {
    response = TimeStampResp.fromBER(answer);
  } catch (cause) {
    throw new CodedError('time.not-an-answer', 'The time stamping authority sent something that is not a time stamp.', { cause });
  }
  const { status } = response.status;
  if (status !== PKIStatus.granted && status !== PKIStatus.grantedWithMods) throw new CodedError('time.refused', 'The time stamping authority refused to stamp.');
  if (response.timeStampToken === undefined) throw new CodedError('time.not-an-answer', 'The time stamping authority sent no time stamp.');
  return new Uint8Array(response.timeStampToken.toSchema().toBER());
}

async function hold(token: TimestampToken, roots: readonly TimeCertificate[], ports: TimestampPorts): Promise<HeldTimestamp> {
  const brought = token.certificates.flatMap((bytes) => readTimeCertificate(bytes, ports) ?? []);
  const signer = brought.find((each) => each.issuer === hex(token.signer.issuer) && each.serial === hex(token.signer.serial));
  if (signer === undefined) throw new CodedError('time.bad-certificate', 'A time stamp does not bring the certificate that it was signed with, or that cannot be used.');
  await demandNamed(token, signer, ports);
  await demandSignature(token, signer, ports);
  if (!signer.isForTime) throw new CodedError('time.wrong-purpose', 'A time stamp was signed with a certificate that is not meant for time stamps.');
  const chain = await chainOf(signer, [...roots, ...brought], ports);
  const root = chain?.at(-1);
  if (chain === null || root === undefined) throw new CodedError('time.other-root', 'No root certificate vouches for the authority that signed a time stamp.');
  const { genTime } = token.statement;
  if (chain.some((each) => genTime < each.notBefore || genTime > each.notAfter)) throw new CodedError('time.expired', 'A time stamp was signed with a certificate that was not valid at that time.');
  return { token: tokenBytes(token, chain.map((each) => each.der)), statement: token.statement, signer, root };
}

/** The signed attributes must name the signer's certificate, so that no other with the same key can take its place (RFC 3161 section 2.4.2, RFC 5816). */
async function demandNamed(token: TimestampToken, signer: TimeCertificate, ports: TimestampPorts): Promise<void> {
  const fits = await Promise.all(token.certificateHashes.map(async ({ digest, hash }) => hex(new Uint8Array(await ports.subtle.digest(digest, signer.der))) === hash));
  if (fits.length === 0 || fits.includes(false)) throw new CodedError('time.bad-certificate', 'A time stamp names another certificate than the one that it was signed with.');
}

async function demandSignature(token: TimestampToken, signer: TimeCertificate, ports: TimestampPorts): Promise<void> {
  const digest = hex(new Uint8Array(await ports.subtle.digest(token.digest, token.content)));
  if (digest !== token.messageDigest || !(await signatureHolds(token, signer, ports))) throw new CodedError('time.bad-signature', 'The signature of a time stamp does not hold.');
}

async function signatureHolds(token: TimestampToken, signer: TimeCertificate, ports: TimestampPorts): Promise<boolean> {
  try {
    const method = signatureMethod(token);
    if (method.algorithmId.startsWith(ECDSA) && !isPlainEcdsa(token.signature)) return false;
    const value = new OctetString({ valueHex: token.signature.slice().buffer });
    return await engineOf(ports.subtle).verifyWithPublicKey(token.attributes, value, signer.certificate.subjectPublicKeyInfo, method, token.digest);
  } catch {
    return false;
  }
}
