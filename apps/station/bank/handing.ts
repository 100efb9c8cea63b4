// Judges what crosses the counter: notes received, change given back, notes paid out.
import { formatMoney } from '#contract/money.ts';
import type { Denominations } from '#contract/values.ts';
import { guessReceived, proposeChange, proposePayOut } from './cash-mix.ts';
import {
  addPieces,
  describePieces,
  faceProblem,
  isEmpty,
  noPieces,
  type Pieces,
  stockProblem,
  subtractPieces,
  valueMinor,
} from './denominations.ts';
import type { PurseFacts } from './facts.ts';
import { problem } from './problem.ts';
import type { Sheet } from './sheet.ts';

interface Handed {
  readonly purse: PurseFacts;
  readonly currency: string;
  /** What the notes must come to, in minor units. */
  readonly dueMinor: bigint;
  /** Prefix of the fields (`items.0.`). */
  readonly path: string;
}

function hasBadFace(sheet: Sheet, handed: Handed, fields: [string, Denominations][]): boolean {
  return fields
    .map(([name, vector]) =>
      sheet.refuse(faceProblem(vector, handed.currency, `${handed.path}${name}`)),
    )
    .some(Boolean);
}

function whereOf(sheet: Sheet): string {
  return sheet.facts.till?.name ?? 'The till';
}

/**
 * What a customer hands over less the change given back, as a change of the till. Refuses notes
 * that are missing, unknown, do not come to what is due, or are not there to give back; proposes
 * what would be right.
 */
export function takeIn(
  sheet: Sheet,
  handed: Handed,
  given: {
    readonly received: Denominations | undefined;
    readonly change: Denominations | undefined;
  },
): Pieces | null {
  const { currency, dueMinor, path } = handed;
  const due = formatMoney(dueMinor, currency);
  const field = `${path}denominations`;
  if (!given.received || isEmpty(given.received)) {
    const guess = guessReceived(dueMinor, currency);
    if (guess) {
      const message = `Is it ${describePieces(guess, currency)}?`;
      sheet.propose({ field, currency, denominations: guess, message });
    }
    const message = `Count what is handed over: ${due} by notes and coins.`;
    sheet.refuse(problem('denominations-missing', message, field));
    return null;
  }
  const received = given.received;
  const change = given.change ?? noPieces;
  const fields: [string, Denominations][] = [
    ['denominations', received],
    ['change', change],
  ];
  if (hasBadFace(sheet, handed, fields)) return null;
  const pieces = subtractPieces(received, change);
  const value = valueMinor(pieces);
  if (value !== dueMinor) {
    const overMinor = value - dueMinor;
    if (overMinor > 0n && isChange(received, overMinor)) proposeBack(sheet, handed, received);
    const less = given.change ? ' less the change' : '';
    const sum = formatMoney(value, currency);
    const over = overMinor > 0n ? `: ${formatMoney(overMinor, currency)} too much` : '';
    const message = `The notes and coins${less} come to ${sum}, ${due} is due${over}.`;
    sheet.refuse(problem('denominations-do-not-add-up', message, field));
    return null;
  }
  const where = { currency, field: `${path}change`, where: whereOf(sheet) };
  return sheet.refuse(stockProblem(sheet.stock(currency), pieces, where)) ? null : pieces;
}

/**
 * Whether what is over can be change. A customer who is owed a whole piece of what was handed over
 * would have kept it: then the count is wrong, and no change makes it right.
 */
function isChange(received: Denominations, overMinor: bigint): boolean {
  const faces = Object.entries(received).flatMap(([face, count]) =>
    count > 0 ? [BigInt(face)] : [],
  );
  return faces.every((face) => face > overMinor);
}

function proposeBack(sheet: Sheet, handed: Handed, received: Denominations): void {
  const { currency, dueMinor, path } = handed;
  const change = proposeChange(dueMinor, received, sheet.stock(currency));
  if (!change) return;
  const message = `Give back ${describePieces(change, currency)}.`;
  sheet.propose({ field: `${path}change`, currency, denominations: change, message });
}

/**
 * What is paid out, as a change of the till: the notes the teller chose, or the adviser's proposal
 * when none are named. Refuses notes that are unknown, do not come to what is due, or are not in
 * the till.
 */
export function payOut(
  sheet: Sheet,
  handed: Handed,
  chosen: Denominations | undefined,
): Pieces | null {
  const { currency, dueMinor, path } = handed;
  const field = `${path}denominations`;
  const stock = sheet.stock(currency);
  const where = whereOf(sheet);
  const due = formatMoney(dueMinor, currency);
  if (!chosen || isEmpty(chosen)) {
    const proposed = proposePayOut(dueMinor, stock);
    if (!proposed) {
      const held = formatMoney(valueMinor(stock), currency);
      const message =
        `${where} holds ${held} and cannot pay ${due} out of its notes and coins: ` +
        'buy from the vault.';
      sheet.refuse(problem('till-cannot-pay', message, field));
      return null;
    }
    const message = `Pay out ${describePieces(proposed, currency)}.`;
    sheet.propose({ field, currency, denominations: proposed, message });
    return subtractPieces(noPieces, proposed);
  }
  if (hasBadFace(sheet, handed, [['denominations', chosen]])) return null;
  const value = valueMinor(chosen);
  if (value !== dueMinor) {
    const sum = formatMoney(value, currency);
    const message = `The notes and coins come to ${sum}, ${due} is to be paid out.`;
    sheet.refuse(problem('denominations-do-not-add-up', message, field));
    return null;
  }
  const pieces = subtractPieces(noPieces, chosen);
  return sheet.refuse(stockProblem(stock, pieces, { currency, field, where })) ? null : pieces;
}

/** Notes changed for notes: what is received and what is given must be worth the same. */
export function exchange(
  sheet: Sheet,
  currency: string,
  both: { readonly received: Denominations; readonly given: Denominations },
): Pieces | null {
  const { received, given } = both;
  const badFaces = [
    sheet.refuse(faceProblem(received, currency, 'received')),
    sheet.refuse(faceProblem(given, currency, 'given')),
  ];
  if (badFaces.some(Boolean)) return null;
  const receivedMinor = valueMinor(received);
  const givenMinor = valueMinor(given);
  if (receivedMinor === 0n) {
    const message = 'Nothing is received: count what the customer hands over.';
    sheet.refuse(problem('denominations-missing', message, 'received'));
    return null;
  }
  if (receivedMinor !== givenMinor) {
    const taken = formatMoney(receivedMinor, currency);
    const back = formatMoney(givenMinor, currency);
    const proposed = proposePayOut(receivedMinor, sheet.stock(currency));
    if (isEmpty(given) && proposed) {
      const message = `Give ${describePieces(proposed, currency)}.`;
      sheet.propose({ field: 'given', currency, denominations: proposed, message });
    }
    const message = `${taken} is received and ${back} given: an exchange gives what it receives.`;
    sheet.refuse(problem('denominations-do-not-add-up', message, 'given'));
    return null;
  }
  const pieces = subtractPieces(addPieces(noPieces, received), given);
  const where = { currency, field: 'given', where: whereOf(sheet) };
  return sheet.refuse(stockProblem(sheet.stock(currency), pieces, where)) ? null : pieces;
}
