/**
 * Stops a process where it stands (SIGSTOP), never this one. Windows has no such signal: there a page that was cut off is offline
 * and shown no more, and runs on.
 */
export function stopProcess(pid: number): void {
  if (process.platform === 'win32' || pid <= 0 || pid === process.pid) return;
  try {
    process.kill(pid, 'SIGSTOP');
  } catch {
    // It ended by itself meanwhile, which is all that was wanted.
  }
}
