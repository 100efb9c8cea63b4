// Puts the branch's side of head office together: its books, and its line where it was given one.
import type { Ledger } from '#station/ledger/ledger.ts';
import type { OfficeReads } from '#station/ledger/projections/office-reads.ts';
import type { RejoinReads } from '#station/ledger/projections/office-rejoin.ts';
import { type OfficeBundle, readBundle, writeBundle } from '#station/office/client/bundle.ts';
import { readReceived, writeReceived } from '#station/office/client/received.ts';
import type { Chance, Clock } from '#station/ports.ts';
import type { Announcer } from './desk.ts';
import type { OfficePlace } from './office.ts';
import type { CardPlace } from './office-cards.ts';
import { createOfficeLink } from './office-link.ts';
import type { OrderPlace } from './office-orders.ts';
import { signatureCheck } from './office-visit.ts';

export interface OfficePlaceParts {
  readonly reads: OfficeReads;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly announcer: Pick<Announcer, 'changed'>;
  readonly report: (where: string, error: unknown) => void;
  /** Folder of the branch: `office.json` there is what head office gave out. */
  readonly folder: string;
  readonly code: () => string;
  /** What reference data of head office acts on. */
  readonly orders: OrderPlace;
  readonly cards: CardPlace;
  /** What people here asked for after an older copy took head office's place. */
  readonly rejoins: RejoinReads;
}

/** Starts the line where the folder holds head office's file; refuses a file that is open to others. */
export function openOfficePlace(parts: OfficePlaceParts): OfficePlace {
  const { reads, ledger, clock, code, orders, cards, rejoins } = parts;
  const bundle = readBundle(parts.folder);
  const books = { ledger, reads, code };
  const keepBundle = (changed: OfficeBundle): void => writeBundle(parts.folder, changed);
  if (!bundle)
    return Object.freeze({
      books,
      orders,
      cards,
      rejoins,
      link: null,
      clock,
      isSigned: () => false,
    });
  const received = readReceived(parts.folder);
  const link = createOfficeLink({
    ...{ ...parts, ...books, bundle, keepBundle },
    ...(received ? { received } : {}),
    keepReceived: (position) => writeReceived(parts.folder, position),
  });
  const isSigned = signatureCheck(bundle.officeKey);
  return Object.freeze({ books, orders, cards, rejoins, link, clock, isSigned });
}
