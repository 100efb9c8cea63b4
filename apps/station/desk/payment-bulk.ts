// Takes customers' files of transfers through: read beside the desk, kept in the log, posted as one, sent as many.

import { timeIn, timingOf } from '#station/bank/payment-cutoff.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { sha256Hex } from '#station/ledger/canonical.ts';
import type { BulkData, LifeData } from '#station/ledger/projections/payment-data.ts';
import { paymentOf } from '#station/ledger/projections/payment-data.ts';
import type { BulkRow } from '#station/ledger/projections/payment-queue.ts';
import { runWorker } from '#station/ledger/worker.ts';
import type { BulkRead } from '#station/payments/branch/bulk-read.ts';
import type { Sending, Transfer } from '#station/payments/branch/model.ts';
import { transferType, transferValues } from '#station/payments/branch/transfer.ts';
import type { PaymentTransport } from '#station/payments/branch/transport.ts';
import { writeMessage } from '#station/payments/branch/write.ts';
import type { Counter } from './counter.ts';
import type { FollowingEvent } from './desk.ts';
import { refusedReport, repeatedReport, reportBulks } from './payment-bulk-report.ts';
import { type GatewayWork, putAside, record } from './payment-gateway.ts';
import { channelOf, debtorOf, idsOf } from './payment-message.ts';
import { outboxName, paymentData } from './payment-record.ts';

const script = new URL('./payment-bulk-worker.ts', import.meta.url);

/** Transfers kept in one event, and in one message: little enough that nobody waits for it. */
const itemsAtOnce = 100;
const headBytes = 4_096;

/** Whether the file is an order of a customer, by the name space at its beginning. */
function isOrder(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headBytes));
  return head.toString('latin1').includes('xsd:pain.001.001.');
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Looks for the order in the log, or records it; returns its number. */
async function orderOf(counter: Counter, file: string, read: BulkRead): Promise<number> {
  const { items, ...head } = read;
  const known = counter.payments.bulkByMessage(read.iban, read.messageId);
  if (known && known.file === file && known.state === 'loading') return known.order;
  if (known) {
    const message = `The file ${read.messageId} of ${read.name} has come before (${known.file}).`;
    throw new Refusal('bulk-repeated', message);
  }
  let order = 0;
  await record(counter, () => {
    order = counter.ledger.moment().seq;
    const bulk: BulkData = { step: 'received', file, count: items.length, ...head };
    const told = refusedReport(counter, read);
    return [{ type: 'payment.bulk-received', data: { bulk, ...told } }];
  });
  return order;
}

/** Whether the day a file is to be paid on is still to come. */
function isAhead(counter: Counter, order: number): boolean {
  const { date } = counter.ledger.moment();
  return (counter.payments.way(order)?.payOn ?? '') > (date ?? '');
}

/** What waited for its day is shown to the desk again, from the first business day that has reached it. */
async function release(counter: Counter): Promise<void> {
  if (counter.ledger.moment().date === null) return;
  for (const order of counter.payments.scheduled()) {
    await record(counter, () => {
      const isDue = counter.payments.bulk(order)?.state === 'scheduled' && !isAhead(counter, order);
      const bulk: BulkData = { step: 'due', order };
      return isDue ? [{ type: 'payment.bulk-due', data: { bulk } }] : [];
    });
  }
}

/** Writes the transfers down piece by piece, so that the desk goes on between; stops when it is cancelled. */
async function load(counter: Counter, order: number, { items }: BulkRead): Promise<void> {
  for (;;) {
    const row = counter.payments.bulk(order);
    if (row?.state !== 'loading') return;
    const some = items.slice(row.loaded, row.loaded + itemsAtOnce);
    const end = isAhead(counter, order) ? 'scheduled' : 'loaded';
    const bulk: BulkData =
      some.length > 0 ? { step: 'items', order, items: some } : { step: end, order };
    const endType = end === 'scheduled' ? 'payment.bulk-scheduled' : 'payment.bulk-checked';
    const type = some.length > 0 ? 'payment.bulk-loaded' : endType;
    await record(counter, () => [{ type, data: { bulk } }]);
    if (some.length === 0) counter.bulkNames?.begin(order);
    await breathe();
  }
}

function transfersOf(
  counter: Counter,
  row: BulkRow,
  at: { readonly seq: number; readonly at: number },
): readonly Transfer[] {
  const settings = counter.payments.settings();
  const account = counter.ledger.accountByNumber(row.account);
  if (!settings || !account) throw new Error(`bulk ${row.order} has lost its account`);
  const debtor = debtorOf(counter, settings, account);
  return counter.payments.items(row.order, row.split, itemsAtOnce).map((item, index) => ({
    ids: {
      ...idsOf(counter, at, `bulk ${row.order} ${row.split + index}`),
      endToEndId: item.endToEndId,
    },
    ...{ amountMinor: BigInt(item.amountMinor), currency: row.currency, debtor },
    ...{ creditor: item.creditor, text: item.text, values: {} },
  }));
}

/** The next message of a posted order: the event that makes its payments and queues it. */
function nextMessage(counter: Counter, row: BulkRow): FollowingEvent {
  const moment = counter.ledger.moment();
  const settings = counter.payments.settings();
  const channel = channelOf(settings, row.channel);
  const { date } = moment;
  if (!settings || !channel || date === null) throw new Error(`bulk ${row.order} cannot be sent`);
  const { calendar } = counter.policies.policy();
  const time = timeIn(moment.at, settings.timeZone);
  const { settles } = timingOf(channel, { date, time, calendar });
  const { transactionId: messageId } = idsOf(counter, moment, `message ${row.order} ${row.split}`);
  const sending: Sending = {
    ...{ channel, bic: settings.bic, messageId, at: moment.at, settlementDate: settles },
  };
  const transfers = transfersOf(counter, row, moment);
  const { xml, errors } = writeMessage(transferType, transferValues(transfers, sending), sending);
  const [first] = errors;
  if (first) throw new Error(`bulk ${row.order}: ${first.path}: ${first.message}`);
  const life: readonly LifeData[] = transfers.map((_each, index) => ({
    ...{ payment: paymentOf(moment.seq, index), message: 'pain.001', direction: 'here' },
    ...{ status: '', reason: '', what: `Ordered in the file ${row.messageId}.` },
  }));
  const name = outboxName(transferType, messageId);
  return {
    type: 'payment.bulk-split',
    data: {
      bulk: { step: 'split', order: row.order } satisfies BulkData,
      payments: transfers.map((each) =>
        paymentData(each, sending, { account: row.account, bulk: row.order }),
      ),
      outbox: [{ name, type: transferType, messageId, xml, payments: [] }],
      life,
    },
  };
}

/** Sends on what is posted, one message after the other; what was sent before a crash is not sent again. */
async function split(counter: Counter, order: number, isOpen: () => boolean): Promise<void> {
  for (;;) {
    const row = counter.payments.bulk(order);
    if (row?.state !== 'posted' || counter.ledger.moment().date === null || !isOpen()) return;
    if (row.split >= row.count) {
      const bulk: BulkData = { step: 'done', order };
      await record(counter, () => [{ type: 'payment.bulk-done', data: { bulk } }]);
      return;
    }
    await record(counter, () => {
      const now = counter.payments.bulk(order);
      return now?.state === 'posted' ? [nextMessage(counter, now)] : [];
    });
    await breathe();
  }
}

/** The gateway's work on bulk orders. */
export function createBulkWork(counter: Counter): GatewayWork {
  const loading = new Map<string, Promise<void>>();
  let isOpen = true;

  /** A file sent twice is answered, or its sender would wait for the second. */
  function repeated({ reason, message }: Refusal, read: BulkRead | null) {
    return reason === 'bulk-repeated' && read ? repeatedReport(counter, read, message) : {};
  }

  async function take(transport: PaymentTransport, name: string, bytes: Uint8Array): Promise<void> {
    const settings = counter.payments.settings();
    const { date } = counter.ledger.moment();
    if (date === null) return;
    const digest = sha256Hex(bytes);
    let read: BulkRead | null = null;
    try {
      refuseUnless(
        settings,
        'payments-not-set-up',
        'Payments are not set up: an administrator does.',
      );
      const context = { settings, date };
      read = await runWorker<BulkRead>(script, { bytes, context }, { onProgress: () => undefined });
      if (!isOpen) return;
      const order = await orderOf(counter, name, read);
      await load(counter, order, read);
      const [first] = read.problems;
      if (first) await transport.reject(name, `${first.code}: ${first.message}`);
      else await transport.take(name);
    } catch (error) {
      if (!isOpen) return;
      if (!(error instanceof Refusal)) counter.report('bulk order', error);
      // A file that cannot be read at all would be tried for ever: it is put aside as well.
      const message = 'The file could not be read to its end; support has been told.';
      const why = error instanceof Refusal ? error : new Refusal('bulk-unreadable', message);
      await putAside(counter, transport, { name, digest }, why, () => repeated(why, read));
    }
  }

  return Object.freeze({
    isBusy: (name: string) => loading.has(name),
    takes(transport: PaymentTransport, name: string, bytes: Uint8Array): boolean {
      if (!isOrder(bytes)) return false;
      const work = take(transport, name, bytes)
        .catch((error: unknown) => counter.report('bulk order', error))
        .finally(() => loading.delete(name));
      loading.set(name, work);
      return true;
    },
    async continue() {
      await release(counter);
      for (const order of counter.payments.posted()) await split(counter, order, () => isOpen);
      await reportBulks(counter);
    },
    settled: async () => void (await Promise.all(loading.values())),
    async close() {
      isOpen = false;
      await Promise.all(loading.values());
    },
  });
}
