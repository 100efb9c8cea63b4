// Which MX each MT becomes, and which field each element comes from: data, in schema order.
import type { MxKindName } from './kinds.ts';
import type { MtSource } from './source.ts';

export type MxRow = readonly [kind: MxKindName, path: string, ...keys: string[]];

export interface MxMapping {
  /** MT type: "103". */
  readonly from: string;
  /** Validation flag the message must carry. */
  readonly flag?: string;
  readonly fits?: (source: MtSource) => boolean;
  /** Message definition identifier: "pacs.008.001.08". */
  readonly to: string;
  /** Business service of the header. */
  readonly service: string;
  /** Element under Document; the rows' paths begin there. */
  readonly root: string;
  readonly rows: readonly MxRow[];
}

const service = 'swift.cbprplus.03';
const returns = (source: MtSource) => /^\/RETN\//.test(source.field('72')?.value ?? '');
const rejects = (source: MtSource) => /^\/REJT\//.test(source.field('79')?.value ?? '');

const groupHeader: readonly MxRow[] = [
  ['text', 'GrpHdr/MsgId', '20'],
  ['createdAt', 'GrpHdr/CreDtTm'],
];
const oneTransaction: readonly MxRow[] = [...groupHeader, ['literal', 'GrpHdr/NbOfTxs', '1']];
const settled: readonly MxRow[] = [
  ...oneTransaction,
  ['settlement', 'GrpHdr/SttlmInf/SttlmMtd'],
  ['agent', 'GrpHdr/SttlmInf/InstgRmbrsmntAgt', '53a'],
  ['agent', 'GrpHdr/SttlmInf/InstdRmbrsmntAgt', '54a'],
  ['agent', 'GrpHdr/SttlmInf/ThrdRmbrsmntAgt', '55a'],
];

const at = 'CdtTrfTxInf';
const parties = (base: string): readonly MxRow[] => [
  ['bic', `${base}/InstgAgt/FinInstnId/BICFI`, 'sender'],
  ['bic', `${base}/InstdAgt/FinInstnId/BICFI`, 'receiver'],
];

const customerTransfer: readonly MxRow[] = [
  ...settled,
  ['text', `${at}/PmtId/InstrId`, '20'],
  ['codedOr', `${at}/PmtId/EndToEndId`, '70', 'ROC', 'NOTPROVIDED'],
  ['uetr', `${at}/PmtId/UETR`],
  ['money', `${at}/IntrBkSttlmAmt`, '32A'],
  ['date', `${at}/IntrBkSttlmDt`, '32A'],
  ['money', `${at}/InstdAmt`, '33B'],
  ['rate', `${at}/XchgRate`, '36'],
  ['bearer', `${at}/ChrgBr`],
  ['charges', `${at}/ChrgsInf`],
  ['coded', `${at}/PrvsInstgAgt1/FinInstnId/BICFI`, '72', 'INS'],
  ...parties(at),
  ['agent', `${at}/IntrmyAgt1`, '56a'],
  ['party', `${at}/Dbtr`, '50a'],
  ['agent', `${at}/DbtrAgt`, '52a'],
  ['agent', `${at}/CdtrAgt`, '57a'],
  ['party', `${at}/Cdtr`, '59a'],
  ['narrative', `${at}/RmtInf/Ustrd`, '70'],
];

const bankTransfer: readonly MxRow[] = [
  ...settled,
  ['text', `${at}/PmtId/InstrId`, '20'],
  ['text', `${at}/PmtId/EndToEndId`, '21'],
  ['uetr', `${at}/PmtId/UETR`],
  ['money', `${at}/IntrBkSttlmAmt`, '32A'],
  ['date', `${at}/IntrBkSttlmDt`, '32A'],
  ['coded', `${at}/PrvsInstgAgt1/FinInstnId/BICFI`, '72', 'INS'],
  ...parties(at),
  ['agent', `${at}/IntrmyAgt1`, '56a'],
  ['agentOrSender', `${at}/Dbtr`, '52a'],
  ['agent', `${at}/CdtrAgt`, '57a'],
  ['agent', `${at}/Cdtr`, '58a'],
];
const informed: readonly MxRow[] = [['codedLine', `${at}/RmtInf/Ustrd`, '72', 'BNF']];

const under = `${at}/UndrlygCstmrCdtTrf`;
const cover: readonly MxRow[] = [
  ['party', `${under}/Dbtr`, '50a@B'],
  ['agent', `${under}/DbtrAgt`, '52a@B'],
  ['agent', `${under}/IntrmyAgt1`, '56a@B'],
  ['agent', `${under}/CdtrAgt`, '57a@B'],
  ['party', `${under}/Cdtr`, '59a@B'],
  ['narrative', `${under}/RmtInf/Ustrd`, '70@B'],
  ['money', `${under}/InstdAmt`, '33B@B'],
];

const returnHead: readonly MxRow[] = [
  ...oneTransaction,
  ['settlement', 'GrpHdr/SttlmInf/SttlmMtd'],
  ['text', 'TxInf/RtrId', '20'],
  ['coded', 'TxInf/OrgnlInstrId', '72', 'MREF'],
  ['coded', 'TxInf/OrgnlEndToEndId', '72', 'TREF'],
  ['uetr', 'TxInf/OrgnlUETR'],
  ['money', 'TxInf/RtrdIntrBkSttlmAmt', '32A'],
  ['date', 'TxInf/IntrBkSttlmDt', '32A'],
  ['money', 'TxInf/RtrdInstdAmt', '33B'],
  ['bearer', 'TxInf/ChrgBr'],
  ['charges', 'TxInf/ChrgsInf'],
  ...parties('TxInf'),
];
const returnReason: readonly MxRow[] = [['reason', 'TxInf/RtrRsnInf', '72']];

const rejected = (name: string): readonly MxRow[] => [
  ...groupHeader,
  ['coded', 'TxInfAndSts/OrgnlGrpInf/OrgnlMsgId', '79', 'MREF'],
  ['literal', 'TxInfAndSts/OrgnlGrpInf/OrgnlMsgNmId', name],
  ['coded', 'TxInfAndSts/OrgnlInstrId', '79', 'MREF'],
  ['coded', 'TxInfAndSts/OrgnlEndToEndId', '79', 'TREF'],
  ['uetr', 'TxInfAndSts/OrgnlUETR'],
  ['literal', 'TxInfAndSts/TxSts', 'RJCT'],
  ['reason', 'TxInfAndSts/StsRsnInf', '79'],
  ...parties('TxInfAndSts'),
];

const assigned: readonly MxRow[] = [
  ['text', 'Assgnmt/Id', '20'],
  ['bic', 'Assgnmt/Assgnr/Agt/FinInstnId/BICFI', 'sender'],
  ['bic', 'Assgnmt/Assgne/Agt/FinInstnId/BICFI', 'receiver'],
  ['createdAt', 'Assgnmt/CreDtTm'],
];
const creator = (base: string): readonly MxRow[] => [
  ['literal', `${base}/Cretr/Agt/FinInstnId/Nm`, 'NOTPROVIDED'],
  ['literal', `${base}/Cretr/Agt/FinInstnId/PstlAdr/AdrLine`, 'NOTPROVIDED'],
];

const original = 'Undrlyg/TxInf';
const cancellation: readonly MxRow[] = [
  ...assigned,
  ['text', `${original}/Case/Id`, '20'],
  ...creator(`${original}/Case`),
  ['text', `${original}/OrgnlGrpInf/OrgnlMsgId`, '21'],
  ['messageName', `${original}/OrgnlGrpInf/OrgnlMsgNmId`, '11S'],
  ['midnight', `${original}/OrgnlGrpInf/OrgnlCreDtTm`, '11S'],
  ['text', `${original}/OrgnlInstrId`, '21'],
  ['literal', `${original}/OrgnlEndToEndId`, 'NOTPROVIDED'],
  ['uetr', `${original}/OrgnlUETR`],
  ['money', `${original}/OrgnlIntrBkSttlmAmt`, '32A'],
  ['date', `${original}/OrgnlIntrBkSttlmDt`, '32A'],
  ['firstCode', `${original}/CxlRsnInf/Rsn/Cd`, '79'],
  ['literal', `${original}/CxlRsnInf/AddtlInf`, 'NOTPROVIDED'],
];

const answered = 'CxlDtls/TxInfAndSts';
const resolution: readonly MxRow[] = [
  ...assigned,
  ['firstCode', 'Sts/Conf', '76'],
  ['text', `${answered}/CxlStsId`, '20'],
  ['text', `${answered}/RslvdCase/Id`, '21'],
  ...creator(`${answered}/RslvdCase`),
  ['literal', `${answered}/OrgnlGrpInf/OrgnlMsgId`, 'NOTPROVIDED'],
  ['messageName', `${answered}/OrgnlGrpInf/OrgnlMsgNmId`, '11a'],
  ['midnight', `${answered}/OrgnlGrpInf/OrgnlCreDtTm`, '11a'],
  ['uetr', `${answered}/OrgnlUETR`],
];

const unknownKind = (base: string): readonly MxRow[] => [
  ['literal', `${base}/BkTxCd/Prtry/Cd`, 'NOTPROVIDED'],
  ['literal', `${base}/BkTxCd/Prtry/Issr`, 'NOTPROVIDED'],
];

const details = 'Ntfctn/Ntry/NtryDtls/TxDtls';
const notice = (side: string): readonly MxRow[] => [
  ...groupHeader,
  ['text', 'Ntfctn/Id', '20'],
  ['account', 'Ntfctn/Acct', '25a'],
  ['literal', 'Ntfctn/Acct/Id/Othr/SchmeNm/Cd', 'BBAN'],
  ['component', 'Ntfctn/Acct/Ccy', '32A', 'currency'],
  ['literal', 'Ntfctn/Ntry/NtryRef', 'NOTPROVIDED'],
  ['money', 'Ntfctn/Ntry/Amt', '32A'],
  ['literal', 'Ntfctn/Ntry/CdtDbtInd', side],
  ['literal', 'Ntfctn/Ntry/Sts/Cd', 'BOOK'],
  ['moment', 'Ntfctn/Ntry/BookgDt/DtTm', '13D'],
  ['date', 'Ntfctn/Ntry/ValDt/Dt', '32A'],
  ...unknownKind('Ntfctn/Ntry'),
  ['text', `${details}/Refs/InstrId`, '21'],
  ['text', `${details}/Refs/EndToEndId`, '21'],
  ['money', `${details}/Amt`, '32A'],
  ['literal', `${details}/CdtDbtInd`, side],
  ['party', `${details}/RltdPties/Dbtr/Pty`, '50a', `${details}/RltdPties/DbtrAcct`],
  ['agent', `${details}/RltdPties/Dbtr/Agt`, '52a'],
  ['agent', `${details}/RltdAgts/IntrmyAgt1`, '56a'],
  ['date', `${details}/RltdDts/IntrBkSttlmDt`, '32A'],
];

const statement: readonly MxRow[] = [
  ...groupHeader,
  ['text', 'Stmt/Id', '20'],
  ['page', 'Stmt'],
  ['account', 'Stmt/Acct', '25a'],
  ['component', 'Stmt/Acct/Ccy', '60a', 'currency'],
  ['balance', 'Stmt', '60a', 'OPBD'],
  ['balance', 'Stmt', '62a', 'CLBD'],
  ['balance', 'Stmt', '64', 'CLAV'],
  ['entries', 'Stmt', '60a'],
];

const record = 'Chrgs/PerTx/Rcrd';
const chargesRequest: readonly MxRow[] = [
  ...groupHeader,
  ['coded', 'GrpHdr/ChrgsRqstr/FinInstnId/BICFI', '72', 'CHRQ'],
  ['text', 'Chrgs/PerTx/ChrgsId', '20'],
  ['text', `${record}/UndrlygTx/InstrId`, '21'],
  ['literal', `${record}/UndrlygTx/MsgNmId`, 'pacs.008.001.08'],
  ['uetr', `${record}/UndrlygTx/UETR`],
  ['literal', `${record}/TtlChrgsPerRcrd/NbOfChrgsBrkdwnItms`, '1'],
  ['money', `${record}/TtlChrgsPerRcrd/TtlChrgsAmt`, '32B'],
  ['literal', `${record}/TtlChrgsPerRcrd/CdtDbtInd`, 'DBIT'],
  ['charge', `${record}/ChrgsBrkdwn`, '71B'],
  ['agent', `${record}/DbtrAgt`, '52a'],
];

const stopCheque: readonly MxRow[] = [
  ...groupHeader,
  ['literal', 'GrpHdr/NbOfChqs', '1'],
  ['text', 'Chq/InstrId', '20'],
  ['literal', 'Chq/OrgnlInstrId', 'NOTPROVIDED'],
  ['text', 'Chq/ChqNb', '21'],
  ['date', 'Chq/IsseDt', '30'],
  ['money', 'Chq/Amt', '32B'],
  ['numbered', 'Chq/Pyee', '59a'],
  ['literal', 'Chq/Pyee/Id/OrgId/Othr/Id', 'NOTPROVIDED'],
  ['chequeReason', 'Chq/ChqCxlOrStopRsn/Rsn/Cd', '75'],
];

const debit = 'DrctDbtTxInf';
const customerDebit: readonly MxRow[] = [
  ...oneTransaction,
  ['literal', 'GrpHdr/SttlmInf/SttlmMtd', 'INDA'],
  ['text', `${debit}/PmtId/InstrId`, '20'],
  ['text', `${debit}/PmtId/EndToEndId`, '21'],
  ['uetr', `${debit}/PmtId/UETR`],
  ['component', `${debit}/PmtTpInf/CtgyPurp/Cd`, '23E', 'code'],
  ['money', `${debit}/IntrBkSttlmAmt`, '32B'],
  ['date', `${debit}/IntrBkSttlmDt`, '30'],
  ['money', `${debit}/InstdAmt`, '33B'],
  ['bearer', `${debit}/ChrgBr`],
  ['date', `${debit}/ReqdColltnDt`, '30'],
  ['text', `${debit}/DrctDbtTx/MndtRltdInf/MndtId`, '21C'],
  ['party', `${debit}/Cdtr`, '50a'],
  ['agent', `${debit}/CdtrAgt`, '52a'],
  ...parties(debit),
  ['party', `${debit}/Dbtr`, '59a'],
  ['agent', `${debit}/DbtrAgt`, '57a'],
];

const instruction = 'CdtInstr';
const drawn = `${instruction}/DrctDbtTxInf`;
const bankDebit: readonly MxRow[] = [
  ...oneTransaction,
  ['text', `${instruction}/CdtId`, '20'],
  ...parties(instruction),
  ['agent', `${instruction}/CdtrAgt`, '57a'],
  ['agentOrReceiver', `${instruction}/Cdtr`, '58a'],
  ['text', `${drawn}/PmtId/InstrId`, '20#2'],
  ['text', `${drawn}/PmtId/EndToEndId`, '21'],
  ['uetr', `${drawn}/PmtId/UETR`],
  ['money', `${drawn}/IntrBkSttlmAmt`, '32B'],
  ['date', `${drawn}/IntrBkSttlmDt`, '30'],
  ['agent', `${drawn}/Dbtr`, '53a'],
];

const pacs008 = { to: 'pacs.008.001.08', service, root: 'FIToFICstmrCdtTrf' };
const pacs009 = { to: 'pacs.009.001.08', service, root: 'FICdtTrf' };
const pacs004 = { to: 'pacs.004.001.09', service, root: 'PmtRtr' };
const pacs002 = { to: 'pacs.002.001.10', service, root: 'FIToFIPmtStsRpt' };
const camt056 = { to: 'camt.056.001.08', service, root: 'FIToFIPmtCxlReq', rows: cancellation };
const camt029 = { to: 'camt.029.001.09', service, root: 'RsltnOfInvstgtn', rows: resolution };
const camt053 = { to: 'camt.053.001.08', service, root: 'BkToCstmrStmt', rows: statement };
const camt054 = { to: 'camt.054.001.08', service, root: 'BkToCstmrDbtCdtNtfctn' };

const bankReturn: readonly MxRow[] = [
  ...returnHead,
  ['agent', 'TxInf/RtrChain/Dbtr/Agt', '52a'],
  ['agent', 'TxInf/RtrChain/CdtrAgt', '57a'],
  ['agent', 'TxInf/RtrChain/Cdtr/Agt', '58a'],
  ...returnReason,
];
const customerReturn: readonly MxRow[] = [
  ...returnHead,
  ['party', 'TxInf/RtrChain/Dbtr/Pty', '50a'],
  ['agent', 'TxInf/RtrChain/DbtrAgt', '52a'],
  ['agent', 'TxInf/RtrChain/CdtrAgt', '57a'],
  ['party', 'TxInf/RtrChain/Cdtr/Pty', '59a'],
  ...returnReason,
];
const isAdvice = (source: MtSource) => Boolean(source.field('53a') && source.field('54a'));

/** Every mapping, first fit first. */
export const mxMappings: readonly MxMapping[] = [
  { from: '103', fits: returns, ...pacs004, rows: customerReturn },
  { from: '103', ...pacs008, rows: customerTransfer },
  ...['202', '205'].flatMap((from): MxMapping[] => [
    {
      from,
      flag: 'COV',
      ...pacs009,
      service: 'swift.cbprplus.cov.03',
      rows: [...bankTransfer, ...cover],
    },
    { from, fits: returns, ...pacs004, rows: bankReturn },
    {
      from,
      fits: isAdvice,
      ...pacs009,
      service: 'swift.cbprplus.adv.03',
      rows: [...bankTransfer, ...informed],
    },
    { from, ...pacs009, rows: [...bankTransfer, ...informed] },
  ]),
  { from: '199', fits: rejects, ...pacs002, rows: rejected('MT199') },
  { from: '299', fits: rejects, ...pacs002, rows: rejected('MT299') },
  { from: '192', ...camt056 },
  { from: '292', ...camt056 },
  { from: '196', ...camt029 },
  { from: '296', ...camt029 },
  { from: '900', ...camt054, rows: notice('DBIT') },
  { from: '910', ...camt054, rows: notice('CRDT') },
  { from: '940', ...camt053 },
  { from: '950', ...camt053 },
  {
    from: '191',
    to: 'camt.106.001.02',
    service: 'swift.cbprplus.01',
    root: 'ChrgsPmtReq',
    rows: chargesRequest,
  },
  { from: '111', to: 'camt.108.001.01', service, root: 'ChqCxlOrStopReq', rows: stopCheque },
  { from: '107', to: 'pacs.003.001.08', service, root: 'FIToFICstmrDrctDbt', rows: customerDebit },
  { from: '204', to: 'pacs.010.001.03', service, root: 'FIDrctDbt', rows: bankDebit },
];
