const WORDS: Readonly<Record<string, string>> = {
  ERR_CERT_DATE_INVALID: 'Its certificate has run out, or is not valid yet. This computer’s clock being wrong would look the same.',
  ERR_CERT_COMMON_NAME_INVALID: 'Its certificate was made out for another site.',
  ERR_CERT_AUTHORITY_INVALID: 'Nobody that this computer trusts vouches for its certificate. A filter that reads secure connections can look like this.',
  ERR_CERT_REVOKED: 'Its certificate was withdrawn by whoever gave it.',
  ERR_CERT_WEAK_KEY: 'Its certificate has a key that is too weak.',
  ERR_CERT_WEAK_SIGNATURE_ALGORITHM: 'Its certificate is signed in a way that is no longer safe.',
  ERR_CERT_VALIDITY_TOO_LONG: 'Its certificate is valid for longer than is allowed.',
  ERR_CERTIFICATE_TRANSPARENCY_REQUIRED: 'Its certificate is not in the public lists of certificates.',
};

/** What is wrong with a certificate in plain words; `error` is the browser's name for it, such as `ERR_CERT_DATE_INVALID`. */
export function certificateWords(error: string): string {
  return WORDS[error] ?? 'Its certificate cannot be checked.';
}
