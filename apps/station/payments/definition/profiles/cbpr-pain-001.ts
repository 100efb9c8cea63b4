// The CBPR+ usage rules of the relayed customer initiation (pain.001.001.09), 2025 and 2026.
import type { Rule } from '../rules/rule.ts';
import * as say from './cbpr-book.ts';

const root = '/Document/CstmrCdtTrfInitn';
const payment = `${root}/PmtInf`;
const tx = `${payment}/CdtTrfTxInf`;

function rules2025(): readonly Rule[] {
  const book: say.Book = { variant: 'pain.001', year: 2025 };
  const grace = (numbers: string, at: string): readonly Rule[] =>
    say.gracePeriod(book, numbers, `${at}/PstlAdr`);
  return [
    say.holdsMessageId(book, 'R2', root),
    say.namesMessage(book, 'R3'),
    say.service(book, 'R5', 'swift.cbprplus.03'),
    say.holdsMessageId(book, 'R8', root),
    say.repeats(book, 'R13'),
    say.remittance(book, 'R16', `${tx}/RmtInf`),
    ...grace('R23 R24 R25', `${payment}/Dbtr`),
    ...grace('R31 R32 R33', `${payment}/DbtrAgt/FinInstnId`),
    ...grace('R46 R47 R48', `${tx}/IntrmyAgt1/FinInstnId`),
    ...grace('R50 R51 R52', `${tx}/IntrmyAgt2/FinInstnId`),
    ...grace('R53 R54 R55', `${tx}/IntrmyAgt3/FinInstnId`),
    ...grace('R56 R57 R58', `${tx}/CdtrAgt/FinInstnId`),
    ...grace('R59 R60 R61', `${tx}/Cdtr`),
    say.holdOrCheque(book, 'R64', tx),
    say.phoneOrTelecom(book, 'R65', tx),
    say.remittanceLength(book, 'R69', `${tx}/RmtInf/Strd`),
    ...say.identifiers(book, [`${tx}/Amt/InstdAmt`]),
  ];
}

const parties2026: Readonly<Record<string, string>> = {
  R10: `${root}/GrpHdr/InitgPty`,
  R13: `${payment}/Dbtr`,
  R18: `${payment}/UltmtDbtr`,
  R22: `${tx}/UltmtDbtr`,
  R28: `${tx}/Cdtr`,
  R30: `${tx}/UltmtCdtr`,
  R32: `${tx}/RmtInf/Strd/Invcr`,
  R33: `${tx}/RmtInf/Strd/Invcee`,
  R34: `${tx}/RmtInf/Strd/GrnshmtRmt/Grnshee`,
  R35: `${tx}/RmtInf/Strd/GrnshmtRmt/GrnshmtAdmstr`,
};

const agents2026: Readonly<Record<string, string>> = {
  R15: `${payment}/DbtrAgt`,
  R24: `${tx}/IntrmyAgt1`,
  R25: `${tx}/IntrmyAgt2`,
  R26: `${tx}/IntrmyAgt3`,
  R27: `${tx}/CdtrAgt`,
};

function rules2026(): readonly Rule[] {
  const book: say.Book = { variant: 'pain.001', year: 2026 };
  const pairs = [[`${payment}/PmtInfId`, `${root}/GrpHdr/MsgId`]] as const;
  return [
    say.sameMessageId(book, 'R1', root),
    say.holdsMessageId(book, 'R3', root),
    say.namesMessage(book, 'R4'),
    say.holdOrCheque(book, 'R6', tx),
    say.phoneOrTelecom(book, 'R7', tx),
    say.rule(
      book,
      'R8',
      [
        'The identification of the payment information is that of the message.',
        'Copy GrpHdr/MsgId to PmtInfId.',
      ],
      { kind: 'same-value', pairs },
    ),
    say.repeats(book, 'R11'),
    say.remittance(book, 'R12', `${tx}/RmtInf`),
    say.instructionOnce(book, 'R20', tx),
    say.remittanceLength(book, 'R31', `${tx}/RmtInf/Strd`),
    ...Object.entries(parties2026).map(([number, at]) => say.partyAddress(book, number, at)),
    ...Object.entries(agents2026).flatMap(([number, at]) => say.agent(book, number, at)),
    ...say.identifiers(book, [`${tx}/Amt/InstdAmt`]),
  ];
}

/** Rules of the relayed initiation, by release. */
export const pain001Rules = { 'pain.001': { 2025: rules2025, 2026: rules2026 } } as const;
