import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import type { MachineFacts, MachineIdentity } from '../src/engine/machine.js';

/** Keeps the identity from being matched with what other programs make of the same identifier (machine-id(5)). */
const PURPOSE = 'Countersign machine v1';
const LONGEST = 500;
const SYSTEM = `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32`;
const POWERSHELL = `${SYSTEM}\\WindowsPowerShell\\v1.0\\powershell.exe`;
/** The registry does not hold the serial number; WMI does, without an administrator's rights. */
const SERIAL_ARGS = ['-NoProfile', '-NonInteractive', '-Command', '(Get-CimInstance -ClassName Win32_BIOS -Property SerialNumber -OperationTimeoutSec 4).SerialNumber'];

/** What the operating system says of the computer, before anything is made of it. */
export interface RawIdentity {
  readonly id: string | null;
  readonly model: string | null;
  readonly serial: string | null;
}

/** This computer, asked once. What needs an administrator's rights is left out. */
export function machineIdentity(platform: NodeJS.Platform = process.platform): MachineIdentity {
  let facts: Promise<MachineFacts> | null = null;
  return {
    read: () => (facts ??= rawIdentity(platform).then(factsOf)),
  };
}

/** The identifier itself is the system's secret; only its hash leaves this file. */
export function factsOf({ id, model, serial }: RawIdentity): MachineFacts {
  const hash = id === null ? null : createHash('sha256').update(`${PURPOSE}\n${id.toLowerCase()}\n`).digest('hex');
  return { id: hash, hostname: hostname().slice(0, LONGEST), model, serial };
}

async function rawIdentity(platform: NodeJS.Platform): Promise<RawIdentity> {
  switch (platform) {
    case 'linux':
      return linuxIdentity(textOf);
    case 'darwin':
      return parseIoreg((await run('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'])) ?? '');
    case 'win32': {
      const [cryptography, bios, serial] = await Promise.all([query('HKLM\\SOFTWARE\\Microsoft\\Cryptography', 'MachineGuid'), query('HKLM\\HARDWARE\\DESCRIPTION\\System\\BIOS', 'SystemProductName'), run(POWERSHELL, SERIAL_ARGS)]);
      return { id: parseRegistry(cryptography ?? '', 'MachineGuid'), model: parseRegistry(bios ?? '', 'SystemProductName'), serial: parseBiosSerial(serial ?? '') };
    }
    default:
      return { id: null, model: null, serial: null };
  }
}

/** Linux: machine-id(5), and what the firmware says as far as it may be read. `read` gives a file's text or null. */
export async function linuxIdentity(read: (path: string) => Promise<string | null>): Promise<RawIdentity> {
  const id = clean((await read('/etc/machine-id')) ?? (await read('/var/lib/dbus/machine-id')));
  const dmi = async (name: string): Promise<string | null> => clean(await read(`/sys/class/dmi/id/${name}`));
  const [vendor, product, serial] = await Promise.all([dmi('sys_vendor'), dmi('product_name'), dmi('product_serial')]);
  const model = [vendor, product].filter((part) => part !== null).join(' ');
  return { id: id !== null && /^[0-9a-f]{32}$/i.test(id) ? id : null, model: clean(model), serial };
}

/** macOS: what `ioreg -rd1 -c IOPlatformExpertDevice` prints. */
export function parseIoreg(text: string): RawIdentity {
  const value = (name: string): string | null => clean(new RegExp(`"${name}" = <?"([^"]*)"`).exec(text)?.[1] ?? null);
  return { id: value('IOPlatformUUID'), model: value('model'), serial: value('IOPlatformSerialNumber') };
}

/** Windows: the value `name` in what `reg query` prints. */
export function parseRegistry(text: string, name: string): string | null {
  return clean(new RegExp(`^\\s*${name}\\s+REG_SZ\\s+(.+)$`, 'm').exec(text)?.[1] ?? null);
}

/** Windows: what `Win32_BIOS.SerialNumber` is by PowerShell: one line, or nothing that is taken for one. */
export function parseBiosSerial(text: string): string | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  const [only, ...more] = lines;
  return only === undefined || more.length > 0 || !/^[\x20-\x7e]{1,100}$/.test(only) ? null : clean(only);
}

/** Null also for what makers put there for want of anything. */
function clean(text: string | null): string | null {
  const line = [...(text ?? '')].map((char) => (char < ' ' ? ' ' : char)).join('').trim().slice(0, LONGEST);
  return line === '' || /^(?:none|unknown|not specified|default string|system product name|system serial number|to be filled by o\.e\.m\.)$/i.test(line) ? null : line;
}

function query(key: string, value: string): Promise<string | null> {
  return run(`${SYSTEM}\\reg.exe`, ['query', key, '/v', value]);
}

async function run(program: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout: 5_000, maxBuffer: 1024 * 1024, windowsHide: true });
    return stdout;
  } catch {
    return null;
  }
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}
