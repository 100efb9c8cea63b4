// Draws the card of one decision: what was seen, what each figure added, what was alike, what came of it.
import type { RiskCard } from '#contract/risk.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { StoredEvent } from '#station/ledger/events.ts';
import type { DecisionRow } from '#station/ledger/projections/risk-reads.ts';
import { fraudAssessmentOf } from '#station/risk/decision/adapter.ts';
import { ordinaryInWords } from '#station/risk/decision/ordinary.ts';
import {
  leadingItem,
  type RiskRecord,
  type ScoredItem,
  vectorOf,
} from '#station/risk/decision/record.ts';
import { featureNames, features } from '#station/risk/features/catalogue.ts';
import { whyNotTeach } from '#station/risk/learning/supervisors.ts';
import type { RiskModel } from '#station/risk/model.ts';
import { type Counter, instant } from './counter.ts';
import type { Person } from './desk.ts';
import { silenceOf } from './risk-service.ts';

/** The event that carries the decision behind a posting or a request. */
export function subjectOf(counter: Counter, subject: number): StoredEvent {
  const row = counter.risk.reads.decisionOf(subject);
  const event = counter.ledger.event(row?.seq ?? subject);
  const isCase = event?.type === 'journal.posted' || event?.type === 'approval.requested';
  refuseUnless(
    event && isCase,
    'risk-subject-unknown',
    `Event ${subject} is neither a posting nor a request for approval.`,
    'subject',
  );
  return event;
}

export function recordOf(event: StoredEvent): RiskRecord | null {
  return (event.data.risk as unknown as RiskRecord | undefined) ?? null;
}

/** Who has a hand in a case: the maker, the decider, the owners of the money. */
export function handsOf(counter: Counter, event: StoredEvent, row: DecisionRow | null) {
  const approvalSeq =
    event.type === 'approval.requested'
      ? event.seq
      : ((event.data.entry as { approval?: number | null } | undefined)?.approval ?? null);
  const approval = approvalSeq === null ? null : counter.approvals.approval(approvalSeq);
  const accounts = accountsIn(counter, event, row);
  return {
    maker: approval?.maker ?? Number(event.actor),
    approver: approval?.decidedBy ?? null,
    customers: accounts.flatMap((account) => [...counter.people.ownersOf(account)]),
    accounts,
  };
}

/** Accounts of customers the case moves or would move. */
function accountsIn(counter: Counter, event: StoredEvent, row: DecisionRow | null): number[] {
  const items = recordOf(event)?.items ?? [];
  const scored = items.flatMap(({ account, other }) =>
    other === 0 ? [account] : [account, other],
  );
  if (scored.length > 0) return [...new Set(scored)];
  if (row && row.account !== 0) return [row.account];
  const legs = (event.data.journal as { legs?: readonly { debit: number; credit: number }[] })
    ?.legs;
  const touched = new Set((legs ?? []).flatMap(({ debit, credit }) => [debit, credit]));
  return [...touched].filter((id) => counter.ledger.account(id)?.customer !== null);
}

/** Why the person's word on the case may not teach; '' where it may. */
export function whyNot(
  counter: Counter,
  person: Person,
  event: StoredEvent,
  verdict: 'fraud' | 'legitimate' | 'unsure',
): string {
  const row = counter.risk.reads.decisionOf(event.seq);
  const said = counter.risk.reads.verdictsOn(event.seq);
  const hands = handsOf(counter, event, row);
  // A word of somebody with a hand in the case is no second opinion.
  const involved = [person.id, hands.maker, hands.approver];
  const seconds = said.filter(
    (each) => each.verdict === 'legitimate' && !involved.includes(each.author),
  );
  return whyNotTeach({
    ...{ author: person.id, authorCustomer: person.customer, verdict },
    hands,
    probability: row && row.probability !== '' ? Number(row.probability) : null,
    seconds: seconds.length,
  });
}

function rowFor(model: RiskModel, vector: Float32Array): Float64Array {
  return Float64Array.from(
    model.columns,
    ({ name }) => vector[featureNames.indexOf(name)] ?? Number.NaN,
  );
}

function featureLines(counter: Counter, record: RiskRecord, item: ScoredItem | null) {
  const vector = item ? vectorOf(item.features) : null;
  if (!item || !vector) return { lines: [], replayed: null };
  const place = (name: string) => featureNames.indexOf(name);
  const added = new Map<string, number>();
  let replayed: boolean | null = null;
  try {
    const model = counter.risk.models.model(record.model);
    const row = rowFor(model, vector);
    replayed = String(model.score(row)) === item.probability;
    const { contributions } = model.explain(row);
    model.columns.forEach(({ name }, index) => {
      added.set(name, contributions[index] as number);
    });
  } catch {
    // A model that is gone, or cannot be explained, leaves the figures as they were stored.
  }
  const lines = features.map(({ name, family, unit }) => {
    const value = vector[place(name)] as number;
    const contribution = added.get(name) ?? null;
    return { name, family, unit, value: Number.isNaN(value) ? null : value, contribution };
  });
  const size = (of: number | null) => Math.abs(of ?? 0);
  lines.sort((one, other) => size(other.contribution) - size(one.contribution));
  return { lines: lines.slice(0, 20), replayed };
}

/** What would have made it ordinary, scored again by the stored model. */
function ordinaryLine(
  counter: Counter,
  record: RiskRecord | null,
): Pick<RiskCard, 'ordinary' | 'isOrdinaryTrue'> {
  const account = counter.ledger.account(record?.items[0]?.account ?? 0);
  if (!record?.ordinary || !account) return { ordinary: '', isOrdinaryTrue: null };
  const ordinary = ordinaryInWords(record.ordinary, account.currency);
  if (record.ordinary.length === 0) return { ordinary, isOrdinaryTrue: null };
  try {
    const model = counter.risk.models.model(record.model);
    const isOrdinaryTrue = record.ordinary.every(({ features: text, probability }) => {
      const vector = vectorOf(text);
      return vector !== null && String(model.score(rowFor(model, vector))) === probability;
    });
    return { ordinary, isOrdinaryTrue };
  } catch {
    return { ordinary, isOrdinaryTrue: null };
  }
}

const candidatesMost = 300;
const similarMost = 3;

/** Place of a value between the deciles the model was taught with, 0 to 9; -1 where unknown. */
function rankOf(value: number, deciles: readonly number[]): number {
  if (Number.isNaN(value)) return -1;
  let rank = 0;
  while (rank < deciles.length && value > (deciles[rank] as number)) rank += 1;
  return rank;
}

function similarTo(
  counter: Counter,
  event: StoredEvent,
  item: ScoredItem | null,
): RiskCard['similar'] {
  const vector = item ? vectorOf(item.features) : null;
  const champion = counter.risk.reads.champion();
  if (!vector || !champion) return [];
  const edges = champion.data.deciles.map(([, list]) => list.map(Number));
  const ranks = (of: Float32Array) =>
    [...of].map((value, index) => rankOf(value, edges[index] ?? []));
  const own = ranks(vector);
  const rows = counter.risk.reads.newest(candidatesMost).filter(({ seq }) => seq < event.seq);
  const found = rows.flatMap((row) => {
    const earlier = counter.ledger.event(row.seq);
    const lead = earlier ? leadingItem(recordOf(earlier) as RiskRecord) : null;
    const theirs = lead ? vectorOf(lead.features) : null;
    if (!earlier || !theirs) return [];
    const apart = ranks(theirs).reduce((sum, rank, index) => {
      return sum + Math.abs(rank - (own[index] as number));
    }, 0);
    return [{ row, earlier, distance: Math.round((apart / own.length) * 100) / 100 }];
  });
  found.sort((one, other) => one.distance - other.distance || other.row.seq - one.row.seq);
  return found.slice(0, similarMost).map(({ row, earlier, distance }) => ({
    subject: row.seq,
    at: instant(row.at),
    ...wordsOf(counter, earlier),
    distance,
    outcome: outcomeOf(counter, row),
  }));
}

function wordsOf(counter: Counter, event: StoredEvent) {
  const entry = counter.entries.entry(event.seq);
  const approval = entry ? null : counter.approvals.approval(event.seq);
  return {
    what: entry?.what ?? approval?.what ?? '',
    amountMinor: String(entry?.amountMinor ?? approval?.amountMinor ?? '0'),
    currency: entry?.currency ?? approval?.currency ?? 'EUR',
  };
}

function outcomeOf(counter: Counter, row: DecisionRow): string {
  if (row.fraud !== null) return 'fraud';
  const [said] = counter.risk.reads.verdictsOn(row.seq);
  if (said) return said.verdict;
  if (row.journal === null) return counter.approvals.approval(row.seq)?.state ?? 'not posted';
  return 'posted, nothing heard';
}

function movementsOf(counter: Counter, account: number): RiskCard['movements'] {
  const owner = counter.ledger.account(account);
  if (!owner) return [];
  return counter.ledger.statement({ account, count: 8 }).map((line) => {
    const entry = counter.entries.entry(line.journal);
    return {
      journal: line.journal,
      at: instant(entry?.at ?? 0),
      what: entry?.what ?? 'movement',
      amountMinor: String(-line.amountMinor),
      currency: owner.currency,
    };
  });
}

export function riskCardOf(counter: Counter, subject: number, person: Person): RiskCard {
  const event = subjectOf(counter, subject);
  const { reads } = counter.risk;
  const row = reads.decisionOf(event.seq);
  const record = recordOf(event);
  const item = record ? leadingItem(record) : null;
  const { lines, replayed } = record
    ? featureLines(counter, record, item)
    : { lines: [], replayed: null };
  const probability = item && item.probability !== '' ? Number(item.probability) : null;
  const state = counter.approvals.approval(event.seq)?.state ?? 'posted';
  const end = state === 'waiting' ? 'waiting' : state === 'declined' ? 'refused' : 'posted';
  const said = reads.verdictsOn(event.seq);
  const [account] = handsOf(counter, event, row).accounts;
  const band = record?.band ?? 'LOW';
  return {
    ...{ subject: event.seq, at: instant(event.at), state: record?.state ?? 'not-scored' },
    silence: record ? silenceOf(record.why) : 'No model was asked about this.',
    ...{ action: record?.action ?? 'allow', would: record?.would ?? 'allow', band, probability },
    ...{ model: record?.model ?? '', policy: record?.policy ?? '', replayed },
    ...{ reasons: [...(record?.reasons ?? [])], answers: record?.answers ?? null, features: lines },
    ...ordinaryLine(counter, record),
    similar: similarTo(counter, event, item),
    movements: account === undefined ? [] : movementsOf(counter, account),
    verdicts: said.map((each) => ({
      ...{ verdict: each.verdict, reason: each.reason as never, evidence: each.evidence },
      ...{ by: counter.people.nameOf(each.author), at: instant(each.at), why: each.why },
      weightHundredths: each.weight,
    })),
    mayTeach: whyNot(counter, person, event, 'unsure') === '',
    predecessor: fraudAssessmentOf({ band, probability, reasons: record?.reasons ?? [], end }),
  };
}
