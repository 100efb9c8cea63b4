// Assembles the one table of operations and the one of events, and derives every type from them.
import type { z } from 'zod';
import { accountOperations } from './accounts.ts';
import { approvalOperations } from './approvals.ts';
import { creditOperations } from './credit.ts';
import { customerOperations } from './customers.ts';
import { dayOperations } from './day.ts';
import { deskOperations } from './desks.ts';
import { events } from './events.ts';
import { guardOperations } from './guard.ts';
import { journalOperations } from './journals.ts';
import { ledgerOperations } from './ledger.ts';
import { officeOperations } from './office.ts';
import { paymentOperations } from './payments.ts';
import { pictureOperations } from './pictures.ts';
import { postingOperations } from './postings.ts';
import { reconcileOperations } from './reconcile.ts';
import { riskOperations } from './risk.ts';
import { screeningOperations } from './screening.ts';
import { sessionOperations } from './session.ts';
import { staffOperations } from './staff.ts';
import { tillOperations } from './tills.ts';

export const operations = {
  ...sessionOperations,
  ...staffOperations,
  ...customerOperations,
  ...pictureOperations,
  ...accountOperations,
  ...tillOperations,
  ...postingOperations,
  ...journalOperations,
  ...approvalOperations,
  ...dayOperations,
  ...ledgerOperations,
  ...guardOperations,
  ...paymentOperations,
  ...reconcileOperations,
  ...officeOperations,
  ...riskOperations,
  ...creditOperations,
  ...deskOperations,
  ...screeningOperations,
} as const;

export { events };

export type Operations = typeof operations;
export type OperationName = keyof Operations;
/** What a screen sends. */
export type Input<N extends OperationName> = z.input<Operations[N]['input']>;
/** What a handler receives: parsed, defaults filled, amounts as bigint. */
export type Checked<N extends OperationName> = z.output<Operations[N]['input']>;
/** What a handler returns and a screen receives. */
export type Output<N extends OperationName> = z.output<Operations[N]['output']>;

export type QueryName = {
  [N in OperationName]: Operations[N]['kind'] extends 'query' ? N : never;
}[OperationName];
export type CommandName = Exclude<OperationName, QueryName>;

export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;
