// The whole branch for the counterpart's plays: posting, ledger, log, gateway and its folders, restarted at random.
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createBankStatementReads } from '#station/ledger/projections/bank-statement.ts';
import type { PaymentData } from '#station/ledger/projections/payment-data.ts';
import { createFolderTransport } from '#station/payments/branch/folder.ts';
import type {
  Ordered,
  PlayedBranch,
  Posted,
} from '#station/payments/counterpart/played-branch.fixture.ts';
import { createRandom, type Random } from '#station/risk/random.ts';
import { at } from './counter-fixture.ts';
import { customerWith, frenchIban, payingCounter, seen } from './payment.fixture.ts';
import { createPaymentGateway } from './payment-gateway.ts';

/** What is typed for a payment; a payment across borders names bank and town as well. */
function valuesOf({ channel, endToEndId, creditor }: PaymentData): Record<string, string> {
  const typed = { 'CdtrAcct/Id/IBAN': frenchIban, 'Cdtr/Nm': creditor.name };
  const named = endToEndId === 'NOTPROVIDED' ? {} : { 'PmtId/EndToEndId': endToEndId };
  if (channel !== 'cbpr-plus') return { ...typed, ...named };
  const place = { 'Cdtr/PstlAdr/TwnNm': creditor.town, 'Cdtr/PstlAdr/Ctry': creditor.country };
  return { ...typed, ...named, ...place, 'CdtrAgt/FinInstnId/BICFI': 'PSSTFRPPXXX' };
}

type Branch = Awaited<ReturnType<typeof payingCounter>>;

/** The gateway and its folders: what lies in `out` is carried off at once, and it begins anew at times. */
function createWay({ desk, root }: Branch, random: Random) {
  const begin = () =>
    createPaymentGateway({
      counter: desk.counter,
      statements: createBankStatementReads(desk.database),
      transport: () => createFolderTransport(root),
    });
  let gateway = begin();
  let restarts = 0;
  const carried = new Map<string, string>();
  const faults = new Set<string>();

  function carryOff(): void {
    for (const name of readdirSync(join(root, 'out'))) {
      const path = join(root, 'out', name);
      if (carried.has(name)) faults.add(`${name} was handed over twice`);
      carried.set(name, readFileSync(path, 'utf8'));
      renameSync(path, join(root, `carried-${name}`));
    }
  }

  async function round(): Promise<void> {
    if (random.below(4) === 0) {
      await gateway.close();
      gateway = begin();
      restarts += 1;
    }
    await gateway.round();
    carryOff();
  }

  let files = 0;
  /** Puts a file into the inbox; false where it is put aside. */
  async function take(xml: string): Promise<boolean> {
    files += 1;
    const name = `in-${files}.xml`;
    writeFileSync(join(root, 'in', name), xml);
    await round();
    const archived = join(root, 'archive', name);
    if (!existsSync(archived)) return false;
    // As after a crash between recording a file and putting it away: it lies there once more.
    if (random.below(3) === 0) {
      copyFileSync(archived, join(root, 'in', name));
      await round();
    }
    return true;
  }
  return { round, take, carried, faults, restarts: () => restarts, close: () => gateway.close() };
}

/** The ledger's own figures, counted from the beginning of a play. */
function createBooks({ desk }: Branch, customer: string) {
  const { ledger } = desk;
  const posted = (number: string) =>
    ledger.accountByNumber(number === 'CUSTOMER' ? customer : number)?.postedMinor ?? 0n;
  let start = { seq: ledger.head().seq, balances: new Map<string, bigint>() };
  return {
    posted: () =>
      ledger.events(start.seq + 1, ledger.head().seq).flatMap(({ data }): Posted[] => {
        const { journal, life } = data as unknown as {
          journal?: { readonly kind: string };
          life?: readonly { readonly payment: number }[];
        };
        return journal ? [{ kind: journal.kind, payment: life?.[0]?.payment ?? 0 }] : [];
      }),
    balance: (number: string) => posted(number) - (start.balances.get(number) ?? 0n),
    clear(): void {
      const numbers = ['CUSTOMER', 'OUTWARDEUR', 'SETTLEMENTEUR'];
      const balances = new Map(numbers.map((number) => [number, posted(number)]));
      start = { seq: ledger.head().seq, balances };
    },
  };
}

async function order({ desk }: Branch, from: string, payment: PaymentData): Promise<Ordered> {
  const { channel, amountMinor, currency } = payment;
  const values = valuesOf(payment);
  const draft = { task: 'payment.outgoing', channel, from, amountMinor, currency, values };
  const reply = await desk.ask(at.ana, 'posting.post', { draft });
  if (reply.state !== 'posted') throw new Error(`the payment is ${reply.state}`);
  const { payments } = await desk.ask(at.ana, 'payment.list', { count: 1 });
  const number = payments[0]?.payment ?? 0;
  const card = await desk.ask(at.ana, 'payment.get', { payment: number });
  return { payment: number, seen: seen(card) };
}

/** The whole branch, for some ten plays: then the payer's money may run out. */
export async function createWholeBranch(seed: number) {
  const branch = await payingCounter();
  const { desk } = branch;
  const { account } = await customerWith(desk, 'Marta');
  const { round, take, carried, faults, restarts, close } = createWay(branch, createRandom(seed));
  // The first round makes the folders: an answer may come before anything is sent.
  await round();
  const played: PlayedBranch = {
    ...createBooks(branch, account),
    payments: desk.counter.payments,
    order: (payment) => order(branch, account, payment),
    ...{ take, sent: round },
  };
  return Object.freeze({
    ...played,
    /** What only the whole branch can show: sent once, each its own, books in balance, no mistake inside. */
    async faults(): Promise<readonly string[]> {
      await round();
      const { payments } = await desk.ask(at.ana, 'payment.list', { count: 200 });
      const texts = [...carried.values()].filter((text) => text.includes('pacs.008.001.08'));
      for (const { uetr, direction } of payments) {
        const times = texts.filter((text) => text.includes(`<UETR>${uetr}</UETR>`)).length;
        if (direction === 'out' && times !== 1) faults.add(`${uetr} went out ${times} times`);
      }
      const { totals } = await desk.ask(at.otto, 'ledger.trialBalance');
      if (totals.EUR !== '0') faults.add(`the books are off by ${totals.EUR}`);
      for (const report of desk.reports) faults.add(String(report));
      return [...faults];
    },
    ...{ restarts, carried: () => carried.size },
    async close() {
      await close();
      branch.close();
    },
  });
}
