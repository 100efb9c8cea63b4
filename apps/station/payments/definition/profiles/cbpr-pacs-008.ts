// The CBPR+ usage rules of the customer credit transfer (pacs.008.001.08) and of its STP variant,
// 2025 and 2026.
import type { Rule } from '../rules/rule.ts';
import * as say from './cbpr-book.ts';

const root = '/Document/FIToFICstmrCdtTrf';
const tx = `${root}/CdtTrfTxInf`;
const settlement = `${root}/GrpHdr/SttlmInf`;
const amounts = ['InstdAmt', 'IntrBkSttlmAmt'] as const;
const pay = `${tx}/PmtId`;
const both = { sides: 'both' } as const;

const iban2025 =
  'AT BE BG BV CY CZ DE DK EE ES FI FR GB GF GI GP GR HR HU IE IS IT LI LT LU LV MQ MT NL NO PL PM PT RE RO SE SI SJ SK';

/** Agents of the chain, with the numbers of their rules. */
function chain(book: say.Book, numbers: Readonly<Record<string, string>>): readonly Rule[] {
  return Object.entries(numbers).flatMap(([tag, each]) => say.agent(book, each, `${tx}/${tag}`));
}

function core2025(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.008', year: 2025 };
  return [
    say.priority(book, 'R1', tx),
    say.headerAgents(book, 'R2', tx, { ...both, unless: 'copied' }),
    say.headerAgents(book, 'R3', tx, { ...both, unless: 'indicated' }),
    say.holdsMessageId(book, 'R5', root),
    say.namesMessage(book, 'R6'),
    say.service(book, 'R8', 'swift.cbprplus.03'),
    ...say.agent(book, 'R12', `${tx}/ChrgsInf/Agt`),
    say.holdOrCheque(book, 'R13', tx),
    say.phoneOrTelecom(book, 'R14', tx),
    ...say.agent(book, 'R20 R21 R22 R24', `${settlement}/InstgRmbrsmntAgt`),
    say.repeats(book, 'R23'),
    ...say.agent(book, 'R25 R26 R27 R28', `${settlement}/InstdRmbrsmntAgt`),
    ...say.agent(book, 'R29 R30 R31 R32', `${settlement}/ThrdRmbrsmntAgt`),
    say.relatedRemittance(book, 'R33', tx),
    say.remittance(book, 'R34', `${tx}/RmtInf`),
    say.creditCharges(book, 'R35', tx),
    say.instructionOnce(book, 'R36', tx),
    say.debtCharges(book, 'R37', tx),
    say.slash(book, 'R38', `${pay}/InstrId`),
    say.commodity(book, 'R41', `${tx}/IntrBkSttlmAmt`),
    say.chargesExplain(book, 'R42', tx, amounts),
    say.chargesExplain(book, 'R44', tx, amounts),
    ...say.gracePeriod(book, 'R46 R47 R48', `${tx}/ChrgsInf/Agt/FinInstnId/PstlAdr`),
    ...chain(book, {
      PrvsInstgAgt1: 'R49 R50 R51 R52',
      PrvsInstgAgt2: 'R53 R54 R55 R56',
      PrvsInstgAgt3: 'R57 R58 R59 R60',
      IntrmyAgt1: 'R61 R62 R63 R64',
      IntrmyAgt2: 'R65 R66 R67 R68',
      IntrmyAgt3: 'R69 R70 R71 R72',
      DbtrAgt: 'R87 R88 R89 R90',
      CdtrAgt: 'R91 R92 R93 R94',
    }),
    say.partyAddress(book, 'R76', `${tx}/UltmtDbtr`),
    say.partyAddress(book, 'R77', `${tx}/InitgPty`),
    say.partyBic(book, 'R81', `${tx}/Dbtr`),
    say.partyAddress(book, 'R82', `${tx}/Dbtr`),
    say.bicAlone(book, 'R83', `${tx}/Dbtr`),
    ...say.gracePeriod(book, 'R84 R85 R86', `${tx}/Dbtr/PstlAdr`),
    say.partyBic(book, 'R95', `${tx}/Cdtr`),
    say.partyAddress(book, 'R99', `${tx}/Cdtr`),
    say.bicAlone(book, 'R100', `${tx}/Cdtr`),
    ...say.gracePeriod(book, 'R101 R102 R103', `${tx}/Cdtr/PstlAdr`),
    say.partyAddress(book, 'R106', `${tx}/UltmtCdtr`),
    ...say.identifiers(book, [`${tx}/IntrBkSttlmAmt`]),
  ];
}

function core2026(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.008', year: 2026 };
  return [
    say.sameMessageId(book, 'R1', root),
    say.headerAgents(book, 'R2', tx, { sides: 'to', unless: 'copied' }),
    say.headerAgents(book, 'R3', tx, { sides: 'to', unless: 'indicated' }),
    say.priority(book, 'R4', tx),
    say.headerAgents(book, 'R5', tx, { sides: 'from', unless: null }),
    say.holdsMessageId(book, 'R7', root),
    say.namesMessage(book, 'R8'),
    say.phoneOrTelecom(book, 'R10', tx),
    say.holdOrCheque(book, 'R11', tx),
    ...say.agent(book, 'R12', `${tx}/ChrgsInf/Agt`),
    say.serviceLevel(book, 'R13', tx, 'G001'),
    ...say.agent(book, 'R19', `${settlement}/InstgRmbrsmntAgt`),
    say.repeats(book, 'R20'),
    ...say.agent(book, 'R21', `${settlement}/InstdRmbrsmntAgt`),
    ...say.agent(book, 'R22', `${settlement}/ThrdRmbrsmntAgt`),
    say.debtCharges(book, 'R23', tx),
    say.remittance(book, 'R24', `${tx}/RmtInf`),
    say.instructionOnce(book, 'R25', tx),
    say.creditCharges(book, 'R26', tx),
    say.relatedRemittance(book, 'R27', tx),
    say.slash(book, 'R28', `${pay}/InstrId`),
    say.chargesExplain(book, 'R30', tx, amounts),
    say.commodity(book, 'R31', `${tx}/IntrBkSttlmAmt`),
    say.chargesExplain(book, 'R33', tx, amounts),
    ...chain(book, {
      PrvsInstgAgt1: 'R35',
      PrvsInstgAgt2: 'R36',
      PrvsInstgAgt3: 'R37',
      IntrmyAgt1: 'R38',
      IntrmyAgt2: 'R39',
      IntrmyAgt3: 'R40',
      DbtrAgt: 'R52',
      CdtrAgt: 'R53',
    }),
    say.partyAddress(book, 'R44', `${tx}/UltmtDbtr`),
    say.partyAddress(book, 'R45', `${tx}/InitgPty`),
    say.bicAlone(book, 'R47', `${tx}/Dbtr`),
    say.partyAddress(book, 'R48', `${tx}/Dbtr`),
    say.partyBic(book, 'R50', `${tx}/Dbtr`),
    say.bicAlone(book, 'R54', `${tx}/Cdtr`),
    say.partyBic(book, 'R55', `${tx}/Cdtr`),
    say.partyAddress(book, 'R56', `${tx}/Cdtr`),
    say.partyAddress(book, 'R60', `${tx}/UltmtCdtr`),
    say.remittanceLength(book, 'R63', `${tx}/RmtInf/Strd`),
    ...say.identifiers(book, [`${tx}/IntrBkSttlmAmt`]),
  ];
}

/** Between banks of these countries both parties are named and have an IBAN. */
function domestic(book: say.Book, number: string, countries: string): Rule {
  const list = countries.split(' ');
  const text = `Between banks of ${list.join(', ')} debtor and creditor have a name and an IBAN.`;
  const fix = 'Add the names and the IBANs of debtor and creditor.';
  return say.rule(book, number, [text, fix], { kind: 'domestic', at: tx, countries: list });
}

function stp2025(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.008_stp', year: 2025 };
  return [
    say.priority(book, 'R1', tx),
    say.headerAgents(book, 'R2', tx, { ...both, unless: 'copied' }),
    say.headerAgents(book, 'R3', tx, { ...both, unless: 'indicated' }),
    say.holdsMessageId(book, 'R5', root),
    say.namesMessage(book, 'R6'),
    say.service(book, 'R8', 'swift.cbprplus.stp.03'),
    say.relatedRemittance(book, 'R12', tx),
    say.creditCharges(book, 'R13', tx),
    domestic(book, 'R14', 'ES AD'),
    domestic(book, 'R15', 'FR MC'),
    domestic(book, 'R16', 'IT SM'),
    domestic(book, 'R17', 'IT VA'),
    domestic(book, 'R18', iban2025),
    say.debtCharges(book, 'R19', tx),
    say.slash(book, 'R20', `${pay}/InstrId`),
    say.commodity(book, 'R21', `${tx}/IntrBkSttlmAmt`),
    say.chargesExplain(book, 'R22', tx, amounts),
    say.partyAddress(book, 'R28', `${tx}/UltmtDbtr`),
    say.repeats(book, 'R29'),
    say.partyAddress(book, 'R30', `${tx}/InitgPty`),
    say.partyAddress(book, 'R34', `${tx}/Dbtr`),
    say.partyBic(book, 'R35', `${tx}/Dbtr`),
    say.bicAlone(book, 'R36', `${tx}/Dbtr`),
    ...say.gracePeriod(book, 'R37 R38 R39', `${tx}/Dbtr/PstlAdr`),
    say.partyAddress(book, 'R40', `${tx}/Cdtr`),
    say.partyBic(book, 'R44', `${tx}/Cdtr`),
    say.bicAlone(book, 'R45', `${tx}/Cdtr`),
    ...say.gracePeriod(book, 'R46 R47 R48', `${tx}/Cdtr/PstlAdr`),
    say.partyAddress(book, 'R51', `${tx}/UltmtCdtr`),
    ...say.identifiers(book, [`${tx}/IntrBkSttlmAmt`]),
  ];
}

function stp2026(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.008_stp', year: 2026 };
  return [
    say.sameMessageId(book, 'R1', root),
    say.priority(book, 'R2', tx),
    say.headerAgents(book, 'R3', tx, { sides: 'to', unless: 'indicated' }),
    say.headerAgents(book, 'R4', tx, { sides: 'to', unless: 'copied' }),
    say.headerAgents(book, 'R5', tx, { sides: 'from', unless: null }),
    say.holdsMessageId(book, 'R7', root),
    say.namesMessage(book, 'R8'),
    say.serviceLevel(book, 'R10', tx, 'G001'),
    say.relatedRemittance(book, 'R11', tx),
    domestic(book, 'R12', iban2025),
    say.debtCharges(book, 'R13', tx),
    say.creditCharges(book, 'R14', tx),
    domestic(book, 'R15', 'IT VA'),
    domestic(book, 'R16', 'FR MC'),
    domestic(book, 'R17', 'ES AD'),
    domestic(book, 'R18', 'IT SM'),
    say.slash(book, 'R19', `${pay}/InstrId`),
    say.commodity(book, 'R21', `${tx}/IntrBkSttlmAmt`),
    say.chargesExplain(book, 'R23', tx, amounts),
    say.partyAddress(book, 'R28', `${tx}/UltmtDbtr`),
    say.repeats(book, 'R29'),
    say.partyAddress(book, 'R30', `${tx}/InitgPty`),
    say.partyAddress(book, 'R31', `${tx}/Dbtr`),
    say.partyBic(book, 'R33', `${tx}/Dbtr`),
    say.bicAlone(book, 'R35', `${tx}/Dbtr`),
    say.bicAlone(book, 'R38', `${tx}/Cdtr`),
    say.partyAddress(book, 'R40', `${tx}/Cdtr`),
    say.partyBic(book, 'R41', `${tx}/Cdtr`),
    say.partyAddress(book, 'R43', `${tx}/UltmtCdtr`),
    ...say.identifiers(book, [`${tx}/IntrBkSttlmAmt`]),
  ];
}

/** Rules of the customer credit transfer, by variant and release. */
export const pacs008Rules = {
  'pacs.008': { 2025: core2025, 2026: core2026 },
  'pacs.008_stp': { 2025: stp2025, 2026: stp2026 },
} as const;
