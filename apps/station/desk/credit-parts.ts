// Puts the credit desk together from the branch's own customers and ledger.
import type { CustomerReads } from '#station/ledger/projections/customer-reads.ts';
import type { CreditReads } from '#station/ledger/projections/risk-credit.ts';
import type { Counter } from './counter.ts';
import { creditHandlers } from './credit.ts';

export function creditDesk(counter: Counter, customers: CustomerReads, reads: CreditReads) {
  return creditHandlers({
    ...{ counter, reads },
    accountsOf: (customer) => customers.accountsOf(customer).map(({ account }) => account),
    traitsOf(customer) {
      const details = customers.details(customer);
      if (details?.kind !== 'person') return { birthDate: null, isDomestic: true };
      const { nationality, birthDate, address } = details;
      return { birthDate, isDomestic: nationality === address.country };
    },
  });
}
