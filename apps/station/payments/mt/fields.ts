// The catalogue of fields: what each tag is called, how it is written, and what its parts are.
import assert from 'node:assert/strict';
import { type ComponentType, type Judge, judges } from './component.ts';
import { compileFormat, type Format } from './format.ts';
import { oneString } from './text.ts';

/** A component that can be wrong beyond its characters: by its type, or by being none of its codes. */
export interface JudgedComponent {
  readonly name: string;
  readonly judge: Judge | null;
  readonly limit: { readonly code: string; readonly list: readonly string[] } | null;
}

export interface FieldDefinition {
  /** "32A". */
  readonly tag: string;
  readonly label: string;
  readonly help: string;
  /** Ways to write the field, tried in this order. */
  readonly formats: readonly Format[];
  /** Type of each component that has one. */
  readonly types: Readonly<Record<string, ComponentType>>;
  /** Components that have a type or codes: the only ones to look at once the format fits. */
  readonly judged: readonly JudgedComponent[];
  /** Codes a component is limited to, with the error code. */
  readonly codes: Readonly<
    Record<string, { readonly code: string; readonly list: readonly string[] }>
  >;
}

const agentHelp = 'A bank: by BIC (A), by clearing code or account (C), by name and address (D).';
const party = '[[/1!a][/34x]$]';
const bic = '4!a2!a2!c[3!c]';

/** tag | label | format | components, each "name" or "name:type"; `~` parts formats, a row goes on indented. */
const source = `
11R | Date and type of the original message, sent or received | 3!n$6!n[$4!n6!n] |
  type date:date session sequence
11S | Type and date of the original message | 3!n$6!n[$4!n6!n] | type date:date session sequence
12 | Type of the message asked for | 3!n | type
13C | Time of the payment | /8c/4!n1!x4!n | code time:time sign offset:offset
13D | Date and time of the statement | 6!n4!n1!x4!n | date:date time:time sign offset:offset
19 | Sum of amounts | 17d | amount
20 | Sender's reference | 16x | reference:reference
21 | Related reference | 16x | reference:reference
23B | Bank operation code | 4!c | code
23E | Instruction code | 4!c[/30x] | code text
25 | Account | 35x | account
25P | Account and its BIC | 35x$${bic} | account bic:bic
26T | Transaction type | 3!c | code
28 | Statement number | 5n[/2n] | statement sequence
28C | Statement number and sequence | 5n[/5n] | statement sequence
30 | Date | 6!n | date:date
32A | Value date, currency, amount | 6!n3!a15d | date:date currency:currency amount:amount
32B | Currency and amount | 3!a15d | currency:currency amount:amount
32C | Date and amount credited | 6!n3!a15d | date:date currency:currency amount:amount
32D | Date and amount debited | 6!n3!a15d | date:date currency:currency amount:amount
33B | Instructed currency and amount | 3!a15d | currency:currency amount:amount
34F | Floor limit | 3!a[1!a]15d | currency:currency mark amount:amount
36 | Exchange rate | 12d | rate:rate
50A | Ordering customer | [/34x$]${bic} | account bic:bic
50F | Ordering customer | /34x$4*35x ~ 4!a/2!a/27x$4*35x |
  account lines:numbered ~ kind country identifier lines:numbered
50K | Ordering customer | [/34x$]4*35x | account lines
51A | Sending institution | ${party}${bic} | mark account bic:bic
52B | Ordering institution | [/1!a][/34x]$35x ~ [/1!a]/34x ~ 35x |
  mark account location ~ mark account ~ location
53B | Sender's correspondent | [/1!a][/34x]$35x ~ [/1!a]/34x ~ 35x |
  mark account location ~ mark account ~ location
54B | Receiver's correspondent | [/1!a][/34x]$35x ~ [/1!a]/34x ~ 35x |
  mark account location ~ mark account ~ location
55B | Third reimbursement institution | [/1!a][/34x]$35x ~ [/1!a]/34x ~ 35x |
  mark account location ~ mark account ~ location
57B | Account with institution | [/1!a][/34x]$35x ~ [/1!a]/34x ~ 35x |
  mark account location ~ mark account ~ location
56C | Intermediary | /34x | account
57C | Account with institution | /34x | account
59 | Beneficiary customer | [/34x$]4*35x | account lines
59A | Beneficiary customer | [/34x$]${bic} | account bic:bic
59F | Beneficiary customer | [/34x$]4*35x | account lines:numbered
60F | First opening balance | 1!a6!n3!a15d | mark date:date currency:currency amount:amount
60M | Intermediate opening balance | 1!a6!n3!a15d | mark date:date currency:currency amount:amount
61 | Statement line | 6!n[4!n]<RC|RD|C|D>[1!a]15d1!a3!c16x[//16x][$34x] |
  date:date entry:monthDay mark funds amount:amount kind code reference institution details
62F | Final closing balance | 1!a6!n3!a15d | mark date:date currency:currency amount:amount
62M | Intermediate closing balance | 1!a6!n3!a15d | mark date:date currency:currency amount:amount
64 | Closing available balance | 1!a6!n3!a15d | mark date:date currency:currency amount:amount
65 | Forward available balance | 1!a6!n3!a15d | mark date:date currency:currency amount:amount
70 | Remittance information | 4*35x | lines
71A | Details of charges | 3!a | code
71B | Details of charges | 6*35x | lines
71F | Sender's charges | 3!a15d | currency:currency amount:amount
71G | Receiver's charges | 3!a15d | currency:currency amount:amount
72 | Sender to receiver information | 6*35x | lines
75 | Queries | 6*35x | lines
76 | Answers | 6*35x | lines
77A | Narrative | 20*35x | lines
77B | Regulatory reporting | 3*35x | lines
77T | Envelope contents | 9000z | text
79 | Narrative | 35*50x | lines
86 | Information to account owner | 6*65x | lines
90C | Number and sum of credits | 5n3!a15d | count currency:currency amount:amount
90D | Number and sum of debits | 5n3!a15d | count currency:currency amount:amount`;

const agents: readonly (readonly [string, string, string])[] = [
  ['52', 'AD', 'Ordering institution'],
  ['53', 'AD', "Sender's correspondent"],
  ['54', 'AD', "Receiver's correspondent"],
  ['55', 'AD', 'Third reimbursement institution'],
  ['56', 'AD', 'Intermediary'],
  ['57', 'AD', 'Account with institution'],
  ['58', 'AD', 'Beneficiary institution'],
];

const codes: Record<string, { code: string; list: string }> = {
  '23B.code': { code: 'T36', list: 'CRED CRTS SPAY SPRI SSTD' },
  '23E.code': { code: 'T48', list: 'SDVA INTC REPA CORT HOLD CHQB PHOB TELB PHON TELE PHOI TELI' },
  '71A.code': { code: 'T08', list: 'BEN OUR SHA' },
  '60F.mark': { code: 'T51', list: 'C D' },
  '60M.mark': { code: 'T51', list: 'C D' },
  '62F.mark': { code: 'T51', list: 'C D' },
  '62M.mark': { code: 'T51', list: 'C D' },
  '64.mark': { code: 'T51', list: 'C D' },
  '65.mark': { code: 'T51', list: 'C D' },
  '34F.mark': { code: 'T51', list: 'C D' },
  '61.kind': { code: 'T53', list: 'S N F' },
  '13C.sign': { code: 'T15', list: '+ -' },
  '13D.sign': { code: 'T15', list: '+ -' },
};

const help: Record<string, string> = {
  20: 'The reference you will recognise the message by; no / at either end, no //.',
  '32A': 'Value date as YYMMDD, currency, amount with a comma.',
  '33B': 'The amount before charges and exchange, as the customer ordered it.',
  '71A': 'OUR: the payer bears all charges, BEN: the payee, SHA: each its own side.',
};

function define(tag: string, label: string, format: string, components: string): FieldDefinition {
  const types: Record<string, ComponentType> = {};
  const names = components.split('~').map((each) => each.trim().split(/\s+/));
  const formats = format.split('~').map((each, index) => {
    const plain = (names[index] ?? []).map((name) => oneString(name.split(':')[0] as string));
    return compileFormat(each.trim(), plain);
  });
  for (const [name, type] of names.flat().map((each) => each.split(':'))) {
    if (name && type) types[name] = type as ComponentType;
  }
  const limited: Record<string, { code: string; list: readonly string[] }> = {};
  for (const [path, { code, list }] of Object.entries(codes)) {
    const [field, component] = path.split('.');
    if (field === tag && component) limited[component] = { code, list: list.split(' ') };
  }
  const isAgent = /^5[1-8][A-D]$/.test(tag);
  const text = help[tag] ?? (isAgent ? agentHelp : label);
  const judgedNames = new Set([...Object.keys(types), ...Object.keys(limited)]);
  const judged = [...judgedNames].map((name) => {
    const type = types[name];
    return { name, judge: type ? judges[type] : null, limit: limited[name] ?? null };
  });
  return Object.freeze({ tag, label, help: text, formats, types, judged, codes: limited });
}

function catalogue(): ReadonlyMap<string, FieldDefinition> {
  const all = new Map<string, FieldDefinition>();
  for (const row of source.trim().replaceAll('\n  ', ' ').split('\n')) {
    const [tag, label, format, components] = splitRow(row);
    all.set(oneString(tag), define(tag, label, format, components));
  }
  for (const [base, options, label] of agents) {
    for (const option of options) {
      const format = option === 'A' ? `${party}${bic}` : `${party}4*35x`;
      const names = option === 'A' ? 'mark account bic:bic' : 'mark account lines';
      all.set(oneString(base + option), define(base + option, label, format, names));
    }
  }
  return all;
}

/** The format may hold | itself, between < and >. */
function splitRow(row: string): [string, string, string, string] {
  const [tag, label, ...rest] = row.split(' | ');
  assert(tag && label && rest.length === 2, `malformed row of the catalogue: ${row}`);
  return [tag, label, rest[0] as string, rest[1] as string];
}

/** Every field we know, by tag. */
export const fieldDefinitions: ReadonlyMap<string, FieldDefinition> = catalogue();
