// Issues the one-time tickets by which a browser window is let in, and the cookies it then keeps.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Chance, Clock } from '#station/ports.ts';

/** How long a ticket may lie before its browser comes, in ms: it is visible in the list of processes. */
export const ticketLifeMs = 60_000;

/** Tickets outstanding at most; the oldest gives way. */
const ticketCountMax = 16;
const cookieCountMax = 64;

export interface Tickets {
  /** A new ticket: 256 bits in base64url. */
  issue(): string;
  /** Trades a ticket for a cookie value, once and in time; otherwise undefined. */
  redeem(ticket: string): string | undefined;
  /** Whether this is the value of a cookie given out since the start. */
  admits(cookie: string): boolean;
}

interface Ticket {
  readonly digest: Buffer;
  readonly issuedMs: number;
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Compares with every candidate, so that the time taken says nothing about which one is near. */
function find(digests: readonly Buffer[], secret: string): number {
  const digest = digestOf(secret);
  let found = -1;
  digests.forEach((candidate, index) => {
    if (timingSafeEqual(candidate, digest)) found = index;
  });
  return found;
}

/** Only digests are kept: who reads our memory dump cannot walk in. */
export function createTickets({ clock, chance }: { clock: Clock; chance: Chance }): Tickets {
  const tickets: Ticket[] = [];
  const cookies: Buffer[] = [];
  const secret = (): string => Buffer.from(chance.bytes(32)).toString('base64url');
  return Object.freeze({
    issue() {
      const ticket = secret();
      tickets.push({ digest: digestOf(ticket), issuedMs: clock.monotonic() });
      if (tickets.length > ticketCountMax) tickets.shift();
      return ticket;
    },
    redeem(ticket: string) {
      const index = find(
        tickets.map(({ digest }) => digest),
        ticket,
      );
      const [found] = index < 0 ? [] : tickets.splice(index, 1);
      if (!found || clock.monotonic() - found.issuedMs > ticketLifeMs) return undefined;
      const cookie = secret();
      cookies.push(digestOf(cookie));
      if (cookies.length > cookieCountMax) cookies.shift();
      return cookie;
    },
    admits: (cookie: string) => find(cookies, cookie) >= 0,
  });
}
