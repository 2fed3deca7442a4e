/** The signature file, which the time stamps are over. */
export const SIGNATURES = 'signatures/tagmanifest.p7s';

/** The token of the authority at `place` (from 0) in the bundle's list of them. */
export function timestampPath(place: number): string {
  return place === 0 ? `${SIGNATURES}.tst` : `${SIGNATURES}.${place + 1}.tst`;
}

/** The root certificate of that authority. */
export function timeRootPath(place: number): string {
  return `certificates/tsa-${place + 1}.pem`;
}
