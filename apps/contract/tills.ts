// Tills, the vault, and cash on its way between them.
import { z } from 'zod';
import { command, query } from './operation.ts';
import { secondPerson } from './session.ts';
import {
  currency,
  date,
  denominations,
  instant,
  line,
  minor,
  nothing,
  reason,
  sequence,
} from './values.ts';

export const tillId = z.number().int().positive();

/** closed -> open <-> paused; open -> counting -> closed. Cash moves only while open. */
export const tillState = z.enum(['closed', 'open', 'paused', 'counting']);

/** What a till holds in one currency. While its teller counts, the figures are withheld (null): the count is blind. */
export const cashPosition = z.object({
  currency,
  totalMinor: minor.nullable(),
  denominations: denominations.nullable(),
  softLimitMinor: minor.nullable(),
  hardLimitMinor: minor.nullable(),
});

export const tillView = z.object({
  till: tillId,
  kind: z.enum(['till', 'vault']),
  name: z.string(),
  state: tillState,
  /** Who has it open. */
  teller: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  openedAt: instant.nullable(),
  positions: z.array(cashPosition),
  lastCountedAt: instant.nullable(),
});
export type TillView = z.output<typeof tillView>;

/** Cash in transit: offered by the giver (posted to transit), then accepted or sent back. */
export const movementView = z.object({
  movement: sequence,
  state: z.enum(['requested', 'offered', 'accepted', 'declined', 'cancelled']),
  from: z.object({ till: tillId, name: z.string() }),
  to: z.object({ till: tillId, name: z.string() }),
  currency,
  amountMinor: minor,
  denominations,
  by: z.string(),
  at: instant,
  narrative: z.string(),
  /** What the person at this window may do with it. */
  actions: z.array(z.enum(['offer', 'accept', 'decline', 'cancel'])),
});
export type MovementView = z.output<typeof movementView>;

/** One count: what a person found, per currency. */
export const counts = z
  .array(z.strictObject({ currency, denominations }))
  .min(1, 'holds one currency or more')
  .max(20);

export const suspectedCause = z.object({
  cause: z.string(),
  message: z.string(),
  journal: z.number().int().nullable(),
  /** Its part of all suspicion in thousandths: whole, because a count and its causes stand in the log. */
  confidence: z.number().int(),
});

export const countResult = z.object({
  till: tillId,
  count: sequence,
  balanced: z.boolean(),
  /**
   * False after a first count that does not agree: its figures stay withheld until a second one, just as
   * blind, is in. `differences` is empty until then.
   */
  disclosed: z.boolean(),
  differences: z.array(
    z.object({
      currency,
      expectedMinor: minor,
      countedMinor: minor,
      /** Counted minus expected: positive is over, negative short. */
      differenceMinor: minor,
      causes: z.array(suspectedCause),
    }),
  ),
});
export type CountResult = z.output<typeof countResult>;

const desk = ['teller', 'supervisor'] as const;
const done = z.object({ till: tillId });
const moved = z.object({ movement: sequence });
const purse = { currency, denominations };

export const tillOperations = {
  /** Every till and the vault. A teller sees the figures of the own till only. */
  'till.list': query({
    access: ['teller', 'supervisor', 'auditor', 'administrator'],
    input: nothing,
    output: z.object({ tills: z.array(tillView) }),
    topics: ['till', 'journal', 'movement'],
  }),
  /** What the own till will run out of at the pace of the last days, as a purchase from the vault; often nothing. */
  'till.need': query({
    access: desk,
    input: z.strictObject({ till: tillId }),
    output: z.object({
      needs: z.array(
        z.object({
          currency,
          denominations,
          /** Customers of one of the last days, whom it should last for. */
          customers: z.number().int(),
        }),
      ),
    }),
    topics: ['till', 'journal', 'movement'],
  }),
  'till.add': command({
    access: ['administrator', 'supervisor'],
    input: z.strictObject({
      name: line(35).pipe(z.string().min(1)),
      currencies: z.array(currency).min(1).max(20),
    }),
    output: done,
  }),
  /**
   * Opens a till with a blind count. A difference to its last count goes to cash over/short suspense; above
   * the tolerance a supervisor must approve first, and the till stays closed until it is carried out.
   */
  'till.open': command({
    access: desk,
    input: z.strictObject({ till: tillId, counts }),
    output: z.discriminatedUnion('state', [
      countResult.extend({ state: z.literal('open') }),
      z.object({ state: z.literal('parked'), approval: sequence }),
    ]),
  }),
  'till.pause': command({ access: desk, input: z.strictObject({ till: tillId }), output: done }),
  'till.resume': command({ access: desk, input: z.strictObject({ till: tillId }), output: done }),
  /** From here on the station withholds the till's figures from its teller until the count is in. */
  'till.beginCount': command({
    access: desk,
    input: z.strictObject({ till: tillId }),
    output: done,
  }),
  'till.cancelCount': command({
    access: desk,
    input: z.strictObject({ till: tillId }),
    output: done,
  }),
  /**
   * A blind count. Every count is kept. The first that does not agree is answered without a figure; the
   * second names the difference and its likely causes.
   */
  'till.count': command({
    access: desk,
    input: z.strictObject({ till: tillId, counts }),
    output: countResult,
  }),
  /**
   * Closes a till on its last count. A difference is booked to suspense; above the tolerance a supervisor
   * must approve, and the reply says which approval it waits for.
   */
  'till.close': command({
    access: desk,
    input: z.strictObject({ till: tillId, count: sequence, explanation: line(280).default('') }),
    output: z.discriminatedUnion('state', [
      z.object({ state: z.literal('closed'), till: tillId }),
      z.object({ state: z.literal('parked'), approval: sequence }),
    ]),
  }),
  /**
   * Closes the till of a colleague who is not there: a supervisor counts it with a second person, neither of
   * them its teller. A difference is booked to suspense.
   */
  'till.forceClose': command({
    access: ['supervisor'],
    input: z.strictObject({ till: tillId, counts, second: secondPerson, reason }),
    output: countResult,
  }),
  /** A supervisor counts somebody's till unannounced; nothing is booked, the result is recorded. */
  'till.surpriseCount': command({
    access: ['supervisor'],
    input: z.strictObject({ till: tillId, counts }),
    output: countResult,
  }),
  /** Cash from the cash centre into the vault, or back to it (against the nostro at head office). */
  'vault.receive': command({
    access: ['supervisor'],
    input: z.strictObject({ ...purse, reference: line(35).pipe(z.string().min(1)) }),
    output: z.object({ journal: sequence }),
  }),
  'vault.send': command({
    access: ['supervisor'],
    input: z.strictObject({ ...purse, reference: line(35).pipe(z.string().min(1)) }),
    output: z.object({ journal: sequence }),
  }),

  'movement.list': query({
    access: ['teller', 'supervisor', 'auditor'],
    input: z.strictObject({ date: date.optional() }),
    output: z.object({ movements: z.array(movementView) }),
    topics: ['movement', 'till'],
  }),
  /** Asks another till or the vault for cash: nothing moves until the giver offers it. */
  'movement.request': command({
    access: desk,
    input: z.strictObject({ from: tillId, to: tillId, ...purse, narrative: line(140).default('') }),
    output: moved,
  }),
  /** The giver hands cash over into transit, of the own accord or answering a request. */
  'movement.offer': command({
    access: desk,
    input: z.strictObject({
      from: tillId,
      to: tillId,
      ...purse,
      request: sequence.optional(),
      narrative: line(140).default(''),
    }),
    output: moved,
  }),
  /** The receiver has counted what came; it must be what was offered. */
  'movement.accept': command({
    access: desk,
    input: z.strictObject({ movement: sequence, denominations }),
    output: moved,
  }),
  /** The receiver sends it back: the giver has it again. */
  'movement.decline': command({
    access: desk,
    input: z.strictObject({ movement: sequence, reason }),
    output: moved,
  }),
  /** The asker takes a request back, or the giver an offer not yet accepted. */
  'movement.cancel': command({
    access: desk,
    input: z.strictObject({ movement: sequence, reason }),
    output: moved,
  }),
} as const;
