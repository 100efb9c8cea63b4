// Handles customers' photos and signatures: looked into, kept apart from the log, shown, erased.
import { hash } from 'node:crypto';
import type { Checked, Output } from '#contract/index.ts';
import { pictureFacts } from '#station/bank/picture.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { CustomerReads } from '#station/ledger/projections/customer-reads.ts';
import { type PictureReads, pictureSecret } from '#station/ledger/projections/picture.ts';
import type { Secrets } from '#station/ledger/projections/staff-secrets.ts';
import { instant } from './counter.ts';
import { knownCustomer } from './customers.ts';
import type { Handlers, Moment, Recorded, SignedIn } from './desk.ts';

export interface PictureParts {
  readonly customers: CustomerReads;
  readonly pictures: PictureReads;
  /** Where the pictures lie: a log keeps everything for ever, and a face must be erasable. */
  readonly secrets: Secrets;
  readonly nameOf: (staff: number) => string;
}

type Kept = Output<'picture.set'>;
type PictureHandlers = Pick<Handlers, Extract<keyof Handlers, `picture.${string}`>>;

function refuseOwn({ person }: SignedIn, customer: number): void {
  refuseUnless(
    person.customer !== customer,
    'own-customer',
    'This is your own record; a colleague keeps its pictures.',
    'customer',
  );
}

export function pictureHandlers(parts: PictureParts): PictureHandlers {
  const { customers, pictures, secrets, nameOf } = parts;
  return Object.freeze({
    'picture.list': ({ customer }: Checked<'picture.list'>) => {
      knownCustomer(customers, customer);
      const shown = pictures.of(customer).flatMap(({ kind, media, digest, by, at }) => {
        const bytes = secrets.get(pictureSecret(customer, kind));
        // A picture that is not the one the log speaks of is not shown as the customer's.
        if (!bytes || hash('sha256', bytes, 'hex') !== digest) return [];
        const base64 = Buffer.from(bytes).toString('base64');
        return [{ kind, media, base64, at: instant(at), by: nameOf(by) }];
      });
      return { pictures: shown };
    },
    'picture.set': {
      record({ customer, kind, base64 }: Checked<'picture.set'>, asker: SignedIn): Recorded<Kept> {
        knownCustomer(customers, customer);
        refuseOwn(asker, customer);
        const bytes = Buffer.from(base64, 'base64');
        const { media } = pictureFacts(bytes);
        secrets.set(pictureSecret(customer, kind), bytes);
        const data = { customer, kind, media, digest: hash('sha256', bytes, 'hex') };
        return { type: 'picture.set', data, result: { customer, kind }, topics: ['customer'] };
      },
    },
    'picture.remove': {
      record(
        { customer, kind, reason }: Checked<'picture.remove'>,
        asker: SignedIn,
        moment: Moment,
      ): Recorded<Output<'picture.remove'>> {
        knownCustomer(customers, customer);
        refuseOwn(asker, customer);
        const kept = pictures.of(customer).find((each) => each.kind === kind);
        refuseUnless(kept, 'picture-unknown', `There is no ${kind} to remove.`, 'kind');
        secrets.delete(pictureSecret(customer, kind));
        const data = { customer, kind, digest: kept.digest, reason };
        const result = { customer, kind, entry: moment.seq };
        return { type: 'picture.removed', data, result, topics: ['customer'] };
      },
    },
  });
}
