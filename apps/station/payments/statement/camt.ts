// Takes the statements out of a camt.053 that has been read and judged.
import { Refusal } from '#station/bank/refusal.ts';
import { minorOf } from '../branch/write.ts';
import type { Value, Values } from '../iso20022/index.ts';
import type { BankEntry, BankStatement } from './read.ts';

/** The value at a path of tags; of several the first. Undefined where the path ends early. */
function at(value: Value | undefined, ...tags: readonly string[]): Value | undefined {
  let here = value;
  for (const tag of tags) {
    const one = Array.isArray(here) ? (here[0] as Value | undefined) : here;
    if (typeof one !== 'object') return undefined;
    here = (one as Values)[tag];
  }
  return Array.isArray(here) ? (here[0] as Value | undefined) : here;
}

function textAt(value: Value | undefined, ...tags: readonly string[]): string {
  const found = at(value, ...tags);
  return typeof found === 'string' ? found : '';
}

function listAt(value: Value | undefined, tag: string): readonly Value[] {
  const one = typeof value === 'object' ? (value as Values)[tag] : undefined;
  if (one === undefined) return [];
  return Array.isArray(one) ? one : [one as Value];
}

/** Minor units of an amount and its side; refuses decimals the currency does not have. */
function signed(value: Value, currency: string): bigint {
  const amount = at(value, 'Amt') as { readonly value?: string } | undefined;
  const minor = minorOf(amount?.value ?? '', currency);
  if (minor === null) {
    const why = `${amount?.value} has more decimals than ${currency} has.`;
    throw new Refusal('statement-unreadable', why, 'text');
  }
  return textAt(value, 'CdtDbtInd') === 'DBIT' ? -minor : minor;
}

const dateOf = (value: Value | undefined): string =>
  textAt(value, 'Dt') || textAt(value, 'DtTm').slice(0, 10);

const referenceTags = ['EndToEndId', 'UETR', 'InstrId', 'TxId', 'MsgId', 'AcctSvcrRef', 'PmtInfId'];

function entryOf(entry: Value, index: number, currency: string): BankEntry {
  const details = listAt(entry, 'NtryDtls').flatMap((each) => listAt(each, 'TxDtls'));
  const references = details.flatMap((each) =>
    referenceTags.map((tag) => textAt(each, 'Refs', tag)),
  );
  const texts = details.flatMap((each) => {
    const remittance = at(each, 'RmtInf');
    return listAt(remittance, 'Ustrd').filter((text) => typeof text === 'string');
  });
  const booked = dateOf(at(entry, 'BookgDt'));
  return {
    position: index + 1,
    valueDate: dateOf(at(entry, 'ValDt')) || booked,
    bookingDate: booked,
    amountMinor: signed(entry, currency),
    references: [
      ...new Set([textAt(entry, 'NtryRef'), textAt(entry, 'AcctSvcrRef'), ...references]),
    ].filter(Boolean),
    text: [...texts, textAt(entry, 'AddtlNtryInf')].filter(Boolean).join(' '),
  };
}

function balanceOf(statement: Value, code: string): Value | undefined {
  return listAt(statement, 'Bal').find((each) => textAt(each, 'Tp', 'CdOrPrtry', 'Cd') === code);
}

function statementOf(statement: Value): BankStatement {
  const identification = textAt(statement, 'Id');
  // An opening balance may stand as the closing one of the statement before (PRCD).
  const opening = balanceOf(statement, 'OPBD') ?? balanceOf(statement, 'PRCD');
  const closing = balanceOf(statement, 'CLBD');
  if (!opening || !closing) {
    const why = `Statement ${identification} has no opening (OPBD) or closing (CLBD) balance.`;
    throw new Refusal('statement-incomplete', why, 'text');
  }
  const currency = (at(closing, 'Amt') as { readonly Ccy?: string } | undefined)?.Ccy ?? '';
  // Only what is booked moves the balance; the rest is announced and comes again.
  const booked = listAt(statement, 'Ntry').filter((entry) => {
    const status = textAt(entry, 'Sts', 'Cd') || textAt(entry, 'Sts');
    return status === '' || status === 'BOOK';
  });
  return {
    ...{ identification, currency },
    account:
      textAt(statement, 'Acct', 'Id', 'IBAN') || textAt(statement, 'Acct', 'Id', 'Othr', 'Id'),
    openingMinor: signed(opening, currency),
    closingMinor: signed(closing, currency),
    closingOn: dateOf(at(closing, 'Dt')),
    entries: booked.map((entry, index) => entryOf(entry, index, currency)),
  };
}

/** The statements of the values of a camt.053. Refuses one without an opening or closing balance. */
export function statementsOf(values: Values): readonly BankStatement[] {
  return listAt(at(values, 'BkToCstmrStmt'), 'Stmt').map(statementOf);
}
