// Handles credit: figures from the application and the ledger, an officer's decision, outcomes, fairness.
import type { CreditApplication, CreditAssessment, CreditLine } from '#contract/credit.ts';
import type { Checked, Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import { daysBetween } from '#station/bank/calendar.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { CreditReads, CreditRow } from '#station/ledger/projections/risk-credit.ts';
import { assessCredit, type CreditConduct } from '#station/risk/credit/assess.ts';
import { levelInWords, levelOf } from '#station/risk/credit/calibrate.ts';
import { scorecardName } from '#station/risk/credit/scorecard.ts';
import { type Counter, instant } from './counter.ts';
import { fairnessOf } from './credit-fairness.ts';
import type { Asker, Handlers, KeyedHandler, Person } from './desk.ts';

type CreditHandlers = Pick<Handlers, Extract<keyof Handlers, `credit.${string}`>>;

export interface CreditParts {
  readonly counter: Counter;
  readonly reads: CreditReads;
  /** Accounts of a customer, by id. */
  readonly accountsOf: (customer: number) => readonly number[];
  /** What the fairness report groups by, and the scorecard never sees. */
  readonly traitsOf: (customer: number) => {
    readonly birthDate: string | null;
    readonly isDomestic: boolean;
  };
}

const listMost = 100;
const resultsMost = 2_000;

export function creditHandlers(parts: CreditParts): CreditHandlers {
  const { reads } = parts;
  return Object.freeze({
    'credit.assess': ({ application }: Checked<'credit.assess'>) =>
      assessed(parts, application).assessment,
    'credit.list': (_input: Checked<'credit.list'>, { person }: Asker) => {
      refuseUnless(person, 'not-signed-in', 'Nobody is signed in at this window.');
      return {
        applications: reads.applications(listMost).map((row) => lineOf(parts, row, person)),
      };
    },
    'credit.apply': applyHandler(parts),
    'credit.decide': decideHandler(parts),
    'credit.outcome': outcomeHandler(parts),
    'credit.fairness': () => fairnessOf(reads.applications(resultsMost), parts.traitsOf),
  });
}

/** How the applicant's accounts in the currency were kept, from the ledger alone. */
function conductOf(
  { counter, accountsOf }: CreditParts,
  application: CreditApplication,
): CreditConduct {
  const { ledger } = counter;
  const now = ledger.moment().at;
  const today = new Date(now).toISOString().slice(0, 10);
  let [inflow90Minor, movements, overdrawn, historyMonths] = [0, 0, 0, 0];
  for (const id of accountsOf(application.customer)) {
    const account = ledger.account(id);
    if (!account || account.currency !== application.currency || account.state === 'closed')
      continue;
    const months = Math.floor(daysBetween(account.openedOn, today) / 30.4375);
    historyMonths = Math.max(historyMonths, months);
    for (const line of ledger.statement({ account: id, count: 400 })) {
      const at = ledger.event(line.journal)?.at ?? 0;
      if (now - at > 90 * 86_400_000) break;
      movements += 1;
      // Debits are positive in the ledger: above zero the customer owes.
      if (line.balanceMinor > 0n) overdrawn += 1;
      if (line.amountMinor < 0n) inflow90Minor += Number(-line.amountMinor);
    }
  }
  return {
    historyMonths,
    inflow90Minor,
    overdrawnShare: movements === 0 ? 0 : overdrawn / movements,
  };
}

/** What the branch's own ended credits say of the scorecard's level. */
function lessonOf(reads: CreditReads) {
  const ended = reads.applications(resultsMost).filter(({ outcome }) => outcome !== null);
  const results = ended.map(({ odds, outcome }) => ({
    odds: Number(odds),
    isDefault: outcome === 'defaulted',
  }));
  return { level: levelOf(results), outcomes: results.length };
}

function assessed(parts: CreditParts, application: CreditApplication) {
  const { amountMinor, incomeMinor, obligationsMinor, currency, months, product } = application;
  refuseUnless(
    amountMinor > 0n,
    'amount-missing',
    'Say how much is asked for.',
    'application.amountMinor',
  );
  refuseUnless(
    incomeMinor > 0n,
    'income-missing',
    'Say the net income a month.',
    'application.incomeMinor',
  );
  refuseUnless(
    parts.counter.people.customer(application.customer, '1970-01-01'),
    'customer-unknown',
    `There is no customer ${application.customer}.`,
    'application.customer',
  );
  const conduct = conductOf(parts, application);
  const { level, outcomes } = lessonOf(parts.reads);
  const found = assessCredit(
    {
      ...{ product, months, employedMonths: application.employedMonths },
      ...{ amountMinor: Number(amountMinor), incomeMinor: Number(incomeMinor) },
      obligationsMinor: Number(obligationsMinor),
    },
    conduct,
    level,
  );
  const money = (minor: number | bigint) => formatMoney(String(minor), currency);
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const assessment: CreditAssessment = {
    basisPoints: Math.round(found.probability * 10_000),
    ...{ band: found.band, limitMinor: String(found.limitMinor), currency },
    ...{ reasons: [...found.reasons], scorecard: scorecardName, outcomes },
    calibration: levelInWords(level, outcomes),
    figures: [
      { label: 'Fixed payments of income', text: percent(found.figures.debtService) },
      { label: 'Income seen in 90 days', text: money(conduct.inflow90Minor) },
      { label: 'Account kept', text: `${conduct.historyMonths} months` },
      { label: 'Overdrawn after', text: `${percent(conduct.overdrawnShare)} of movements` },
    ],
  };
  return { assessment, odds: found.odds };
}

/** What stands against a decision by this person; '' where nothing does. */
function against(row: CreditRow, person: Person): string {
  if (row.state !== 'open') return `It is ${row.state}.`;
  if (row.by === person.id) return 'You took the application: another officer decides it.';
  if (row.customer === person.customer) return 'It is your own: another officer decides it.';
  return person.roles.includes('supervisor') ? '' : 'A supervisor decides it.';
}

function lineOf({ counter }: CreditParts, row: CreditRow, person: Person): CreditLine {
  const { application, assessment, decidedBy, decidedAt } = row;
  const { people } = counter;
  return {
    ...{ application: row.seq, at: instant(row.at), state: row.state, customer: row.customer },
    name: people.customer(row.customer, '1970-01-01')?.name ?? '',
    product: application.product as CreditLine['product'],
    amountMinor: String(application.amountMinor),
    ...{ currency: String(application.currency), by: people.nameOf(row.by) },
    assessment: assessment as unknown as CreditAssessment,
    decidedBy: decidedBy === null ? null : people.nameOf(decidedBy),
    decidedAt: decidedAt === null ? null : instant(decidedAt),
    ...{ grantedMinor: row.granted, comment: row.comment, outcome: row.outcome },
    against: against(row, person),
  };
}

function applyHandler(parts: CreditParts): KeyedHandler<'credit.apply'> {
  return {
    record({ application }, { person }, { seq }) {
      refuseUnless(
        application.customer !== person.customer,
        'own-application',
        'It is your own: a colleague takes it.',
        'application.customer',
      );
      const { assessment, odds } = assessed(parts, application);
      const { amountMinor, incomeMinor, obligationsMinor, ...rest } = application;
      const asked = {
        ...rest,
        ...{ amountMinor: String(amountMinor), incomeMinor: String(incomeMinor) },
        obligationsMinor: String(obligationsMinor),
      };
      return {
        type: 'credit.applied',
        data: { application: asked, assessment, odds: String(odds) },
        result: { application: seq },
        topics: ['credit'],
      };
    },
  };
}

function found(reads: CreditReads, application: number): CreditRow {
  const row = reads.application(application);
  refuseUnless(
    row,
    'application-unknown',
    `There is no application ${application}.`,
    'application',
  );
  return row;
}

type Decided = Output<'credit.decide'>;

function decideHandler({ reads }: CreditParts): KeyedHandler<'credit.decide'> {
  return {
    record({ application, decision, grantedMinor, comment }, { person }) {
      const row = found(reads, application);
      const problem = against(row, person);
      if (problem) throw new Refusal('credit-not-yours', problem, 'application');
      const asked = BigInt(row.application.amountMinor as string);
      const granted = decision === 'approve' ? (grantedMinor ?? asked) : null;
      refuseUnless(
        granted === null || (granted > 0n && granted <= asked),
        'granted-too-much',
        'What is granted is more than nothing and no more than was asked for.',
        'grantedMinor',
      );
      const state: Decided['state'] = decision === 'approve' ? 'approved' : 'declined';
      return {
        type: 'credit.decided',
        data: { application, state, granted: granted === null ? null : String(granted), comment },
        result: { application, state },
        topics: ['credit'],
      };
    },
  };
}

function outcomeHandler({ reads }: CreditParts): KeyedHandler<'credit.outcome'> {
  return {
    record({ application, outcome }) {
      const row = found(reads, application);
      refuseUnless(
        row.state === 'approved',
        'credit-not-granted',
        `Application ${application} was not granted: it has no outcome.`,
        'application',
      );
      return {
        type: 'credit.ended',
        data: { application, outcome },
        result: { application },
        topics: ['credit'],
      };
    },
  };
}
