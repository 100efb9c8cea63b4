// The ISO 20022 types that only pacs.002 uses, in the notation that ../notation.ts reads.

export const pacs002Types = `
FIToFIPaymentStatusReportV10 = GrpHdr GroupHeader91, OrgnlGrpInfAndSts* OriginalGroupHeader17,
  TxInfAndSts* PaymentTransaction110, SplmtryData* SupplementaryData1
FIToFIPaymentStatusReportV12 = GrpHdr GroupHeader101, OrgnlGrpInfAndSts* OriginalGroupHeader17,
  TxInfAndSts* PaymentTransaction130, SplmtryData* SupplementaryData1
GroupHeader101 = MsgId Max35Text, CreDtTm ISODateTime, InstgAgt?
  BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6, OrgnlBizQry? OriginalBusinessQuery1
PaymentTransaction110 = StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId?
  Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier,
  TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation12, ChrgsInf*
  Charges7, AccptncDtTm? ISODateTime, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef?
  Max35Text, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6,
  InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef?
  OriginalTransactionReference28, SplmtryData* SupplementaryData1
PaymentTransaction130 = StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId?
  Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier,
  TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation12, ChrgsInf*
  Charges7, AccptncDtTm? ISODateTime, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef?
  Max35Text, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6,
  InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef?
  OriginalTransactionReference35, SplmtryData* SupplementaryData1
`;
