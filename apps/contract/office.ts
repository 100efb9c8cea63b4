// Head office and the branch's line to it: its state, what covers whom, visits, and what all branches do.
import { z } from 'zod';
import { conductor } from './drafts.ts';
import { cardView } from './office-guest.ts';
import { command, query } from './operation.ts';
import { ratesView } from './rates.ts';
import { secondPerson } from './session.ts';
import {
  accountNumber,
  amountMinor,
  currency,
  denominations,
  instant,
  line,
  minor,
  nothing,
  reason,
} from './values.ts';

/** Code of a branch, as it was established with. */
export const branchCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9-]{1,12}$/, 'is the code of a branch, such as 002');

/** An account as the whole bank names it. */
export const officeAccount = z.strictObject({ branch: branchCode, number: accountNumber });

const position = z.object({ seq: z.number().int(), hash: z.string() });
const key = z.string().regex(/^[0-9a-f]{32}$/);

/** `none`: this branch has no head office; `offline`: work goes on inside the stand-in limits. */
export const lineState = z.enum(['none', 'opening', 'online', 'behind', 'offline', 'stopped']);

export const lineView = z.object({
  state: lineState,
  /** Events head office does not have yet. */
  behind: z.number().int(),
  /** The newest event of our log, and the newest head office has of it. */
  head: position,
  received: position,
  /** Of what had piled up since all was delivered last, what is there by now; null while nothing has. */
  delivery: z.object({ done: z.number().int(), of: z.number().int() }).nullable(),
  since: instant.nullable(),
  /** What was said last when it failed, or why it is stopped; "" otherwise. */
  why: z.string(),
  /** Whether this workstation reads what all branches do. */
  readsAll: z.boolean(),
  /** What the allowances held here still leave, by currency. */
  allowancesLeft: z.array(z.object({ amountMinor: minor, currency: z.string() })),
  /** End of our certificate; it is renewed by itself in its last 60 days, while the line is up. */
  certificateUntil: instant.nullable(),
  /** Null, or that it ends within 30 days or has ended: a person has to look. */
  certificateEnds: z.enum(['soon', 'ended']).nullable(),
});

export const allowanceView = z.object({
  id: z.string(),
  account: officeAccount,
  name: z.string(),
  till: z.number().int().nullable(),
  amountMinor: minor,
  leftMinor: minor,
  currency: z.string(),
  expiresAt: instant,
  state: z.enum(['open', 'expired', 'spent', 'returned', 'written-off']),
});

export const reservationView = z.object({
  key,
  account: officeAccount,
  name: z.string(),
  amountMinor: minor,
  currency: z.string(),
  /** `asked` without an answer is in doubt. */
  state: z.enum(['asked', 'waiting', 'reserved', 'declined', 'ended']),
  message: z.string(),
  at: instant,
});

export const exceptionView = z.object({
  id: z.string(),
  kind: z.string(),
  branch: z.string(),
  account: z.string(),
  amountMinor: minor,
  currency: z.string(),
  message: z.string(),
  owner: z.enum(['head-office', 'branch-supervisor', 'security']),
  action: z.string(),
});

export const officeState = lineView.extend({
  branch: z.string(),
  /** Items of head office: applied here, known there. */
  downApplied: z.number().int(),
  downKnown: z.number().int(),
  reachedAt: instant.nullable(),
  allowances: z.array(allowanceView),
  /** Reservations that are not ended. */
  inDoubt: z.array(reservationView),
  /** Accounts of other branches that are expected here, and ours that are expected elsewhere. */
  guests: z.array(
    z.object({
      account: officeAccount,
      state: cardView.shape.state,
      version: z.number().int(),
      madeAt: instant,
      isFetched: z.boolean(),
    }),
  ),
  shown: z.array(z.object({ number: z.string(), version: z.number().int() })),
  /** What other branches did with our accounts and is not booked yet. */
  due: z.number().int(),
  /** Set aside on our accounts for other branches. */
  shares: z.array(
    z.object({ number: z.string(), name: z.string(), amountMinor: minor, currency: z.string() }),
  ),
  /**
   * Whether head office is an older copy that lacks what this branch had from it: `needed` until somebody here
   * asks to go on with it, `asked` until a person there lets the branch in.
   */
  rejoin: z.enum(['none', 'needed', 'asked']),
  /** Paid without cover and not delivered yet. */
  exposures: z.array(
    z.object({
      account: officeAccount,
      amountMinor: minor,
      currency: z.string(),
      /** Its worth in the base; null where no rate is known. */
      baseMinor: minor.nullable(),
      times: z.number().int(),
    }),
  ),
  /** All of it in the base, as far as rates are known; null where there is none to add. */
  exposedMinor: minor.nullable(),
  /** The branch's base currency, and head office's rates in force here. */
  baseCurrency: z.string(),
  rates: ratesView.nullable(),
  /** Reference data of head office, and what became of it here. */
  orders: z.array(
    z.object({
      name: z.string(),
      version: z.number().int(),
      at: instant,
      outcome: z.enum(['applied', 'kept', 'refused']),
      message: z.string(),
    }),
  ),
  exceptions: z.array(exceptionView),
  /** False while head office, which keeps them, cannot be asked: nobody knows then whether there are any. */
  areExceptionsKnown: z.boolean(),
});

/** A stretch of what waits for delivery. */
export const officeQueue = z.object({
  /** Now, by the station's clock. */
  at: instant,
  /** `what` says what was posted, or "". */
  rows: z.array(
    z.object({
      seq: z.number().int(),
      type: z.string(),
      what: z.string(),
      at: instant,
    }),
  ),
});

const amountOf = { amountMinor: minor, currency: z.string() };

/** What head office sees of all branches together. */
export const overview = z.object({
  at: instant,
  branches: z.array(
    z.object({
      branch: z.string(),
      name: z.string(),
      stopped: z.string(),
      received: z.number().int(),
      verified: z.number().int(),
      head: z.string(),
      behind: z.number().int(),
      downBehind: z.number().int(),
      businessDate: z.string(),
      dayState: z.string(),
      seenAt: instant.nullable(),
      exceptions: z.number().int(),
      inTransit: z.number().int(),
    }),
  ),
  trialBalance: z.array(
    z.object({ branch: z.string(), product: z.string(), class: z.string(), ...amountOf }),
  ),
  /** Debits minus credits of all branches by currency: zero, or the books are wrong. */
  totals: z.array(z.object(amountOf)),
  liquidity: z.array(
    z.object({
      branch: z.string(),
      currency: z.string(),
      cashMinor: minor,
      depositsMinor: minor,
      loansMinor: minor,
    }),
  ),
  cash: z.array(
    z.object({
      date: z.string(),
      direction: z.enum(['in', 'out']),
      name: z.string(),
      identity: z.string(),
      at: z.string(),
      items: z.number().int(),
      ...amountOf,
    }),
  ),
  exceptions: z.array(exceptionView),
  /** Everything in one currency, by head office's newest rates; null where there are none. */
  inBase: z
    .object({
      ...ratesView.pick({ version: true, base: true, date: true, ageDays: true, isOld: true })
        .shape,
      positions: z.array(
        z.object({
          branch: z.string(),
          cashMinor: minor,
          depositsMinor: minor,
          loansMinor: minor,
          /** Currencies without a rate, which are not in the sums. */
          missing: z.array(z.string()),
        }),
      ),
      /** Cash of persons in all currencies together, each date by its own rates, largest first. */
      cash: z.array(
        z.object({
          date: z.string(),
          direction: z.enum(['in', 'out']),
          name: z.string(),
          identity: z.string(),
          at: z.string(),
          items: z.number().int(),
          currencies: z.number().int(),
          missing: z.string(),
          amountMinor: minor,
          /** The version of the rates of that date. */
          version: z.number().int(),
          /** Above the reporting threshold head office has published; null where it has published none. */
          isOver: z.boolean().nullable(),
        }),
      ),
    })
    .nullable(),
});

const watchers = ['supervisor', 'compliance', 'auditor', 'administrator'] as const;

export const officeOperations = {
  /** The quiet line in the status line. */
  'office.line': query({
    access: 'signed-in',
    input: nothing,
    output: lineView,
    topics: ['office'],
  }),
  'office.state': query({
    access: ['teller', ...watchers],
    input: nothing,
    output: officeState,
    topics: ['office'],
  }),
  /** Waiting events in their order: those after the number, or the oldest where that is delivered. */
  'office.queue': query({
    access: ['teller', ...watchers],
    input: z.strictObject({
      after: z.number().int().min(0),
      count: z.number().int().min(1).max(100),
    }),
    output: officeQueue,
    topics: ['office'],
  }),
  'office.overview': query({
    access: watchers,
    input: nothing,
    output: z.object({ overview }),
    topics: ['office'],
  }),
  /** An account of another branch: by head office while it answers, else by its card or an allowance held here. */
  'office.find': query({
    access: ['teller', 'supervisor'],
    input: officeAccount,
    output: z.object({
      name: z.string(),
      currency: z.string(),
      from: z.enum(['head-office', 'card', 'allowance']),
      /** What allowances held here leave for it. */
      allowanceMinor: minor,
      /** Null where the account is not expected here. */
      card: cardView.nullable(),
    }),
    topics: ['office'],
  }),
  'office.reservation': query({
    access: ['teller', 'supervisor'],
    input: z.strictObject({ key }),
    output: reservationView,
    topics: ['office'],
  }),
  /** Asks head office to keep money of another branch's account for a withdrawal here. */
  'office.reserve': command({
    access: ['teller'],
    input: z.strictObject({ account: officeAccount, name: line(140), amountMinor, currency }),
    output: z.object({ key }),
  }),
  /** Gives a reservation up, whatever became of it. */
  'office.abandon': command({
    access: ['teller', 'supervisor'],
    input: z.strictObject({ key }),
    output: nothing,
  }),
  /** Pays out of, or takes in for, an account of another branch. Without a reservation: stand-in. */
  'office.visit': command({
    access: ['teller'],
    input: z.strictObject({
      account: officeAccount,
      name: line(140),
      side: z.enum(['debit', 'credit']),
      amountMinor,
      currency,
      denominations,
      conductor,
      reservation: key.optional(),
      /** A supervisor who takes the exposure. */
      second: secondPerson.optional(),
    }),
    output: z.object({
      journal: z.number().int(),
      covered: z.enum(['reservation', 'allowance', 'floor', 'decision', 'cash']),
      openMinor: minor,
    }),
  }),
  /** Sets money of an account kept here aside for other branches. */
  'office.share': command({
    access: ['supervisor'],
    input: z.strictObject({ number: accountNumber, amountMinor, reason }),
    output: nothing,
  }),
  /** Asks head office to give back what is free of it. */
  'office.recall': command({
    access: ['supervisor'],
    input: z.strictObject({ number: accountNumber, amountMinor, reason }),
    output: nothing,
  }),
  /** Asks for an allowance, to be spent while the line is down. */
  'office.askAllowance': command({
    access: ['supervisor'],
    input: z.strictObject({
      account: officeAccount,
      till: z.number().int().positive().nullable(),
      amountMinor,
      hours: z.number().int().min(1).max(96),
    }),
    output: z.object({ state: z.enum(['granted', 'waiting']) }),
  }),
  'office.returnAllowance': command({
    access: ['supervisor'],
    input: z.strictObject({ id: z.string().regex(/^\d{1,18}$/) }),
    output: nothing,
  }),
  /** Settles an exception that is the branch's own to settle. */
  'office.settle': command({
    access: ['supervisor'],
    input: z.strictObject({ id: z.string().regex(/^\d{1,18}$/), note: reason }),
    output: nothing,
  }),
  /** Asks to go on with an older copy of head office, by two people here; a person there has to agree. */
  'office.rejoin': command({
    access: ['supervisor', 'administrator'],
    input: z.strictObject({ reason, second: secondPerson }),
    output: nothing,
  }),
  /** Tries a stopped line again, after the reason was looked at. */
  'office.resume': command({
    access: ['administrator'],
    input: z.strictObject({ reason }),
    output: nothing,
  }),
} as const;
