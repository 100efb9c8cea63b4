// Handles looking under the floor: trial balance, the log's head and its events, and what became of a key.
import type { Checked, Output } from '#contract/index.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import { canonicalText } from '#station/ledger/canonical.ts';
import type { StoredEvent } from '#station/ledger/events.ts';
import { type Counter, instant } from './counter.ts';
import type { Asker, Handlers } from './desk.ts';
import { receiptCodeOf } from './receipt-proof.ts';
import { countingTill } from './till-view.ts';

type ViewName = 'ledger.trialBalance' | 'log.head' | 'log.list' | 'outcome.find';
type LogLine = Output<'log.list'>['events'][number];

export function ledgerViewHandlers(counter: Counter): Pick<Handlers, ViewName> {
  const { ledger } = counter;
  return Object.freeze({
    'ledger.trialBalance': (_input: object, asker: Asker) => {
      refuseWhileCounting(counter, asker);
      const { totals, rows } = ledger.trialBalance();
      return {
        totals: Object.fromEntries(
          Object.entries(totals).map(([code, sum]) => [code, String(sum)]),
        ),
        rows: rows.map(({ number, name, product, currency, postedMinor: posted }) => ({
          ...{ number, name, product, currency },
          debitMinor: String(posted > 0n ? posted : 0n),
          creditMinor: String(posted < 0n ? -posted : 0n),
        })),
      };
    },
    'log.head': () => {
      const { seq, hash } = ledger.head();
      const checkpointSeq = ledger.signedSeq() || null;
      const witnessSeq = counter.witness?.read()?.seq ?? null;
      return { seq, hash: Buffer.from(hash).toString('hex'), checkpointSeq, witnessSeq };
    },
    'log.list': (input: Checked<'log.list'>, asker: Asker) => {
      refuseWhileCounting(counter, asker);
      return listEvents(counter, input);
    },
    'outcome.find': ({ key }: Checked<'outcome.find'>, asker: Asker) =>
      outcomeOf(counter, key, asker),
  });
}

/** The count is blind whatever other roles the person holds: no books and no log until it is in. */
function refuseWhileCounting(counter: Counter, { person }: Asker): void {
  const till = person ? countingTill(counter, person) : null;
  refuseUnless(
    !till,
    'count-is-blind',
    `You are counting ${till?.name}: finish or cancel the count before you look at the books.`,
  );
}

/** Events read at once while looking for a type. */
const chunkSize = 1_000;
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Newest first. `type` is a whole type or its beginning, such as `till.`. */
async function listEvents(
  { ledger }: Counter,
  { type, before, count }: Checked<'log.list'>,
): Promise<Output<'log.list'>> {
  const found: StoredEvent[] = [];
  let to = Math.min(before ?? Number.MAX_SAFE_INTEGER, ledger.head().seq + 1) - 1;
  while (to >= 1 && found.length <= count) {
    const size = type === '' ? count + 1 : chunkSize;
    const from = Math.max(1, to - size + 1);
    const chunk = ledger.events(from, to).filter((event) => event.type.startsWith(type));
    found.push(...chunk.reverse());
    to = from - 1;
    await breathe();
  }
  const events = found.slice(0, count).map((event) => lineOf(ledger, event));
  return { events, more: found.length > count };
}

function lineOf(ledger: Counter['ledger'], event: StoredEvent): LogLine {
  const { seq, at, type, actor, data, date, digest, key } = event;
  const body = canonicalText({ actor, at, data, date, digest, key, type });
  const desk = typeof data.atDesk === 'number' ? data.atDesk : null;
  return { seq, at: instant(at), type, actor, desk, body, hash: ledger.hashOf(seq) ?? '' };
}

/** What the command with this key did; a key of somebody else's is as unknown as one never used. */
function outcomeOf({ ledger }: Counter, key: string, { person }: Asker): Output<'outcome.find'> {
  const event = ledger.find(key.replaceAll('-', '').toLowerCase());
  if (!event || event.actor !== String(person?.id)) return { state: 'unknown' };
  const { seq, data, type } = event;
  if (type === 'command.refused') {
    const { reason, message } = data as { reason: string; message: string };
    return { state: 'refused', seq, reason, message };
  }
  return { state: 'recorded', seq, result: withCode(ledger, data.result) };
}

/** A result that was recorded without its receipt code, because the code is made from the event's hash. */
function withCode(ledger: Counter['ledger'], result: unknown): unknown {
  if (typeof result !== 'object' || result === null || !('receiptCode' in result)) return result;
  const { journal } = result as { journal?: number | null };
  if (!journal) return result;
  return { ...result, receiptCode: receiptCodeOf(ledger, journal) };
}
