// A branch that pays: the counter of the tests, set up for payments, with its gateway's folders on disk.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBankStatementReads } from '#station/ledger/projections/bank-statement.ts';
import { settingsInput } from '#station/payments/branch/branch.fixture.ts';
import { createFolderTransport, type Disk, realDisk } from '#station/payments/branch/folder.ts';
import {
  at,
  customerWith,
  type Served,
  servingCounter,
  type TestCounter,
} from './counter-fixture.ts';
import { createBulkWork } from './payment-bulk.ts';
import { createPaymentGateway } from './payment-gateway.ts';

export const frenchIban = 'FR1420041010050500013M02606';

/** A payment of 600.00 EUR to Dupont in France, unless told otherwise. */
export function payment(served: Served, more: Readonly<Record<string, unknown>> = {}) {
  return {
    ...{ task: 'payment.outgoing', channel: 'sepa-sct', from: served.account },
    ...{ amountMinor: '60000', currency: 'EUR' },
    values: { 'CdtrAcct/Id/IBAN': frenchIban, 'Cdtr/Nm': 'Dupont', 'RmtInf/Ustrd': 'Invoice 77' },
    ...more,
  };
}

export interface PayingOptions {
  readonly desk?: TestCounter;
  readonly disk?: Disk;
  readonly root?: string;
}

export async function payingCounter(options: PayingOptions = {}) {
  const desk = options.desk ?? (await servingCounter());
  if (!options.desk) {
    const settings = { settings: settingsInput, reason: 'the tests pay' };
    await desk.ask(at.ada, 'payment.configure', settings);
  }
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'qenex-gateway-'));
  const { counter } = desk;
  const work = createBulkWork(counter);
  const gateway = createPaymentGateway({
    statements: createBankStatementReads(desk.database),
    ...{ counter, work, transport: () => createFolderTransport(root, options.disk ?? realDisk) },
  });
  const list = (folder: string) => readdirSync(join(root, folder)).sort();
  let files = 0;
  return Object.freeze({
    ...{ desk, gateway, work, root, list },
    read: (folder: string, name: string) => readFileSync(join(root, folder, name), 'utf8'),
    /** Puts a file into the inbox and takes a round. */
    async receive(text: string | Uint8Array, name?: string): Promise<string> {
      files += 1;
      const file = name ?? `in-${String(files).padStart(4, '0')}.xml`;
      await gateway.round();
      writeFileSync(join(root, 'in', file), text);
      await gateway.round();
      assert.deepEqual(desk.reports, [], 'nothing went wrong inside');
      return file;
    },
    /** Posts a payment and has it sent; returns its card. */
    async pay(served: Served, more: Readonly<Record<string, unknown>> = {}) {
      const draft = payment(served, more);
      await desk.ask(at.ana, 'posting.post', { draft });
      await gateway.round();
      const { payments } = await desk.ask(at.ana, 'payment.list', {});
      const number = payments[0]?.payment ?? 0;
      return desk.ask(at.ana, 'payment.get', { payment: number });
    },
    card: (number: number, window: number = at.ana) =>
      desk.ask(window, 'payment.get', { payment: number }),
    /** Debits minus credits of an account, in minor units. */
    posted: (account: string) => desk.ledger.accountByNumber(account)?.postedMinor,
    close() {
      desk.close();
      rmSync(root, { recursive: true, force: true });
    },
  });
}

export type PayingCounter = Awaited<ReturnType<typeof payingCounter>>;

export { customerWith };

/** What the other bank has seen of a payment. */
export function seen(card: {
  readonly messageId: string;
  readonly transactionId: string;
  readonly uetr: string;
  readonly endToEndId: string;
  readonly amountMinor: string;
  readonly currency: string;
}) {
  return { ...card, amountMinor: BigInt(card.amountMinor) };
}
