// Handles a customer's files of transfers as the desk sees them: listed, and cancelled while they may be.
import type { BulkLine } from '#contract/payments.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { BulkData } from '#station/ledger/projections/payment-data.ts';
import type { BulkRow } from '#station/ledger/projections/payment-queue.ts';
import { type Counter, instant } from './counter.ts';
import type { Handlers, KeyedHandler } from './desk.ts';

const listMost = 100;

export function bulkHandlers(
  counter: Counter,
): Pick<Handlers, 'payment.bulkList' | 'payment.bulkCancel'> {
  return Object.freeze({
    'payment.bulkList': () => ({
      orders: counter.payments.bulks(listMost).map((row) => bulkLine(counter, row)),
    }),
    'payment.bulkCancel': cancelHandler(counter),
  });
}

export function bulkLine(counter: Counter, row: BulkRow): BulkLine {
  const { order, state, file, messageId, account, name, count, currency, split } = row;
  return {
    ...{ order, state, file, messageId, account, name, count, currency, split },
    holder: counter.ledger.accountByNumber(account)?.name ?? '',
    amountMinor: String(row.amountMinor),
    ...toldOf(counter, order),
    compared: counter.bulkNames?.progress(order)?.compared ?? null,
    problems: row.problems.map((each) => ({ ...each })),
    ...{ moreProblems: row.moreProblems, loaded: row.loaded, at: instant(row.at) },
  };
}

function toldOf(counter: Counter, order: number): Pick<BulkLine, 'payOn' | 'reports' | 'reported'> {
  const way = counter.payments.way(order);
  const { payOn = '', reports = 0, stage = '' } = way ?? {};
  return { payOn: payOn === '' ? null : payOn, reports, reported: stage };
}

const cancellable: readonly string[] = ['loading', 'checked', 'scheduled'];

function cancelHandler(counter: Counter): KeyedHandler<'payment.bulkCancel'> {
  return {
    record({ order, reason }) {
      const row = counter.payments.bulk(order);
      refuseUnless(row, 'bulk-unknown', `There is no bulk order ${order}.`, 'order');
      if (!cancellable.includes(row.state)) {
        const message = `Bulk order ${order} is ${row.state}: it cannot be cancelled any more.`;
        throw new Refusal('bulk-state', message, 'order');
      }
      const bulk: BulkData = { step: 'cancelled', order };
      return {
        type: 'payment.bulk-cancelled',
        data: { bulk, why: reason },
        result: { order },
        topics: ['payment'],
      };
    },
  };
}
