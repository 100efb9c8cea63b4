// Decides, for each request to the kiosk's loopback port, whether it comes from a window we let in.
import type { IncomingMessage } from 'node:http';
import { type Ends, isOurs } from './peer.ts';
import type { Tickets } from './ticket.ts';

/** What the gate says no with; every refusal is a status and a sentence. */
export interface Denial {
  readonly status: 403 | 421;
  readonly sentence: string;
}

export interface Gate {
  /** Undefined when the request comes from an admitted window on our own origin. */
  refuse(request: IncomingMessage): Denial | undefined;
  /** Trades the ticket in the URL, if there is one and it holds, for the header that sets the cookie. */
  admit(request: IncomingMessage, url: URL): { setCookie: string } | Denial | undefined;
}

const denial = (status: Denial['status'], sentence: string): Denial =>
  Object.freeze({ status, sentence });

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=');
    if (key === name) return value;
  }
  return undefined;
}

export interface GateOptions {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Differs at each start, because cookies ignore ports. */
  readonly cookieName: string;
  readonly tickets: Tickets;
  /** Whether the user at the other end of a connection is the one who started us; the kernel is asked unless told. */
  readonly isOwn?: (ends: Ends) => boolean;
}

/** Whatever does something, or stays connected; what is only read are the screens, which anybody may have. */
function acts({ method, headers }: IncomingMessage): boolean {
  return (method !== 'GET' && method !== 'HEAD') || headers.upgrade !== undefined;
}

const otherUser = 'Another user of this machine opened this address.';

export function createGate(options: GateOptions): Gate {
  const { host, cookieName, tickets, isOwn = isOurs } = options;
  const elsewhere = (request: IncomingMessage): Denial | undefined => {
    // Another name for this address means that somebody else's name resolves to it (DNS rebinding).
    if (request.headers.host !== host) {
      return denial(421, `This workstation answers only as ${host}.`);
    }
    const { origin } = request.headers;
    // Reading may come without an Origin; whatever acts, or upgrades, must name ours.
    if (origin === undefined ? acts(request) : origin !== `http://${host}`) {
      return denial(403, 'This request comes from another page than the workstation.');
    }
    return undefined;
  };
  const ours = ({ socket }: IncomingMessage): boolean =>
    isOwn({ localPort: socket.localPort ?? 0, remotePort: socket.remotePort ?? 0 });

  return Object.freeze({
    refuse(request: IncomingMessage) {
      const wrong = elsewhere(request);
      if (wrong) return wrong;
      const cookie = cookieOf(request.headers.cookie, cookieName);
      if (cookie === undefined || !tickets.admits(cookie)) {
        return denial(403, 'This window was not opened by the workstation; start it again.');
      }
      // A browser sends the cookie to any port of this machine that it is led to: alone it proves nothing.
      return acts(request) && !ours(request) ? denial(403, otherUser) : undefined;
    },
    admit(request: IncomingMessage, url: URL) {
      const ticket = url.searchParams.get('ticket');
      if (request.method !== 'GET' || url.pathname !== '/' || ticket === null) return undefined;
      const wrong = elsewhere(request);
      if (wrong) return wrong;
      if (!ours(request)) return denial(403, otherUser);
      const cookie = tickets.redeem(ticket);
      if (cookie === undefined) {
        return denial(403, 'This address was used already or is older than a minute.');
      }
      return { setCookie: `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/` };
    },
  });
}
