// Handles the lists at the desk: which are in force, which names are open, and who decided what of them.
import type { Checked, Output } from '#contract/index.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { HitData } from '#station/ledger/projections/screening.ts';
import type { CaseRow } from '#station/ledger/projections/screening-reads.ts';
import { type Counter, hasRole, instant } from './counter.ts';
import type { Asker, Handlers, KeyedHandler, Person } from './desk.ts';
import { engineVersion, type Screening } from './screening.ts';
import { stampOf } from './screening-index.ts';
import { newRun, type Rescreening } from './screening-run.ts';

type Names = Extract<keyof Handlers, `screening.${string}`>;

const casesMost = 200;
const dayMs = 86_400_000;

export interface ScreeningPlace {
  readonly counter: Counter;
  readonly screening: Screening;
  readonly rescreening: Rescreening;
}

export function screeningHandlers(place: ScreeningPlace): Pick<Handlers, Names> {
  const { counter, screening, rescreening } = place;
  return Object.freeze({
    'screening.state': () => stateOf(place),
    'screening.cases': ({ scope }: Checked<'screening.cases'>, { person }: Asker) => ({
      cases: (scope === 'open'
        ? screening.reads.open(casesMost)
        : screening.reads.decided(casesMost)
      ).map((row) => caseView(counter, row, person)),
    }),
    'screening.try': ({ name, birth, country }: Checked<'screening.try'>) => {
      const about = { ...(birth ? { birth } : {}), ...(country ? { countries: [country] } : {}) };
      const hits = screening.compare({ name, ...about }, { role: 'looked up', customer: null });
      return { hits: hits.map(hitView) };
    },
    'screening.decide': decideHandler(place),
    'screening.rescreen': {
      record() {
        refuseUnless(
          screening.reads.lists().length > 0,
          'no-list',
          'Head office has sent no list yet: there is nothing to compare with.',
        );
        return {
          ...{ type: 'screening.run-started', data: { screeningRun: newRun(screening) } },
          ...{ result: {}, topics: ['screening'] as const, announce: rescreening.look },
        };
      },
    },
    'screening.stop': {
      record({ reason }: Checked<'screening.stop'>) {
        const run = screening.reads.run();
        refuseUnless(run?.state === 'running', 'not-running', 'No comparison is running.');
        const { at: _at, ...rest } = run;
        const screeningRun = { ...rest, state: 'stopped' };
        return {
          ...{ type: 'screening.run-stopped', data: { screeningRun, reason } },
          ...{ result: {}, topics: ['screening'] as const },
        };
      },
    },
  });
}

function stateOf({ counter, screening }: ScreeningPlace): Output<'screening.state'> {
  const { reads } = screening;
  const { oldDays, leastScore } = counter.policies.policy().screening;
  const run = reads.run();
  const now = counter.clock.now();
  return {
    lists: reads.lists().map(({ seq: _seq, at, ...list }) => {
      const ageDays = Math.max(0, Math.floor((now - Date.parse(list.asOf)) / dayMs));
      return { ...list, appliedAt: instant(at), ageDays, isOld: ageDays > oldDays };
    }),
    open: reads.openCount(),
    run: run && {
      ...{ state: run.state, next: run.next, last: run.last, hits: run.hits, at: instant(run.at) },
      isCurrent: run.stamp === stampOf(reads),
    },
    ...{ oldDays, leastScore, engine: engineVersion },
  };
}

function hitView(hit: HitData): Output<'screening.try'>['hits'][number] {
  const { nameKey: _key, entryDigest: _digest, pairs, notes, ...rest } = hit;
  return { ...rest, pairs: [...pairs], notes: [...notes] };
}

function caseView(
  { people }: Counter,
  row: CaseRow,
  person: Person | null,
): Output<'screening.cases'>['cases'][number] {
  const { id, state, note } = row;
  const { customer, role, name, list, version, entry, entryName, programme, score, engine } = row;
  return {
    ...{ customer, role, name, list, version, entry, entryName, programme, score, engine },
    ...{ id, state, note, event: Math.floor(id / 1024), owner: 'supervisor or compliance' },
    ...{ pairs: [...row.pairs], notes: [...row.notes] },
    openedBy: people.nameOf(row.openedBy),
    openedAt: instant(row.openedAt),
    decidedBy: row.decidedBy === null ? null : people.nameOf(row.decidedBy),
    decidedAt: row.decidedAt === null ? null : instant(row.decidedAt),
    mine: person !== null && mayDecide(row, person),
  };
}

function mayDecide(row: CaseRow, person: Person): boolean {
  const isOwn = row.customer !== null && row.customer === person.customer;
  const isRight = hasRole(person, 'supervisor', 'compliance');
  return row.state === 'open' && row.openedBy !== person.id && !isOwn && isRight;
}

function findOpen({ reads }: Screening, id: number, person: Person): CaseRow {
  const row = reads.case(id);
  refuseUnless(row, 'case-unknown', `There is no case ${id}.`, 'case');
  refuseUnless(row.state === 'open', 'case-decided', `Case ${id} is decided already.`, 'case');
  refuseUnless(
    row.openedBy !== person.id,
    'same-person',
    'You brought this name yourself: somebody else decides.',
    'case',
  );
  refuseUnless(
    row.customer === null || row.customer !== person.customer,
    'own-customer',
    'This is your own record: a colleague decides.',
    'case',
  );
  return row;
}

function decideHandler({ counter, screening }: ScreeningPlace): KeyedHandler<'screening.decide'> {
  return {
    /** What is refused anyway costs nobody a code. */
    async before({ case: id, code }, { person, window }) {
      findOpen(screening, id, person);
      const place = { window, purpose: 'screening.decide', field: '' };
      return counter.sessions.checkFactor(person.id, code, place);
    },
    record({ case: id, outcome, note }, { person }) {
      const row = findOpen(screening, id, person);
      return {
        type: 'screening.decided',
        data: {
          screeningDecisions: [{ id, outcome, note }],
          ...(row.customer === null ? {} : { customer: row.customer }),
        },
        result: { case: id },
        topics: ['screening', 'customer', 'approval'],
      };
    },
  };
}
