// Puts the credit desk together from the branch's database.
import type { Database } from 'better-sqlite3';
import { createCustomerReads } from '#station/ledger/projections/customer-reads.ts';
import { createCreditReads } from '#station/ledger/projections/risk-credit.ts';
import type { Counter } from './counter.ts';
import { creditHandlers } from './credit.ts';

/** Handlers of credit over the branch's own customers and ledger. */
export function creditDesk(counter: Counter, database: Database) {
  const customers = createCustomerReads(database);
  return creditHandlers({
    counter,
    reads: createCreditReads(database),
    accountsOf: (customer) => customers.accountsOf(customer).map(({ account }) => account),
    traitsOf(customer) {
      const details = customers.details(customer);
      if (details?.kind !== 'person') return { birthDate: null, isDomestic: true };
      const { nationality, birthDate, address } = details;
      return { birthDate, isDomestic: nationality === address.country };
    },
  });
}
