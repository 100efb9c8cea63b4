// Which values a teller fills in for which message under which profile, and in which order; and
// what helps them.

/** What a form says of a value, by the last three tags of its path. */
export interface FieldHint {
  readonly label: string;
  readonly help: string;
  readonly isRequired?: boolean;
}

/** The words of the counter for the values it asks for. */
export const hints: Readonly<Record<string, FieldHint>> = {
  'CdtrAcct/Id/IBAN': {
    label: 'IBAN of the payee',
    help: 'First the IBAN: bank, country and currency follow from it.',
    isRequired: true,
  },
  'DbtrAcct/Id/IBAN': {
    label: 'Account to pay from',
    help: 'The IBAN of the customer at the counter.',
    isRequired: true,
  },
  'CdtTrfTxInf/Cdtr/Nm': {
    label: 'Name of the payee',
    help: 'As the payee writes it; at most 70 characters in SEPA.',
    isRequired: true,
  },
  'PmtInf/Dbtr/Nm': {
    label: 'Name of the payer',
    help: 'From the account; change it only where the account is held for another.',
    isRequired: true,
  },
  'CdtTrfTxInf/Dbtr/Nm': {
    label: 'Name of the payer',
    help: 'From the account; change it only where the account is held for another.',
    isRequired: true,
  },
  'Cdtr/PstlAdr/TwnNm': {
    label: "Payee's town",
    help: 'Needed with an address: lines of address alone are rejected since November 2026.',
  },
  'Cdtr/PstlAdr/Ctry': { label: "Payee's country", help: 'Two letters, such as FR.' },
  'CdtTrfTxInf/Amt/InstdAmt': { label: 'Amount', help: 'What is to be paid.', isRequired: true },
  'FIToFICstmrCdtTrf/CdtTrfTxInf/IntrBkSttlmAmt': {
    label: 'Amount',
    help: 'What the banks settle.',
    isRequired: true,
  },
  'CdtTrfTxInf/RmtInf/Ustrd': {
    label: 'What it is for',
    help: 'At most 140 characters: invoice, contract, names.',
  },
  'CdtTrfTxInf/PmtId/EndToEndId': {
    label: "Payer's reference",
    help: 'Comes to the payee unchanged; NOTPROVIDED where there is none.',
  },
  'PmtInf/ReqdExctnDt/Dt': { label: 'Pay on', help: 'A business day, today or later.' },
  'CdtrAgt/FinInstnId/BICFI': {
    label: "Payee's bank",
    help: 'The BIC; it follows from the IBAN where the country says so.',
  },
};

const order = 'CstmrCdtTrfInitn/PmtInf';
const transfer = `${order}/CdtTrfTxInf`;
const tx = 'FIToFICstmrCdtTrf/CdtTrfTxInf';
const institution = 'FICdtTrf/CdtTrfTxInf';
const debit = 'CstmrDrctDbtInitn/PmtInf/DrctDbtTxInf';
const recall = 'FIToFIPmtCxlReq/Undrlyg/TxInf';

const sepaOrder = [
  `${transfer}/CdtrAcct/Id/IBAN`,
  `${transfer}/Cdtr/Nm`,
  `${transfer}/Amt/InstdAmt`,
  `${transfer}/RmtInf/Ustrd`,
  `${order}/DbtrAcct/Id/IBAN`,
  `${transfer}/PmtId/EndToEndId`,
  `${order}/ReqdExctnDt/Dt`,
];

const crossBorder = [
  `${tx}/CdtrAcct/Id/IBAN`,
  `${tx}/CdtrAgt/FinInstnId/BICFI`,
  `${tx}/Cdtr/Nm`,
  `${tx}/Cdtr/PstlAdr/TwnNm`,
  `${tx}/Cdtr/PstlAdr/Ctry`,
  `${tx}/IntrBkSttlmAmt`,
  `${tx}/ChrgBr`,
  `${tx}/DbtrAcct/Id/IBAN`,
  `${tx}/Dbtr/Nm`,
  `${tx}/RmtInf/Ustrd`,
  `${tx}/PmtId/EndToEndId`,
];

const betweenBanks = [
  `${institution}/Cdtr/FinInstnId/BICFI`,
  `${institution}/CdtrAcct/Id/IBAN`,
  `${institution}/IntrBkSttlmAmt`,
  `${institution}/IntrBkSttlmDt`,
  `${institution}/Dbtr/FinInstnId/BICFI`,
  `${institution}/PmtId/EndToEndId`,
];

const collection = [
  `${debit}/DbtrAcct/Id/IBAN`,
  `${debit}/Dbtr/Nm`,
  `${debit}/InstdAmt`,
  `${debit}/DrctDbtTx/MndtRltdInf/MndtId`,
  `${debit}/DrctDbtTx/MndtRltdInf/DtOfSgntr`,
  'CstmrDrctDbtInitn/PmtInf/PmtTpInf/SeqTp',
  'CstmrDrctDbtInitn/PmtInf/ReqdColltnDt',
  `${debit}/RmtInf/Ustrd`,
];

const recalled = [
  `${recall}/OrgnlEndToEndId`,
  `${recall}/OrgnlTxId`,
  `${recall}/OrgnlUETR`,
  `${recall}/OrgnlIntrBkSttlmAmt`,
  `${recall}/CxlRsnInf/Rsn/Cd`,
  `${recall}/CxlRsnInf/AddtlInf`,
];

const views: Readonly<Record<string, readonly string[]>> = {
  'sepa-sct pain.001.001.09': sepaOrder,
  'sepa-inst pain.001.001.09': sepaOrder.slice(0, -1),
  'sepa-core pain.008.001.08': collection,
  'sepa-b2b pain.008.001.08': collection,
  'cbpr-plus pacs.008.001.08': crossBorder,
  'cbpr-plus pacs.009.001.08': betweenBanks,
  'hvps-plus pacs.008.001.08': crossBorder,
  'hvps-plus pacs.009.001.08': betweenBanks,
  ' pain.001.001.09': sepaOrder,
  ' camt.056.001.08': recalled,
};

/** The paths a form asks for; null where the message has no view, with or without the profile. */
export function formView(profileId: string | null, messageId: string): readonly string[] | null {
  return views[`${profileId ?? ''} ${messageId}`] ?? views[` ${messageId}`] ?? null;
}
