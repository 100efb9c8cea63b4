// Lists every message definition and every shelf of types, so that a message is added here and
// nowhere else.
import { camt026Types } from './camt-026.ts';
import { camt027Types } from './camt-027.ts';
import { camt028Types } from './camt-028.ts';
import { camt029Types } from './camt-029.ts';
import { camt052Types } from './camt-052.ts';
import { camt053Types } from './camt-053.ts';
import { camt054Types } from './camt-054.ts';
import { camt055Types } from './camt-055.ts';
import { camt056Types } from './camt-056.ts';
import { camt057Types } from './camt-057.ts';
import { camt060Types } from './camt-060.ts';
import { camt087Types } from './camt-087.ts';
import { codesTypes } from './codes.ts';
import { head001Types } from './head-001.ts';
import { mandatesTypes } from './mandates.ts';
import { pacs002Types } from './pacs-002.ts';
import { pacs003Types } from './pacs-003.ts';
import { pacs004Types } from './pacs-004.ts';
import { pacs007Types } from './pacs-007.ts';
import { pacs008Types } from './pacs-008.ts';
import { pacs009Types } from './pacs-009.ts';
import { pacs010Types } from './pacs-010.ts';
import { pacs028Types } from './pacs-028.ts';
import { pain001Types } from './pain-001.ts';
import { pain002Types } from './pain-002.ts';
import { pain007Types } from './pain-007.ts';
import { pain008Types } from './pain-008.ts';
import { partiesTypes } from './parties.ts';
import { paymentsTypes } from './payments.ts';
import { remittanceTypes } from './remittance.ts';
import { simpleTypes } from './simple.ts';

/**
 * A message as the standard names it: its root element, its message element and that element's
 * type.
 */
export interface MessageEntry {
  /** Message definition identifier: business area, functionality, variant, version. */
  readonly id: string;
  readonly root: 'Document' | 'AppHdr';
  /** The message element inside Document; '' for the header. */
  readonly tag: string;
  readonly type: string;
  /**
   * 'write': built and read. 'read': an older or newer version, or a neighbour, that is read and
   * judged.
   */
  readonly use: 'write' | 'read';
}

export const shelves: readonly string[] = [
  camt026Types,
  camt027Types,
  camt028Types,
  camt029Types,
  camt052Types,
  camt053Types,
  camt054Types,
  camt055Types,
  camt056Types,
  camt057Types,
  camt060Types,
  camt087Types,
  codesTypes,
  head001Types,
  mandatesTypes,
  pacs002Types,
  pacs003Types,
  pacs004Types,
  pacs007Types,
  pacs008Types,
  pacs009Types,
  pacs010Types,
  pacs028Types,
  pain001Types,
  pain002Types,
  pain007Types,
  pain008Types,
  partiesTypes,
  paymentsTypes,
  remittanceTypes,
  simpleTypes,
];

export const messageEntries: readonly MessageEntry[] = [
  {
    id: 'camt.026.001.07',
    root: 'Document',
    tag: 'UblToApply',
    type: 'UnableToApplyV07',
    use: 'read',
  },
  {
    id: 'camt.027.001.07',
    root: 'Document',
    tag: 'ClmNonRct',
    type: 'ClaimNonReceiptV07',
    use: 'read',
  },
  {
    id: 'camt.028.001.09',
    root: 'Document',
    tag: 'AddtlPmtInf',
    type: 'AdditionalPaymentInformationV09',
    use: 'read',
  },
  {
    id: 'camt.029.001.09',
    root: 'Document',
    tag: 'RsltnOfInvstgtn',
    type: 'ResolutionOfInvestigationV09',
    use: 'write',
  },
  {
    id: 'camt.029.001.11',
    root: 'Document',
    tag: 'RsltnOfInvstgtn',
    type: 'ResolutionOfInvestigationV11',
    use: 'read',
  },
  {
    id: 'camt.052.001.08',
    root: 'Document',
    tag: 'BkToCstmrAcctRpt',
    type: 'BankToCustomerAccountReportV08',
    use: 'write',
  },
  {
    id: 'camt.053.001.08',
    root: 'Document',
    tag: 'BkToCstmrStmt',
    type: 'BankToCustomerStatementV08',
    use: 'write',
  },
  {
    id: 'camt.054.001.08',
    root: 'Document',
    tag: 'BkToCstmrDbtCdtNtfctn',
    type: 'BankToCustomerDebitCreditNotificationV08',
    use: 'write',
  },
  {
    id: 'camt.055.001.08',
    root: 'Document',
    tag: 'CstmrPmtCxlReq',
    type: 'CustomerPaymentCancellationRequestV08',
    use: 'read',
  },
  {
    id: 'camt.056.001.08',
    root: 'Document',
    tag: 'FIToFIPmtCxlReq',
    type: 'FIToFIPaymentCancellationRequestV08',
    use: 'write',
  },
  {
    id: 'camt.056.001.10',
    root: 'Document',
    tag: 'FIToFIPmtCxlReq',
    type: 'FIToFIPaymentCancellationRequestV10',
    use: 'read',
  },
  {
    id: 'camt.057.001.06',
    root: 'Document',
    tag: 'NtfctnToRcv',
    type: 'NotificationToReceiveV06',
    use: 'read',
  },
  {
    id: 'camt.060.001.05',
    root: 'Document',
    tag: 'AcctRptgReq',
    type: 'AccountReportingRequestV05',
    use: 'read',
  },
  {
    id: 'camt.087.001.06',
    root: 'Document',
    tag: 'ReqToModfyPmt',
    type: 'RequestToModifyPaymentV06',
    use: 'read',
  },
  {
    id: 'head.001.001.01',
    root: 'AppHdr',
    tag: '',
    type: 'BusinessApplicationHeaderV01',
    use: 'read',
  },
  {
    id: 'head.001.001.02',
    root: 'AppHdr',
    tag: '',
    type: 'BusinessApplicationHeaderV02',
    use: 'write',
  },
  {
    id: 'head.001.001.03',
    root: 'AppHdr',
    tag: '',
    type: 'BusinessApplicationHeaderV03',
    use: 'read',
  },
  {
    id: 'pacs.002.001.10',
    root: 'Document',
    tag: 'FIToFIPmtStsRpt',
    type: 'FIToFIPaymentStatusReportV10',
    use: 'write',
  },
  {
    id: 'pacs.002.001.12',
    root: 'Document',
    tag: 'FIToFIPmtStsRpt',
    type: 'FIToFIPaymentStatusReportV12',
    use: 'read',
  },
  {
    id: 'pacs.003.001.08',
    root: 'Document',
    tag: 'FIToFICstmrDrctDbt',
    type: 'FIToFICustomerDirectDebitV08',
    use: 'read',
  },
  {
    id: 'pacs.004.001.09',
    root: 'Document',
    tag: 'PmtRtr',
    type: 'PaymentReturnV09',
    use: 'write',
  },
  { id: 'pacs.004.001.11', root: 'Document', tag: 'PmtRtr', type: 'PaymentReturnV11', use: 'read' },
  {
    id: 'pacs.007.001.09',
    root: 'Document',
    tag: 'FIToFIPmtRvsl',
    type: 'FIToFIPaymentReversalV09',
    use: 'read',
  },
  {
    id: 'pacs.008.001.08',
    root: 'Document',
    tag: 'FIToFICstmrCdtTrf',
    type: 'FIToFICustomerCreditTransferV08',
    use: 'write',
  },
  {
    id: 'pacs.008.001.10',
    root: 'Document',
    tag: 'FIToFICstmrCdtTrf',
    type: 'FIToFICustomerCreditTransferV10',
    use: 'read',
  },
  {
    id: 'pacs.009.001.08',
    root: 'Document',
    tag: 'FICdtTrf',
    type: 'FinancialInstitutionCreditTransferV08',
    use: 'write',
  },
  {
    id: 'pacs.009.001.10',
    root: 'Document',
    tag: 'FICdtTrf',
    type: 'FinancialInstitutionCreditTransferV10',
    use: 'read',
  },
  {
    id: 'pacs.010.001.03',
    root: 'Document',
    tag: 'FIDrctDbt',
    type: 'FinancialInstitutionDirectDebitV03',
    use: 'read',
  },
  {
    id: 'pacs.028.001.03',
    root: 'Document',
    tag: 'FIToFIPmtStsReq',
    type: 'FIToFIPaymentStatusRequestV03',
    use: 'write',
  },
  {
    id: 'pain.001.001.03',
    root: 'Document',
    tag: 'CstmrCdtTrfInitn',
    type: 'CustomerCreditTransferInitiationV03',
    use: 'read',
  },
  {
    id: 'pain.001.001.09',
    root: 'Document',
    tag: 'CstmrCdtTrfInitn',
    type: 'CustomerCreditTransferInitiationV09',
    use: 'write',
  },
  {
    id: 'pain.001.001.11',
    root: 'Document',
    tag: 'CstmrCdtTrfInitn',
    type: 'CustomerCreditTransferInitiationV11',
    use: 'read',
  },
  {
    id: 'pain.001.001.12',
    root: 'Document',
    tag: 'CstmrCdtTrfInitn',
    type: 'CustomerCreditTransferInitiationV12',
    use: 'read',
  },
  {
    id: 'pain.002.001.03',
    root: 'Document',
    tag: 'CstmrPmtStsRpt',
    type: 'CustomerPaymentStatusReportV03',
    use: 'read',
  },
  {
    id: 'pain.002.001.10',
    root: 'Document',
    tag: 'CstmrPmtStsRpt',
    type: 'CustomerPaymentStatusReportV10',
    use: 'write',
  },
  {
    id: 'pain.002.001.11',
    root: 'Document',
    tag: 'CstmrPmtStsRpt',
    type: 'CustomerPaymentStatusReportV11',
    use: 'read',
  },
  {
    id: 'pain.007.001.09',
    root: 'Document',
    tag: 'CstmrPmtRvsl',
    type: 'CustomerPaymentReversalV09',
    use: 'read',
  },
  {
    id: 'pain.008.001.02',
    root: 'Document',
    tag: 'CstmrDrctDbtInitn',
    type: 'CustomerDirectDebitInitiationV02',
    use: 'read',
  },
  {
    id: 'pain.008.001.08',
    root: 'Document',
    tag: 'CstmrDrctDbtInitn',
    type: 'CustomerDirectDebitInitiationV08',
    use: 'write',
  },
  {
    id: 'pain.008.001.11',
    root: 'Document',
    tag: 'CstmrDrctDbtInitn',
    type: 'CustomerDirectDebitInitiationV11',
    use: 'read',
  },
];
