// Tells the counter about people: colleagues by name, customers and their rights as the rules read them.
import type { StaffReads } from '../ledger/projections/staff.ts';
import type { CounterPeople } from './counter.ts';
import { type CustomerSources, customerFactsOf, mandateFactsOf } from './customer-facts.ts';

export function createCounterPeople(staff: StaffReads, sources: CustomerSources): CounterPeople {
  const { customers } = sources;
  return Object.freeze({
    branch: staff.branch,
    nameOf: (id: number) => staff.byId(id)?.name ?? `staff ${id}`,
    customer: (id: number, date: string) => customerFactsOf(sources, id, date),
    ownersOf: (account: number) => customers.ownersOf(account).map((owner) => owner.customer),
    mandatesOn: (account: number) => mandateFactsOf(customers, account),
  });
}
