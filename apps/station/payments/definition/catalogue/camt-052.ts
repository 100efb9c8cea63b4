// The ISO 20022 types that only camt.052 uses, in the notation that ../notation.ts reads.

export const camt052Types = `
AccountReport25 = Id Max35Text, RptPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq?
  SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1,
  CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount39,
  RltdAcct? CashAccount38, Intrst* AccountInterest4, Bal* CashBalance8, TxsSummry?
  TotalTransactions6, Ntry* ReportEntry10, AddtlRptInf? Max500Text
BankToCustomerAccountReportV08 = GrpHdr GroupHeader81, Rpt+ AccountReport25, SplmtryData*
  SupplementaryData1
`;
