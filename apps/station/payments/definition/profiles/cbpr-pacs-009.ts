// The CBPR+ usage rules of the transfer between institutions (pacs.009.001.08), its cover and its
// advice, 2025 and 2026.
import type { Rule } from '../rules/rule.ts';
import * as say from './cbpr-book.ts';

const root = '/Document/FICdtTrf';
const tx = `${root}/CdtTrfTxInf`;
const under = `${tx}/UndrlygCstmrCdtTrf`;
const settlement = `${root}/GrpHdr/SttlmInf`;
const tags = [
  'PrvsInstgAgt1',
  'PrvsInstgAgt2',
  'PrvsInstgAgt3',
  'IntrmyAgt1',
  'IntrmyAgt2',
  'IntrmyAgt3',
  'Dbtr',
  'DbtrAgt',
  'CdtrAgt',
  'Cdtr',
];
const underTags = [
  'DbtrAgt',
  'PrvsInstgAgt1',
  'PrvsInstgAgt2',
  'PrvsInstgAgt3',
  'IntrmyAgt1',
  'IntrmyAgt2',
  'IntrmyAgt3',
  'CdtrAgt',
];

/** Four numbers an agent, in a row from `first`; `gap` is a number that belongs to another rule. */
function inFours(
  book: say.Book,
  first: number,
  agents: { readonly at: string; readonly tags: readonly string[]; readonly gap?: number },
): readonly Rule[] {
  let next = first;
  const take = (): string => {
    const number = `R${next}`;
    next += next + 1 === agents.gap ? 2 : 1;
    return number;
  };
  return agents.tags.flatMap((tag) =>
    say.agent(book, [take(), take(), take(), take()].join(' '), `${agents.at}/${tag}`),
  );
}

function inRow(
  book: say.Book,
  numbers: string,
  agents: { readonly at: string; readonly tags: readonly string[] },
): readonly Rule[] {
  return numbers
    .split(' ')
    .flatMap((number, index) => say.agent(book, number, `${agents.at}/${agents.tags[index]}`));
}

function header2025(book: say.Book, service: string): readonly Rule[] {
  return [
    say.priority(book, 'R1', tx),
    say.headerAgents(book, 'R2', tx, { sides: 'both', unless: 'copied' }),
    say.headerAgents(book, 'R3', tx, { sides: 'both', unless: 'indicated' }),
    say.holdsMessageId(book, 'R5', root),
    say.namesMessage(book, 'R6'),
    say.service(book, 'R8', service),
    ...say.identifiers(book, [`${tx}/IntrBkSttlmAmt`]),
  ];
}

function core2025(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.009', year: 2025 };
  return [
    ...header2025(book, 'swift.cbprplus.03'),
    say.instructionOnce(book, 'R12', tx),
    say.slash(book, 'R13', `${tx}/PmtId/InstrId`),
    say.firstSlash(book, 'R15', `${tx}/PmtId/EndToEndId`),
    say.commodity(book, 'R20', `${tx}/IntrBkSttlmAmt`),
    ...inFours(book, 25, { at: tx, tags, gap: 28 }),
    say.repeats(book, 'R28'),
  ];
}

function cover2025(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.009_cov', year: 2025 };
  return [
    ...header2025(book, 'swift.cbprplus.cov.03'),
    say.remittance(book, 'R12', `${under}/RmtInf`),
    say.instructionOnce(book, 'R13', tx),
    say.slash(book, 'R14', `${tx}/PmtId/InstrId`),
    say.firstSlash(book, 'R16', `${tx}/PmtId/EndToEndId`),
    say.commodity(book, 'R20', `${tx}/IntrBkSttlmAmt`),
    ...inFours(book, 25, { at: tx, tags, gap: 28 }),
    say.repeats(book, 'R28'),
    say.partyAddress(book, 'R70', `${under}/UltmtDbtr`),
    say.partyAddress(book, 'R71', `${under}/InitgPty`),
    say.partyBic(book, 'R72', `${under}/Dbtr`),
    say.partyAddress(book, 'R76', `${under}/Dbtr`),
    say.bicAlone(book, 'R77', `${under}/Dbtr`),
    ...say.gracePeriod(book, 'R78 R79 R80', `${under}/Dbtr/PstlAdr`),
    ...inFours(book, 81, { at: under, tags: underTags }),
    say.partyBic(book, 'R113', `${under}/Cdtr`),
    say.partyAddress(book, 'R117', `${under}/Cdtr`),
    say.bicAlone(book, 'R118', `${under}/Cdtr`),
    ...say.gracePeriod(book, 'R119 R120 R121', `${under}/Cdtr/PstlAdr`),
    say.partyAddress(book, 'R124', `${under}/UltmtCdtr`),
    say.remittanceLength(book, 'R125', `${under}/RmtInf/Strd`),
  ];
}

function advice2025(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.009_adv', year: 2025 };
  return [
    ...header2025(book, 'swift.cbprplus.adv.03'),
    ...say.agent(book, 'R17 R18 R19 R21', `${settlement}/InstgRmbrsmntAgt`),
    say.repeats(book, 'R20'),
    ...say.agent(book, 'R22 R23 R24 R25', `${settlement}/InstdRmbrsmntAgt`),
    say.slash(book, 'R26', `${tx}/PmtId/InstrId`),
    say.firstSlash(book, 'R28', `${tx}/PmtId/EndToEndId`),
    say.commodity(book, 'R31', `${tx}/IntrBkSttlmAmt`),
    ...inFours(book, 32, { at: tx, tags }),
  ];
}

function header2026(book: say.Book, to: readonly [string, string]): readonly Rule[] {
  const [copied, indicated] = to;
  return [
    say.sameMessageId(book, 'R1', root),
    say.priority(book, 'R2', tx),
    say.headerAgents(book, copied, tx, { sides: 'to', unless: 'copied' }),
    say.headerAgents(book, indicated, tx, { sides: 'to', unless: 'indicated' }),
    say.headerAgents(book, 'R5', tx, { sides: 'from', unless: null }),
    say.holdsMessageId(book, 'R7', root),
    say.namesMessage(book, 'R8'),
    ...say.identifiers(book, [`${tx}/IntrBkSttlmAmt`]),
  ];
}

function core2026(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.009', year: 2026 };
  return [
    ...header2026(book, ['R3', 'R4']),
    say.serviceLevel(book, 'R10', tx, 'G004'),
    say.instructionOnce(book, 'R11', tx),
    say.slash(book, 'R12', `${tx}/PmtId/InstrId`),
    say.firstSlash(book, 'R13', `${tx}/PmtId/EndToEndId`),
    say.commodity(book, 'R16', `${tx}/IntrBkSttlmAmt`),
    ...inRow(book, 'R21 R23 R24 R25 R26 R27 R28 R29 R30 R31', { at: tx, tags }),
    say.repeats(book, 'R22'),
  ];
}

function cover2026(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.009_cov', year: 2026 };
  return [
    ...header2026(book, ['R3', 'R4']),
    say.remittance(book, 'R10', `${under}/RmtInf`),
    say.serviceLevel(book, 'R11', tx, 'G001'),
    say.instructionOnce(book, 'R12', tx),
    say.slash(book, 'R13', `${tx}/PmtId/InstrId`),
    say.firstSlash(book, 'R15', `${tx}/PmtId/EndToEndId`),
    say.commodity(book, 'R17', `${tx}/IntrBkSttlmAmt`),
    ...inRow(book, 'R22 R24 R25 R26 R27 R28 R29 R30 R31 R32', { at: tx, tags }),
    say.repeats(book, 'R23'),
    say.partyAddress(book, 'R33', `${under}/UltmtDbtr`),
    say.partyAddress(book, 'R37', `${under}/InitgPty`),
    say.partyBic(book, 'R38', `${under}/Dbtr`),
    say.bicAlone(book, 'R40', `${under}/Dbtr`),
    say.partyAddress(book, 'R43', `${under}/Dbtr`),
    ...inRow(book, 'R44 R45 R46 R47 R48 R49 R50 R51', { at: under, tags: underTags }),
    say.bicAlone(book, 'R52', `${under}/Cdtr`),
    say.partyAddress(book, 'R53', `${under}/Cdtr`),
    say.partyBic(book, 'R54', `${under}/Cdtr`),
    say.partyAddress(book, 'R59', `${under}/UltmtCdtr`),
    say.remittanceLength(book, 'R61', `${under}/RmtInf/Strd`),
  ];
}

function advice2026(): readonly Rule[] {
  const book: say.Book = { variant: 'pacs.009_adv', year: 2026 };
  return [
    ...header2026(book, ['R4', 'R3']),
    say.serviceLevel(book, 'R10', tx, 'G004'),
    ...say.agent(book, 'R15', `${settlement}/InstgRmbrsmntAgt`),
    say.repeats(book, 'R16'),
    ...say.agent(book, 'R17', `${settlement}/InstdRmbrsmntAgt`),
    say.instructionOnce(book, 'R18', tx),
    say.slash(book, 'R19', `${tx}/PmtId/InstrId`),
    say.firstSlash(book, 'R20', `${tx}/PmtId/EndToEndId`),
    say.commodity(book, 'R21', `${tx}/IntrBkSttlmAmt`),
    ...inRow(book, 'R22 R23 R24 R25 R26 R27 R28 R29 R30 R31', { at: tx, tags }),
  ];
}

/** Rules of the transfer between institutions, by variant and release. */
export const pacs009Rules = {
  'pacs.009': { 2025: core2025, 2026: core2026 },
  'pacs.009_cov': { 2025: cover2025, 2026: cover2026 },
  'pacs.009_adv': { 2025: advice2025, 2026: advice2026 },
} as const;
