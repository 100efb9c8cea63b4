// Tells customers what became of their files: a pain.002 when one is taken or refused, sent, and at every end.
import type {
  BulkPart,
  BulkReportData,
  BulkWay,
} from '#station/ledger/projections/payment-bulk-report.ts';
import type { OutboxData } from '#station/ledger/projections/payment-data.ts';
import type { BulkRow } from '#station/ledger/projections/payment-queue.ts';
import type { BulkRead } from '#station/payments/branch/bulk-read.ts';
import {
  type CustomerReport,
  customerReportType,
  customerReportValues,
  type ReportedTransfer,
  type ReportReason,
  reasonOf,
} from '#station/payments/branch/customer-report.ts';
import { buildMessage, messageDefinition } from '#station/payments/iso20022/index.ts';
import type { Counter } from './counter.ts';
import type { FollowingEvent } from './desk.ts';
import { record } from './payment-gateway.ts';
import { idsOf } from './payment-message.ts';
import { outboxName } from './payment-record.ts';

/** Transfers told of in one message; a file of ten thousand is told in ten. */
const transfersAtOnce = 1_000;

interface Telling {
  readonly outbox: readonly OutboxData[];
  readonly report: BulkReportData;
}

/** A report in the outbox, to be recorded with the event it belongs to. `salt` is told once an event. */
function telling(counter: Counter, report: CustomerReport, told: BulkReportData): Telling {
  const moment = counter.ledger.moment();
  const settings = counter.payments.settings();
  if (!settings) throw new Error('a file was taken before payments were set up');
  const { transactionId: messageId } = idsOf(counter, moment, `report ${told.order}`);
  const sending = { messageId, at: moment.at, bic: settings.bic };
  const values = customerReportValues(report, sending);
  const { xml, errors } = buildMessage(messageDefinition(customerReportType), values);
  const [error] = errors;
  if (error) throw new Error(`report of ${told.order}: ${error.path}: ${error.message}`);
  const name = outboxName(customerReportType, messageId);
  const outbox = [{ name, type: customerReportType, messageId, xml, payments: [] }];
  return { outbox, report: told };
}

/** What goes with taking in a file that cannot be paid: refused whole, each fault found named. */
export function refusedReport(counter: Counter, read: BulkRead): Telling | null {
  if (read.problems.length === 0) return null;
  const whole = read.problems.filter(({ item }) => item === 0).map(reasonOf);
  const general: ReportReason = {
    code: 'NARR',
    text: 'One transfer cannot be paid, so none is: please correct the file and send it again.',
  };
  const transfers = read.problems.flatMap((problem): ReportedTransfer[] => {
    const item = read.items[problem.item - 1];
    if (!item) return [];
    const { group, endToEndId } = item;
    return [{ group, endToEndId, status: 'RJCT', reason: reasonOf(problem) }];
  });
  const report: CustomerReport = {
    ...{ original: read, count: read.items.length, currency: read.currency, transfers },
    ...{ amountMinor: BigInt(read.amountMinor), status: 'RJCT' },
    reasons: whole.length > 0 ? whole : [general],
  };
  return telling(counter, report, { order: 0, stage: 'RJCT', positions: [] });
}

/** A file whose number was used before: told to its sender, though nothing of it is kept. */
export function repeatedReport(counter: Counter, read: BulkRead, words: string): Telling {
  const report: CustomerReport = {
    ...{ original: read, count: read.items.length, currency: read.currency, transfers: [] },
    ...{ amountMinor: BigInt(read.amountMinor), status: 'RJCT' },
    reasons: [{ code: 'AM05', text: words }],
  };
  return telling(counter, report, { order: -1, stage: 'RJCT', positions: [] });
}

interface Step {
  readonly status: CustomerReport['status'];
  readonly stage: string;
  readonly reasons: readonly ReportReason[];
  readonly transfers: readonly ReportedTransfer[];
  readonly positions: readonly number[];
}

const step = (status: Step['status'], reasons: readonly ReportReason[] = []): Step => ({
  ...{ status, stage: status, reasons, transfers: [], positions: [] },
});

function transferOf(
  counter: Counter,
  order: number,
  { position, state, reason }: Pick<BulkPart, 'position' | 'state' | 'reason'>,
): ReportedTransfer {
  const [item] = counter.payments.items(order, position, 1);
  const { group = '', endToEndId = '' } = item ?? {};
  if (state === 'settled') return { group, endToEndId, status: 'ACSC', reason: null };
  const code = reason === '' ? 'NARR' : reason;
  const text = state === 'returned' ? 'Returned by the bank of the payee.' : '';
  return { group, endToEndId, status: 'RJCT', reason: { code, text } };
}

/** Ends not told yet: refusals at once, the rest when no transfer is under way any more. */
function endsOf(counter: Counter, row: BulkRow): Step | null {
  const isUnderWay = counter.payments.isUnderWay(row.order);
  const found = counter.payments.untold(row.order, transfersAtOnce);
  const parts = isUnderWay ? found.filter(({ state }) => state !== 'settled') : found;
  if (parts.length === 0 && isUnderWay) return null;
  const transfers = parts.map((each) => transferOf(counter, row.order, each));
  const isLast = !isUnderWay && found.length < transfersAtOnce;
  const statuses = new Set(transfers.map(({ status }) => status));
  const isWhole = isLast && transfers.length === row.count && statuses.size === 1;
  const status = isWhole ? (transfers[0]?.status ?? 'PART') : 'PART';
  const stage = isLast ? 'ended' : 'PART';
  return { status, stage, reasons: [], transfers, positions: parts.map((each) => each.position) };
}

function nextStep(counter: Counter, row: BulkRow, stage: string): Step | null {
  if (row.state === 'cancelled') {
    return step('RJCT', [{ code: 'DS02', text: 'Cancelled before it was paid.' }]);
  }
  if (row.state === 'loading' || row.state === 'refused') return null;
  if (stage === '') return step('ACTC');
  if (row.state !== 'done') return null;
  if (stage === 'ACTC') return step('ACSP');
  return endsOf(counter, row);
}

function reportOf(counter: Counter, order: number): FollowingEvent | null {
  const row = counter.payments.bulk(order);
  const way = counter.payments.way(order);
  const next = row && way ? nextStep(counter, row, way.stage) : null;
  return row && way && next ? reportEvent(counter, row, way, next) : null;
}

function reportEvent(counter: Counter, row: BulkRow, way: BulkWay, next: Step): FollowingEvent {
  const { order } = row;
  const { status, stage, reasons, transfers, positions } = next;
  const { count, amountMinor, currency, messageId } = row;
  const report: CustomerReport = {
    ...{ original: { messageId, type: way.type }, count, amountMinor, currency },
    ...{ status, reasons, transfers },
  };
  const data = { ...telling(counter, report, { order, stage, positions }) };
  return { type: 'payment.bulk-reported', data };
}

/** Transfers that came back after their end was told: the file's end stays, this follows it. */
function lateReportOf(counter: Counter, order: number): FollowingEvent | null {
  const row = counter.payments.bulk(order);
  const way = counter.payments.way(order);
  const late = counter.payments.bulkLate(order, transfersAtOnce);
  if (!row || !way || late.length === 0) return null;
  const transfers = late.map(({ position, reason }) =>
    transferOf(counter, order, { position, state: 'returned', reason }),
  );
  const positions = late.map(({ position }) => position);
  return reportEvent(counter, row, way, {
    ...{ status: 'PART', stage: way.stage, reasons: [], transfers, positions },
  });
}

async function recordReport(counter: Counter, make: () => FollowingEvent | null): Promise<void> {
  if (!make()) return;
  await record(counter, () => {
    const event = make();
    return event ? [event] : [];
  });
}

/** Tells every customer what there is to tell of their files. */
export async function reportBulks(counter: Counter): Promise<void> {
  if (counter.ledger.moment().date === null) return;
  for (const order of counter.payments.unended()) {
    await recordReport(counter, () => reportOf(counter, order));
  }
  for (const order of counter.payments.bulksWithLate()) {
    await recordReport(counter, () => lateReportOf(counter, order));
  }
}
