// Gives the counter's tests a head office: the branch's real books and handlers, and a line that says what a test has it say.
import { generateKeyPairSync, hash, sign } from 'node:crypto';
import type { Card, CardPerson } from '#contract/office-card.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { createGuestReads } from '#station/ledger/projections/office-cards.ts';
import { createOrderReads } from '#station/ledger/projections/office-orders.ts';
import { createOfficeReads } from '#station/ledger/projections/office-reads.ts';
import { createRejoinReads } from '#station/ledger/projections/office-rejoin.ts';
import { createPictureReads } from '#station/ledger/projections/picture.ts';
import { createRateReads } from '#station/ledger/projections/rates.ts';
import type { OfficeLine } from '#station/office/client/calls.ts';
import { allowanceNote } from '#station/office/protocol/allowance.ts';
import { cardText } from '#station/office/protocol/card.ts';
import { linkTo } from '#station/office/protocol/chain.ts';
import { type LinkState, newLink } from '#station/office/protocol/link.ts';
import type {
  Allowance,
  CardVersion,
  DownItem,
  OfficeAccount,
} from '#station/office/protocol/values.ts';
import { type Parts, servingCounter } from './counter-fixture.ts';
import { type OfficePlace, officeHandlers } from './office.ts';
import type { CardPlace } from './office-cards.ts';
import { createGuestKeeper } from './office-guests.ts';
import type { OfficeLink } from './office-link.ts';
import { answerReservations } from './office-sagas.ts';
import { signatureCheck } from './office-visit.ts';

const pair = generateKeyPairSync('ed25519');
const officeKey = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);

/** How the line stands, and what it answers; a test changes it as it goes. */
export interface TestLine {
  isUp: boolean;
  state: LinkState;
  answers: Partial<OfficeLine>;
  resumed: number;
}

function linkOver(line: TestLine): OfficeLink {
  return Object.freeze({
    state: () => line.state,
    catchingUpFrom: () => null,
    isReachable: () => line.isUp,
    readsAll: () => false,
    certificateUntil: () => Number.MAX_SAFE_INTEGER,
    ask<T>(question: (asked: OfficeLine) => Promise<T>): Promise<T> {
      if (!line.isUp) throw new Refusal('office-unreachable', 'The line of this test is down.');
      return question(line.answers as OfficeLine);
    },
    wake: () => undefined,
    resume() {
      line.resumed += 1;
    },
    close: async () => undefined,
  });
}

function cardsOf({ database, counter, customers, secrets }: Parts): CardPlace {
  return Object.freeze({
    ...{ reads: createGuestReads(database), pictures: createPictureReads(database) },
    ...{ customers, secrets },
    frozenTakesCredits: () => counter.policies.policy().frozenAcceptsCredits,
  });
}

function placeOf(parts: Parts, link: OfficeLink): OfficePlace {
  const { database, ledger, counter, staff } = parts;
  const reads = createOfficeReads(database);
  const { clock, policies } = counter;
  return Object.freeze({
    books: { ledger, reads, code: () => staff.branch()?.code ?? '' },
    ...{ link, clock, cards: cardsOf(parts), rejoins: createRejoinReads(database) },
    isSigned: signatureCheck(officeKey.toString('hex')),
    orders: {
      ...{ reads: createOrderReads(database), staff, policies, reference: reads.reference },
      rates: {
        reads: createRateReads(database),
        ...{ base: () => 'EUR', inUse: () => ['EUR', 'USD'], latest: () => '2099-12-31' },
      },
      endSessions: () => undefined,
    },
  });
}

/** Marta Keller of the passport M-1, who may move anything. */
export const marta: CardPerson = Object.freeze({
  ...{ name: 'Marta Keller', role: 'holder', limitMinor: null, until: null },
  document: { kind: 'passport', number: 'M-1', country: 'DE', expiresOn: null },
  ...{ photo: null, signature: null },
} as const);

/** Till 2 with ana in a branch with a head office, which is reached. */
export async function visitedCounter() {
  const line: TestLine = {
    isUp: true,
    state: { ...newLink, stage: 'open' },
    answers: {},
    resumed: 0,
  };
  let place: OfficePlace | null = null;
  const desk = await servingCounter({
    more: (parts) => {
      place = placeOf(parts, linkOver(line));
      return officeHandlers(parts.counter, place);
    },
  });
  const office = place as OfficePlace | null;
  if (!office) throw new Error('The branch was opened without its head office.');
  const { books, cards } = office;
  const sagas = { ...books, announcer: desk.counter.announcer };
  const keeper = createGuestKeeper(cards, sagas);

  /** Head office sends these, as the next of its list. */
  async function receive(...items: readonly DownItem[]): Promise<void> {
    for (const item of items) {
      const data = { items: [linkTo(books.reads.place(), JSON.stringify(item))] };
      await desk.ledger.submit(() => {
        desk.ledger.append({ type: 'office.received', actor: 'system', data: data as never });
      });
    }
  }
  let version = 0;
  let allowances = 0;
  let accounts = 20_000_000;
  return Object.freeze({
    ...{ desk, line, books, keeper, receive, guest: cards.reads.guest },
    /** An account another branch keeps, of which nothing was heard here yet. */
    unknown(): OfficeAccount {
      accounts += 1;
      return { branch: '002', number: String(accounts) };
    },
    /** The account is expected here, with a card of these people; its text is fetched unless told otherwise. */
    async expect(more: Partial<Card> & Pick<Card, 'account'>, isFetched = true): Promise<void> {
      const card: Card = {
        ...{ name: 'Marta Keller', product: 'checking', currency: 'EUR' },
        ...{ state: 'open', takesCredits: true, persons: [marta], ...more },
      };
      const body = cardText(card);
      version += 1;
      const said: CardVersion = {
        ...{
          account: card.account,
          version,
          digest: hash('sha256', body, 'hex'),
          state: card.state,
        },
        ...{ takesCredits: card.takesCredits, madeAt: 1 },
      };
      await receive({ kind: 'card', ...said });
      if (!isFetched) return;
      await keeper.fetch({ fetchCard: async () => ({ body, pictures: '{}' }) }, version * 10_000);
    },
    /** Head office lets ana pay so much of the account while it cannot be asked; the allowance's number. */
    async allow(
      amountMinor: string,
      more: Partial<Allowance> & Pick<Allowance, 'account'>,
    ): Promise<string> {
      const now = desk.clock.now();
      allowances += 1;
      const id = String(allowances);
      const allowance: Allowance = {
        ...{ id, branch: '001', device: Buffer.from(desk.ledger.publicKey).toString('hex') },
        ...{ name: 'Marta Keller', till: null, amountMinor, currency: 'EUR' },
        ...{ issuedAt: now, expiresAt: now + 3_600_000, ...more },
      };
      const signature = sign(null, allowanceNote(allowance), pair.privateKey).toString('hex');
      await receive({ kind: 'allowance', allowance, signature });
      return id;
    },
    /** Head office answers every reservation that waits. */
    answer: (reply: Awaited<ReturnType<OfficeLine['reserve']>>) =>
      answerReservations(sagas, { reserve: async () => reply } as unknown as OfficeLine),
  });
}

export type VisitedCounter = Awaited<ReturnType<typeof visitedCounter>>;
