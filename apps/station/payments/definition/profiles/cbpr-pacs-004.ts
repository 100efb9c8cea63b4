// The CBPR+ usage rules of the payment return (pacs.004.001.09), 2025 and 2026.
import type { Rule } from '../rules/rule.ts';
import * as say from './cbpr-book.ts';

const root = '/Document/PmtRtr';
const tx = `${root}/TxInf`;
const chain = `${tx}/RtrChain`;
const original = `${tx}/OrgnlTxRef`;
const amendment = `${original}/MndtRltdInf/AmdmntInfDtls`;
const amounts = ['RtrdInstdAmt', 'RtrdIntrBkSttlmAmt'] as const;

const names = String.raw`pacs\.00[289]\.001\.[0-9]{2}|camt\.05[34]\.001\.[0-9]{2}|MT103|MT202|MT205|MT900|MT910|MT940|MT950`;

function originalName(book: say.Book, number: string): Rule {
  const text =
    'The original message is named as pacs.008.001.xx, camt.053.001.xx, MT103 and the like.';
  const fix = 'Write the name of the message that is returned, such as pacs.008.001.08.';
  const path = `${tx}/OrgnlGrpInf/OrgnlMsgNmId`;
  return say.rule(book, number, [text, fix], { kind: 'pattern', path, pattern: names, must: true });
}

function onlyOnce(book: say.Book, number: string, [when, tag]: readonly [string, string]): Rule {
  const text = `${tag} of the original stands once: in the transaction or in its reference.`;
  const paths = [`OrgnlTxRef/${tag}`];
  const fix = `Remove OrgnlTxRef/${tag}.`;
  return say.rule(book, number, [text, fix], { kind: 'forbids', at: tx, when, paths });
}

function partial(book: say.Book, number: string): Rule {
  const text = 'A return of a part says PART and gives the reason.';
  const fix = 'Write PART in RtrRsnInf/AddtlInf and a code in RtrRsnInf/Rsn.';
  return say.rule(book, number, [text, fix], { kind: 'partial-return', at: tx });
}

/** Several agents or addresses below one element, each with its numbers. */
function agents(
  book: say.Book,
  at: string,
  numbers: Readonly<Record<string, string>>,
): readonly Rule[] {
  return Object.entries(numbers).flatMap(([tag, each]) => say.agent(book, each, `${at}/${tag}`));
}

function addresses(
  book: say.Book,
  at: string,
  numbers: Readonly<Record<string, string>>,
): readonly Rule[] {
  return Object.entries(numbers).flatMap(([tag, each]) =>
    say.gracePeriod(book, each, `${at}/${tag}/PstlAdr`),
  );
}

function common2025(book: say.Book): readonly Rule[] {
  return [
    say.headerAgents(book, 'R1', tx, { sides: 'both', unless: 'copied' }),
    say.headerAgents(book, 'R2', tx, { sides: 'both', unless: 'indicated' }),
    say.holdsMessageId(book, 'R4', root),
    say.namesMessage(book, 'R5'),
    say.service(book, 'R6', 'swift.cbprplus.03'),
    say.creditCharges(book, 'R11', tx),
    onlyOnce(book, 'R12', ['OrgnlIntrBkSttlmAmt', 'IntrBkSttlmAmt']),
    onlyOnce(book, 'R13', ['OrgnlIntrBkSttlmDt', 'IntrBkSttlmDt']),
    originalName(book, 'R16'),
    say.slash(book, 'R18', `${tx}/OrgnlInstrId`),
    say.commodity(book, 'R23', `${tx}/OrgnlIntrBkSttlmAmt`),
    say.commodity(book, 'R24', `${tx}/RtrdIntrBkSttlmAmt`),
    say.chargesExplain(book, 'R25', tx, amounts),
    ...say.agent(book, 'R32 R33 R34 R36', `${tx}/ChrgsInf/Agt`),
    say.repeats(book, 'R35'),
    partial(book, 'R103'),
    say.partyBic(book, 'R104', `${tx}/RtrRsnInf/Orgtr`),
    say.partyAddress(book, 'R105', `${tx}/RtrRsnInf/Orgtr`),
    ...addresses(book, `${tx}/RtrRsnInf`, { Orgtr: 'R107 R108 R109' }),
    ...say.identifiers(book, identified),
  ];
}

const identified = [
  `${tx}/OrgnlIntrBkSttlmAmt`,
  `${tx}/RtrdIntrBkSttlmAmt`,
  `${tx}/RtrdInstdAmt`,
  `${original}/IntrBkSttlmAmt`,
];

function chain2025(book: say.Book): readonly Rule[] {
  return [
    say.partyAddress(book, 'R37', `${chain}/UltmtDbtr/Pty`),
    say.partyBic(book, 'R44', `${chain}/Dbtr/Pty`),
    say.partyAddress(book, 'R45', `${chain}/Dbtr/Pty`),
    say.bicAlone(book, 'R46', `${chain}/Dbtr/Pty`),
    ...addresses(book, chain, { 'Dbtr/Pty': 'R47 R48 R49', 'Cdtr/Pty': 'R93 R94 R95' }),
    say.partyAddress(book, 'R54', `${chain}/InitgPty/Pty`),
    ...agents(book, chain, {
      'Dbtr/Agt': 'R50 R51 R52 R53',
      DbtrAgt: 'R55 R56 R57 R58',
      PrvsInstgAgt1: 'R59 R60 R61 R62',
      PrvsInstgAgt2: 'R63 R64 R65 R66',
      PrvsInstgAgt3: 'R67 R68 R69 R70',
      IntrmyAgt1: 'R71 R72 R73 R74',
      IntrmyAgt2: 'R75 R76 R77 R78',
      IntrmyAgt3: 'R79 R80 R81 R82',
      CdtrAgt: 'R83 R84 R85 R86',
      'Cdtr/Agt': 'R96 R97 R98 R99',
    }),
    say.partyBic(book, 'R87', `${chain}/Cdtr/Pty`),
    say.partyAddress(book, 'R91', `${chain}/Cdtr/Pty`),
    say.bicAlone(book, 'R92', `${chain}/Cdtr/Pty`),
    say.partyAddress(book, 'R102', `${chain}/UltmtCdtr/Pty`),
  ];
}

function original2025(book: say.Book): readonly Rule[] {
  return [
    say.commodity(book, 'R111', `${original}/IntrBkSttlmAmt`),
    ...addresses(book, original, {
      CdtrSchmeId: 'R112 R113 R114',
      'Dbtr/Pty': 'R151 R152 R153',
      'Cdtr/Pty': 'R171 R172 R173',
    }),
    ...addresses(book, amendment, {
      OrgnlCdtrSchmeId: 'R131 R130 R132',
      'OrgnlCdtrAgt/FinInstnId': 'R134 R135 R133',
      OrgnlDbtr: 'R136 R138 R137',
      'OrgnlDbtrAgt/FinInstnId': 'R140 R139 R141',
    }),
    ...agents(book, original, {
      'SttlmInf/InstgRmbrsmntAgt': 'R116 R117 R118 R119',
      'SttlmInf/InstdRmbrsmntAgt': 'R120 R121 R122 R123',
      'SttlmInf/ThrdRmbrsmntAgt': 'R124 R125 R126 R127',
      'Dbtr/Agt': 'R154 R155 R156 R157',
      DbtrAgt: 'R158 R159 R160 R161',
      CdtrAgt: 'R163 R164 R165 R166',
      'Cdtr/Agt': 'R174 R175 R176 R177',
    }),
    say.remittance(book, 'R142', `${original}/RmtInf`),
    say.partyAddress(book, 'R145', `${original}/UltmtDbtr/Pty`),
    say.partyBic(book, 'R149', `${original}/Dbtr/Pty`),
    say.partyAddress(book, 'R150', `${original}/Dbtr/Pty`),
    say.partyAddress(book, 'R169', `${original}/Cdtr/Pty`),
    say.partyBic(book, 'R170', `${original}/Cdtr/Pty`),
    say.partyAddress(book, 'R180', `${original}/UltmtCdtr/Pty`),
  ];
}

function rules2025(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.004', year: 2025 };
  return [...common2025(book), ...chain2025(book), ...original2025(book)];
}

function header2026(book: say.Book): readonly Rule[] {
  return [
    say.sameMessageId(book, 'R1', root),
    say.headerAgents(book, 'R2', tx, { sides: 'to', unless: 'copied' }),
    say.headerAgents(book, 'R3', tx, { sides: 'to', unless: 'indicated' }),
    say.headerAgents(book, 'R4', tx, { sides: 'from', unless: null }),
    say.holdsMessageId(book, 'R6', root),
    say.namesMessage(book, 'R7'),
    onlyOnce(book, 'R9', ['OrgnlIntrBkSttlmDt', 'IntrBkSttlmDt']),
    onlyOnce(book, 'R10', ['OrgnlIntrBkSttlmAmt', 'IntrBkSttlmAmt']),
    say.creditCharges(book, 'R11', tx),
    originalName(book, 'R13'),
    say.slash(book, 'R14', `${tx}/OrgnlInstrId`),
    say.commodity(book, 'R20', `${tx}/OrgnlIntrBkSttlmAmt`),
    say.chargesExplain(book, 'R22', tx, amounts),
    say.commodity(book, 'R23', `${tx}/RtrdIntrBkSttlmAmt`),
    say.repeats(book, 'R30'),
    partial(book, 'R61'),
    ...say.identifiers(book, identified),
  ];
}

function rules2026(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.004', year: 2026 };
  const party = (number: string, at: string): Rule => say.partyAddress(book, number, at);
  const bic = (number: string, at: string): Rule => say.partyBic(book, number, at);
  return [
    ...header2026(book),
    ...agents(book, tx, { 'ChrgsInf/Agt': 'R29' }),
    ...agents(book, chain, {
      'Dbtr/Agt': 'R41',
      DbtrAgt: 'R43',
      PrvsInstgAgt1: 'R44',
      PrvsInstgAgt2: 'R45',
      PrvsInstgAgt3: 'R46',
      IntrmyAgt1: 'R47',
      IntrmyAgt2: 'R48',
      IntrmyAgt3: 'R49',
      CdtrAgt: 'R50',
      'Cdtr/Agt': 'R57',
    }),
    ...agents(book, original, {
      'SttlmInf/InstgRmbrsmntAgt': 'R67',
      'SttlmInf/InstdRmbrsmntAgt': 'R68',
      'SttlmInf/ThrdRmbrsmntAgt': 'R69',
      'Dbtr/Agt': 'R77',
      DbtrAgt: 'R78',
      CdtrAgt: 'R80',
      'Cdtr/Agt': 'R85',
    }),
    party('R34', `${chain}/UltmtDbtr/Pty`),
    party('R36', `${chain}/Dbtr/Pty`),
    bic('R37', `${chain}/Dbtr/Pty`),
    say.bicAlone(book, 'R40', `${chain}/Dbtr/Pty`),
    party('R42', `${chain}/InitgPty/Pty`),
    say.bicAlone(book, 'R52', `${chain}/Cdtr/Pty`),
    party('R53', `${chain}/Cdtr/Pty`),
    bic('R55', `${chain}/Cdtr/Pty`),
    party('R58', `${chain}/UltmtCdtr/Pty`),
    bic('R63', `${tx}/RtrRsnInf/Orgtr`),
    party('R64', `${tx}/RtrRsnInf/Orgtr`),
    say.commodity(book, 'R65', `${original}/IntrBkSttlmAmt`),
    say.remittance(book, 'R70', `${original}/RmtInf`),
    say.remittanceLength(book, 'R71', `${original}/RmtInf/Strd`),
    party('R72', `${original}/UltmtDbtr/Pty`),
    bic('R74', `${original}/Dbtr/Pty`),
    party('R75', `${original}/Dbtr/Pty`),
    party('R81', `${original}/Cdtr/Pty`),
    bic('R83', `${original}/Cdtr/Pty`),
    party('R88', `${original}/UltmtCdtr/Pty`),
  ];
}

/** Rules of the payment return, by release. */
export const pacs004Rules = { 'pacs.004': { 2025: rules2025, 2026: rules2026 } } as const;
