import { ContentInfo, IssuerAndSerialNumber, SignedData } from 'pkijs';
import { hex } from '../record/bytes.js';

const OID = { signedData: '1.2.840.113549.1.7.2', contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4', signingTime: '1.2.840.113549.1.9.5' } as const;

/** A signer as a CMS file has it. */
export interface CmsSigner {
  /** DER of issuer name and serial number, in hexadecimal. */
  readonly issuer: string;
  readonly serial: string;
  /** Content of the messageDigest attribute, in hexadecimal. */
  readonly messageDigest: string;
  /** The signingTime attribute's tag (23 UTCTime, 24 GeneralizedTime) and text. */
  readonly timeTag: number;
  readonly timeText: string;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** A CMS SignedData as far as it is read; what is not read is caught by building it anew. */
export interface CmsFile {
  readonly certificates: readonly Uint8Array<ArrayBuffer>[];
  readonly signers: readonly CmsSigner[];
}

/** Reads a detached SignedData, or gives null. */
export function parseCms(der: Uint8Array<ArrayBuffer>): CmsFile | null {
  try {
    const outer = ContentInfo.fromBER(der);
    if (outer.contentType !== OID.signedData) return null;
    const signed = new SignedData({ schema: outer.content });
    const certificates = (signed.certificates ?? []).map((each) => new Uint8Array(each.toSchema(false).toBER()));
    return { certificates, signers: signed.signerInfos.map(signerOf) };
  } catch {
    return null;
  }
}

function signerOf(info: SignedData['signerInfos'][number]): CmsSigner {
  if (!(info.sid instanceof IssuerAndSerialNumber)) throw new TypeError('a signer is not named by issuer and serial number');
  const value = (type: string): { idBlock: { tagNumber: number }; valueBlock: { valueHexView: Uint8Array } } => {
    const found = info.signedAttrs?.attributes.filter((each) => each.type === type) ?? [];
    if (found.length !== 1 || found[0]?.values.length !== 1) throw new TypeError('a signed attribute is missing or stands there twice');
    return found[0].values[0] as ReturnType<typeof value>;
  };
  const time = value(OID.signingTime);
  return {
    issuer: hex(new Uint8Array(info.sid.issuer.valueBeforeDecode)),
    serial: hex(new Uint8Array(info.sid.serialNumber.toBER())),
    messageDigest: hex(value(OID.messageDigest).valueBlock.valueHexView),
    timeTag: time.idBlock.tagNumber,
    timeText: String.fromCharCode(...time.valueBlock.valueHexView.subarray(0, 15)),
    signature: new Uint8Array(info.signature.valueBlock.valueHexView),
  };
}

/** The UTC instant of a signingTime, or null when it is not one in the form that DER allows (RFC 5652 section 11.3). */
export function signingInstant(tag: number, text: string): string | null {
  const [, year, month, day, hour, minute, second] = (tag === 23 ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(text) ?? [];
  if (year === undefined || (tag !== 23 && tag !== 24)) return null;
  const fullYear = tag === 24 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900);
  if (tag === 24 && fullYear < 2050) return null;
  return `${fullYear}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
}
