// Knows who may act for an account of another branch that is expected here: fetched, shown, judged by, and erased.
import { hash } from 'node:crypto';
import type { Checked, Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import { pictureFacts } from '#station/bank/picture.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { GuestRow } from '#station/ledger/projections/office-cards.ts';
import type { FetchedCard, OfficeLine } from '#station/office/client/calls.ts';
import { type Card, type CardPerson, personWith, readCard } from '#station/office/protocol/card.ts';
import type { Allowance, OfficeAccount } from '#station/office/protocol/values.ts';
import { instant } from './counter.ts';
import type { Announcer } from './desk.ts';
import type { CardPlace } from './office-cards.ts';
import type { OfficeBooks } from './office-desk.ts';
import { returnEvent } from './office-sagas.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Days a card is kept after the last allowance ended and the last visit, until head office says otherwise. */
export const guestDaysDefault = 30;

interface GuestParts extends OfficeBooks {
  readonly announcer: Pick<Announcer, 'changed'>;
}

/** Name of a card among what is kept apart from the log. */
function guestSecret({ branch, number }: OfficeAccount): string {
  return `guest/${branch}/${number}`;
}

/** Its pictures stand apart from its text: they are large, and the text is looked at often. */
function guestPictures(account: OfficeAccount): string {
  return `${guestSecret(account)}/pictures`;
}

/** The card as it is kept here; null where it was not fetched yet, or is not the one the log speaks of. */
function keptCard({ secrets }: CardPlace, row: GuestRow): Card | null {
  const bytes = secrets.get(guestSecret(row));
  if (!bytes) return null;
  const body = Buffer.from(bytes).toString('utf8');
  return hash('sha256', body, 'hex') === row.digest ? readCard(body) : null;
}

/** Days a card outlives its last use: head office's `visitors`, else thirty. */
function guestDays({ reads }: OfficeBooks): number {
  const value = reads.reference('visitors')?.value as { readonly days?: unknown } | undefined;
  const days = value?.days;
  return typeof days === 'number' && Number.isInteger(days) && days >= 1 ? days : guestDaysDefault;
}

export interface GuestKeeper {
  /** Fetches the cards that are named and not here; asks again for one that is not there yet after a while. */
  fetch(line: Pick<OfficeLine, 'fetchCard'>, now: number): Promise<number>;
  /** Gives back allowances of accounts that are not open, and erases cards nobody needs any more. */
  tidy(now: number): Promise<number>;
}

/** How long it waits before it asks again for a card that head office does not have yet, in ms. */
const againMs = 1_000;

export function createGuestKeeper(place: CardPlace, parts: GuestParts): GuestKeeper {
  const askedAt = new Map<string, number>();
  // Which text was found here, so that it is not read again at every turn.
  const seen = new Map<string, string>();
  return Object.freeze({
    async fetch(line: Pick<OfficeLine, 'fetchCard'>, now: number) {
      let found = 0;
      for (const row of place.reads.guests()) {
        const name = guestSecret(row);
        // A clock that was set back would keep it waiting until then.
        const isEarly = Math.abs(now - (askedAt.get(name) ?? 0)) < againMs;
        if (seen.get(name) === row.digest || isEarly) continue;
        if (keptCard(place, row)) {
          seen.set(name, row.digest);
          continue;
        }
        askedAt.set(name, now);
        seen.delete(name);
        const fetched = await line.fetchCard(row);
        if (!fetched || !(await keep(place, parts, { row, fetched }))) continue;
        seen.set(name, row.digest);
        found += 1;
      }
      if (found > 0) parts.announcer.changed(['office']);
      return found;
    },
    async tidy(now: number) {
      const back = blockedAllowances(place, parts);
      const over = overGuests(place, parts, now);
      if (back.length + over.length === 0) return 0;
      await parts.ledger.submit(() => {
        for (const id of back) {
          parts.ledger.append({ actor: 'system', ...returnEvent(parts.reads, id) });
        }
        for (const { branch, number } of over) {
          place.secrets.delete(guestSecret({ branch, number }));
          place.secrets.delete(guestPictures({ branch, number }));
          seen.delete(guestSecret({ branch, number }));
          const office = { kind: 'card-ended', account: { branch, number } } as const;
          parts.ledger.append({ type: 'card.erased', actor: 'system', data: { office } });
        }
      });
      parts.announcer.changed(['office']);
      return back.length + over.length;
    },
  });
}

/** Keeps a fetched card whose text is the one the log names, with those of its pictures that are what it says. */
async function keep(
  place: CardPlace,
  { ledger }: GuestParts,
  { row, fetched }: { readonly row: GuestRow; readonly fetched: FetchedCard },
): Promise<boolean> {
  const card = hash('sha256', fetched.body, 'hex') === row.digest ? readCard(fetched.body) : null;
  if (!card) return false;
  const named = card.persons.flatMap(({ photo, signature }) => [photo, signature]);
  const pictures = soundPictures(fetched.pictures, new Set(named));
  return ledger.submit(() => {
    // Another version may have come, or it was erased, while this one was on its way.
    const { branch, number } = row;
    if (place.reads.guest({ branch, number })?.digest !== row.digest) return false;
    place.secrets.set(guestSecret(row), Buffer.from(fetched.body));
    place.secrets.set(guestPictures(row), Buffer.from(JSON.stringify(pictures)));
    ledger.append({
      type: 'card.kept',
      actor: 'system',
      data: { card: { branch, number, version: row.version } },
    });
    return true;
  });
}

/** What is no picture, or not the one the card names, is left out: the card counts without it. */
function soundPictures(text: string, named: ReadonlySet<string | null>): Record<string, string> {
  const sound: Record<string, string> = {};
  for (const [digest, base64] of Object.entries(parsedRecord(text))) {
    const bytes = Buffer.from(base64, 'base64');
    if (named.has(digest) && hash('sha256', bytes, 'hex') === digest && isPicture(bytes)) {
      sound[digest] = base64;
    }
  }
  return sound;
}

function parsedRecord(text: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === 'string'));
  } catch {
    return {};
  }
}

function isPicture(bytes: Buffer): boolean {
  try {
    return pictureFacts(bytes).width > 0;
  } catch {
    return false;
  }
}

/** Open allowances of accounts whose keeping branch calls them anything but open. */
function blockedAllowances({ reads: guests }: CardPlace, { reads }: GuestParts): string[] {
  return reads.allowances().flatMap(({ id, state, document }) => {
    if (state !== 'open') return [];
    const { account } = JSON.parse(document) as Allowance;
    const guest = guests.guest(account);
    return guest && guest.state !== 'open' ? [id] : [];
  });
}

/** Cards without an open allowance or reservation that nobody has used for so many days. */
function overGuests({ reads: guests }: CardPlace, parts: GuestParts, now: number): GuestRow[] {
  const keptMs = guestDays(parts) * dayMs;
  const waiting = parts.reads.reservations().filter(({ state }) => state !== 'declined');
  return guests.guests().filter(({ branch, number, usedAt }) => {
    if (now - usedAt <= keptMs) return false;
    const isReserved = waiting.some((each) => each.branch === branch && each.number === number);
    const granted = parts.reads.allowances({ branch, number });
    return !isReserved && granted.every(({ state }) => state !== 'open');
  });
}

type View = NonNullable<Output<'office.find'>['card']>;

/** The card as the screen shows it; null where the account is not expected here. */
export function guestView(place: CardPlace, account: OfficeAccount): View | null {
  const row = place.reads.guest(account);
  if (!row) return null;
  const kept = keptCard(place, row);
  const bytes = kept && place.secrets.get(guestPictures(account));
  const pictures = bytes ? parsedRecord(Buffer.from(bytes).toString('utf8')) : {};
  const shown = (digest: string | null) => (digest === null ? null : (pictures[digest] ?? null));
  return {
    ...{ state: row.state, takesCredits: row.takesCredits, isFetched: kept !== null },
    ...{ madeAt: instant(row.madeAt), receivedAt: instant(row.receivedAt) },
    ...{ product: kept?.product ?? '', name: kept?.name ?? '', currency: kept?.currency ?? '' },
    persons: (kept?.persons ?? []).map(({ document, photo, signature, ...person }) => ({
      ...{ ...person, document: { ...document } },
      ...{ photo: shown(photo), signature: shown(signature) },
    })),
  };
}

/** Every account that is expected here, for the list. */
export function guestsOf(place: CardPlace): Output<'office.state'>['guests'] {
  return place.reads.guests().map((row) => ({
    ...{ account: { branch: row.branch, number: row.number }, state: row.state },
    ...{ version: row.version, madeAt: instant(row.madeAt) },
    isFetched: keptCard(place, row) !== null,
  }));
}

type Visit = Pick<
  Checked<'office.visit'>,
  'account' | 'side' | 'amountMinor' | 'currency' | 'conductor'
>;

const stateWords = {
  open: 'open',
  dormant: 'dormant: its keeping branch must wake it',
  frozen: 'frozen',
  closed: 'closed',
  unknown: 'not an account that branch keeps',
} as const;

/**
 * Refuses what the keeping branch's last word forbids: a debit of an account that is not open
 * (`account-frozen` and so on), a credit it does not take, another currency than the account's (`wrong-currency`:
 * a mandate's bound says nothing of it), more than the person's mandate allows
 * (`over-mandate`), a mandate that has run out (`mandate-over`); and, without a supervisor, a person
 * whose document is not on the card (`person-not-on-card`). Without a card nothing is known to judge by.
 */
export function refuseByCard(
  place: CardPlace,
  visit: Visit,
  by: { readonly date: string; readonly isDecided: boolean },
): void {
  const { account, side, conductor } = visit;
  const row = place.reads.guest(account);
  if (!row) return;
  const named = `${account.branch}/${account.number}`;
  refuseUnless(
    side === 'debit' ? row.state === 'open' : row.takesCredits,
    `account-${row.state}`,
    `Branch ${account.branch} says that ${named} is ${stateWords[row.state]}.`,
    'account.number',
  );
  const kept = keptCard(place, row);
  if (!kept) return;
  refuseUnless(
    visit.currency === kept.currency,
    'wrong-currency',
    `Account ${named} is kept in ${kept.currency}, not in ${visit.currency}.`,
    'currency',
  );
  if (side === 'credit') return;
  const details =
    conductor.kind === 'customer' ? place.customers.details(conductor.customer) : null;
  const documents =
    conductor.kind === 'other'
      ? [conductor.document]
      : (details?.documents ?? []).map(({ number }) => number);
  const person = personWith(kept, documents);
  if (!person) {
    refuseUnless(
      by.isDecided,
      'person-not-on-card',
      `Nobody with this document may act for ${named}, says branch ${account.branch}: a supervisor agrees here.`,
      'second',
    );
    return;
  }
  refuseMandate(visit, person, by.date);
}

function refuseMandate(
  { amountMinor, currency }: Visit,
  { name, limitMinor, until }: CardPerson,
  date: string,
): void {
  refuseUnless(
    limitMinor === null || amountMinor <= BigInt(limitMinor),
    'over-mandate',
    `${name} may move ${formatMoney(limitMinor ?? '0', currency)} at once, not ${formatMoney(amountMinor, currency)}.`,
    'amountMinor',
  );
  refuseUnless(
    until === null || date <= until,
    'mandate-over',
    `The mandate of ${name} held until ${until}.`,
    'conductor',
  );
}
