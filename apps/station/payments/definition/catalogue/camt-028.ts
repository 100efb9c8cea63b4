// The ISO 20022 types that only camt.028 uses, in the notation that ../notation.ts reads.

export const camt028Types = `
AdditionalPaymentInformationV09 = Assgnmt CaseAssignment5, Case? Case5, Undrlyg
  UnderlyingTransaction5Choice, Inf PaymentComplementaryInformation8, SplmtryData*
  SupplementaryData1
PaymentComplementaryInformation8 = InstrId? Max35Text, EndToEndId? Max35Text, TxId? Max35Text,
  PmtTpInf? PaymentTypeInformation27, ReqdExctnDt? DateAndDateTime2Choice, ReqdColltnDt?
  ISODate, IntrBkSttlmDt? ISODate, Amt? AmountType4Choice, IntrBkSttlmAmt?
  ActiveOrHistoricCurrencyAndAmount, ChrgBr? ChargeBearerType1Code, UltmtDbtr?
  PartyIdentification135, Dbtr? PartyIdentification135, DbtrAcct? CashAccount38, DbtrAgt?
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, SttlmInf?
  SettlementInstruction7, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6,
  IntrmyAgt1Acct? CashAccount38, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6,
  IntrmyAgt2Acct? CashAccount38, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6,
  IntrmyAgt3Acct? CashAccount38, CdtrAgt? BranchAndFinancialInstitutionIdentification6,
  CdtrAgtAcct? CashAccount38, Cdtr? PartyIdentification135, CdtrAcct? CashAccount38, UltmtCdtr?
  PartyIdentification135, Purp? Purpose2Choice, InstrForDbtrAgt? Max140Text, PrvsInstgAgt1?
  BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2?
  BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3?
  BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38,
  InstrForNxtAgt* InstructionForNextAgent1, InstrForCdtrAgt* InstructionForCreditorAgent1,
  RmtInf? RemittanceInformation16
`;
