// Makes the cards of our accounts that visit other branches, and makes them anew when something on them changes.
import { hash } from 'node:crypto';
import type { IdentityDocument } from '#contract/customers.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { Ledger } from '#station/ledger/ledger.ts';
import { noEnd } from '#station/ledger/projections/customer.ts';
import type { CustomerReads } from '#station/ledger/projections/customer-reads.ts';
import type { GuestReads, ShownRow } from '#station/ledger/projections/office-cards.ts';
import { type PictureReads, pictureSecret } from '#station/ledger/projections/picture.ts';
import type { Secrets } from '#station/ledger/projections/staff-secrets.ts';
import type { OfficeLine } from '#station/office/client/calls.ts';
import {
  type Card,
  type CardPerson,
  cardPersonsMost,
  cardPictureBytesMost,
  cardText,
} from '#station/office/protocol/card.ts';
import type { CardState, OfficePart } from '#station/office/protocol/values.ts';

/** What cards are made of and kept in, at either end. */
export interface CardPlace {
  readonly reads: GuestReads;
  readonly customers: CustomerReads;
  readonly pictures: PictureReads;
  /** Where faces and documents lie: a log keeps everything for ever, and these must be erasable. */
  readonly secrets: Secrets;
  /** Whether a frozen account of this branch takes money in. */
  readonly frozenTakesCredits: () => boolean;
}

interface Making {
  readonly ledger: Ledger;
  readonly code: () => string;
  readonly clock: { now(): number };
}

/** Cards looked at in one turn, so that no key waits for them. */
const looksMost = 5;

export interface CardMaker {
  /** Records each card that has become another. */
  make(): Promise<number>;
  /** Brings head office the texts it was told of; `received` is how far it has our log. */
  bring(line: Pick<OfficeLine, 'putCard'>, received: number): Promise<number>;
}

/** Remembers only what saves work: after a restart everything is looked at, and brought, once more. */
export function createCardMaker(place: CardPlace, parts: Making): CardMaker {
  const lookedAt = new Map<string, number>();
  const brought = new Set<string>();
  return Object.freeze({
    async make() {
      const { seq } = parts.ledger.head();
      const due = place.reads
        .shown()
        .filter(({ number }) => lookedAt.get(number) !== seq)
        .slice(0, looksMost);
      let made = 0;
      for (const row of due) {
        const part = changedCard(place, parts, row);
        lookedAt.set(row.number, seq);
        if (!part) continue;
        await parts.ledger.submit(() => {
          parts.ledger.append({ type: 'card.made', actor: 'system', data: { office: part } });
        });
        made += 1;
      }
      return made;
    },
    async bring(line: Pick<OfficeLine, 'putCard'>, received: number) {
      let sent = 0;
      for (const { number, digest, seq } of place.reads.shown()) {
        const mark = `${number} ${digest} ${seq}`;
        if (seq === 0 || seq > received || brought.has(mark)) continue;
        const { text } = cardOf(place, parts, number);
        // It has changed since: the next turn names the newer one.
        if (hash('sha256', text, 'hex') !== digest) continue;
        await line.putCard({ number, text, pictures: picturesOf(place, parts, number) });
        brought.add(mark);
        sent += 1;
      }
      return sent;
    },
  });
}

/** The `office` part that names the card as it is now, or null where that was said already. */
function changedCard(place: CardPlace, parts: Making, row: ShownRow): OfficePart | null {
  const { state, takesCredits, text } = cardOf(place, parts, row.number);
  const digest = hash('sha256', text, 'hex');
  if (row.digest === digest) return null;
  return {
    ...{ kind: 'card', account: { branch: parts.code(), number: row.number } },
    ...{ version: row.version + 1, digest, state, takesCredits },
    madeAt: Math.trunc(parts.clock.now()),
  };
}

interface MadeCard {
  readonly state: CardState;
  readonly takesCredits: boolean;
  readonly text: string;
}

function cardOf(place: CardPlace, parts: Making, number: string): MadeCard {
  const account = parts.ledger.accountByNumber(number);
  const named = { branch: parts.code(), number };
  if (account?.customer == null) {
    const none: Card = { ...nobody, account: named };
    return { state: 'unknown', takesCredits: false, text: cardText(none) };
  }
  const { name, product, currency, state } = account;
  const takesCredits =
    state === 'open' || state === 'dormant' || (state === 'frozen' && place.frozenTakesCredits());
  // Nobody acts for a closed account: whose it was is no longer needed anywhere else.
  const persons = state === 'closed' ? [] : personsOf(place, account);
  const made: Card = { account: named, name, product, currency, state, takesCredits, persons };
  return { state, takesCredits, text: cardText(made) };
}

const nobody: Omit<Card, 'account'> = Object.freeze({
  ...{ name: '', product: '', currency: 'XXX', state: 'unknown', takesCredits: false, persons: [] },
} as const);

function personsOf(place: CardPlace, { id }: Account): CardPerson[] {
  const { customers } = place;
  const owners = customers
    .ownersOf(id)
    .map(({ customer, role }) => ({ customer, role, limitMinor: null, until: null }));
  const mandates = customers.mandatesOn(id).flatMap(({ customer, kind, limitMinor, until }) => {
    if (kind === 'view') return [];
    return [
      { customer, role: kind, limitMinor: limitMinor === null ? null : String(limitMinor), until },
    ];
  });
  return [...owners, ...mandates].slice(0, cardPersonsMost).flatMap(({ customer, ...rest }) => {
    const row = customers.get(customer);
    const document = bestDocument(customers.details(customer)?.documents ?? []);
    if (!row || !document) return [];
    return [{ name: row.name, document, ...rest, ...digestsOf(place, customer) }];
  });
}

/** The document that is valid longest; the issuing date and the others stay at home. */
function bestDocument(documents: readonly IdentityDocument[]): CardPerson['document'] | null {
  const [best] = [...documents].sort((one, other) =>
    (other.expiresOn ?? noEnd).localeCompare(one.expiresOn ?? noEnd),
  );
  if (!best) return null;
  const { kind, number, country, expiresOn = null } = best;
  return { kind, number, country, expiresOn };
}

function digestsOf({ pictures }: CardPlace, customer: number) {
  const kept = pictures.of(customer);
  const digestOf = (kind: 'photo' | 'signature') =>
    kept.find((each) => each.kind === kind)?.digest ?? null;
  return { photo: digestOf('photo'), signature: digestOf('signature') };
}

/** The pictures of the card by their digests, in base64, as JSON; specimens first, photos as far as they fit. */
function picturesOf(place: CardPlace, { ledger }: Making, number: string): string {
  const account = ledger.accountByNumber(number);
  if (!account) return '{}';
  const people = [
    ...place.customers.ownersOf(account.id),
    ...place.customers.mandatesOn(account.id).filter(({ kind }) => kind !== 'view'),
  ].slice(0, cardPersonsMost);
  const found: Record<string, string> = {};
  let size = 2;
  for (const kind of ['signature', 'photo'] as const) {
    for (const { customer } of people) {
      const digest = digestsOf(place, customer)[kind];
      const bytes = digest === null ? null : place.secrets.get(pictureSecret(customer, kind));
      if (!bytes || digest === null || hash('sha256', bytes, 'hex') !== digest) continue;
      const base64 = Buffer.from(bytes).toString('base64');
      if (size + base64.length + 80 > cardPictureBytesMost) continue;
      found[digest] = base64;
      size += base64.length + 80;
    }
  }
  return JSON.stringify(found);
}
