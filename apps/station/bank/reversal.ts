// Prepares reversals: the mirror of a posted journal, once, from the till whose cash it moved.
import { checkAccount, checkRoom, isCustomerAccount, requirePurse } from './checks.ts';
import { noPieces, type Pieces, stockProblem, subtractPieces } from './denominations.ts';
import type { AccountFacts, JournalFacts } from './facts.ts';
import { overRoleLimit, type Subject } from './flags.ts';
import { leg, wakesOf } from './item.ts';
import { judgeRoleLimit } from './judge.ts';
import type { CashChange, PreparedLeg } from './prepared.ts';
import { type Problem, problem } from './problem.ts';
import type { Sheet } from './sheet.ts';

const reversible: readonly string[] = [
  'cash.deposit',
  'cash.withdrawal',
  'transfer',
  'cash.exchange',
];

function onceProblem(original: JournalFacts): Problem | null {
  const { journal, reversedBy, reversalOf, kind } = original;
  if (reversedBy !== null) {
    const message = `Journal ${journal} was already reversed by journal ${reversedBy}.`;
    return problem('already-reversed', message, 'journal');
  }
  if (reversalOf !== null) {
    const message =
      `Journal ${journal} is itself the reversal of journal ${reversalOf}: post the ` +
      'right entry anew.';
    return problem('reversal-of-reversal', message, 'journal');
  }
  if (reversible.includes(kind)) return null;
  const message =
    `Journal ${journal} is a ${kind} and cannot be reversed at the desk: its own ` +
    'screen takes it back.';
  return problem('not-reversible', message, 'journal');
}

function ownershipProblem(sheet: Sheet, original: JournalFacts): Problem | null {
  const { actor, till } = sheet.facts;
  if (original.cash.length > 0) {
    if (original.till === till?.till) return null;
    const whose = original.tillName ?? 'another till';
    const message = `Journal ${original.journal} moved the cash of ${whose}: it is reversed there.`;
    return problem('other-till', message, 'journal');
  }
  if (original.actor === actor.staff || actor.roles.includes('supervisor')) return null;
  const message = `Journal ${original.journal} is a colleague's: they or a supervisor reverse it.`;
  return problem('not-your-journal', message, 'journal');
}

/**
 * The legs the other way round, the last first, so that every step is one the original passed
 * through.
 */
function mirrorLegs(sheet: Sheet, original: JournalFacts): PreparedLeg[] {
  return original.legs
    .map(({ debit, credit, amountMinor, label }) =>
      leg(sheet.current(credit), sheet.current(debit), { amountMinor, label }),
    )
    .reverse();
}

function mirrorCash(sheet: Sheet, original: JournalFacts): CashChange[] {
  const changes: CashChange[] = [];
  for (const { currency, pieces } of original.cash) {
    const purse = requirePurse(sheet, currency, 'journal');
    if (!purse) continue;
    const back: Pieces = subtractPieces(noPieces, pieces);
    const where = sheet.facts.till?.name ?? 'The till';
    sheet.refuse(stockProblem(sheet.stock(currency), back, { currency, field: 'journal', where }));
    changes.push({ account: purse.account, currency, pieces: back });
  }
  return changes;
}

function checkTouched(sheet: Sheet, legs: readonly PreparedLeg[]): readonly AccountFacts[] {
  const sides = new Map<AccountFacts, 'debit' | 'credit'>();
  for (const { debit, credit } of legs) {
    if (isCustomerAccount(credit) && !sides.has(credit)) sides.set(credit, 'credit');
    if (isCustomerAccount(debit)) sides.set(debit, 'debit');
  }
  for (const [account, side] of sides) checkAccount(sheet, account, { side, field: 'journal' });
  return [...sides.keys()];
}

/**
 * What is taken back, by which limits judge it: the largest leg, or what an exchange of notes was
 * worth.
 */
function amountOf(original: JournalFacts): { amountMinor: bigint; currency: string } {
  const [first] = original.legs;
  let amountMinor = 0n;
  for (const one of original.legs) {
    if (one.amountMinor > amountMinor) amountMinor = one.amountMinor;
  }
  const currency = first?.debit.currency ?? original.cash[0]?.currency ?? '';
  if (first) return { amountMinor, currency };
  for (const [face, pieces] of Object.entries(original.cash[0]?.pieces ?? {})) {
    if (pieces > 0) amountMinor += BigInt(face) * BigInt(pieces);
  }
  return { amountMinor, currency };
}

function flagReversal(sheet: Sheet, original: JournalFacts): void {
  const { policy, actor, risk } = sheet.facts;
  const money = amountOf(original);
  const none = { cash: null, from: null, to: null } as const;
  judgeRoleLimit(sheet, {
    task: 'journal.reversal',
    ...money,
    ...none,
    conductor: undefined,
    path: '',
  });
  const subject: Subject = {
    task: 'journal.reversal',
    ...money,
    ...none,
    date: sheet.date,
    policy,
    roles: actor.roles,
    persons: [],
    risk,
  };
  const { id: rule, version, needs } = overRoleLimit;
  const message = overRoleLimit.check(subject);
  if (message !== null) sheet.flag([{ rule, version, needs, message }]);
  if (original.date === sheet.date) return;
  const late = `journal ${original.journal} is of ${original.date}: an earlier day is changed`;
  sheet.flag([{ rule: 'earlier-day', version: 1, needs: 'approval', message: late }]);
}

/**
 * Writes the mirror of the original on the sheet. Refused: unknown, already reversed, itself a
 * reversal, of another till or colleague, notes no longer in the till, money no longer on the
 * account. The value date is the original's, so that interest comes out as if nothing had been
 * posted.
 */
export function prepareReversal(sheet: Sheet, journal: number, reason: string): void {
  const { original } = sheet.facts;
  if (!original || original.journal !== journal) {
    const message = `There is no journal ${journal}: look it up in the journal.`;
    sheet.refuse(problem('unknown-journal', message, 'journal'));
    return;
  }
  sheet.refuse(onceProblem(original));
  if (sheet.refuse(ownershipProblem(sheet, original))) return;
  const legs = mirrorLegs(sheet, original);
  const touched = checkTouched(sheet, legs);
  checkRoom(sheet, legs, 'journal');
  const cash = mirrorCash(sheet, original);
  flagReversal(sheet, original);
  sheet.forget(journal);
  sheet.post({
    kind: 'journal.reversal',
    title: `Reverse journal ${journal}`,
    legs,
    cash,
    fees: [],
    activity: [],
    valueDate: original.valueDate,
    narrative: reason,
    ...amountOf(original),
    account: touched[0]?.number ?? '',
    customer: touched[0]?.owners[0] ?? null,
    conductor: null,
    reversalOf: journal,
    correctionOf: null,
    wakes: wakesOf(legs),
  });
}
