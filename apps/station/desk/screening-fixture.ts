// Gives the counter of the tests a list of names in force, with the real comparison, cases and handlers over it.
import type { ListEntry } from '#station/compliance/lists/entry.ts';
import type { CounterReads } from '#station/ledger/projections/counter.ts';
import type { Payments } from '#station/ledger/projections/payment.ts';
import { createScreeningReads } from '#station/ledger/projections/screening-reads.ts';
import type { Clock } from '#station/ports.ts';
import type { Counter } from './counter.ts';
import { createScreening, type Screening } from './screening.ts';
import { type BulkNames, type BulkNamesParts, bulkNamesOf } from './screening-bulk.ts';
import { screeningHandlers } from './screening-handlers.ts';
import { createListKeeper, type ListKeeper } from './screening-index.ts';
import { packList } from './screening-list.ts';

/** A list that may be changed; the keeper builds its index of it as of one that head office sent. */
export interface TestLists {
  readonly keeper: ListKeeper;
  /** The next version; nothing is in force before the first. */
  publish(entries: readonly ListEntry[]): void;
}

export function createTestLists(clock: Clock): TestLists {
  let packed: ReturnType<typeof packList> | null = null;
  let version = 0;
  const row = () => ({
    ...{ name: 'test', version, asOf: '2026-11-20', source: 'the test', seq: version, at: 0 },
    ...{ digest: String(version).padStart(64, '0'), entries: packed?.manifest.entries ?? 0 },
    names: packed?.manifest.names ?? 0,
  });
  const reads = {
    lists: () => (packed ? [row()] : []),
    pages: () => packed?.pages.map((page) => page.packed) ?? [],
  };
  return {
    keeper: createListKeeper({ reads, clock }),
    publish(entries) {
      version += 1;
      packed = packList({ asOf: '2026-11-20', source: 'the test', entries });
    },
  };
}

/** Somebody on a list. */
export function listed(id: string, ...names: string[]): ListEntry {
  return { ...{ id, kind: 'person', births: [], countries: [], programme: 'TEST' }, names };
}

/** The comparison over that list, with the cases in the branch's own database. */
export function comparedBy(
  database: Parameters<typeof createScreeningReads>[0],
  parts: Pick<BulkNamesParts, 'clock' | 'announcer'> & {
    readonly lists: TestLists;
    readonly reads: CounterReads;
    readonly payments: Payments;
  },
): { readonly screening: Screening; readonly bulkNames: BulkNames } {
  const { lists, payments, clock, announcer } = parts;
  const { policies } = parts.reads;
  const screening = createScreening({
    ...{ keeper: lists.keeper, reads: createScreeningReads(database), policy: policies.policy },
    nameOf: (staff) => `staff ${staff}`,
  });
  return { screening, bulkNames: bulkNamesOf(screening, { payments, policies, clock, announcer }) };
}

/** What is asked and decided about names; no customer is compared in the background. */
export function decisionHandlers(counter: Counter, screening: Screening) {
  const rescreening = { look: () => undefined, close: () => Promise.resolve() };
  return screeningHandlers({ counter, screening, rescreening });
}
