// Shows the counter its colleagues by name and its customers as the rules see them.
import type { CustomerFacts } from '#station/bank/facts.ts';
import type { CustomerReads } from '#station/ledger/projections/customer-reads.ts';
import type { StaffReads } from '#station/ledger/projections/staff.ts';
import type { CounterPeople } from './counter.ts';

/** Newest notes looked at for alerts. */
const notesMost = 50;

export function counterPeople(staff: StaffReads, customers: CustomerReads): CounterPeople {
  return Object.freeze({
    branch: staff.branch,
    nameOf: (id: number) => staff.byId(id)?.name ?? `staff ${id}`,
    customer(id: number, date: string): CustomerFacts | null {
      const row = customers.get(id);
      if (!row) return null;
      const { customer, name, kind, distinction, riskClass, validUntil } = row;
      const notes = customers.notesOf(id, notesMost).filter((note) => note.alert && note.open);
      const isExpired = validUntil < date;
      return {
        ...{ customer, name, kind, distinction, riskClass },
        identified: validUntil > '0000-01-01',
        alerts: [
          ...(isExpired
            ? [`The identity document ran out on ${validUntil}: ask for a new one.`]
            : []),
          ...(riskClass === 'high' ? ['This customer is in the high risk class.'] : []),
          ...notes.map((note) => note.text),
        ],
      };
    },
    ownersOf: (account: number) => customers.ownersOf(account).map((owner) => owner.customer),
    mandatesOn: (account: number) =>
      customers.mandatesOn(account).map(({ customer, kind, limitMinor, until }) => ({
        ...{ customer, kind, limitMinor, until },
      })),
  });
}
