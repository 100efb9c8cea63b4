// Decides which machine on the LAN is a desk of this branch: enrols by code, admits by certificate, cuts off.
import { z } from 'zod';
import { Refusal, refuseUnless } from '../bank/refusal.ts';
import type { DeskReads, DeskRow } from '../ledger/projections/desk.ts';
import { authoritySecret, invitationSecret } from '../ledger/projections/desk.ts';
import type { DeskRenewals } from '../ledger/projections/desk-renewal.ts';
import type { Secrets } from '../ledger/projections/staff-secrets.ts';
import type { Chance, Clock } from '../ports.ts';
import type { Announcer } from './desk.ts';
import {
  authorityDays,
  daysAfter,
  deskDays,
  fingerprintOf,
  type KeyPair,
  makeCertificate,
  newKeyPair,
  pemOf,
  readPrivateKey,
  readRequest,
  stationDays,
} from './desks-certificate.ts';
import { deskProof, isProof, stationHost, stationProof } from './desks-proof.ts';
import { changeCertificate, type Renewal, type RenewalAsked, renewDesk } from './desks-renewal.ts';
import type { DeskPlace, DeskWindows } from './desks-windows.ts';
import type { CommandLog } from './dispatch.ts';

/** How long a one-time code is good, and after how many wrong tries in its name it is void. */
export const codeMs = 15 * 60_000;
export const wrongTriesMax = 5;
/** Wrong tries a minute, whatever they name, after which the station looks at none for a while. */
const triesMax = 10;
const triesMs = 60_000;

/** What a TLS listener shows and trusts; the key is made anew at each start and kept nowhere. */
export interface StationIdentity {
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
  readonly authority: string;
}

/** The answer to a desk that has proven its code; bytes in base64, the proof in hexadecimal. */
export interface Enrolment {
  readonly desk: number;
  readonly name: string;
  readonly branch: string;
  readonly certificate: string;
  readonly authority: string;
  readonly proof: string;
}

/** A desk that was let in, until its certificate ends (ms since 1970). */
export interface Admitted {
  readonly desk: number;
  readonly name: string;
  readonly until: number;
}

export interface DeskDoor {
  identity(): Promise<StationIdentity>;
  /** Refuses `desk-unknown`, `desk-revoked`, `desk-expired`. The certificate is in DER. */
  admit(certificate: Uint8Array): Admitted;
  /** True while a code is out: only then does anybody without a certificate have business here. */
  isInviting(): boolean;
  /**
   * Trades a proven code for a certificate, once. `binding` is what both ends of this TLS connection draw
   * from it. Refuses `code-wrong`, `too-many-tries`, `request-damaged`, `key-unfit`.
   */
  enrol(
    asked: unknown,
    line: { readonly binding: Uint8Array; readonly address: string },
  ): Promise<Enrolment>;
  /**
   * Gives a desk its next certificate, by the one it shows. Refuses with the reasons of `admit`, and
   * `renewal-early`, `key-unfit`, `request-damaged`.
   */
  renew(asked: RenewalAsked): Promise<Renewal>;
  /** A desk was let in with this certificate: where it is its next one, the one before ends. */
  arrived(certificate: Uint8Array, address: string): Promise<void>;
  /** Counts what the listener turned away before it came this far. */
  turnedAway(): void;
  /** Calls the listener with a desk's number the moment it is revoked. */
  onRevoked(listener: (desk: number) => void): () => void;
  /** Says where desks attach, or null. */
  listening(address: string | null): void;
  sit(window: number, place: DeskPlace): () => void;
}

export interface DoorParts {
  readonly log: CommandLog;
  readonly reads: DeskReads;
  readonly renewals: DeskRenewals;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly announcer: Announcer;
  readonly windows: DeskWindows;
  readonly branch: () => { readonly code: string; readonly name: string } | null;
}

/** What the handlers ask of the door, beside what the host does. */
export interface DoorInside extends DeskDoor {
  revoke(desk: number): void;
  /** Starts the timer of a new code, which no setting of the wall clock moves. */
  invited(desk: number): void;
  isOpen(row: DeskRow): boolean;
  standing(): { readonly listening: string | null; readonly refusals: number };
}

const asking = z.strictObject({
  invitation: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}$/),
  request: z.base64().max(2_048),
  proof: z.string().regex(/^[0-9a-f]{64}$/),
});

const wrongCode = (): Refusal =>
  new Refusal(
    'code-wrong',
    `That is not a code this station has open: it was mistyped, used, has run out after ${codeMs / 60_000} minutes, or was tried wrongly ${wrongTriesMax} times. Ask an administrator for a new one.`,
    'code',
  );

export function createDeskDoor(parts: DoorParts): DoorInside {
  const { reads, clock, windows, announcer } = parts;
  const authority = createAuthority(parts);
  const listeners = new Set<(desk: number) => void>();
  /** Monotonic end of each code made since the start, by desk. */
  const ends = new Map<number, number>();
  const failures: number[] = [];
  let refusals = 0;
  let listening: string | null = null;

  const isOpen = (row: DeskRow): boolean =>
    row.fingerprint === null &&
    row.revokedAt === null &&
    row.wrong < wrongTriesMax &&
    clock.now() < row.codeUntil &&
    clock.monotonic() < (ends.get(row.id) ?? Number.POSITIVE_INFINITY);

  // Counted and not announced: whoever knocks a thousand times must not wake every screen as often.
  const turnedAway = (): void => {
    refusals += 1;
  };

  function refuseFlood(): void {
    const now = clock.monotonic();
    while (failures[0] !== undefined && now - failures[0] >= triesMs) failures.shift();
    refuseUnless(
      failures.length < triesMax,
      'too-many-tries',
      `There were ${triesMax} wrong codes within a minute; wait for one and try again.`,
      'code',
    );
  }

  const door: DoorInside = {
    identity: () => authority.identity(),
    isInviting: () => reads.list().some(isOpen),
    isOpen,
    turnedAway,
    async enrol(asked, line) {
      refuseFlood();
      try {
        return await tradeCode(parts, { asked, line, isOpen, authority: await authority.get() });
      } catch (error) {
        if (error instanceof Refusal) failures.push(clock.monotonic());
        turnedAway();
        throw error;
      } finally {
        announcer.changed(['desk', 'log']);
      }
    },
    admit: (certificate) => admit(parts, fingerprintOf(certificate)),
    async renew(asked) {
      const admitted = admit(parts, fingerprintOf(asked.certificate));
      const given = await renewDesk(parts, admitted, asked, await authority.get());
      announcer.changed(['desk', 'log']);
      return given;
    },
    async arrived(certificate, address) {
      if (await changeCertificate(parts, certificate, address)) announcer.changed(['desk', 'log']);
    },
    onRevoked(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    revoke(desk) {
      for (const listener of [...listeners]) listener(desk);
    },
    invited: (desk) => void ends.set(desk, clock.monotonic() + codeMs),
    listening(address) {
      listening = address;
      announcer.changed(['desk']);
    },
    standing: () => ({ listening, refusals }),
    sit(window, place) {
      const leave = windows.sit(window, place);
      announcer.changed(['desk']);
      return () => {
        leave();
        announcer.changed(['desk']);
      };
    },
  };
  return Object.freeze(door);
}

/** By its present certificate, or by the next one it was given. */
function admit({ reads, renewals, clock }: DoorParts, fingerprint: string): Admitted {
  const next = renewals.byFingerprint(fingerprint);
  const row = next ? reads.byId(next.desk) : reads.byFingerprint(fingerprint);
  const until = next ? next.until : row?.certificateUntil;
  refuseUnless(
    row && until,
    'desk-unknown',
    'This station does not know the desk’s certificate; ask an administrator for a code.',
  );
  refuseUnless(
    row.revokedAt === null,
    'desk-revoked',
    `The desk ${row.name} was revoked; ask an administrator for a code.`,
  );
  refuseUnless(
    clock.now() < until,
    'desk-expired',
    `The certificate of the desk ${row.name} has run out; ask an administrator for a code.`,
  );
  return Object.freeze({ desk: row.id, name: row.name, until });
}

interface Trade {
  readonly asked: unknown;
  readonly line: { readonly binding: Uint8Array; readonly address: string };
  readonly isOpen: (row: DeskRow) => boolean;
  readonly authority: Authority;
}

async function tradeCode(parts: DoorParts, trade: Trade): Promise<Enrolment> {
  const { log } = parts;
  const parsed = asking.safeParse(trade.asked);
  refuseUnless(
    parsed.success,
    'request-damaged',
    'What the desk asked could not be read; its program may be older or newer.',
  );
  const { invitation, proof } = parsed.data;
  const request = Buffer.from(parsed.data.request, 'base64');
  // A wrong try is recorded, so it must not roll back what counts it.
  const outcome = await log.submit(() => {
    const row = parts.reads.byInvitation(invitation);
    const key = row && trade.isOpen(row) ? parts.secrets.get(invitationSecret(invitation)) : null;
    if (!row || !key) return null;
    if (!isProof(Buffer.from(proof, 'hex'), deskProof(key, trade.line.binding, request))) {
      record(log, 'desk.code-refused', { desk: row.id, address: trade.line.address });
      return null;
    }
    return enrolled(parts, trade, { row, key, request });
  });
  if (outcome === null) throw wrongCode();
  return outcome;
}

function enrolled(
  parts: DoorParts,
  { authority, line }: Trade,
  { row, key, request }: { row: DeskRow; key: Uint8Array; request: Buffer },
): Enrolment {
  const { log, clock, chance, secrets, branch } = parts;
  const now = clock.now();
  const until = daysAfter(now, deskDays);
  const certificate = makeCertificate({
    ...{ kind: 'desk', name: `desk ${row.id}`, publicKey: readRequest(request) },
    issuer: authority,
    serial: chance.bytes(16),
    ...{ from: now, until },
  });
  const fingerprint = fingerprintOf(certificate);
  const { id: desk, name, invitation } = row;
  // The end as TLS reads it has whole seconds.
  const end = Math.floor(until / 1_000) * 1_000;
  record(log, 'desk.enrolled', { desk, fingerprint, until: end, address: line.address });
  secrets.delete(invitationSecret(invitation));
  const given = { request, certificate, authority: authority.certificate };
  return Object.freeze({
    ...{ desk, name, branch: branch()?.name ?? '' },
    certificate: certificate.toString('base64'),
    authority: authority.certificate.toString('base64'),
    proof: stationProof(key, line.binding, given).toString('hex'),
  });
}

function record(log: CommandLog, type: string, data: Readonly<Record<string, unknown>>): void {
  log.append({ type, actor: 'system', key: '', digest: '', data });
}

interface Authority {
  readonly name: string;
  readonly key: KeyPair;
  /** DER. */
  readonly certificate: Buffer;
}

const certificateSecret = `${authoritySecret}/certificate`;

/** The branch's own authority for its desks: made at first use, kept in the encrypted database. */
function createAuthority({ log, secrets, clock, chance, branch }: DoorParts) {
  function make(): Authority {
    const now = clock.now();
    const key = newKeyPair();
    const name = `QENEX Teller desks of ${branch()?.code ?? 'a new branch'}`;
    const certificate = makeCertificate({
      ...{ kind: 'authority', name, publicKey: key.publicKey, issuer: { name, key } },
      ...{ serial: chance.bytes(16), from: now, until: daysAfter(now, authorityDays) },
    });
    secrets.set(authoritySecret, key.privateKey.export({ type: 'pkcs8', format: 'der' }));
    secrets.set(certificateSecret, Buffer.concat([Buffer.from(`${name}\n`), certificate]));
    record(log, 'desk-authority.made', { fingerprint: fingerprintOf(certificate) });
    return { name, key, certificate };
  }

  function kept(): Authority | null {
    const key = secrets.get(authoritySecret);
    const stored = secrets.get(certificateSecret);
    if (!key || !stored) return null;
    const bytes = Buffer.from(stored);
    const end = bytes.indexOf('\n');
    const name = bytes.subarray(0, end).toString();
    return { name, key: readPrivateKey(key), certificate: bytes.subarray(end + 1) };
  }

  const get = async (): Promise<Authority> => kept() ?? log.submit(() => kept() ?? make());

  async function identity(): Promise<StationIdentity> {
    const authority = await get();
    const own = newKeyPair();
    const now = clock.now();
    const certificate = makeCertificate({
      ...{ kind: 'station', name: 'station', publicKey: own.publicKey },
      ...{ host: stationHost(authority.certificate), issuer: authority },
      ...{ serial: chance.bytes(16), from: now, until: daysAfter(now, stationDays) },
    });
    return Object.freeze({
      key: String(own.privateKey.export({ type: 'pkcs8', format: 'pem' })),
      certificate: pemOf(certificate),
      authority: pemOf(authority.certificate),
    });
  }

  return { get, identity };
}
