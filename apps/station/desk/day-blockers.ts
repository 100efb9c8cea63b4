// Lists what stands between now and the close of the day, each with the screen that settles it.
import type { Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import { subtractPieces } from '#station/bank/denominations.ts';
import type { TillRow } from '#station/ledger/projections/till.ts';
import type { Counter } from './counter.ts';

type Blocker = Output<'day.blockers'>['blockers'][number];

/** Empty when the branch may close; also while no day is open, when there is nothing to close. */
export function blockersOf(counter: Counter): Blocker[] {
  const day = counter.days.latest();
  if (!day || day.close) return [];
  const vault = counter.tills.vault();
  return [
    ...tillBlockers(counter),
    ...approvalBlockers(counter),
    ...movementBlockers(counter),
    ...(vault ? vaultBlockers(counter, vault, day.date) : []),
    ...balanceBlockers(counter),
  ];
}

function tillBlockers(counter: Counter): Blocker[] {
  return counter.tills
    .list()
    .filter((till) => till.kind === 'till' && till.state !== 'closed')
    .map((till) => {
      const who = till.teller === null ? 'nobody' : counter.people.nameOf(till.teller);
      return {
        ...{ id: `till-${till.till}`, kind: 'till-open' },
        message: `${till.name} is ${till.state} with ${who}: count and close it.`,
        action: { screen: 'till', id: till.till },
      };
    });
}

function approvalBlockers(counter: Counter): Blocker[] {
  return counter.approvals.open().map((row) => {
    const maker = counter.people.nameOf(row.maker);
    const next =
      row.state === 'waiting'
        ? 'waits for a decision'
        : `is approved: ${maker} carries it out or takes it back`;
    return {
      ...{ id: `approval-${row.approval}`, kind: 'approval-waiting' },
      message: `“${row.what}”, asked by ${maker}, ${next}.`,
      action: { screen: 'approvals', id: row.approval },
    };
  });
}

function movementBlockers(counter: Counter): Blocker[] {
  return counter.movements.pending().map((row) => {
    const name = (till: number) => counter.tills.till(till)?.name ?? `till ${till}`;
    const money = formatMoney(row.amountMinor, row.currency);
    return {
      ...{ id: `movement-${row.movement}`, kind: 'movement-pending' },
      message: `${money} from ${name(row.from)} to ${name(row.to)} is ${row.state} and not settled.`,
      action: { screen: 'movements', id: row.movement },
    };
  });
}

/** The vault's last count for the close must be of today and still say what the ledger says. */
function vaultBlockers(counter: Counter, vault: TillRow, date: string): Blocker[] {
  const last = counter.tills.lastCount(vault.till, 'close');
  const moved = vault.purses.some(({ currency, account }) => {
    const counted = last?.lines.find((line) => line.currency === currency)?.counted ?? {};
    const held = counter.ledger.pieces(account);
    return Object.keys(subtractPieces(held, counted)).length > 0;
  });
  if (last?.date === date && !moved) return [];
  const why =
    last?.date === date
      ? 'Cash has moved since the vault was counted: count it again.'
      : 'The vault is not counted for the close yet.';
  return [
    {
      ...{ id: 'vault', kind: 'vault-not-counted' },
      message: why,
      action: { screen: 'day', id: null },
    },
  ];
}

function balanceBlockers(counter: Counter): Blocker[] {
  return Object.entries(counter.ledger.totals())
    .filter(([, total]) => total !== 0n)
    .map(([currency, total]) => ({
      ...{ id: `trial-balance-${currency}`, kind: 'trial-balance' },
      message: `The trial balance in ${currency} is ${formatMoney(total, currency)} and not zero: prove the books.`,
      action: { screen: 'ledger', id: null },
    }));
}
