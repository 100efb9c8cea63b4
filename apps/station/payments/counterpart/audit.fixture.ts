// Keeps the books of a play beside the branch's: what is true, what was told, and whether the money agrees.
import { nextStep } from '../branch/reasons.ts';
import type { PlayedBranch } from './played-branch.fixture.ts';

type Told = 'settled' | 'rejected' | 'returned';

interface Page {
  readonly amountMinor: bigint;
  readonly told: Set<Told>;
  truth: 'open' | 'settled' | 'rejected';
  returnedMinor: bigint;
}

const waits: readonly string[] = ['queued', 'sent', 'accepted'];

/** What is wrong with one payment now, by what has been told of it; '' for nothing. */
function faultOf(page: Page, state: string): string {
  const { told } = page;
  const isWaiting = waits.includes(state);
  if (state === 'settled' && !told.has('settled')) return 'settled without evidence';
  if (state === 'rejected' && !told.has('rejected')) return 'rejected without evidence';
  if (state === 'returned' && !told.has('returned')) return 'returned without evidence';
  if (isWaiting && told.size > 0) return 'an answer that came was not taken';
  return '';
}

/** The books of one play. */
export function createAudit(branch: PlayedBranch) {
  const pages = new Map<number, Page>();
  const faults = new Set<string>();
  let refusals = 0;
  const pageOf = (payment: number): Page => pages.get(payment) as Page;
  const stateOf = (payment: number) => branch.payments.payment(payment)?.state ?? 'queued';

  function lookAtMoney(): void {
    let [waiting, settled, back] = [0n, 0n, 0n];
    for (const [payment, { amountMinor, returnedMinor }] of pages) {
      const state = stateOf(payment);
      if (waits.includes(state)) waiting += amountMinor;
      if (state === 'settled' || state === 'returned') settled += amountMinor;
      if (state === 'returned') back += returnedMinor;
      if (state === 'rejected') back += amountMinor;
    }
    const rejected = [...pages]
      .filter(([payment]) => stateOf(payment) === 'rejected')
      .reduce((sum, [, { amountMinor }]) => sum + amountMinor, 0n);
    const ordered = [...pages.values()].reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const right =
      branch.balance('OUTWARDEUR') === -waiting &&
      branch.balance('SETTLEMENTEUR') === -(settled - (back - rejected)) &&
      branch.balance('CUSTOMER') === ordered - back;
    if (!right) faults.add('money is not conserved');
  }

  function lookAtJournals(): void {
    const seen = new Set<string>();
    for (const { kind, payment } of branch.posted()) {
      const key = `${kind} ${payment}`;
      if (seen.has(key) && payment !== 0) faults.add(`${kind} twice`);
      seen.add(key);
      const isOther = kind === 'payment.rejected' ? 'payment.settled' : 'payment.rejected';
      if (kind !== isOther && kind === 'payment.rejected' && seen.has(`${isOther} ${payment}`)) {
        faults.add('settled and given back');
      }
    }
  }

  return Object.freeze({
    ordered: (payment: number, amountMinor: bigint) =>
      void pages.set(payment, {
        ...{ amountMinor, told: new Set<Told>(), truth: 'open', returnedMinor: 0n },
      }),
    truth: (payment: number, truth: 'settled' | 'rejected') => {
      pageOf(payment).truth = truth;
    },
    returns: (payment: number, amountMinor: bigint) => {
      pageOf(payment).returnedMinor = amountMinor;
    },
    /** Notes that a message arrived, before the branch reads it. */
    told: (payment: number, what: Told | 'nothing') => {
      if (what !== 'nothing') pageOf(payment).told.add(what);
    },
    refused: () => {
      refusals += 1;
    },
    /** Looks at everything once more; called after each thing that happens. */
    look(): void {
      for (const [payment, page] of pages) {
        const fault = faultOf(page, stateOf(payment));
        if (fault) faults.add(fault);
      }
      lookAtMoney();
      lookAtJournals();
    },
    /** How it ended: payments by their end, faults, messages refused. */
    end() {
      const ends: Record<string, number> = {};
      for (const [payment, { truth, told }] of pages) {
        const row = branch.payments.payment(payment);
        const state = row?.state ?? 'queued';
        const isWaiting = waits.includes(state);
        const end = isWaiting ? 'in doubt' : state;
        ends[end] = (ends[end] ?? 0) + 1;
        if (isWaiting && nextStep(state, row?.reason ?? '') === '') faults.add('no next step');
        if (truth === 'open') faults.add('the network never decided');
        if (state === 'settled' && truth !== 'settled') faults.add('settled against the truth');
        if (state === 'rejected' && truth !== 'rejected') faults.add('rejected against the truth');
        if (told.has('returned') && state !== 'returned') faults.add('a return was not taken');
      }
      return { ends, faults: [...faults], refusals };
    },
  });
}

export type Audit = ReturnType<typeof createAudit>;
