import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The kernel's number for a TCP socket that listens (`TCP_LISTEN` in tcp_states.h). */
const LISTENING = '0A';

/** Every TCP socket that listens, and every UDP socket, that any of these processes holds; from Linux's `/proc`. */
export function openPorts(pids: readonly number[]): string[] {
  const mine = new Set(pids.flatMap(socketsOf));
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((protocol) =>
    readFileSync(`/proc/net/${protocol}`, 'latin1')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => inode !== undefined && mine.has(inode) && (protocol.startsWith('udp') || state === LISTENING))
      .map(([, local]) => `${protocol} ${local ?? ''}`),
  );
}

/** How many sockets of any kind these processes hold; to know that the look at them works. */
export function socketCount(pids: readonly number[]): number {
  return pids.flatMap(socketsOf).length;
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${String(pid)}/fd`).flatMap((fd) => {
      try {
        const socket = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${String(pid)}/fd/${fd}`));
        return socket?.[1] === undefined ? [] : [socket[1]];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
