// The ISO 20022 types that only pacs.003 uses, in the notation that ../notation.ts reads.

export const pacs003Types = `
DirectDebitTransactionInformation24 = PmtId PaymentIdentification7, PmtTpInf?
  PaymentTypeInformation27, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate,
  SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, InstdAmt?
  ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code,
  ChrgsInf* Charges7, ReqdColltnDt? ISODate, DrctDbtTx? DirectDebitTransaction10, Cdtr
  PartyIdentification135, CdtrAcct? CashAccount38, CdtrAgt
  BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, UltmtCdtr?
  PartyIdentification135, InitgPty? PartyIdentification135, InstgAgt?
  BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, Dbtr
  PartyIdentification135, DbtrAcct CashAccount38, DbtrAgt
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, UltmtDbtr?
  PartyIdentification135, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3,
  RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation16, SplmtryData*
  SupplementaryData1
FIToFICustomerDirectDebitV08 = GrpHdr GroupHeader94, DrctDbtTxInf+
  DirectDebitTransactionInformation24, SplmtryData* SupplementaryData1
GroupHeader94 = MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice,
  BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber,
  TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf
  SettlementInstruction8, PmtTpInf? PaymentTypeInformation27, InstgAgt?
  BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6
SettlementInstruction8 = SttlmMtd SettlementMethod2Code, SttlmAcct? CashAccount38, ClrSys?
  ClearingSystemIdentification3Choice
`;
