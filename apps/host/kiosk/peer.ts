// Asks the kernel which user is at the other end of a loopback connection, so that a ticket seen by
// another user of the machine lets nobody else in.
import { readFileSync } from 'node:fs';

const readTable = (): string => readFileSync('/proc/net/tcp', 'utf8');

/** Both ends of a TCP connection over 127.0.0.1, as our side sees them. */
export interface Ends {
  readonly localPort: number;
  readonly remotePort: number;
}

const portOf = (address: string | undefined): number =>
  Number.parseInt(address?.split(':')[1] ?? '', 16);

/**
 * Reads the owner (uid) of the socket at the other end from a table in the format of /proc/net/tcp:
 * that socket's local port is our remote port, and the other way round. Undefined when it is not listed.
 */
export function ownerOf(table: string, { localPort, remotePort }: Ends): number | undefined {
  for (const line of table.split('\n').slice(1)) {
    const [, local, remote, , , , , uid] = line.trim().split(/\s+/);
    if (portOf(local) === remotePort && portOf(remote) === localPort) return Number(uid);
  }
  return undefined;
}

/** The table is read in pieces while connections come and go: one that is not listed is looked for again. */
const looks = 3;

/**
 * False when the kernel says that somebody else is at the other end, or lists nobody at any look; true on systems
 * without the table. `read` gives the table.
 */
export function isOurs(ends: Ends, read: () => string = readTable): boolean {
  const uid = process.getuid?.();
  if (uid === undefined || process.platform !== 'linux') return true;
  try {
    for (let look = 0; look < looks; look += 1) {
      const owner = ownerOf(read(), ends);
      if (owner !== undefined) return owner === uid;
    }
    return false;
  } catch {
    return true;
  }
}
