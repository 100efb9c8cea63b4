// Reads the log's events into the feature state, so that serving, training and judging see the same past.
import { digitsOf } from '#contract/currencies.ts';
import { defaultPolicy } from '#station/bank/policy.ts';
import { type Attempt, type Movement, scoredAs } from './attempt.ts';
import { createFeatureEngine, type FeatureEngine } from './engine.ts';
import { createOutside, neverPaid, type Outside } from './outside.ts';
import { type FeatureState, noteFraud, noteOn, otherSide, tellerOf } from './state.ts';

/** An event of the log, as much of it as features need. */
export interface LoggedEvent {
  readonly seq: number;
  readonly at: number;
  readonly date: string;
  readonly type: string;
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface LegData {
  readonly debit: number;
  readonly credit: number;
  readonly amountMinor: string;
}

interface EntryData {
  readonly kind: string;
  readonly amountMinor: string;
  readonly conductor: string | null;
  readonly reversalOf: number | null;
}

interface AccountData {
  readonly id: number;
  readonly number: string;
  readonly currency: string;
  readonly customer: number | null;
  readonly openedOn?: string;
}

interface DraftData {
  readonly task: string;
  readonly account?: string;
  readonly from?: string;
  readonly to?: string;
  readonly amountMinor?: string;
  readonly conductor?: { readonly kind: string };
  readonly items?: readonly DraftData[];
  /** A payment's message values, by path. */
  readonly values?: Readonly<Record<string, string>>;
  /** What a correction posts instead. */
  readonly replacement?: DraftData;
}

interface DetailsData {
  readonly riskClass: string;
  readonly documents: readonly { readonly expiresOn?: string | undefined }[];
}

export interface FeatureReader {
  readonly engine: FeatureEngine;
  /** Number of the last event read. */
  position(): number;
  /** Takes the next event in; events come in the log's order, each once. */
  apply(event: LoggedEvent): void;
  /** What the event attempted, before it is applied: none, one, or the items of a basket. */
  attemptsOf(event: LoggedEvent): readonly Attempt[];
  /** Id of the account with this number. */
  accountId(number: string): number | undefined;
  /** Number of the payee at another bank with this IBAN; whoever was never paid shares one. */
  payeeId(iban: string): number;
  /** Accounts a posted journal moved, while it is among the newest. */
  accountsOf(journal: number): readonly number[];
  /** Postings seen, and cases said to be fraud. */
  counts(): { readonly postings: number; readonly frauds: number };
}

const classes: Readonly<Record<string, number>> = { low: 0, normal: 1, high: 2 };

/** Where a payment's message says whose account is paid. */
const payeeIbanPath = 'CdtrAcct/Id/IBAN';

/** Postings of which it is remembered whose they were, for verdicts that come later. */
const rememberedMost = 200_000;

const midnight = (date: string): number => Date.parse(`${date}T00:00:00.000Z`);

function applyPolicy(state: FeatureState, policy: unknown): void {
  const { reportingThresholds, structuring } = policy as {
    readonly reportingThresholds: readonly { currency: string; amountMinor: string | bigint }[];
    readonly structuring: { readonly lowerBasisPoints: number };
  };
  state.thresholds = new Map(
    reportingThresholds.map(({ currency, amountMinor }) => [currency, Number(amountMinor)]),
  );
  state.nearBasisPoints = structuring.lowerBasisPoints;
}

function lastDay(documents: DetailsData['documents']): number {
  const ends = documents.map(({ expiresOn }) =>
    expiresOn === undefined ? Number.POSITIVE_INFINITY : midnight(expiresOn),
  );
  return ends.length === 0 ? Number.NaN : Math.max(...ends);
}

function applyCustomer(state: FeatureState, event: LoggedEvent): void {
  const { customer, details, since } = event.data as unknown as {
    readonly customer: number;
    readonly details: DetailsData;
    readonly since?: string;
  };
  const known = state.customers.get(customer);
  const riskClass = classes[details.riskClass] ?? 1;
  const validUntil = lastDay(details.documents);
  if (known) {
    Object.assign(known, { riskClass, validUntil, changedAt: event.at });
    return;
  }
  const begun = since ?? event.date;
  const sinceAt = begun === '' ? event.at : midnight(begun);
  state.customers.set(customer, { sinceAt, riskClass, validUntil, changedAt: Number.NaN });
}

/** Accounts of the branch by number, and whose money a posting or a request moved. */
interface Memory {
  readonly outside: Outside;
  readonly byNumber: Map<string, number>;
  readonly posted: Map<number, readonly number[]>;
  readonly waiting: Map<number, readonly number[]>;
}

function remember(memory: Memory, journal: number, accounts: readonly number[]): void {
  memory.posted.set(journal, accounts);
  if (memory.posted.size <= rememberedMost) return;
  const [oldest] = memory.posted.keys();
  memory.posted.delete(oldest as number);
}

const numbersOf = ({ byNumber, outside }: Memory): Numbers => ({
  idOf: (number) => byNumber.get(number),
  payeeId: outside.idOf,
});

/** Accounts of one side or both that belong to customers, the paying one first. */
function customersIn(state: FeatureState, { debit, credit }: LegData): number[] {
  return [debit, credit].filter((id) => (state.accounts[id]?.customer ?? 0) !== 0);
}

/** IBAN of the payee at another bank, where the event orders a payment out. */
function ibanPaid({ data }: LoggedEvent): string | null {
  const payments = data.payments as
    | readonly { readonly direction: string; readonly creditor: { readonly iban: string } }[]
    | undefined;
  const [payment] = payments ?? [];
  return payment?.direction === 'out' ? payment.creditor.iban : null;
}

function movementOf(state: FeatureState, outside: Outside, event: LoggedEvent): Movement | null {
  const entry = event.data.entry as EntryData | undefined;
  const legs = (event.data.journal as { legs: readonly LegData[] } | undefined)?.legs;
  const [first] = legs ?? [];
  const task = scoredAs(entry?.kind ?? '');
  if (!entry || !first || !task) return null;
  const [account, here = 0] = customersIn(state, first);
  if (account === undefined) return null;
  const iban = ibanPaid(event);
  const other = iban === null ? here : outside.idOf(iban);
  return {
    ...{ at: event.at, task, account, other, amountMinor: Number(entry.amountMinor) },
    teller: Number(event.actor),
    isOtherAtDesk: /\(document [^()]*\)$/.test(entry.conductor ?? ''),
    journal: event.seq,
  };
}

/** How numbers of accounts become ids: the branch's own, and those of payees at other banks. */
export interface Numbers {
  idOf(number: string): number | undefined;
  payeeId(iban: string): number;
}

/**
 * The items of a draft that can be scored, as attempts at a moment by a teller. A correction is scored by what
 * it posts instead; what it takes back is the teller's slip.
 */
export function attemptsOfDraft(
  draft: DraftData,
  by: { readonly at: number; readonly teller: number },
  numbers: Numbers,
): readonly Attempt[] {
  if (draft.task === 'basket') {
    return (draft.items ?? []).flatMap((item) => attemptsOfDraft(item, by, numbers));
  }
  if (draft.task === 'journal.correction' && draft.replacement) {
    return attemptsOfDraft(draft.replacement, by, numbers);
  }
  const task = scoredAs(draft.task);
  const account = task ? numbers.idOf(draft.account ?? draft.from ?? '') : undefined;
  if (!task || account === undefined) return [];
  const iban = draft.values?.[payeeIbanPath] ?? '';
  const here = draft.to === undefined ? 0 : (numbers.idOf(draft.to) ?? 0);
  return [
    {
      ...{ at: by.at, teller: by.teller, task, account },
      other: draft.task === 'payment.outgoing' ? numbers.payeeId(iban) : here,
      amountMinor: Number(draft.amountMinor),
      isOtherAtDesk: draft.conductor?.kind === 'other',
    },
  ];
}

/** The movement with its payee at another bank known from now on. */
function met({ outside }: Memory, movement: Movement, event: LoggedEvent): Movement {
  const iban = ibanPaid(event);
  if (iban === null || movement.other !== neverPaid) return movement;
  const { currency = '' } = (event.data.entry as { readonly currency?: string }) ?? {};
  return { ...movement, other: outside.meet(iban, { at: event.at, currency }) };
}

function applyJournal(engine: FeatureEngine, memory: Memory, event: LoggedEvent): void {
  const { state } = engine;
  const { legs } = event.data.journal as { readonly legs: readonly LegData[] };
  const found = movementOf(state, memory.outside, event);
  if (found) {
    const movement = met(memory, found, event);
    engine.movement(movement);
    const { account, other } = movement;
    remember(memory, event.seq, other === 0 ? [account] : [account, other]);
  }
  const entry = event.data.entry as EntryData | undefined;
  const reversalOf = entry?.reversalOf ?? null;
  if (reversalOf !== null) {
    const accounts = memory.posted.get(reversalOf) ?? [];
    engine.reverse(reversalOf, accounts, Number(event.actor), event.at);
  }
  for (const { debit, credit, amountMinor } of legs) engine.leg(debit, credit, Number(amountMinor));
}

function applyAccounts(engine: FeatureEngine, memory: Memory, event: LoggedEvent): void {
  for (const account of event.data.accounts as readonly AccountData[]) {
    const { id, number, currency, customer, openedOn = event.date } = account;
    memory.byNumber.set(number, id);
    engine.openAccount({
      ...{ id, currency, scale: 10 ** digitsOf(currency), customer: customer ?? 0 },
      openedAt: openedOn === '' ? event.at : midnight(openedOn),
    });
  }
}

/** A verdict counts from the moment it is known, on every account of the posting it is about. */
function applyVerdict(state: FeatureState, event: LoggedEvent, accounts: readonly number[]): void {
  const { verdict } = event.data as { readonly verdict: string };
  for (const id of accounts) {
    // Nobody knows a payee that was never paid: a word on the attempt is no word on the next one.
    const account = id === neverPaid ? undefined : otherSide(state, id);
    if (!account) continue;
    if (verdict === 'fraud') noteFraud(state, account);
    if (verdict === 'legitimate') noteOn(state, account, 'confirmed', event.at);
  }
}

function applyApproval(engine: FeatureEngine, memory: Memory, event: LoggedEvent): void {
  const { state } = engine;
  if (event.type === 'approval.requested') {
    const { draft } = event.data.approval as { readonly draft: DraftData | null };
    const by = { at: event.at, teller: Number(event.actor) };
    const numbers = numbersOf(memory);
    const accounts = draft ? attemptsOfDraft(draft, by, numbers).map((each) => each.account) : [];
    memory.waiting.set(event.seq, accounts);
    tellerOf(state, by.teller).parked.push(event.at);
    return;
  }
  const { approval, decision } = event.data as { approval: number; decision?: string };
  if (event.type === 'approval.decided' && decision === 'approve') return;
  for (const id of memory.waiting.get(approval) ?? []) {
    const account = state.accounts[id];
    const what = event.type === 'approval.decided' ? 'declined' : 'withdrawn';
    if (account) noteOn(state, account, what, event.at);
  }
  memory.waiting.delete(approval);
}

/** Reads the log from its first event on into a state of its own. */
export function createFeatureReader(engine = createFeatureEngine()): FeatureReader {
  const { state } = engine;
  const memory: Memory = {
    ...{ byNumber: new Map(), posted: new Map(), waiting: new Map() },
    outside: createOutside(state),
  };
  const frauds = new Set<number>();
  let position = 0;
  let postings = 0;
  applyPolicy(state, defaultPolicy);

  const byType: Readonly<Record<string, (event: LoggedEvent) => void>> = {
    'policy.set': (event) => applyPolicy(state, event.data.policy),
    'customer.registered': (event) => applyCustomer(state, event),
    'customer.amended': (event) => applyCustomer(state, event),
    'approval.requested': (event) => applyApproval(engine, memory, event),
    'approval.decided': (event) => applyApproval(engine, memory, event),
    'approval.withdrawn': (event) => applyApproval(engine, memory, event),
    'approval.voided': (event) => applyApproval(engine, memory, event),
    'command.refused'(event) {
      if (event.data.name !== 'posting.post') return;
      tellerOf(state, Number(event.actor)).refused.push(event.at);
    },
    'risk.verdict-recorded'(event) {
      const { subject, verdict, weight } = event.data;
      if (verdict === 'fraud' && weight !== 0) frauds.add(subject as number);
      if (verdict === 'legitimate') frauds.delete(subject as number);
      applyVerdict(state, event, event.data.touched as readonly number[]);
    },
    'typology.labelled'(event) {
      const journals = event.data.journals as readonly number[];
      for (const journal of journals) frauds.add(journal);
      const touched = new Set(journals.flatMap((journal) => memory.posted.get(journal) ?? []));
      const fraud = { ...event, data: { verdict: 'fraud' } };
      applyVerdict(state, fraud, [...touched]);
    },
  };

  return Object.freeze({
    engine,
    position: () => position,
    apply(event: LoggedEvent) {
      position = event.seq;
      if (event.type === 'journal.posted') postings += 1;
      if (event.data.accounts) {
        applyAccounts(engine, memory, event);
      }
      if (event.data.journal) applyJournal(engine, memory, event);
      if (event.data.resumes !== undefined) memory.waiting.delete(event.data.resumes as number);
      byType[event.type]?.(event);
    },
    attemptsOf(event: LoggedEvent) {
      if (event.type === 'approval.requested') {
        const { draft } = event.data.approval as { readonly draft: DraftData | null };
        const by = { at: event.at, teller: Number(event.actor) };
        return draft ? attemptsOfDraft(draft, by, numbersOf(memory)) : [];
      }
      if (event.type !== 'journal.posted' || event.data.resumes !== undefined) return [];
      const movement = movementOf(state, memory.outside, event);
      if (!movement) return [];
      const { journal: _journal, ...attempt } = movement;
      return [attempt];
    },
    accountId: (number: string) => memory.byNumber.get(number),
    payeeId: memory.outside.idOf,
    accountsOf: (journal: number) => memory.posted.get(journal) ?? [],
    counts: () => ({ postings, frauds: frauds.size }),
  } satisfies FeatureReader);
}
