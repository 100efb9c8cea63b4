// Compares names with the lists in force, and says of each hit what is known of it: decided before, open, or new.
import type { CustomerDetails } from '#contract/customers.ts';
import type { Draft } from '#contract/drafts.ts';
import type { Policy } from '#contract/policy.ts';
import { conductorsOf } from '#station/bank/facts.ts';
import type { ScreeningFact } from '#station/bank/screening.ts';
import { qualified, type Subject } from '#station/compliance/matching/qualify.ts';
import { nameKeyOf } from '#station/compliance/text/tokens.ts';
import type { HitData } from '#station/ledger/projections/screening.ts';
import type { CaseRow, ScreeningReads } from '#station/ledger/projections/screening-reads.ts';
import type { ListKeeper, Searchable } from './screening-index.ts';

/** Version of the comparison: another one may find other hits in the same list. */
export const engineVersion = 'names-2';

/** Hits of one name that are recorded: the best ones. */
const hitsMost = 8;

/** What a birth on the day may add, so what a name alone must reach. */
const bonusMost = 50;

export interface Bearer {
  readonly role: string;
  readonly customer: number | null;
}

export interface Screening {
  readonly keeper: ListKeeper;
  readonly reads: ScreeningReads;
  /** Every entry the subject may be, best first, whatever was decided before. Empty without lists. */
  compare(subject: Subject, bearer: Bearer): readonly HitData[];
  /** Hits of a customer that no case holds yet. */
  freshOf(details: CustomerDetails, customer: number): readonly HitData[];
  /** One name of somebody who is no customer here. */
  nameFacts(name: string, role: string, subject?: Partial<Subject>): readonly ScreeningFact[];
  customerFacts(customer: number, role: string): readonly ScreeningFact[];
  /** What speaks against a draft because of the names in it. */
  draftFacts(draft: Draft, about: DraftNames): readonly ScreeningFact[];
}

export interface DraftNames {
  readonly owners: readonly number[];
  /** Payees as they stand in the message. */
  readonly payees: readonly string[];
  /** What the payees of a file were found to resemble. */
  readonly hits: readonly HitData[];
}

export interface ScreeningParts {
  readonly keeper: ListKeeper;
  readonly reads: ScreeningReads;
  readonly policy: () => Policy;
  readonly nameOf: (staff: number) => string;
}

export function createScreening(parts: ScreeningParts): Screening {
  const { keeper, reads } = parts;
  const compare: Screening['compare'] = (subject, bearer) => {
    const lists = keeper.current();
    if (!lists || subject.name.trim() === '') return [];
    return hitsOf(lists, { subject, bearer, least: parts.policy().screening.leastScore });
  };
  const factsOfHits = (hits: readonly HitData[]): readonly ScreeningFact[] =>
    hits.map((hit) => factOf(parts, hit, reads.known(hit)));
  const nameFacts: Screening['nameFacts'] = (name, role, subject = {}) =>
    factsOfHits(compare({ ...subject, name }, { role, customer: null }));
  const customerFacts: Screening['customerFacts'] = (customer, role) =>
    reads.pressing(customer).map((row) => factOf(parts, { ...row, role }, row));
  return Object.freeze({
    ...{ keeper, reads, compare, nameFacts, customerFacts },
    freshOf: (details: CustomerDetails, customer: number) =>
      namesOfCustomer(details)
        .flatMap((subject) => compare(subject, { role: 'customer', customer }))
        .filter((hit, index, all) => isFirst(hit, index, all) && isFresh(reads.known(hit))),
    draftFacts: (draft: Draft, about: DraftNames) =>
      distinct([
        ...about.owners.flatMap((customer) => customerFacts(customer, 'owner')),
        ...conductorsOf(draft).flatMap((one) =>
          one.kind === 'customer'
            ? customerFacts(one.customer, 'at the desk')
            : nameFacts(one.name, 'at the desk'),
        ),
        ...about.payees.flatMap((name) => nameFacts(name, 'payee')),
        ...factsOfHits(about.hits),
      ]),
  });
}

function hitsOf(
  lists: Searchable,
  at: { readonly subject: Subject; readonly bearer: Bearer; readonly least: number },
): readonly HitData[] {
  const { subject, bearer, least } = at;
  return lists
    .find(subject.name, Math.max(0, least - bonusMost))
    .flatMap((found): HitData[] => {
      const entry = lists.index.entries[found.entry];
      if (!entry) return [];
      const { score, notes } = qualified(found.score, entry, subject);
      if (score < least) return [];
      return [
        {
          ...{ ...bearer, name: subject.name, nameKey: nameKeyOf(subject.name) },
          ...{ ...lists.originOf(found.entry), entry: entry.id, entryName: found.name },
          ...{ entryDigest: lists.digestOf(found.entry), programme: entry.programme },
          ...{ score, pairs: found.pairs, notes, engine: engineVersion },
        },
      ];
    })
    .slice(0, hitsMost);
}

/** What a customer is called, in each script the record holds. */
export function namesOfCustomer(details: CustomerDetails): readonly Subject[] {
  const { kind, latinName } = details;
  if (details.kind === 'organisation') {
    const rest = { kind, countries: [details.registrationCountry] };
    return [details.name, ...(latinName ? [latinName] : [])].map((name) => ({ ...rest, name }));
  }
  const birthCountry = details.birthCountry ? [details.birthCountry] : [];
  const countries = [...new Set([details.nationality, ...birthCountry])];
  const rest = { kind, birth: details.birthDate, countries };
  const full = `${details.givenName} ${details.familyName}`;
  return [full, ...(latinName ? [latinName] : [])].map((name) => ({ ...rest, name }));
}

function isFirst(hit: HitData, index: number, all: readonly HitData[]): boolean {
  return all.findIndex((each) => each.entry === hit.entry && each.list === hit.list) === index;
}

/** Nobody has asked about it, or the list said something else then. */
function isFresh(row: CaseRow | null): boolean {
  return row === null || row.state === 'gone';
}

function distinct(facts: readonly ScreeningFact[]): readonly ScreeningFact[] {
  const seen = new Map(facts.map((fact) => [`${fact.entry} ${fact.message}`, fact]));
  return [...seen.values()];
}

function factOf(parts: ScreeningParts, hit: HitData, known: CaseRow | null): ScreeningFact {
  const row = isFresh(known) ? null : known;
  const state = row === null || row.state === 'gone' ? 'open' : row.state;
  return {
    ...{ entry: `${hit.list}/${hit.entry}`, role: hit.role, state, customer: hit.customer },
    id: row?.id ?? null,
    fresh: row === null ? hit : null,
    message: row === null ? hitSentence(hit) : caseSentence(parts, hit, row),
  };
}

/** The pairs of words that speak for a hit, as a person reads them. */
function pairWords({ pairs }: HitData): string {
  return pairs
    .map(({ asked, listed, likeness }) => (likeness === 1000 ? asked : `${asked} ~ ${listed}`))
    .join(', ');
}

export function hitSentence(hit: HitData): string {
  const notes = hit.notes.length > 0 ? `; ${hit.notes.join('; ')}` : '';
  return (
    `“${hit.name}” (${hit.role}) resembles ${hit.entryName}, ${hit.entry} of list ${hit.list} ` +
    `version ${hit.version}: ${hit.score} of 1000 by ${pairWords(hit)}${notes}`
  ).slice(0, 600);
}

function caseSentence({ nameOf }: ScreeningParts, hit: HitData, row: CaseRow): string {
  if (row.decidedBy === null || row.decidedAt === null) return hitSentence(hit);
  const day = new Date(row.decidedAt).toISOString().slice(0, 10);
  const who = `${nameOf(row.decidedBy)} decided on ${day}`;
  const where = `${hit.entry} of list ${hit.list}`;
  if (row.state === 'true') {
    return `“${hit.name}” (${hit.role}) is ${hit.entryName}, ${where}: ${who}. Nothing is paid or taken; compliance says what is done.`;
  }
  return `“${hit.name}” (${hit.role}) is not ${hit.entryName}, ${where}: ${who}: ${row.note}`;
}
