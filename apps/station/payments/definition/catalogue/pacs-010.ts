// The ISO 20022 types that only pacs.010 uses, in the notation that ../notation.ts reads.

export const pacs010Types = `
CreditTransferTransaction38 = CdtId Max35Text, BtchBookg? BatchBookingIndicator, PmtTpInf?
  PaymentTypeInformation28, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate,
  SttlmTmIndctn? SettlementDateTimeIndication1, InstgAgt?
  BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, CdtrAgt?
  BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr
  BranchAndFinancialInstitutionIdentification6, CdtrAcct? CashAccount38, UltmtCdtr?
  BranchAndFinancialInstitutionIdentification6, InstrForCdtrAgt* InstructionForCreditorAgent2,
  DrctDbtTxInf+ DirectDebitTransactionInformation25, SplmtryData* SupplementaryData1
DirectDebitTransactionInformation25 = PmtId PaymentIdentification7, PmtTpInf?
  PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate,
  SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq?
  SettlementTimeRequest2, UltmtDbtr? BranchAndFinancialInstitutionIdentification6, Dbtr
  BranchAndFinancialInstitutionIdentification6, DbtrAcct? CashAccount38, DbtrAgt?
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, InstrForDbtrAgt?
  Max210Text, Purp? Purpose2Choice, RmtInf? RemittanceInformation2
FinancialInstitutionDirectDebitV03 = GrpHdr GroupHeader92, CdtInstr+
  CreditTransferTransaction38, SplmtryData* SupplementaryData1
GroupHeader92 = MsgId Max35Text, CreDtTm ISODateTime, NbOfTxs Max15NumericText, CtrlSum?
  DecimalNumber, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6
`;
