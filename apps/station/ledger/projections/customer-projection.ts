// Carries what happened to customers, their notes and their accounts into the customer tables.
import type { Database } from 'better-sqlite3';
import type { StoredEvent } from '../events.ts';
import type { Projection } from '../projection.ts';
import {
  type CustomerData,
  createCustomerWriter,
  customerSchema,
  customerTables,
  type MandateData,
  type NoteData,
  type OwnershipData,
} from './customer.ts';

/** `mandate.granted` */
export interface GrantData {
  readonly account: number;
  readonly mandate: MandateData;
}

/** `note.closed` */
export interface NoteClosedData {
  readonly note: number;
  /** Name of who closed it. */
  readonly by: string;
}

/** `account.opened` carries `ownership` where customers own what is opened. */
export interface AccountOpenedData {
  readonly ownership?: readonly OwnershipData[];
}

/** The customers as a function of the log. */
export const customerProjection: Projection = Object.freeze({
  name: 'customer',
  tables: customerTables,
  schema: customerSchema,
  types: [
    'customer.registered',
    'customer.amended',
    'customer.noted',
    'note.closed',
    'account.opened',
    'mandate.granted',
    'mandate.revoked',
  ],
  prepare(database: Database) {
    const write = createCustomerWriter(database);
    const carry: Readonly<Record<string, (data: never, event: StoredEvent) => void>> = {
      'customer.registered': (data: CustomerData, event) =>
        write.register(data, data.since ?? dayOf(event)),
      'customer.amended': (data: CustomerData) => write.amend(data),
      'customer.noted': (data: NoteData, { seq, at }) => write.note(data, seq, at),
      'note.closed': ({ note, by }: NoteClosedData, { at }) => write.closeNote(note, by, at),
      'account.opened': ({ ownership = [] }: AccountOpenedData) => {
        for (const each of ownership) write.own(each);
      },
      'mandate.granted': ({ account, mandate }: GrantData) => write.grant(account, mandate),
      'mandate.revoked': ({ mandate }: { mandate: number }, { seq }) => write.revoke(mandate, seq),
    };
    return (event: StoredEvent) => carry[event.type]?.(event.data as never, event);
  },
});

/** The business date, or the calendar day (UTC) while the branch is closed. */
function dayOf({ date, at }: StoredEvent): string {
  return date === '' ? new Date(at).toISOString().slice(0, 10) : date;
}
