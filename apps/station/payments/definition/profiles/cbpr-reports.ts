// The CBPR+ usage rules of status report, account report and notification (pacs.002, camt.052,
// camt.054), 2025 and 2026.
import type { Rule } from '../rules/rule.ts';
import * as say from './cbpr-book.ts';

const statusRoot = '/Document/FIToFIPmtStsRpt';
const status = `${statusRoot}/TxInfAndSts`;
const originator = `${status}/StsRsnInf/Orgtr`;

function rejection(book: say.Book, reason: string, date: string): readonly Rule[] {
  const rejected = { at: status, path: 'TxSts', values: ['RJCT'], every: book.year === 2025 };
  return [
    say.rule(book, reason, ['A rejection gives its reason.', 'Add StsRsnInf/Rsn with a code.'], {
      kind: 'when-value',
      ...rejected,
      needs: ['StsRsnInf/Rsn'],
    }),
    say.rule(book, date, ['A rejection has no date of settlement.', 'Remove FctvIntrBkSttlmDt.'], {
      kind: 'when-value',
      ...rejected,
      forbids: ['FctvIntrBkSttlmDt'],
    }),
  ];
}

function status2025(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.002', year: 2025 };
  return [
    say.headerAgents(book, 'R1', status, { sides: 'both', unless: 'copied' }),
    say.headerAgents(book, 'R2', status, { sides: 'both', unless: 'indicated' }),
    say.holdsMessageId(book, 'R4', statusRoot),
    say.namesMessage(book, 'R5'),
    say.service(book, 'R7', 'swift.cbprplus.03'),
    ...rejection(book, 'R12', 'R11'),
    say.slash(book, 'R15', `${status}/OrgnlInstrId`),
    say.partyBic(book, 'R19', originator),
    say.partyAddress(book, 'R20', originator),
    ...say.gracePeriod(book, 'R22 R23 R25', `${originator}/PstlAdr`),
    say.repeats(book, 'R24'),
    ...say.identifiers(book, []),
  ];
}

function status2026(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.002', year: 2026 };
  const pattern = String.raw`pacs\.00[8349]\.001\.[0-9]{2}|pacs\.010\.001\.[0-9]{2}`;
  const path = `${status}/OrgnlGrpInf/OrgnlMsgNmId`;
  return [
    say.headerAgents(book, 'R1', status, { sides: 'to', unless: 'copied' }),
    say.headerAgents(book, 'R2', status, { sides: 'to', unless: 'indicated' }),
    say.sameMessageId(book, 'R3', statusRoot),
    say.headerAgents(book, 'R4', status, { sides: 'from', unless: null }),
    say.holdsMessageId(book, 'R6', statusRoot),
    say.namesMessage(book, 'R7'),
    ...rejection(book, 'R9', 'R10'),
    say.rule(
      book,
      'R12',
      [
        'The original message is a payment: pacs.003, 004, 008, 009 or 010.',
        'Write its name, such as pacs.008.001.08.',
      ],
      { kind: 'pattern', path, pattern, must: true },
    ),
    say.slash(book, 'R14', `${status}/OrgnlInstrId`),
    say.partyAddress(book, 'R19', originator),
    say.partyBic(book, 'R20', originator),
    say.repeats(book, 'R21'),
    ...say.identifiers(book, [`${status}/OrgnlTxRef/IntrBkSttlmAmt`]),
  ];
}

const reportRoot = '/Document/BkToCstmrAcctRpt';
const report = `${reportRoot}/Rpt`;

function interest(book: say.Book, numbers: string, at: string): readonly Rule[] {
  const says = [
    'The total of interest and tax is the sum of its records.',
    'Correct the total or the records.',
  ] as const;
  return numbers.split(' ').map((number) =>
    say.rule(book, number, says, {
      kind: 'sum',
      at,
      total: 'TtlIntrstAndTaxAmt',
      parts: 'Rcrd/Amt',
      sameCurrency: true,
    }),
  );
}

function pageNumber(book: say.Book, number: string, path: string): Rule {
  const codes = ['0', '00', '000', '0000', '00000'];
  const says = ['Pages are numbered from 1.', 'Write the number of the page.'] as const;
  return say.rule(book, number, says, { kind: 'codes', path, codes, allowed: false });
}

function report2025(): readonly Rule[] {
  const book: say.Book = { variant: 'camt.052', year: 2025 };
  return [
    say.copyIndicator(book, 'R1', `${report}/CpyDplctInd`),
    say.holdsMessageId(book, 'R3', reportRoot),
    say.namesMessage(book, 'R4'),
    say.service(book, 'R6', 'swift.cbprplus.03'),
    say.partyAddress(book, 'R12', `${report}/Acct/Ownr`),
    ...interest(book, 'R16 R20', `${report}/Ntry/Intrst`),
    say.slash(book, 'R17', `${report}/Ntry/NtryDtls/TxDtls/Refs/InstrId`),
    ...say.identifiers(book, [`${report}/Bal/Amt`, `${report}/Ntry/Amt`]),
  ];
}

function report2026(): readonly Rule[] {
  const book: say.Book = { variant: 'camt.052', year: 2026 };
  const details = `${report}/Ntry/NtryDtls/TxDtls`;
  return [
    say.copyIndicator(book, 'R1', `${report}/CpyDplctInd`),
    say.sameMessageId(book, 'R2', reportRoot),
    say.holdsMessageId(book, 'R4', reportRoot),
    say.namesMessage(book, 'R5'),
    pageNumber(book, 'R7', `${report}/RptPgntn/PgNb`),
    say.partyAddress(book, 'R9', `${report}/Acct/Ownr`),
    ...interest(book, 'R12 R16', `${details}/Intrst`),
    say.slash(book, 'R13', `${details}/Refs/InstrId`),
    say.remittanceLength(book, 'R17', `${details}/RmtInf/Strd`),
    ...say.identifiers(book, [`${report}/Bal/Amt`]),
  ];
}

const noticeRoot = '/Document/BkToCstmrDbtCdtNtfctn';
const notice = `${noticeRoot}/Ntfctn`;
const entry = `${notice}/Ntry`;

function notice2025(): readonly Rule[] {
  const book: say.Book = { variant: 'camt.054', year: 2025 };
  return [
    say.copyIndicator(book, 'R1', `${notice}/CpyDplctInd`),
    say.holdsMessageId(book, 'R3', noticeRoot),
    say.namesMessage(book, 'R4'),
    say.service(book, 'R6', 'swift.cbprplus.03'),
    say.slash(book, 'R20', `${entry}/NtryDtls/TxDtls/Refs/InstrId`),
    ...say.identifiers(book, [`${entry}/Amt`]),
  ];
}

function notice2026(): readonly Rule[] {
  const book: say.Book = { variant: 'camt.054', year: 2026 };
  return [
    say.copyIndicator(book, 'R1', `${notice}/CpyDplctInd`),
    say.sameMessageId(book, 'R2', noticeRoot),
    say.holdsMessageId(book, 'R4', noticeRoot),
    say.namesMessage(book, 'R5'),
    pageNumber(book, 'R8', `${notice}/NtfctnPgntn/PgNb`),
    say.rule(
      book,
      'R10',
      ['A booked entry has a booking date or a value date.', 'Add BookgDt or ValDt.'],
      {
        kind: 'when-value',
        at: entry,
        path: 'Sts/Cd',
        values: ['BOOK'],
        every: true,
        needsAny: ['BookgDt', 'ValDt'],
      },
    ),
    say.slash(book, 'R13', `${entry}/NtryDtls/TxDtls/Refs/InstrId`),
    ...say.identifiers(book, [`${entry}/Amt`]),
  ];
}

/** Rules of the reports, by message and release. */
export const reportRules = {
  'pacs.002': { 2025: status2025, 2026: status2026 },
  'camt.052': { 2025: report2025, 2026: report2026 },
  'camt.054': { 2025: notice2025, 2026: notice2026 },
} as const;
