/** What is wrong with the first address that is none of a website, or null. Without a scheme it is read as https, as in the address bar. */
export function wrongAddress(addresses: readonly string[]): string | null {
  const wrong = addresses.find((address) => !isWebsite(address));
  return wrong === undefined ? null : `“${wrong.length > 80 ? `${wrong.slice(0, 79)}…` : wrong}” is not the address of a website. Check it for spaces and missing letters`;
}

function isWebsite(address: string): boolean {
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(address) && !/^[^/:]+:\d{1,5}(?:\/|$)/.test(address);
  const whole = hasScheme ? address : `https://${address}`;
  return whole.length <= 16_384 && URL.canParse(whole) && /^https?:$/.test(new URL(whole).protocol);
}
