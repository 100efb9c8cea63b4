// Carries what was begun to its end after any crash: reservations asked for, allowances that have run out.
import { Refusal } from '#station/bank/refusal.ts';
import type { OfficeLine } from '#station/office/client/calls.ts';
import type { Allowance, OfficePart } from '#station/office/protocol/values.ts';
import type { Announcer } from './desk.ts';
import type { OfficeBooks } from './office-desk.ts';

interface SagaParts extends OfficeBooks {
  readonly announcer: Pick<Announcer, 'changed'>;
}

/**
 * Asks again for every reservation without an answer: its key makes the question harmless. What came
 * back is recorded before anybody is told.
 */
export async function answerReservations(parts: SagaParts, line: OfficeLine): Promise<void> {
  const { reads, ledger, announcer } = parts;
  for (const row of reads.reservations()) {
    if (row.state !== 'asked' && row.state !== 'waiting') continue;
    const { key, branch, number, amountMinor, currency } = row;
    const reply = await line.reserve({ key, account: { branch, number }, amountMinor, currency });
    if (reply.kind === 'waiting' && row.state === 'waiting') continue;
    const message = reply.kind === 'declined' ? reply.message : '';
    const state = reply.kind;
    await ledger.submit(() => {
      ledger.append({
        type: 'reservation.answered',
        actor: 'system',
        data: { key, state, message },
      });
    });
    announcer.changed(['office']);
  }
}

/** Gives back what is left of allowances that have run out: the branch's own word, by its own clock. */
export async function returnExpired(
  { reads, ledger, announcer }: SagaParts,
  now: number,
): Promise<void> {
  const over = reads.allowances().filter(({ state, document }) => {
    return state === 'open' && (JSON.parse(document) as Allowance).expiresAt <= now;
  });
  if (over.length === 0) return;
  await ledger.submit(() => {
    for (const { id } of over) ledger.append({ actor: 'system', ...returnEvent(reads, id) });
  });
  announcer.changed(['office']);
}

/** The event that gives back what is left of an allowance. Refuses one that is not open. */
export function returnEvent(reads: OfficeBooks['reads'], id: string) {
  const held = reads.allowances().find((each) => each.id === id);
  if (held?.state !== 'open') {
    throw new Refusal(
      'allowance-ended',
      `Allowance ${id} is ${held?.state ?? 'not known here'}.`,
      'id',
    );
  }
  const left = BigInt((JSON.parse(held.document) as Allowance).amountMinor) - held.spentMinor;
  const office = { kind: 'returned', allowance: id, amountMinor: String(left) } as const;
  return { type: 'allowance.returned', data: { office } };
}

/**
 * Tells an older copy of head office that nothing else is to come: what only the lost one held for us is given
 * up, and all before this event has been delivered when it arrives. Once an opening.
 */
export async function recoverBooks(
  { ledger, reads, announcer }: SagaParts,
  work: { recovered: string },
  copy: string,
): Promise<void> {
  if (work.recovered === copy) return;
  await ledger.submit(() => {
    for (const { key, state } of reads.reservations()) {
      if (state !== 'reserved') continue;
      const office: OfficePart = { kind: 'abandoned', reservation: key };
      ledger.append({ type: 'reservation.abandoned', actor: 'system', data: { office } });
    }
    const office: OfficePart = { kind: 'recovered', copy };
    ledger.append({ type: 'office.recovered', actor: 'system', data: { office } });
  });
  work.recovered = copy;
  announcer.changed(['office']);
}
