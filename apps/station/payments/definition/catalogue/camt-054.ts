// The ISO 20022 types that only camt.054 uses, in the notation that ../notation.ts reads.

export const camt054Types = `
AccountNotification17 = Id Max35Text, NtfctnPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq?
  SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1,
  CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount39,
  RltdAcct? CashAccount38, Intrst* AccountInterest4, TxsSummry? TotalTransactions6, Ntry*
  ReportEntry10, AddtlNtfctnInf? Max500Text
BankToCustomerDebitCreditNotificationV08 = GrpHdr GroupHeader81, Ntfctn+ AccountNotification17,
  SplmtryData* SupplementaryData1
`;
