// Breaks each rule of the SEPA schemes once, and sees that the right one speaks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildMessage } from '../../iso20022/build.ts';
import { checkMessage } from '../../iso20022/check.ts';
import type { Value, Values } from '../../iso20022/values.ts';
import { messageDefinition } from '../definitions.ts';
import { findProfile } from './index.ts';

const date = '2026-11-21';

type Loose = Record<string, unknown>;

function judge(id: string, profile: string, values: Loose): readonly string[] {
  const { xml, errors } = buildMessage(messageDefinition(id), values as unknown as Values);
  assert.deepEqual(errors, []);
  const checked = checkMessage(xml, { profiles: [findProfile(profile, date)], date });
  return [...new Set(checked.errors.map(({ code }) => code))].sort();
}

/** Changes one value deep inside; undefined removes it. */
function change(values: Loose, path: string, value: Value | undefined): Loose {
  const copy = structuredClone(values);
  const tags = path.split('/');
  let at = copy as Loose;
  for (const tag of tags.slice(0, -1)) {
    at[tag] ??= {};
    const next = at[tag] as Loose | readonly Loose[];
    at = (Array.isArray(next) ? next[0] : next) as Loose;
  }
  const last = tags.at(-1) as string;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

const transfer = {
  PmtId: { EndToEndId: 'E2E-1' },
  Amt: { InstdAmt: { Ccy: 'EUR', value: '12.50' } },
  CdtrAgt: { FinInstnId: { BICFI: 'BNPAFRPP' } },
  Cdtr: { Nm: 'Dupont et fils', PstlAdr: { TwnNm: 'Paris', Ctry: 'FR' } },
  CdtrAcct: { Id: { IBAN: 'FR1420041010050500013M02606' } },
  RmtInf: { Ustrd: ['Invoice 1'] },
};

const order: Loose = {
  CstmrCdtTrfInitn: {
    GrpHdr: {
      MsgId: 'M-1',
      CreDtTm: '2026-11-21T10:00:00Z',
      NbOfTxs: '1',
      CtrlSum: '12.5',
      InitgPty: { Nm: 'Muster GmbH' },
    },
    PmtInf: [
      {
        PmtInfId: 'P-1',
        PmtMtd: 'TRF',
        PmtTpInf: { SvcLvl: [{ Cd: 'SEPA' }] },
        ReqdExctnDt: { Dt: '2026-11-23' },
        Dbtr: { Nm: 'Muster GmbH' },
        DbtrAcct: { Id: { IBAN: 'DE89370400440532013000' } },
        DbtrAgt: { FinInstnId: { BICFI: 'COBADEFFXXX' } },
        ChrgBr: 'SLEV',
        CdtTrfTxInf: [transfer],
      },
    ],
  },
};

const payment = 'CstmrCdtTrfInitn/PmtInf';
const tx = `${payment}/CdtTrfTxInf`;

const brokenOrders: readonly (readonly [string, Value | undefined, string])[] = [
  [`${tx}/Amt/InstdAmt`, { Ccy: 'USD', value: '12.50' }, 'sct:EUR'],
  [`${tx}/Amt/InstdAmt`, { Ccy: 'EUR', value: '12.505' }, 'sct:AMOUNT'],
  [`${tx}/Amt/InstdAmt`, { Ccy: 'EUR', value: '0' }, 'sct:AMOUNT'],
  [`${payment}/ChrgBr`, 'SHAR', 'sct:CHARGES'],
  [`${payment}/PmtTpInf/SvcLvl`, [{ Cd: 'URGP' }], 'sct:SERVICE'],
  [`${payment}/Dbtr/Nm`, undefined, 'sct:DEBTOR'],
  [`${tx}/CdtrAcct/Id`, { Othr: { Id: '12345' } }, 'sct:CREDITOR'],
  [`${tx}/Cdtr/Nm`, 'x'.repeat(71), 'sct:NAME'],
  [`${tx}/Cdtr/Nm`, 'Dupont & fils', 'sct:CHARACTERS'],
  [`${tx}/Cdtr/PstlAdr`, { AdrLine: ['1 rue de la Paix', 'Paris'] }, 'sct:ADDRESS'],
  [`${tx}/Cdtr/PstlAdr/AdrLine`, ['1 rue, 75002 Paris'], 'sct:ADDRESS-REPEATS'],
  [`${tx}/Cdtr/PstlAdr/AdrLine`, ['one', 'two', 'three'], 'sct:ADDRESS'],
  [`${tx}/PmtId/EndToEndId`, '/E2E', 'sct:SLASH'],
  [`${tx}/RmtInf/Ustrd`, ['one', 'two'], 'sct:DETAILS-ONCE'],
  [`${tx}/CdtrAcct/Id/IBAN`, 'FR1420041010050500013M02607', 'sct:VAL-IBAN'],
  ['CstmrCdtTrfInitn/GrpHdr/NbOfTxs', '2', 'sct:COUNT'],
  ['CstmrCdtTrfInitn/GrpHdr/CtrlSum', '12.51', 'sct:SUM'],
];

test('a right SEPA transfer is clean, and each way of breaking it is named', () => {
  assert.deepEqual(judge('pain.001.001.09', 'sepa-sct', order), []);
  for (const [path, value, code] of brokenOrders) {
    const found = judge('pain.001.001.09', 'sepa-sct', change(order, path, value));
    assert.ok(found.includes(code), `${path}: ${found.join(' ')} without ${code}`);
  }
});

test('an instant transfer says so', () => {
  assert.deepEqual(judge('pain.001.001.09', 'sepa-inst', order), ['inst:INSTANT']);
  const instant = change(order, `${payment}/PmtTpInf/LclInstrm`, { Cd: 'INST' });
  assert.deepEqual(judge('pain.001.001.09', 'sepa-inst', instant), []);
});

const collection: Loose = {
  CstmrDrctDbtInitn: {
    GrpHdr: {
      MsgId: 'M-2',
      CreDtTm: '2026-11-21T10:00:00Z',
      NbOfTxs: '1',
      CtrlSum: '30.00',
      InitgPty: { Nm: 'Muster GmbH' },
    },
    PmtInf: [
      {
        PmtInfId: 'P-2',
        PmtMtd: 'DD',
        PmtTpInf: { SvcLvl: [{ Cd: 'SEPA' }], LclInstrm: { Cd: 'CORE' }, SeqTp: 'RCUR' },
        ReqdColltnDt: '2026-11-25',
        Cdtr: { Nm: 'Muster GmbH' },
        CdtrAcct: { Id: { IBAN: 'DE89370400440532013000' } },
        CdtrAgt: { FinInstnId: { BICFI: 'COBADEFFXXX' } },
        ChrgBr: 'SLEV',
        CdtrSchmeId: {
          Id: { PrvtId: { Othr: [{ Id: 'DE98ZZZ09999999999', SchmeNm: { Prtry: 'SEPA' } }] } },
        },
        DrctDbtTxInf: [
          {
            PmtId: { EndToEndId: 'E2E-2' },
            InstdAmt: { Ccy: 'EUR', value: '30' },
            DrctDbtTx: { MndtRltdInf: { MndtId: 'MNDT-1', DtOfSgntr: '2025-01-02' } },
            DbtrAgt: { FinInstnId: { BICFI: 'BNPAFRPP' } },
            Dbtr: { Nm: 'Dupont et fils' },
            DbtrAcct: { Id: { IBAN: 'FR1420041010050500013M02606' } },
          },
        ],
      },
    ],
  },
};

const debits = 'CstmrDrctDbtInitn/PmtInf';
const debit = `${debits}/DrctDbtTxInf`;
const mandate = `${debit}/DrctDbtTx/MndtRltdInf`;

const brokenDebits: readonly (readonly [string, Value | undefined, string])[] = [
  [`${mandate}/MndtId`, undefined, 'core:MANDATE'],
  [`${mandate}/DtOfSgntr`, undefined, 'core:MANDATE'],
  [`${mandate}/AmdmntInd`, 'true', 'core:AMENDMENT'],
  [`${debits}/PmtTpInf/SeqTp`, undefined, 'core:TYPE'],
  [`${debits}/PmtTpInf/SeqTp`, 'RPRE', 'core:SEQUENCE'],
  [`${debits}/PmtTpInf/LclInstrm/Cd`, 'B2B', 'core:INSTRUMENT'],
  [`${debits}/ReqdColltnDt`, '2026-11-21', 'core:LEAD-TIME'],
  [`${debits}/ReqdColltnDt`, '2026-12-24', 'core:LEAD-TIME'],
  [`${debits}/CdtrSchmeId`, undefined, 'core:CREDITOR-ID-NEEDED'],
  [`${debits}/CdtrSchmeId/Id/PrvtId/Othr/Id`, 'DE97ZZZ09999999999', 'core:CREDITOR-ID'],
];

test('a right collection is clean, and each way of breaking mandate, sequence and dates is named', () => {
  assert.deepEqual(judge('pain.008.001.08', 'sepa-core', collection), []);
  for (const [path, value, code] of brokenDebits) {
    const found = judge('pain.008.001.08', 'sepa-core', change(collection, path, value));
    assert.ok(found.includes(code), `${path}: ${found.join(' ')} without ${code}`);
  }
  assert.deepEqual(judge('pain.008.001.08', 'sepa-b2b', collection), ['b2b:INSTRUMENT']);
});

/** Sent on, due on, whether in time: a day of T2 between them, holidays and weekends passed over. */
const leadTimes: readonly (readonly [string, string, boolean])[] = [
  ['2026-11-19', '2026-11-20', true],
  ['2026-11-20', '2026-11-20', false],
  ['2026-11-20', '2026-11-21', true],
  ['2026-11-20', '2026-11-23', true],
  ['2026-11-21', '2026-11-23', false],
  ['2026-11-21', '2026-11-24', true],
  ['2026-12-24', '2026-12-25', true],
  ['2026-12-24', '2026-12-28', true],
  ['2026-12-25', '2026-12-28', false],
  ['2026-12-25', '2026-12-29', true],
  ['2026-12-31', '2027-01-04', true],
  ['2027-01-01', '2027-01-04', false],
  ['2026-04-02', '2026-04-07', true],
  ['2026-04-03', '2026-04-07', false],
  ['2026-04-30', '2026-05-04', true],
  ['2026-11-09', '2026-11-23', true],
  ['2026-11-09', '2026-11-24', false],
];

test('the lead time of a collection counts business days of T2, and at most 14 calendar days', () => {
  for (const [sent, due, isRight] of leadTimes) {
    const dated = change(collection, 'CstmrDrctDbtInitn/GrpHdr/CreDtTm', `${sent}T10:00:00Z`);
    const given = change(dated, `${debits}/ReqdColltnDt`, due);
    const expected = isRight ? [] : ['core:LEAD-TIME'];
    assert.deepEqual(judge('pain.008.001.08', 'sepa-core', given), expected, `${sent} to ${due}`);
  }
});
