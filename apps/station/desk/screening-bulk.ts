// Compares every payee of a customer's file with the lists in force: beside the desk, a little at a time, before it may be posted.
import type { PaymentQueues } from '#station/ledger/projections/payment-queue.ts';
import type { PolicyReads } from '#station/ledger/projections/policy.ts';
import type { HitData } from '#station/ledger/projections/screening.ts';
import type { Clock } from '#station/ports.ts';
import type { Announcer } from './desk.ts';
import type { Screening } from './screening.ts';

export interface BulkNames {
  /** Begins to compare a file that came, without making anybody wait. */
  begin(order: number): void;
  /**
   * What its payees resemble by the lists in force; null while not all are compared, which begins or goes on with it.
   * A short file is compared at once. Empty without lists.
   */
  hitsOf(order: number): readonly HitData[] | null;
  /** How far a comparison under way is; null where none is. */
  progress(order: number): { readonly compared: number; readonly count: number } | null;
  close(): void;
}

export interface BulkNamesParts {
  readonly payments: Pick<PaymentQueues, 'bulk' | 'items'>;
  /** Every entry the name may be; empty without lists. */
  readonly compare: (name: string) => readonly HitData[];
  /** Which lists are in force and how alike a name must be; null without lists. Another text: another comparison. */
  readonly measure: () => string | null;
  readonly clock: Clock;
  readonly announcer: Pick<Announcer, 'changed'>;
}

/** Payees that are compared while somebody waits: they take a twentieth of a second. */
export const payeesAtOnce = 100;
/** Hits kept of one file: with more, the list or the file is not what it should be. */
export const bulkHitsMost = 200;
/** One slice takes so long at most, in ms, and then everybody else has their turn. */
const sliceMs = 6;
/** Between two slices, in ms. */
const restMs = 3;
/** Shortest time between two words of how far it is, in ms. */
const saidMs = 250;
/** Files whose hits are remembered. */
const jobsMost = 16;

interface Job {
  readonly order: number;
  readonly measure: string;
  readonly count: number;
  readonly seen: Set<string>;
  readonly hits: HitData[];
  compared: number;
  saidAt: number;
}

const isDone = ({ compared, count }: Job): boolean => compared >= count;

export function createBulkNames(parts: BulkNamesParts): BulkNames {
  const { payments, measure, clock, announcer } = parts;
  const jobs = new Map<number, Job>();
  let cancel: (() => void) | null = null;

  /** The job of an order by what holds now: a new one where lists or policy have become others. */
  function jobOf(order: number): Job | null {
    const [row, now] = [payments.bulk(order), measure()];
    const known = jobs.get(order);
    if (!row || now === null) return null;
    if (known?.measure === now) return known;
    const job: Job = {
      ...{ order, measure: now, count: row.count, compared: 0, saidAt: clock.monotonic() },
      ...{ seen: new Set<string>(), hits: [] },
    };
    jobs.delete(order);
    jobs.set(order, job);
    for (const old of [...jobs.keys()].slice(0, -jobsMost)) jobs.delete(old);
    return job;
  }

  function turn(): void {
    cancel = null;
    const job = [...jobs.values()].find((each) => !isDone(each));
    if (!job) return;
    if (!isWanted(parts, job)) jobs.delete(job.order);
    else {
      compareSome(parts, job, clock.monotonic() + sliceMs);
      say(job);
    }
    schedule();
  }

  function say(job: Job): void {
    const now = clock.monotonic();
    if (!isDone(job) && now - job.saidAt < saidMs) return;
    job.saidAt = now;
    announcer.changed(isDone(job) ? ['payment', 'screening'] : ['payment']);
  }

  function schedule(): void {
    cancel ??= clock.after(restMs, turn);
  }

  return Object.freeze({
    begin(order: number) {
      const job = jobOf(order);
      if (job && !isDone(job)) schedule();
    },
    hitsOf(order: number) {
      const job = jobOf(order);
      if (!job) return [];
      if (job.count <= payeesAtOnce) compareSome(parts, job, Number.POSITIVE_INFINITY);
      if (isDone(job)) return job.hits;
      schedule();
      return null;
    },
    progress(order: number) {
      const job = jobs.get(order);
      if (!job || isDone(job) || job.measure !== measure()) return null;
      return { compared: job.compared, count: job.count };
    },
    close: () => cancel?.(),
  });
}

/** The comparison over the branch's own lists, policy and files. */
export function bulkNamesOf(
  screening: Screening,
  rest: Pick<BulkNamesParts, 'payments' | 'clock' | 'announcer'> & {
    readonly policies: Pick<PolicyReads, 'policy'>;
  },
): BulkNames {
  const bearer = { role: 'payee', customer: null };
  return createBulkNames({
    ...rest,
    compare: (name) => screening.compare({ name }, bearer),
    measure() {
      const lists = screening.keeper.current();
      return lists && `${lists.stamp} ${rest.policies.policy().screening.leastScore}`;
    },
  });
}

/** A file that was cancelled or posted, or whose lists are no longer in force, is compared no further. */
function isWanted({ payments, measure }: BulkNamesParts, job: Job): boolean {
  const state = payments.bulk(job.order)?.state;
  return (state === 'checked' || state === 'scheduled') && job.measure === measure();
}

/** Payees from where it stands until the time is over; the same name is compared once. */
function compareSome({ payments, compare, clock }: BulkNamesParts, job: Job, until: number): void {
  while (!isDone(job)) {
    const items = payments.items(job.order, job.compared, payeesAtOnce);
    // What is counted and not there cannot be paid either.
    if (items.length === 0) job.compared = job.count;
    for (const { creditor } of items) {
      job.compared += 1;
      if (!job.seen.has(creditor.name)) {
        job.seen.add(creditor.name);
        const room = bulkHitsMost + 1 - job.hits.length;
        job.hits.push(...compare(creditor.name).slice(0, room));
      }
      if (clock.monotonic() >= until) return;
    }
  }
}
