// Gives every operation its handler, and every handler the parts of the branch it works with.
import type { Branch } from './branch.ts';
import { demonstrationPeople } from './demonstration/people.ts';
import { createSeal, type Seal } from './desk/credential-digest.ts';
import { branchHashCost, createCredentials, type HashCost } from './desk/credentials.ts';
import type { Announcer } from './desk/desk.ts';
import { createSessions, type Sessions } from './desk/session.ts';
import { staffHandlers } from './desk/staff.ts';
import { createStaffReads } from './ledger/projections/staff.ts';
import { createSecrets, pepperSecret, type Secrets } from './ledger/projections/staff-secrets.ts';
import type { Chance, Ports } from './ports.ts';

export interface DeskParts {
  readonly ports: Ports;
  readonly branch: Branch;
  readonly announcer: Announcer;
  /** Cost of a password hash; tests make it cheap. */
  readonly hashCost?: HashCost;
}

export interface Desk {
  /** Every operation's handler, by name. */
  readonly handlers: Readonly<Record<string, unknown>>;
  readonly sessions: Sessions;
  /** Seals secrets before a command is digested. */
  readonly seal: Seal;
  /** Ends long work and timers. */
  close(): Promise<void>;
}

const pepperBytes = 32;

export function createHandlers(parts: DeskParts): Desk {
  const { ports, branch, announcer } = parts;
  const { clock, chance, demonstration, report } = ports;
  const { database, ledger } = branch;
  const secrets = createSecrets(database);
  const staff = createStaffReads(database);
  const pepper = pepperOf(branch, secrets, chance);
  const cost = parts.hashCost ?? branchHashCost;
  const credentials = createCredentials({ cost, chance, pepper });
  const sessions = createSessions({
    ...{ log: ledger, clock, chance, staff, secrets, credentials, pepper, announcer, report },
    ...{ demonstration, card: demonstration ? demonstrationPeople : null },
    house: { day: () => ({ date: null, state: 'never-opened' }), tillOf: () => null },
    foundation: () => [],
  });
  return Object.freeze({
    handlers: Object.freeze({
      ...sessions.handlers,
      ...staffHandlers({
        staff,
        secrets,
        credentials,
        sessions,
        clock,
        customerExists: () => true,
      }),
    }),
    sessions,
    seal: createSeal(pepper),
    close: () => Promise.resolve(),
  });
}

/** The pepper of the branch, made once. It is a secret, not an event: it never stands in the log. */
function pepperOf({ ledger }: Branch, secrets: Secrets, chance: Chance): Uint8Array {
  const kept = secrets.get(pepperSecret);
  if (kept) return kept;
  const made = chance.bytes(pepperBytes);
  ledger.write(() => secrets.set(pepperSecret, made));
  return made;
}
