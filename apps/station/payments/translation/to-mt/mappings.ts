// Which MT each MX message becomes, and which path each field comes from: data.
import type { MxSource } from '../tree.ts';
import type { KindName } from './kinds.ts';

export type Row = readonly [kind: KindName, tag: string, ...paths: string[]];

export interface MtMapping {
  /** Message and version family: "pacs.008". */
  readonly from: string;
  /**
   * Whether the mapping fits this message; several may share `from`, the first that fits is
   * taken.
   */
  readonly fits?: (document: MxSource) => boolean;
  readonly to: string;
  /** Validation flag of block 3, such as COV. */
  readonly flag?: string;
  /** Path from Document to what the rows read from. */
  readonly at: string;
  /** Path of the UETR from there, "" when block 3 carries none. */
  readonly uetr: string;
  readonly rows: readonly Row[];
}

const uetr = 'PmtId/UETR';

const customerTransfer: readonly Row[] = [
  ['reference', '20', 'PmtId/InstrId', 'Document/FIToFICstmrCdtTrf/GrpHdr/MsgId'],
  ['literal', '23B', 'CRED'],
  ['datedAmount', '32A', 'IntrBkSttlmDt', 'IntrBkSttlmAmt'],
  ['instructedAmount', '33B', 'InstdAmt', 'IntrBkSttlmAmt'],
  ['rate', '36', 'XchgRate'],
  ['party', '50', 'Dbtr'],
  ['agent', '52', 'DbtrAgt'],
  ['agent', '53', 'Document/FIToFICstmrCdtTrf/GrpHdr/SttlmInf/InstgRmbrsmntAgt'],
  ['agent', '54', 'Document/FIToFICstmrCdtTrf/GrpHdr/SttlmInf/InstdRmbrsmntAgt'],
  ['agent', '55', 'Document/FIToFICstmrCdtTrf/GrpHdr/SttlmInf/ThrdRmbrsmntAgt'],
  ['agent', '56', 'IntrmyAgt1'],
  ['agent', '57', 'CdtrAgt'],
  ['party', '59', 'Cdtr'],
  ['remittance', '70', 'PmtId/EndToEndId', 'RmtInf'],
  ['bearer', '71A'],
  ['charges', '71F'],
  ['bankToBank', '72', 'PrvsInstgAgt1', 'PrvsInstgAgt2', 'PrvsInstgAgt3'],
];

const bankTransfer: readonly Row[] = [
  ['reference', '20', 'PmtId/InstrId', 'Document/FICdtTrf/GrpHdr/MsgId'],
  ['reference', '21', 'PmtId/EndToEndId'],
  ['datedAmount', '32A', 'IntrBkSttlmDt', 'IntrBkSttlmAmt'],
  ['agent', '52', 'Dbtr'],
  ['agent', '56', 'IntrmyAgt1'],
  ['agent', '57', 'CdtrAgt'],
  ['agent', '58', 'Cdtr'],
  ['bankToBank', '72', 'DbtrAgt', 'PrvsInstgAgt1', 'PrvsInstgAgt2', 'PrvsInstgAgt3'],
];

const underlying = 'UndrlygCstmrCdtTrf';
const cover: readonly Row[] = [
  ['party', '50', `${underlying}/Dbtr`],
  ['agent', '52', `${underlying}/DbtrAgt`],
  ['agent', '56', `${underlying}/IntrmyAgt1`],
  ['agent', '57', `${underlying}/CdtrAgt`],
  ['party', '59', `${underlying}/Cdtr`],
  ['remittance', '70', `${underlying}/none`, `${underlying}/RmtInf`],
];

const returnHead: readonly Row[] = [
  ['reference', '20', 'Document/PmtRtr/GrpHdr/MsgId'],
  ['reference', '21', 'OrgnlEndToEndId'],
  ['datedAmount', '32A', 'IntrBkSttlmDt', 'RtrdIntrBkSttlmAmt'],
  ['agent', '52', 'RtrChain/Dbtr/Agt'],
  ['agent', '57', 'RtrChain/CdtrAgt'],
  ['agent', '58', 'RtrChain/Cdtr/Agt'],
  ['return', '72'],
];

const customerReturn: readonly Row[] = [
  ['reference', '20', 'Document/PmtRtr/GrpHdr/MsgId'],
  ['literal', '23B', 'CRED'],
  ['datedAmount', '32A', 'IntrBkSttlmDt', 'RtrdIntrBkSttlmAmt'],
  ['instructedAmount', '33B', 'RtrdInstdAmt', 'RtrdIntrBkSttlmAmt'],
  ['party', '50', 'RtrChain/Dbtr/Pty'],
  ['orderingAgent', '50A', 'RtrChain/Dbtr/Agt'],
  ['agent', '52', 'RtrChain/DbtrAgt'],
  ['agent', '57', 'RtrChain/CdtrAgt'],
  ['party', '59', 'RtrChain/Cdtr/Pty'],
  ['bearer', '71A'],
  ['return', '72'],
];

const rejection: readonly Row[] = [
  ['reference', '20', 'Document/FIToFIPmtStsRpt/GrpHdr/MsgId'],
  ['reference', '21', 'OrgnlInstrId', 'OrgnlGrpInf/OrgnlMsgId'],
  ['rejection', '79'],
];

const returnOf = 'PmtRtr/TxInf/OrgnlGrpInf/OrgnlMsgNmId';
const statusOf = 'FIToFIPmtStsRpt/TxInfAndSts/OrgnlGrpInf/OrgnlMsgNmId';
const is = (path: string, form: RegExp) => (document: MxSource) => form.test(document.text(path));

const refs = 'Ntry/NtryDtls/TxDtls/Refs';
const notice: readonly Row[] = [
  ['reference', '20', 'Document/BkToCstmrDbtCdtNtfctn/GrpHdr/MsgId'],
  ['reference', '21', `${refs}/InstrId`, `${refs}/EndToEndId`],
  ['account', '25', 'Acct'],
  ['datedAmount', '32A', 'Ntry/ValDt/Dt', 'Ntry/Amt'],
];
const related = 'Ntry/NtryDtls/TxDtls';

const cheque: readonly Row[] = [
  ['reference', '20', 'InstrId'],
  ['reference', '21', 'ChqNb'],
  ['date', '30', 'IsseDt'],
  ['amount', '32B', 'Amt'],
];

const charge = (document: string): readonly Row[] => [
  ['reference', '20', 'ChrgsId'],
  ['reference', '21', 'Rcrd/UndrlygTx/InstrId', 'Rcrd/UndrlygTx/EndToEndId'],
  ['rootAccount', '25', `Document/${document}/GrpHdr/ChrgsAcct`],
  ['chargeTotal', '32'],
  ['agent', '52', 'Rcrd/DbtrAgt'],
  ['chargeDetails', '71B'],
  ['requester', '72', `Document/${document}/GrpHdr/ChrgsRqstr`],
];
const chargeUetr = 'Rcrd/UndrlygTx/UETR';
const chargedMessage = 'Chrgs/PerTx/Rcrd/UndrlygTx/MsgNmId';

const statement = (page: string): readonly Row[] => [
  ['reference', '20', 'Id'],
  ['account', '25', 'Acct'],
  ['page', '28C', 'LglSeqNb', page],
];

/** Every mapping, first fit first. */
export const mtMappings: readonly MtMapping[] = [
  {
    from: 'pacs.008',
    to: '103',
    at: 'FIToFICstmrCdtTrf/CdtTrfTxInf',
    uetr,
    rows: customerTransfer,
  },
  {
    from: 'pacs.009',
    fits: (document) => document.has(`FICdtTrf/CdtTrfTxInf/${underlying}`),
    to: '202',
    flag: 'COV',
    at: 'FICdtTrf/CdtTrfTxInf',
    uetr,
    rows: [...bankTransfer, ...cover],
  },
  { from: 'pacs.009', to: '202', at: 'FICdtTrf/CdtTrfTxInf', uetr, rows: bankTransfer },
  {
    from: 'pacs.004',
    fits: is(returnOf, /^(pacs\.008|pacs\.003|MT10)/),
    to: '103',
    at: 'PmtRtr/TxInf',
    uetr: 'OrgnlUETR',
    rows: customerReturn,
  },
  {
    from: 'pacs.004',
    fits: is(returnOf, /^MT205/),
    to: '205',
    at: 'PmtRtr/TxInf',
    uetr: 'OrgnlUETR',
    rows: returnHead,
  },
  { from: 'pacs.004', to: '202', at: 'PmtRtr/TxInf', uetr: 'OrgnlUETR', rows: returnHead },
  {
    from: 'pacs.002',
    fits: is(statusOf, /^(pacs\.008|pacs\.003|MT10)/),
    to: '199',
    at: 'FIToFIPmtStsRpt/TxInfAndSts',
    uetr: 'OrgnlUETR',
    rows: rejection,
  },
  {
    from: 'pacs.002',
    to: '299',
    at: 'FIToFIPmtStsRpt/TxInfAndSts',
    uetr: 'OrgnlUETR',
    rows: rejection,
  },
  {
    from: 'camt.053',
    to: '940',
    at: 'BkToCstmrStmt/Stmt',
    uetr: '',
    rows: [
      ...statement('StmtPgntn/PgNb'),
      ['balance', '60F', 'OPBD'],
      ['entries', '61'],
      ['balance', '62F', 'CLBD'],
      ['balance', '64', 'CLAV'],
    ],
  },
  {
    from: 'camt.052',
    to: '942',
    at: 'BkToCstmrAcctRpt/Rpt',
    uetr: '',
    rows: [
      ...statement('RptPgntn/PgNb'),
      ['floorLimit', '34F', 'Acct/Ccy'],
      ['reportTime', '13D', 'Document/BkToCstmrAcctRpt/GrpHdr/CreDtTm'],
      ['entries', '61'],
    ],
  },
  {
    from: 'camt.054',
    fits: is('BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry/CdtDbtInd', /^DBIT$/),
    to: '900',
    at: 'BkToCstmrDbtCdtNtfctn/Ntfctn',
    uetr: '',
    rows: notice,
  },
  {
    from: 'camt.054',
    to: '910',
    at: 'BkToCstmrDbtCdtNtfctn/Ntfctn',
    uetr: '',
    rows: [
      ...notice,
      ['party', '50', `${related}/RltdPties/Dbtr/Pty`, `${related}/RltdPties/DbtrAcct`],
      ['agent', '52', `${related}/RltdAgts/DbtrAgt`],
      ['agent', '56', `${related}/RltdAgts/IntrmyAgt1`],
    ],
  },
  {
    from: 'camt.057',
    to: '210',
    at: 'NtfctnToRcv/Ntfctn',
    uetr: '',
    rows: [
      ['reference', '20', 'Document/NtfctnToRcv/GrpHdr/MsgId'],
      ['account', '25', 'Acct'],
      ['date', '30', 'Itm/XpctdValDt'],
      ['reference', '21', 'Itm/Id'],
      ['amount', '32B', 'Itm/Amt'],
      ['agent', '52', 'Dbtr/Agt'],
    ],
  },
  {
    from: 'camt.058',
    to: '292',
    at: 'NtfctnToRcvCxlAdvc/OrgnlNtfctn/OrgnlNtfctnRef',
    uetr: '',
    rows: [
      ['reference', '20', 'Document/NtfctnToRcvCxlAdvc/GrpHdr/MsgId'],
      ['reference', '21', 'OrgnlItm/OrgnlItmId'],
      ['original', '11S', '210', 'Document/NtfctnToRcvCxlAdvc/OrgnlNtfctn/OrgnlCreDtTm'],
      ['cancelReason', '79', 'Document/NtfctnToRcvCxlAdvc/CxlRsn/Rsn/Cd'],
      ['cancelReason', '79', 'Document/NtfctnToRcvCxlAdvc/OrgnlNtfctn/CxlRsn/Rsn/Cd'],
      ['amount', '32B', 'OrgnlItm/Amt'],
    ],
  },
  {
    from: 'camt.105',
    fits: is(`ChrgsPmtNtfctn/${chargedMessage}`, /^pacs\.00[38]/),
    to: '190',
    at: 'ChrgsPmtNtfctn/Chrgs/PerTx',
    uetr: chargeUetr,
    rows: charge('ChrgsPmtNtfctn'),
  },
  {
    from: 'camt.105',
    to: '290',
    at: 'ChrgsPmtNtfctn/Chrgs/PerTx',
    uetr: chargeUetr,
    rows: charge('ChrgsPmtNtfctn'),
  },
  {
    from: 'camt.106',
    fits: is(`ChrgsPmtReq/${chargedMessage}`, /^pacs\.00[38]/),
    to: '191',
    at: 'ChrgsPmtReq/Chrgs/PerTx',
    uetr: chargeUetr,
    rows: charge('ChrgsPmtReq'),
  },
  {
    from: 'camt.106',
    to: '291',
    at: 'ChrgsPmtReq/Chrgs/PerTx',
    uetr: chargeUetr,
    rows: charge('ChrgsPmtReq'),
  },
  {
    from: 'camt.107',
    to: '110',
    at: 'ChqPresntmntNtfctn/Chq',
    uetr: '',
    rows: [...cheque, ['party', '50', 'Pyer'], ['party', '59', 'Pyee']],
  },
  {
    from: 'camt.108',
    to: '111',
    at: 'ChqCxlOrStopReq/Chq',
    uetr: '',
    rows: [...cheque, ['numbered', '59', 'Pyee'], ['chequeReason', '75', 'ChqCxlOrStopRsn/Rsn/Cd']],
  },
  {
    from: 'camt.109',
    to: '112',
    at: 'ChqCxlOrStopRpt/Chq',
    uetr: '',
    rows: [
      ...cheque,
      ['numbered', '59', 'Pyee'],
      ['chequeState', '76', 'ChqCxlOrStopSts/Sts/Cd', 'ChqCxlOrStopSts/AddtlInf'],
    ],
  },
];
