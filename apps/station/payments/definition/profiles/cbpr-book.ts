// Writes the rules that recur in every CBPR+ guideline, under the numbers each guideline gives
// them.
import type { Check, Rule } from '../rules/rule.ts';

/** The rules of one message variant in one release. */
export interface Book {
  /** `pacs.008`, `pacs.008_stp`, `pacs.009_cov`, … */
  readonly variant: string;
  readonly year: 2025 | 2026;
}

type Words = readonly [text: string, fix: string];

/** One rule of a guideline, by its number there. */
export function rule({ variant, year }: Book, number: string, words: Words, check: Check): Rule {
  const [text, fix] = words;
  return { id: `${variant}:${number}`, source: `CBPR+ SR${year}`, text, fix, check };
}

const words = {
  agentAddress: [
    "An agent's name and postal address stand together or not at all.",
    'Give both, or neither: the BIC alone is best.',
  ],
  partyAddress: [
    'A party with a postal address has a name.',
    'Add the name, or leave the address out.',
  ],
  structured: [
    'A postal address without address lines has a town and a country.',
    'Add the town (TwnNm) and the country (Ctry).',
  ],
  hybrid: [
    'A postal address with address lines and other parts has a town and a country.',
    'Add the town (TwnNm) and the country (Ctry).',
  ],
  lines: [
    'Address lines that stand alone have at most 35 characters.',
    'Put town and country in their own elements, or shorten the line.',
  ],
  anyBic: ['A party without a BIC has a name.', 'Add the name of the party.'],
  bicAlone: [
    'A party with a BIC has neither name nor postal address.',
    'Keep the BIC, or the name and address, but not both.',
  ],
  priority: [
    'The priority in the header is the instruction priority of the payment.',
    'Make the two priorities the same, or leave the one in the header out.',
  ],
  agents: [
    'The BICs of sender and receiver in the header are those of instructing and instructed agent.',
    'Correct the header (Fr, To) or the agents (InstgAgt, InstdAgt).',
  ],
  sameMessageId: [
    "The header's business message identifier is the message identification.",
    'Copy GrpHdr/MsgId to the header (BizMsgIdr).',
  ],
  holdsMessageId: [
    "The header's business message identifier holds the message identification.",
    'Copy GrpHdr/MsgId to the header (BizMsgIdr).',
  ],
  namesMessage: [
    'The header names the message as its namespace does.',
    'Write the definition of the message in the header (MsgDefIdr).',
  ],
  repeats: [
    'What stands in a part of a postal address is not repeated in its lines.',
    'Take the repeated words out of the address line.',
  ],
  slash: [
    'The reference neither starts nor ends with a slash and holds no two in a row.',
    'Take the slashes out of the reference.',
  ],
  firstSlash: [
    'The first 16 characters neither start nor end with a slash and hold no two in a row.',
    'Take the slashes out of the start of the reference.',
  ],
  commodity: [
    'XAU, XAG, XPD and XPT are commodities, not currencies of settlement.',
    'Choose the currency in which the banks settle.',
  ],
  once: ['Each code for the creditor agent stands once.', 'Remove the second one.'],
  holdOrCheque: ['HOLD and CHQB exclude each other.', 'Keep one of the two codes.'],
  phoneOrTelecom: ['PHOB and TELB exclude each other.', 'Keep one of the two codes.'],
  remittance: [
    'Payment details are either structured or in words.',
    'Keep Strd or Ustrd, not both.',
  ],
  relatedRemittance: [
    'Payment details stand either in the payment or in a related message.',
    'Keep RmtInf or RltdRmtInf, not both.',
  ],
  credit: [
    'A payment whose charges the creditor pays says what was charged, zero included.',
    'Add ChrgsInf, with the amount 0 where nothing was taken.',
  ],
  debt: [
    'A payment whose charges the debtor pays has at most one charge information.',
    'Keep one ChrgsInf.',
  ],
  differ: [
    'Two amounts of one currency that differ are explained by charges.',
    'Add ChrgsInf, or correct one of the amounts.',
  ],
  remittanceLength: [
    'Structured payment details have at most 9,000 characters in all.',
    'Send fewer documents with this payment, or send the details beside it.',
  ],
  copy: [
    'The copy indicator of the header is that of the message.',
    'Make the two indicators the same.',
  ],
} as const satisfies Record<string, Words>;

const lists = {
  commodities: ['XAU', 'XAG', 'XPD', 'XPT'],
  /** gpi service levels of other services than the one a message belongs to. */
  gpi: ['G001', 'G002', 'G003', 'G004', 'G005', 'G006', 'G007', 'G009'],
} as const;

/**
 * Name and address of an agent (first number) and, until 2026, the three rules of the grace
 * period.
 */
export function agent(book: Book, numbers: string, path: string): readonly Rule[] {
  const [name = '', ...grace] = numbers.split(' ');
  const at = `${path}/FinInstnId`;
  const together: Check = { kind: 'together', at, one: 'Nm', other: 'PstlAdr' };
  return [
    rule(book, name, words.agentAddress, together),
    ...gracePeriod(book, grace.join(' '), `${at}/PstlAdr`),
  ];
}

/** Structured, hybrid, unstructured: the rules of the years in which all three were allowed. */
export function gracePeriod(book: Book, numbers: string, path: string): readonly Rule[] {
  const [structured, hybrid, lines] = numbers.split(' ');
  if (!structured || !hybrid || !lines) return [];
  const needs = ['TwnNm', 'Ctry'];
  return [
    rule(book, structured, words.structured, {
      kind: 'requires-unless',
      at: path,
      unless: 'AdrLine',
      needs,
    }),
    rule(book, hybrid, words.hybrid, { kind: 'address-hybrid', path }),
    rule(book, lines, words.lines, { kind: 'address-lines', path, length: 35 }),
  ];
}

export function partyAddress(book: Book, number: string, at: string): Rule {
  const check: Check = { kind: 'requires', at, when: 'PstlAdr', needs: ['Nm'] };
  return rule(book, number, words.partyAddress, check);
}

export function partyBic(book: Book, number: string, at: string): Rule {
  const unless = 'Id/OrgId/AnyBIC';
  return rule(book, number, words.anyBic, { kind: 'requires-unless', at, unless, needs: ['Nm'] });
}

export function bicAlone(book: Book, number: string, at: string): Rule {
  const when = 'Id/OrgId/AnyBIC';
  const check: Check = { kind: 'forbids', at, when, paths: ['Nm', 'PstlAdr'] };
  return rule(book, number, words.bicAlone, check);
}

export function priority(book: Book, number: string, transaction: string): Rule {
  const pairs = [['/AppHdr/Prty', `${transaction}/PmtTpInf/InstrPrty`]] as const;
  return rule(book, number, words.priority, { kind: 'same-value', pairs });
}

const from = '/AppHdr/Fr/FIId/FinInstnId/BICFI';
const to = '/AppHdr/To/FIId/FinInstnId/BICFI';
const copies = { path: '/AppHdr/CpyDplct', values: ['COPY', 'CODU'] };

/**
 * Sender and receiver are the agents: in copies too (`copied`), without a copy indicator, or
 * always.
 */
export function headerAgents(
  book: Book,
  number: string,
  transaction: string,
  which: { readonly sides: 'both' | 'from' | 'to'; readonly unless: 'copied' | 'indicated' | null },
): Rule {
  const sender = [from, `${transaction}/InstgAgt/FinInstnId/BICFI`] as const;
  const receiver = [to, `${transaction}/InstdAgt/FinInstnId/BICFI`] as const;
  const sides = { both: [sender, receiver], from: [sender], to: [receiver] };
  const pairs = sides[which.sides];
  const check: Check = {
    kind: 'same-value',
    pairs,
    ...(which.unless === 'copied' ? { unless: copies } : {}),
    ...(which.unless === 'indicated' ? { onlyWithout: '/AppHdr/CpyDplct' } : {}),
  };
  return rule(book, number, words.agents, check);
}

const businessId = '/AppHdr/BizMsgIdr';

export function sameMessageId(book: Book, number: string, root: string): Rule {
  const pairs = [[businessId, `${root}/GrpHdr/MsgId`]] as const;
  return rule(book, number, words.sameMessageId, { kind: 'same-value', pairs });
}

export function holdsMessageId(book: Book, number: string, root: string): Rule {
  const other = `${root}/GrpHdr/MsgId`;
  return rule(book, number, words.holdsMessageId, { kind: 'holds-value', one: businessId, other });
}

export function namesMessage(book: Book, number: string): Rule {
  return rule(book, number, words.namesMessage, { kind: 'names-message' });
}

export function repeats(book: Book, number: string): Rule {
  return rule(book, number, words.repeats, { kind: 'address-repeats' });
}

export function service(book: Book, number: string, name: string): Rule {
  const says: Words = [
    `The business service of the header is ${name}.`,
    `Write ${name} in the header (BizSvc).`,
  ];
  const path = '/AppHdr/BizSvc';
  return rule(book, number, says, { kind: 'codes', path, codes: [name], allowed: true });
}

export function slash(book: Book, number: string, path: string): Rule {
  return rule(book, number, words.slash, { kind: 'slash', path });
}

export function firstSlash(book: Book, number: string, path: string): Rule {
  return rule(book, number, words.firstSlash, { kind: 'slash', path, first: 16 });
}

export function commodity(book: Book, number: string, path: string): Rule {
  const codes = lists.commodities;
  const check: Check = { kind: 'attribute-codes', path, attribute: 'Ccy', codes, allowed: false };
  return rule(book, number, words.commodity, check);
}

/** The gpi service level, where one is given, is the one of this message. */
export function serviceLevel(book: Book, number: string, transaction: string, right: string): Rule {
  const codes = lists.gpi.filter((code) => code !== right);
  const says: Words = [
    `The gpi service level of this message is ${right}.`,
    `Write ${right}, or a service level that is not of gpi.`,
  ];
  const path = `${transaction}/PmtTpInf/SvcLvl/Cd`;
  return rule(book, number, says, { kind: 'codes', path, codes, allowed: false });
}

const instruction = 'InstrForCdtrAgt/Cd';

export function instructionOnce(book: Book, number: string, at: string): Rule {
  return rule(book, number, words.once, { kind: 'each-once', at, path: instruction });
}

export function holdOrCheque(book: Book, number: string, at: string): Rule {
  const codes = ['CHQB', 'HOLD'] as const;
  return rule(book, number, words.holdOrCheque, {
    kind: 'codes-apart',
    at,
    path: instruction,
    codes,
  });
}

export function phoneOrTelecom(book: Book, number: string, at: string): Rule {
  const codes = ['PHOB', 'TELB'] as const;
  return rule(book, number, words.phoneOrTelecom, {
    kind: 'codes-apart',
    at,
    path: instruction,
    codes,
  });
}

export function remittance(book: Book, number: string, at: string): Rule {
  return rule(book, number, words.remittance, { kind: 'exclusive', at, paths: ['Ustrd', 'Strd'] });
}

export function relatedRemittance(book: Book, number: string, at: string): Rule {
  const paths = ['RltdRmtInf', 'RmtInf'];
  return rule(book, number, words.relatedRemittance, { kind: 'exclusive', at, paths });
}

export function remittanceLength(book: Book, number: string, path: string): Rule {
  const check: Check = { kind: 'total-length', path, length: 9000 };
  return rule(book, number, words.remittanceLength, check);
}

export function creditCharges(book: Book, number: string, at: string): Rule {
  const values = ['CRED'];
  return rule(book, number, words.credit, {
    kind: 'when-value',
    at,
    path: 'ChrgBr',
    values,
    every: true,
    needs: ['ChrgsInf'],
  });
}

export function debtCharges(book: Book, number: string, at: string): Rule {
  const atMost = { path: 'ChrgsInf', count: 1 };
  return rule(book, number, words.debt, {
    kind: 'when-value',
    at,
    path: 'ChrgBr',
    values: ['DEBT'],
    atMost,
  });
}

export function chargesExplain(
  book: Book,
  number: string,
  at: string,
  amounts: readonly [string, string],
): Rule {
  const [one, other] = amounts;
  const check: Check = { kind: 'amounts-differ', at, one, other, needs: 'ChrgsInf' };
  return rule(book, number, words.differ, check);
}

export function copyIndicator(book: Book, number: string, path: string): Rule {
  const pairs = [['/AppHdr/CpyDplct', path]] as const;
  return rule(book, number, words.copy, { kind: 'same-value', pairs });
}

/**
 * IBAN, LEI, BIC, country and currency are right wherever they stand; 2026 adds the form of
 * addresses.
 */
export function identifiers(book: Book, amounts: readonly string[]): readonly Rule[] {
  const says = (what: string): Words => [`Every ${what} is a right one.`, `Correct the ${what}.`];
  const of = (number: string, what: string, check: Check): Rule =>
    rule(book, number, says(what), check);
  const form: Words = [
    'Postal addresses are structured, or hybrid with at most two lines of 70 characters.',
    'Put town and country in their own elements; keep at most two address lines.',
  ];
  const address: Check = { kind: 'address-form', lines: 2, length: 70 };
  return [
    of('VAL-IBAN', 'IBAN', { kind: 'identifier', of: 'iban', tag: 'IBAN' }),
    of('VAL-LEI', 'LEI', { kind: 'identifier', of: 'lei', tag: 'LEI' }),
    of('VAL-BIC', 'BIC', { kind: 'identifier', of: 'bic', tag: 'BICFI' }),
    of('VAL-CTRY', 'country', { kind: 'identifier', of: 'country', tag: 'Ctry' }),
    ...amounts.map((path) =>
      of('VAL-CCY', 'currency', {
        kind: 'identifier',
        of: 'currency',
        path,
        attribute: 'Ccy',
        except: lists.commodities,
      }),
    ),
    ...(book.year === 2026 ? [rule(book, 'ADDRESS', form, address)] : []),
  ];
}
