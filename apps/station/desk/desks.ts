// Handles the branch's desks on the LAN: who may attach is asked for, shown and taken back.

import type { DeskView } from '#contract/desks.ts';
import type { Checked, Output } from '#contract/index.ts';
import { Refusal, refuseUnless } from '../bank/refusal.ts';
import { type DeskReads, type DeskRow, invitationSecret } from '../ledger/projections/desk.ts';
import type { DeskRenewals } from '../ledger/projections/desk-renewal.ts';
import type { Secrets } from '../ledger/projections/staff-secrets.ts';
import type { Chance, Clock } from '../ports.ts';
import { instant } from './counter.ts';
import type { Handlers, Moment, Recorded, SignedIn } from './desk.ts';
import { daysAfter } from './desks-certificate.ts';
import { codeMs, type DoorInside } from './desks-door.ts';
import { codeBytes, newCode, proofKey, shownCode, splitCode } from './desks-proof.ts';
import { renewalDays } from './desks-renewal.ts';
import type { DeskWindows } from './desks-windows.ts';

export interface DesksParts {
  readonly reads: DeskReads;
  readonly renewals: DeskRenewals;
  readonly secrets: Secrets;
  readonly windows: DeskWindows;
  readonly door: DoorInside;
  readonly clock: Clock;
  readonly chance: Chance;
}

type DesksName = Extract<keyof Handlers, `desk.${string}`>;
type Invited = Output<'desk.invite'>;

/** Codes out at once at most: more are a mistake, and each is something to guess at. */
const openMax = 8;

interface Made {
  readonly code: string;
  readonly key: Uint8Array;
}

export function desksHandlers(parts: DesksParts): Pick<Handlers, DesksName> {
  const { reads, secrets, door, chance } = parts;
  /** Codes that were made and not yet shown, by desk. */
  const unseen = new Map<number, string>();
  return Object.freeze({
    'desk.list': () => ({
      desks: reads.list().map((row) => viewOf(parts, row)),
      ...door.standing(),
    }),
    'desk.invite': {
      async before(): Promise<Made> {
        const code = newCode(chance.bytes(codeBytes));
        return { code, key: await proofKey(splitCode(code)) };
      },
      record(
        { name }: Checked<'desk.invite'>,
        _asker: SignedIn,
        { at }: Moment,
        { code, key }: Made,
      ): Recorded<Invited> {
        refuseName(parts, name);
        for (const row of reads.list()) {
          if (!door.isOpen(row)) secrets.delete(invitationSecret(row.invitation));
        }
        const { invitation } = splitCode(code);
        refuseUnless(
          reads.byInvitation(invitation) === null,
          'code-taken',
          'By chance the code resembles an earlier one; ask again.',
        );
        const desk = reads.nextId();
        const until = at + codeMs;
        secrets.set(invitationSecret(invitation), key);
        unseen.set(desk, code);
        door.invited(desk);
        return {
          type: 'desk.invited',
          data: { desk, name, invitation, until },
          result: { desk, until: instant(until), code: null },
          topics: ['desk'],
        };
      },
      complete(result: Invited): Invited {
        const code = unseen.get(result.desk);
        unseen.delete(result.desk);
        return { ...result, code: code === undefined ? null : shownCode(code) };
      },
    },
    'desk.revoke': {
      record({ desk, reason }: Checked<'desk.revoke'>): Recorded<{ desk: number }> {
        const row = reads.byId(desk);
        refuseUnless(row, 'desk-unknown', `There is no desk ${desk}.`, 'desk');
        refuseUnless(
          row.revokedAt === null,
          'desk-revoked',
          `The desk ${row.name} is revoked already.`,
          'desk',
        );
        secrets.delete(invitationSecret(row.invitation));
        return {
          type: 'desk.revoked',
          data: { desk, reason },
          result: { desk },
          topics: ['desk'],
          announce: () => door.revoke(desk),
        };
      },
    },
  });
}

function refuseName({ reads, door, clock }: DesksParts, name: string): void {
  const rows = reads.list();
  const open = rows.filter(door.isOpen);
  if (open.length >= openMax) {
    throw new Refusal(
      'codes-open',
      `${open.length} codes are out at once; use or revoke one of them first.`,
    );
  }
  const isLive = (row: DeskRow) =>
    row.revokedAt === null && (door.isOpen(row) || (row.certificateUntil ?? 0) > clock.now());
  refuseUnless(
    !rows.some((row) => row.name === name && isLive(row)),
    'desk-named',
    `There is a desk ${name} already; revoke it first, or choose another name.`,
    'name',
  );
}

function stateOf({ door, clock }: DesksParts, row: DeskRow): DeskView['state'] {
  if (row.revokedAt !== null) return 'revoked';
  if (row.certificateUntil === null) return door.isOpen(row) ? 'invited' : 'lapsed';
  return clock.now() < row.certificateUntil ? 'enrolled' : 'expired';
}

function viewOf(parts: DesksParts, row: DeskRow): DeskView {
  const { windows, clock, renewals } = parts;
  const state = stateOf(parts, row);
  const next = renewals.of(row.id);
  const renewsFrom =
    state === 'enrolled' && row.certificateUntil !== null
      ? instant(daysAfter(row.certificateUntil, -renewalDays))
      : null;
  const open = windows.countOf(row.id);
  const seenAt = open > 0 ? clock.now() : row.seenAt;
  return {
    ...{ desk: row.id, name: row.name, state, windows: open },
    ...{ address: row.address, wrongTries: row.wrong, fingerprint: row.fingerprint },
    lastSeenAt: seenAt === null ? null : instant(seenAt),
    until: instant(row.certificateUntil ?? row.codeUntil),
    renewsFrom,
    isRenewalDue: renewsFrom !== null && next === null && clock.now() >= Date.parse(renewsFrom),
    nextUntil: next && state !== 'revoked' ? instant(next.until) : null,
  };
}
