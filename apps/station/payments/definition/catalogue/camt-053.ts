// The ISO 20022 types that only camt.053 uses, in the notation that ../notation.ts reads.

export const camt053Types = `
AccountStatement9 = Id Max35Text, StmtPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq?
  SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1,
  CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount39,
  RltdAcct? CashAccount38, Intrst* AccountInterest4, Bal+ CashBalance8, TxsSummry?
  TotalTransactions6, Ntry* ReportEntry10, AddtlStmtInf? Max500Text
BankToCustomerStatementV08 = GrpHdr GroupHeader81, Stmt+ AccountStatement9, SplmtryData*
  SupplementaryData1
`;
