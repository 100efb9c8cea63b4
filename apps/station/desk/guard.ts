// Shows where the guard runs and what it holds, and takes a supervisor's confirmation of an accepted log.
import { randomBytes } from 'node:crypto';
import { currencies } from '#contract/currencies.ts';
import type { Output } from '#contract/index.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import { allowanceId } from '#station/guard/allowances.ts';
import {
  accountFlags,
  type Guard,
  type GuardAccount,
  type GuardStatistics,
  pageMax,
  seals,
} from '#station/guard/guard.ts';
import type { OpenedGuard } from '#station/guard/open-guard.ts';
import type { Ledger } from '#station/ledger/ledger.ts';
import type { Handlers, KeyedHandler } from './desk.ts';

type View = Output<'guard.state'>;

export interface GuardDesk {
  readonly guard: OpenedGuard;
  readonly ledger: Pick<Ledger, 'account' | 'head'>;
}

export function guardHandlers(
  desk: GuardDesk,
): Pick<Handlers, 'guard.state' | 'guard.alarm' | 'guard.confirm'> {
  return {
    'guard.state': () => viewOf(desk),
    'guard.alarm': () => ({ alarm: alarmOf(desk.guard) }),
    'guard.confirm': confirmHandler(desk.guard),
  };
}

/** Who confirmed stands in the event, as with every keyed command. */
function confirmHandler({ accepted, keeper }: OpenedGuard): KeyedHandler<'guard.confirm'> {
  return {
    record({ reason }, _asker, { seq }) {
      refuseUnless(
        accepted !== null && keeper.isHeld(),
        'nothing-to-confirm',
        'There is nothing to confirm: the log was not opened in spite of the guard.',
      );
      return {
        type: 'guard.confirmed',
        data: { accepted: accepted.reason, reason },
        result: { seq },
        topics: ['guard'],
        announce: () => keeper.release(),
      };
    },
  };
}

/** Red where cash cannot move, amber where a guard is here and not ours; nothing where none is expected. */
export function alarmOf({ keeper, accepted, absence, isNear }: OpenedGuard): View['alarm'] {
  const failure = keeper.failure();
  if (failure !== null) {
    const message = `The guard no longer answers (${failure}): no cash can move. Close the workstation and start it again.`;
    return { tone: 'red', reason: 'guard-failed', message };
  }
  if (accepted !== null && keeper.isHeld()) {
    const message = `The log was opened in spite of the guard, and no cash moves until a supervisor confirms it. ${accepted.message}`;
    return { tone: 'red', reason: 'guard-unconfirmed', message };
  }
  if (absence === null || !isNear) return null;
  return { tone: 'amber', reason: 'guard-not-ours', message: absence };
}

function viewOf({ guard: opened, ledger }: GuardDesk): View {
  const { guard, absence, started } = opened;
  const info = guard.info();
  const counts = guard.statistics();
  return {
    ...{ kind: guard.kind, absence, state: info.state, abi: info.abi, epoch: info.epoch },
    seals: (['accounts', 'limits', 'reset', 'module', 'attached'] as const).filter(
      (name) => (info.seals & seals[name]) !== 0,
    ),
    started: { how: started.how, posted: started.posted, voided: started.voided },
    accounts: accountsOf(guard).map((account) => accountView(account, ledger)),
    counts: countsOf(counts),
    remembered: { transfers: info.transfers, transfersMax: info.transfersMax },
    latency: latencyOf(counts),
    quote: info.state === 'empty' || info.state === 'loading' ? null : quoteView(guard, ledger),
    alarm: alarmOf(opened),
  };
}

function accountsOf(guard: Guard): readonly GuardAccount[] {
  const all: GuardAccount[] = [];
  for (;;) {
    const { items, total } = guard.accounts(all.length, pageMax);
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

const codes = new Map(currencies.map(({ numeric, code }) => [Number(numeric), code]));
const currencyOf = (number: number): string => codes.get(number) ?? 'XXX';

/** Ids from here on are the other sides of the guarded accounts. */
const outside = 2n ** 62n;

function accountView(account: GuardAccount, ledger: GuardDesk['ledger']): View['accounts'][number] {
  const { id, debitsPosted, creditsPosted, debitsPending, creditsPending, flags } = account;
  const allowance = allowanceId(id);
  if (allowance !== null) return allowanceView(account, allowance);
  const known = id < outside ? ledger.account(Number(id)) : undefined;
  return {
    number: known?.number ?? '',
    name: known?.name ?? 'everything else',
    currency: known?.currency ?? currencyOf(account.currency),
    balanceMinor: String(debitsPosted - creditsPosted),
    heldMinor: String(debitsPending + creditsPending),
    limited: (flags & (accountFlags.debitLimited | accountFlags.creditLimited)) !== 0,
  };
}

/** Of an allowance what is left is shown, not what the books' side of it comes to. */
function allowanceView(account: GuardAccount, number: string): View['accounts'][number] {
  const { debitsPosted, creditsPosted, debitsPending, flags } = account;
  const end = (flags & accountFlags.frozen) !== 0 ? ', ended' : '';
  return {
    ...{ number, name: `Head office’s allowance${end}`, currency: currencyOf(account.currency) },
    balanceMinor: String(creditsPosted - debitsPosted),
    ...{ heldMinor: String(debitsPending), limited: true },
  };
}

function countsOf(counts: GuardStatistics): View['counts'] {
  return {
    posted: Number(counts.posted + counts.postedHolds),
    held: Number(counts.reservedHolds),
    voided: Number(counts.voided + counts.expired + counts.abandoned),
    replayed: Number(counts.replayed),
    refused: Number(counts.refused),
    anchored: Number(counts.anchored),
  };
}

function latencyOf({ latency }: GuardStatistics): View['latency'] {
  return latency
    .map((count, index) => ({ fromNs: 2 ** index, count: Number(count) }))
    .filter(({ count }) => count > 0);
}

function quoteView(guard: Guard, ledger: GuardDesk['ledger']): View['quote'] {
  const { counter, value, register, digest, mac } = guard.quote(randomBytes(32).toString('hex'));
  const head = ledger.head();
  const isHead = Number(counter) === head.seq && value === Buffer.from(head.hash).toString('hex');
  const isSigned = /[1-9a-f]/.test(mac);
  return { seq: Number(counter), hash: value, register, digest, isSigned, isHead };
}
