// The ISO 20022 types that only pacs.028 uses, in the notation that ../notation.ts reads.

export const pacs028Types = `
FIToFIPaymentStatusRequestV03 = GrpHdr GroupHeader91, OrgnlGrpInf* OriginalGroupInformation27,
  TxInf* PaymentTransaction113, SplmtryData* SupplementaryData1
OriginalGroupInformation27 = OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm?
  ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber
PaymentTransaction113 = StsReqId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29,
  OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR?
  UUIDv4Identifier, AccptncDtTm? ISODateTime, ClrSysRef? Max35Text, InstgAgt?
  BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6, OrgnlTxRef? OriginalTransactionReference28,
  SplmtryData* SupplementaryData1
`;
