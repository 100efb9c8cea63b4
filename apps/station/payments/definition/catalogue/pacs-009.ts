// The ISO 20022 types that only pacs.009 uses, in the notation that ../notation.ts reads.

export const pacs009Types = `
CreditTransferTransaction36 = PmtId PaymentIdentification7, PmtTpInf? PaymentTypeInformation28,
  IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code,
  SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2,
  PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38,
  PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38,
  PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38,
  InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, UltmtDbtr?
  BranchAndFinancialInstitutionIdentification6, Dbtr
  BranchAndFinancialInstitutionIdentification6, DbtrAcct? CashAccount38, DbtrAgt?
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt?
  BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr
  BranchAndFinancialInstitutionIdentification6, CdtrAcct? CashAccount38, UltmtCdtr?
  BranchAndFinancialInstitutionIdentification6, InstrForCdtrAgt* InstructionForCreditorAgent2,
  InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RmtInf?
  RemittanceInformation2, UndrlygCstmrCdtTrf? CreditTransferTransaction37, SplmtryData*
  SupplementaryData1
CreditTransferTransaction37 = UltmtDbtr? PartyIdentification135, InitgPty?
  PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount38, DbtrAgt
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, PrvsInstgAgt1?
  BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2?
  BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3?
  BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38, IntrmyAgt1?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, CdtrAgt
  BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr
  PartyIdentification135, CdtrAcct? CashAccount38, UltmtCdtr? PartyIdentification135,
  InstrForCdtrAgt* InstructionForCreditorAgent1, InstrForNxtAgt* InstructionForNextAgent1, Tax?
  TaxInformation8, RmtInf? RemittanceInformation16, InstdAmt? ActiveOrHistoricCurrencyAndAmount
CreditTransferTransaction56 = PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28,
  IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code,
  SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2,
  PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount40,
  PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount40,
  PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount40,
  InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount40, UltmtDbtr?
  BranchAndFinancialInstitutionIdentification6, Dbtr
  BranchAndFinancialInstitutionIdentification6, DbtrAcct? CashAccount40, DbtrAgt?
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, CdtrAgt?
  BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr
  BranchAndFinancialInstitutionIdentification6, CdtrAcct? CashAccount40, UltmtCdtr?
  BranchAndFinancialInstitutionIdentification6, InstrForCdtrAgt* InstructionForCreditorAgent3,
  InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RmtInf?
  RemittanceInformation2, UndrlygCstmrCdtTrf? CreditTransferTransaction52, SplmtryData*
  SupplementaryData1
FinancialInstitutionCreditTransferV08 = GrpHdr GroupHeader93, CdtTrfTxInf+
  CreditTransferTransaction36, SplmtryData* SupplementaryData1
FinancialInstitutionCreditTransferV10 = GrpHdr GroupHeader96, CdtTrfTxInf+
  CreditTransferTransaction56, SplmtryData* SupplementaryData1
`;
