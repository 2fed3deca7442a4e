import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The compiled command line. */
export const CLI = fileURLToPath(new URL('../../main/cli/main.js', import.meta.url));

/** How a command ended and what it printed. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `countersign` with `args` to its end. */
export function countersign(args: readonly string[], options: { env?: Readonly<Record<string, string>>; cwd?: string } = {}): Promise<CommandResult> {
  return program(process.execPath, [CLI, ...args], options);
}

/** Runs any program to its end; nothing is interpreted by a shell. */
export function program(name: string, args: readonly string[], options: { env?: Readonly<Record<string, string>>; cwd?: string } = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString('utf8')));
    child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? -1, stdout, stderr });
    });
  });
}

/** A folder for one test file; `remove` takes it away. */
export function scratch(): { path: (...parts: string[]) => string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  return {
    path: (...parts) => join(folder, ...parts),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
