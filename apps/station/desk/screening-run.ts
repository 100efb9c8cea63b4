// Compares every customer with the lists in force after they have changed: in the background, a little at a time, to be stopped at any moment.
import type { Ledger } from '#station/ledger/ledger.ts';
import type { CustomerReads } from '#station/ledger/projections/customer-reads.ts';
import type { DecisionOfCase, HitData, RunData } from '#station/ledger/projections/screening.ts';
import type { Clock } from '#station/ports.ts';
import type { Announcer } from './desk.ts';
import type { Screening } from './screening.ts';
import { type Searchable, stampOf } from './screening-index.ts';

export interface Rescreening {
  /** Begins where the lists are others than the customers were compared with; goes on where it was interrupted. */
  look(): void;
  close(): Promise<void>;
}

export interface RescreeningParts {
  readonly screening: Screening;
  readonly customers: Pick<CustomerReads, 'details'>;
  readonly ledger: Pick<Ledger, 'submit' | 'append'>;
  readonly clock: Clock;
  readonly announcer: Pick<Announcer, 'changed'>;
  readonly report: (where: string, error: unknown) => void;
}

/** One slice takes so long at most, in ms, and then everybody else has their turn. */
const sliceMs = 6;
/** Between two slices, in ms: two thirds of the time at most are the work. */
const restMs = 3;
/** Customers after which the log says how far it is. */
const saidEvery = 500;

/** The run a command or a new list starts: from the first customer on. */
export function newRun(screening: Pick<Screening, 'reads'>, hits = 0): RunData {
  const { reads } = screening;
  const state = { stamp: stampOf(reads), state: 'running' as const };
  return { ...state, next: 0, last: reads.lastCustomer(), hits };
}

export function createRescreening(parts: RescreeningParts): Rescreening {
  const { screening, clock, report } = parts;
  let isClosed = false;
  let isRunning = false;
  let rest: () => void = () => undefined;
  let running: Promise<void> = Promise.resolve();

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(restMs, resolve);
      rest = () => {
        cancel();
        resolve();
      };
    });

  async function work(): Promise<void> {
    while (!isClosed) {
      const lists = screening.keeper.ready();
      const run = screening.reads.run();
      if (!lists || lists.stamp !== stampOf(screening.reads)) return;
      if (run?.stamp !== lists.stamp) await begin(parts, lists);
      else if (run.state !== 'running') return;
      else await step(parts, run, pause, () => isClosed);
    }
  }

  function look(): void {
    if (isRunning || isClosed) return;
    isRunning = true;
    running = work()
      .catch((error: unknown) => report('screening', error))
      .finally(() => {
        isRunning = false;
      });
  }

  return Object.freeze({
    look,
    async close() {
      isClosed = true;
      rest();
      await running;
    },
  });
}

/** A new run, and the end of every open case whose entry the list no longer has as it was. */
async function begin({ screening, ledger, announcer }: RescreeningParts, lists: Searchable) {
  const digests = new Set<string>();
  for (let entry = 0; entry < lists.index.entries.length; entry += 1) {
    digests.add(`${lists.originOf(entry).list} ${lists.digestOf(entry)}`);
  }
  await ledger.submit(() => {
    const { reads } = screening;
    const gone = reads
      .open(1_000)
      .filter(({ list, entryDigest }) => !digests.has(`${list} ${entryDigest}`))
      .map(({ id }): DecisionOfCase => {
        return { id, outcome: 'gone', note: 'The list no longer has this entry as it was.' };
      });
    const data = {
      screeningRun: newRun(screening),
      ...(gone.length > 0 ? { screeningDecisions: gone } : {}),
    };
    ledger.append({ type: 'screening.run-started', actor: 'system', data });
  });
  announcer.changed(['screening', 'customer']);
}

/** Customers up to the next word in the log: so many, or up to the first hit. */
async function step(
  parts: RescreeningParts,
  run: RunData,
  pause: () => Promise<void>,
  isClosed: () => boolean,
): Promise<void> {
  const { screening, ledger, announcer } = parts;
  const ids = screening.reads.customersAfter(run.next, saidEvery);
  let done = run.next;
  let hits: readonly HitData[] = [];
  while (ids.length > 0 && hits.length === 0 && !isClosed()) {
    const slice = compareSome(parts, ids);
    done = slice.done;
    hits = slice.hits;
    await pause();
  }
  const isEnd = ids.length === 0 && screening.reads.customersAfter(done, 1).length === 0;
  if (isClosed() && !isEnd && hits.length === 0) return;
  await ledger.submit(() => {
    // Stopped, or started again with another list, while this was compared: those words stand.
    const now = screening.reads.run();
    if (now?.stamp !== run.stamp || now.state !== 'running' || now.next !== run.next) return;
    const fresh = hits.filter((hit) => isStillFresh(screening, hit));
    const state = isEnd ? ('done' as const) : ('running' as const);
    const { stamp, last } = run;
    const screeningRun: RunData = { stamp, last, state, next: done, hits: run.hits + fresh.length };
    const data = { screeningRun, ...(fresh.length > 0 ? { screening: fresh } : {}) };
    ledger.append({ type: 'screening.run-advanced', actor: 'system', data });
  });
  announcer.changed(hits.length > 0 ? ['screening', 'customer'] : ['screening']);
}

function isStillFresh({ reads }: Screening, hit: HitData): boolean {
  const known = reads.known(hit);
  return known === null || known.state === 'gone';
}

/** Takes customers off the front until a slice of time is over or one resembles an entry. */
function compareSome({ screening, customers, clock }: RescreeningParts, ids: readonly number[]) {
  const left = ids as number[];
  const until = clock.monotonic() + sliceMs;
  let done = 0;
  while (left.length > 0) {
    const customer = left.shift() as number;
    done = customer;
    const details = customers.details(customer);
    const hits = details ? screening.freshOf(details, customer) : [];
    if (hits.length > 0) return { done, hits };
    if (clock.monotonic() >= until) break;
  }
  return { done, hits: [] };
}
