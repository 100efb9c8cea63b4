// One person at one window, with every page object in hand.
import type { Page } from '@playwright/test';
import { type Approvals, createApprovals } from './approvals.ts';
import { keepAwake } from './awake.ts';
import { type Counter, createCounter } from './counter.ts';
import { type Customers, createCustomers } from './customers.ts';
import { createDay, type Day } from './day.ts';
import { createFrame, type Frame } from './frame.ts';
import { createGate, type Gate } from './gate.ts';
import { createHands, type Hands } from './hands.ts';
import { createJournal, type Journal } from './journal.ts';
import { createStaff, type Staff } from './staff.ts';
import { createTill, type Till } from './till.ts';

export interface Desk {
  readonly page: Page;
  readonly hands: Hands;
  readonly gate: Gate;
  readonly frame: Frame;
  readonly counter: Counter;
  readonly till: Till;
  readonly approvals: Approvals;
  readonly journal: Journal;
  readonly staff: Staff;
  readonly customers: Customers;
  readonly day: Day;
}

export function createDesk(page: Page): Desk {
  const hands = createHands(page);
  const frame = createFrame(hands);
  void keepAwake(page);
  return Object.freeze({
    ...{ page, hands, frame },
    gate: createGate(hands),
    counter: createCounter(hands, frame),
    till: createTill(hands, frame),
    approvals: createApprovals(hands, frame),
    journal: createJournal(hands, frame),
    staff: createStaff(hands),
    customers: createCustomers(hands, frame),
    day: createDay(hands, frame),
  });
}
