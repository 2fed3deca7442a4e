import type { Protocol } from 'devtools-protocol';
import { arch, release } from 'node:os';

/**
 * What a browser of that version with a window says of itself in client hints (User-Agent Client Hints, W3C). A browser
 * that was given its user agent at the start would leave most of it empty, which no person's browser does.
 *
 * @param version whole, `156.0.8078.79`
 * @param program path of the browser, whose name tells its brand
 */
export function clientHints(version: string, program: string): Protocol.Emulation.UserAgentMetadata {
  const major = Number.parseInt(version, 10);
  return {
    brands: brands(major, program, String(major), (grease) => grease),
    fullVersionList: brands(major, program, version, (grease) => `${grease}.0.0.0`),
    platform: process.platform === 'win32' ? 'Windows' : process.platform === 'darwin' ? 'macOS' : 'Linux',
    platformVersion: platformVersion(process.platform, release()),
    architecture: arch().startsWith('arm') ? 'arm' : 'x86',
    bitness: arch().endsWith('64') ? '64' : '32',
    model: '',
    mobile: false,
    wow64: false,
    formFactors: ['Desktop'],
  };
}

/** In which order the brands stand, by the version's rest; the invented one first, then Chromium, then the maker's. */
const ORDERS = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] as const;

/**
 * The list of brands of that version, with the one that Chromium invents so that nobody counts on the list
 * (components/embedder_support/user_agent_utils.cc, GetGreasedUserAgentBrandVersion).
 */
function brands(major: number, program: string, version: string, greased: (version: string) => string): { brand: string; version: string }[] {
  const marks = [' ', '(', ':', '-', '.', '/', ')', ';', '=', '?', '_'];
  const invented = { brand: `Not${marks[major % 11]}A${marks[(major + 1) % 11]}Brand`, version: greased(['8', '99', '24'][major % 3] ?? '8') };
  const maker = /edge/i.test(program) ? 'Microsoft Edge' : /chrom(?!ium)/i.test(program) ? 'Google Chrome' : null;
  const chromium = { brand: 'Chromium', version };
  if (maker === null) return major % 2 === 0 ? [invented, chromium] : [chromium, invented];
  const list = [invented, chromium, { brand: maker, version }];
  const order = ORDERS[major % 6] ?? ORDERS[0];
  const placed = [...list];
  order.forEach((place, index) => (placed[place] = list[index] ?? invented));
  return placed;
}

/**
 * The system's version as client hints have it: Windows 11 is 15, Windows 10 is 10; macOS by its own number, which the
 * kernel's follows (Darwin 20 to 24 are macOS 11 to 15, Darwin 25 is macOS 26); Linux says nothing.
 */
export function platformVersion(system: NodeJS.Platform, kernel: string): string {
  const [major = 0, , build = 0] = kernel.split('.').map(Number);
  if (system === 'win32') return build >= 22_000 ? '15.0.0' : '10.0.0';
  if (system === 'darwin') return `${major >= 25 ? major + 1 : major - 9}.0.0`;
  return '';
}
