// The ISO 20022 types that only camt.060 uses, in the notation that ../notation.ts reads.

export const camt060Types = `
AccountReportingRequestV05 = GrpHdr GroupHeader77, RptgReq+ ReportingRequest5, SplmtryData*
  SupplementaryData1
DatePeriodDetails1 = FrDt ISODate, ToDt? ISODate
Limit2 = Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd FloorLimitType1Code
ReportingPeriod2 = FrToDt DatePeriodDetails1, FrToTm? TimePeriodDetails1, Tp QueryType3Code
ReportingRequest5 = Id? Max35Text, ReqdMsgNmId Max35Text, Acct? CashAccount38, AcctOwnr
  Party40Choice, AcctSvcr? BranchAndFinancialInstitutionIdentification6, RptgPrd?
  ReportingPeriod2, RptgSeq? SequenceRange1Choice, ReqdTxTp? TransactionType2, ReqdBalTp*
  BalanceType13
TimePeriodDetails1 = FrTm ISOTime, ToTm? ISOTime
TransactionType2 = Sts EntryStatus1Choice, CdtDbtInd CreditDebitCode, FlrLmt* Limit2
`;
