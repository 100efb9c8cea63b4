// Works between log and gateway: sends what the outbox holds exactly once, takes in what other banks tell.
import { Refusal } from '#station/bank/refusal.ts';
import { sha256Hex } from '#station/ledger/canonical.ts';
import type { BankStatementReads } from '#station/ledger/projections/bank-statement.ts';
import type { InboxData, OutboxData } from '#station/ledger/projections/payment-data.ts';
import type { OutboxRow } from '#station/ledger/projections/payment-queue.ts';
import { readIncoming } from '#station/payments/branch/incoming.ts';
import type { PaymentTransport } from '#station/payments/branch/transport.ts';
import type { Counter } from './counter.ts';
import type { FollowingEvent } from './desk.ts';
import { takeIn } from './payment-inbox.ts';
import { isStatementFile, statementEvent } from './payment-statements.ts';

export interface PaymentGateway {
  /** Does everything that waits once; rounds do not overlap. */
  round(): Promise<void>;
  /** Begins to work by itself, now and whenever something may have come in. */
  start(): void;
  /** Ends after the round that runs. */
  close(): Promise<void>;
}

/** More work of the gateway's rounds, such as reading bulk orders beside the desk. */
export interface GatewayWork {
  /** Whether a file is being worked on: it is left alone. */
  isBusy(name: string): boolean;
  /** Takes a file the inbox does not read itself, and puts it away when it is done; false: not its own. */
  takes(transport: PaymentTransport, name: string, bytes: Uint8Array): boolean;
  /** Goes on with what takes several rounds. */
  continue(): Promise<void>;
  /** Resolves when no file is being worked on. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface GatewayParts {
  readonly counter: Counter;
  /** Made when the gateway first needs it. */
  readonly transport: () => Promise<PaymentTransport>;
  readonly work?: GatewayWork;
  /** Statements taken in before, for those that arrive. */
  readonly statements: BankStatementReads;
}

/** Between rounds, and so the longest a message waits in the outbox of a branch at rest. */
const roundMs = 500;
/** Between rounds that fail, because the carrier is not there at all. */
const failedRoundMs = 10_000;
const filesARound = 50;
/** After so many attempts a message is a dead letter, which a supervisor sends again. */
const attemptsMax = 8;
/** The wait after a failed attempt doubles from here. */
const firstWaitMs = 1_000;

const topics = ['payment', 'journal', 'account', 'customer', 'log'] as const;

/** Records events of the workstation itself, together or not at all. */
export async function record(
  counter: Counter,
  make: () => readonly FollowingEvent[],
): Promise<void> {
  await counter.ledger.submit(() => {
    for (const { type, data } of make()) counter.ledger.append({ type, actor: 'system', data });
  });
  counter.announcer.changed(topics);
}

function textOf(counter: Counter, { seq, name }: OutboxRow): string {
  const event = counter.ledger.event(seq);
  const outbox = (event?.data.outbox ?? []) as unknown as readonly OutboxData[];
  const found = outbox.find((each) => each.name === name);
  if (!found) throw new Error(`event ${seq} holds no message ${name}`);
  return found.xml;
}

function createSender(counter: Counter) {
  const notBefore = new Map<string, number>();

  async function failed(row: OutboxRow, error: unknown): Promise<void> {
    const { name, messageId, attempts } = row;
    const message = error instanceof Refusal ? error.message : 'the folder could not be written.';
    if (!(error instanceof Refusal)) counter.report('payment gateway', error);
    const isDead = attempts + 1 >= attemptsMax;
    notBefore.set(name, counter.clock.monotonic() + firstWaitMs * 2 ** attempts);
    const data = { name, messageId, message, isDead };
    await record(counter, () => [{ type: 'payment.failed', data }]);
  }

  return async (transport: PaymentTransport): Promise<void> => {
    for (const row of counter.payments.waiting(filesARound)) {
      const { name, messageId, attempts } = row;
      // A message that a supervisor has sent again waits no longer.
      if (attempts > 0 && (notBefore.get(name) ?? 0) > counter.clock.monotonic()) continue;
      try {
        await transport.send(name, textOf(counter, row));
      } catch (error) {
        await failed(row, error);
        continue;
      }
      notBefore.delete(name);
      await record(counter, () => [{ type: 'payment.sent', data: { name, messageId } }]);
      await transport.acknowledge(name);
    }
  };
}

interface Found {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly digest: string;
}

/** Records that a file was not taken in, and why, with what goes with it, and puts it aside. */
export async function putAside(
  counter: Counter,
  transport: PaymentTransport,
  file: { readonly name: string; readonly digest: string },
  { reason, message }: Refusal,
  more: () => Readonly<Record<string, unknown>> = () => ({}),
): Promise<void> {
  const inbox: InboxData = {
    ...{ file: file.name, digest: file.digest, type: '', messageId: '', sender: '' },
    ...{ reason, message },
  };
  await record(counter, () => [{ type: 'payment.refused', data: { inbox, ...more() } }]);
  await transport.reject(file.name, `${reason}: ${message}`);
}

async function takeFile(
  { counter, statements }: GatewayParts,
  transport: PaymentTransport,
  found: Found,
) {
  const { name, bytes, digest } = found;
  // Recorded before a crash, and not put away yet: nothing is recorded twice.
  const before = counter.payments.digest(digest);
  if (before?.file === name && before.reason === '') return transport.take(name);
  await record(counter, () => {
    if (isStatementFile(bytes)) return [statementEvent(counter, statements, found)];
    const { at, date } = counter.ledger.moment();
    const incoming = readIncoming(bytes, { date: date ?? '', at });
    return takeIn(counter, incoming, { name, digest, date: date ?? '' }).events;
  });
  return transport.take(name);
}

function createReceiver(parts: GatewayParts) {
  const { counter, work } = parts;
  const one = async (transport: PaymentTransport, name: string): Promise<void> => {
    let digest = '';
    try {
      const bytes = await transport.read(name);
      if (work?.takes(transport, name, bytes)) return;
      digest = sha256Hex(bytes);
      await takeFile(parts, transport, { name, bytes, digest });
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason === 'file-gone') throw error;
      await putAside(counter, transport, { name, digest }, error);
    }
  };
  return async (transport: PaymentTransport): Promise<void> => {
    for (const name of await transport.waiting(filesARound)) {
      // Money is only booked on an open business day: what comes in before waits in its folder.
      if (counter.ledger.moment().date === null) return;
      if (work?.isBusy(name)) continue;
      try {
        await one(transport, name);
      } catch (error) {
        if (!(error instanceof Refusal)) counter.report('payment inbox', error);
      }
    }
  };
}

/** The gateway of a branch. Nothing is sent, and nothing taken in, before its first round. */
export function createPaymentGateway(parts: GatewayParts): PaymentGateway {
  const { counter, work } = parts;
  const send = createSender(counter);
  const receive = createReceiver(parts);
  let transport: PaymentTransport | null = null;
  let running: Promise<void> | null = null;
  let isOpen = true;
  let isFailing = false;
  let stopTimer = (): void => undefined;

  async function once(): Promise<void> {
    transport ??= await parts.transport();
    await send(transport);
    await receive(transport);
    await work?.continue();
  }

  function round(): Promise<void> {
    running ??= once().finally(() => {
      running = null;
    });
    return running;
  }

  /** Told once that the carrier is not there, not with every round until it is. */
  async function guarded(): Promise<number> {
    try {
      await round();
      isFailing = false;
      return roundMs;
    } catch (error) {
      if (!isFailing) counter.report('payment gateway', error);
      isFailing = true;
      return failedRoundMs;
    }
  }

  function next(): void {
    if (!isOpen) return;
    void guarded().then((waitMs) => {
      if (isOpen) stopTimer = counter.clock.after(waitMs, next);
    });
  }

  return Object.freeze({
    round,
    start: next,
    async close() {
      isOpen = false;
      stopTimer();
      await work?.close();
      await running?.catch(() => undefined);
    },
  });
}
