import { CodedError } from '../record/coded-error.js';
import { MAX_ADDRESS } from '../investigation/addresses.js';

/** The address in what somebody typed. @throws CodedError `browse.bad-address` */
export function addressOf(typed: string): URL {
  const text = typed.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/:]+:\d{1,5}(?:\/|$)/.test(text);
  const whole = hasScheme ? text : `https://${text}`;
  if (whole.length > MAX_ADDRESS || !URL.canParse(whole)) {
    throw new CodedError('browse.bad-address', 'This is not an address that can be opened. Check it for spaces and missing letters.');
  }
  return new URL(whole);
}

/** An address as it may stand in the record: without the password in it. */
export function maskedAddress(url: URL): string {
  const copy = new URL(url.href);
  if (copy.password !== '') copy.password = '***';
  return copy.href;
}
