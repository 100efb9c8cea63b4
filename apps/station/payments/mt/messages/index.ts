// Every MT we know, as data: fields in their order with options and occurrence, and the rules.
import { type MessageDefinition, readItems } from '../definition.ts';
import type { Rule } from '../rule.ts';
import { customerTransferRules, straightThroughRules } from '../rules/mt103.ts';
import {
  bankTransferRules,
  cancellationRules,
  coverRules,
  customerStatementRules,
  interimReportRules,
  orderingPartyRules,
  statementRules,
} from '../rules/others.ts';

const customerTransfer = '20 13C* 23B 23E* 26T? 32A 33B? 36? 50a:AFK';
const transferParties = '51A? 52a?:AD 53a?:ABD 54a?:ABD 55a?:ABD 56a?:ACD 57a?:ABCD 59a:_AF';
const charges = '71A 71F* 71G? 72? 77B?';
const bankTransfer = '20 21 13C* 32A';
const covered = 'B( 50a:AFK 52a?:AD 56a?:ACD 57a?:ABCD 59a:_AF 70? 72? 33B? )';
const line = '( 61 86? )*';
const transferBanks = '53a?:ABD 54a?:ABD 56a?:AD 57a?:ABD 58a:AD 72?';
const domesticBanks = '53a?:ABD 56a?:AD 57a?:ABD 58a:AD 72?';

const rows: readonly (readonly [string, string, string, readonly Rule[]])[] = [
  [
    '103',
    'Single customer credit transfer',
    `${customerTransfer} ${transferParties} 70? ${charges}`,
    customerTransferRules,
  ],
  [
    '103.STP',
    'Single customer credit transfer, straight through',
    `${customerTransfer} 52A? 53a?:AB 54A? 55A? 56A? 57A? 59a:_AF 70? ${charges}`,
    [...customerTransferRules, ...straightThroughRules],
  ],
  [
    '103.REMIT',
    'Single customer credit transfer with remittance data',
    `${customerTransfer} ${transferParties} ${charges} 77T`,
    customerTransferRules,
  ],
  ['202', 'General bank transfer', `${bankTransfer} 52a?:AD ${transferBanks}`, bankTransferRules],
  [
    '202.COV',
    'General bank transfer, cover of a customer transfer',
    `A( ${bankTransfer} 52a?:AD ${transferBanks} ) ${covered}`,
    [...bankTransferRules, ...coverRules],
  ],
  ['205', 'Bank transfer execution', `${bankTransfer} 52a:AD ${domesticBanks}`, bankTransferRules],
  [
    '205.COV',
    'Bank transfer execution, cover of a customer transfer',
    `A( ${bankTransfer} 52a:AD ${domesticBanks} ) ${covered}`,
    [...bankTransferRules, ...coverRules],
  ],
  ['210', 'Notice to receive', '20 25? 30 ( 21 32B 50a?:_CF 52a?:AD 56a?:AD )+', []],
  ['900', 'Confirmation of debit', '20 21 25a:_P 13D? 32A 52a?:AD 72?', []],
  [
    '910',
    'Confirmation of credit',
    '20 21 25a:_P 13D? 32A 50a?:AFK 52a?:AD 56a?:AD 72?',
    orderingPartyRules,
  ],
  [
    '940',
    'Customer statement',
    `20 21? 25a:_P 28C 60a:FM ${line} 62a:FM 64? 65* 86?`,
    customerStatementRules,
  ],
  [
    '942',
    'Interim transaction report',
    `20 21? 25a:_P 28C 34F 34F? 13D ${line} 90D? 90C? 86?`,
    interimReportRules,
  ],
  ['950', 'Statement', '20 25 28C 60a:FM 61* 62a:FM 64?', statementRules],
  ...(['1', '2'] as const).flatMap(
    (category) =>
      [
        [`${category}92`, 'Request for cancellation', '20 21 11S 79? copy', cancellationRules],
        [`${category}96`, 'Answers', '20 21 76 77A? 11a?:RS 79? copy', []],
        [`${category}99`, 'Free format message', '20 21? 79', []],
      ] as const,
  ),
];

/** The definitions by id: "103", "103.STP", "202.COV". */
export const messageDefinitions: ReadonlyMap<string, MessageDefinition> = new Map(
  rows.map(([id, label, notation, rules]) => [
    id,
    Object.freeze({ id, label, items: readItems(notation), rules }),
  ]),
);
