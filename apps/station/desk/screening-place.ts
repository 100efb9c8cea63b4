// Puts the lists to work: ready to be searched, every customer compared after a change, and asked at the desk.
import type { CustomerReads } from '#station/ledger/projections/customer-reads.ts';
import type { Counter } from './counter.ts';
import type { Screening } from './screening.ts';
import { screeningHandlers } from './screening-handlers.ts';
import { createRescreening } from './screening-run.ts';

/** How often it is looked whether head office has sent another list, in ms. */
const lookMs = 1_000;

/** `isServed`: false while the demonstration is made, which compares nothing in the background. */
export function openScreening(
  parts: {
    readonly counter: Counter;
    readonly screening: Screening;
    readonly customers: CustomerReads;
  },
  isServed: boolean,
) {
  const { counter, screening, customers } = parts;
  const { ledger, clock, announcer, report } = counter;
  const rescreening = createRescreening({
    ...{ screening, customers, ledger, clock, announcer, report },
  });
  let cancel: () => void = () => undefined;
  const look = (): void => {
    screening.keeper.refresh();
    rescreening.look();
    cancel = clock.after(lookMs, look);
  };
  if (isServed) look();
  return Object.freeze({
    handlers: screeningHandlers({ counter, screening, rescreening }),
    async close() {
      cancel();
      counter.bulkNames?.close();
      screening.keeper.close();
      await rescreening.close();
    },
  });
}
