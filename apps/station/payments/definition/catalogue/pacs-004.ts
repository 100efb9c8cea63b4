// The ISO 20022 types that only pacs.004 uses, in the notation that ../notation.ts reads.

export const pacs004Types = `
GroupHeader90 = MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice,
  BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, GrpRtr?
  TrueFalseIndicator, TtlRtrdIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate,
  SttlmInf SettlementInstruction7, InstgAgt? BranchAndFinancialInstitutionIdentification6,
  InstdAgt? BranchAndFinancialInstitutionIdentification6
GroupHeader99 = MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice,
  BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, GrpRtr?
  TrueFalseIndicator, TtlRtrdIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate,
  SttlmInf SettlementInstruction11, PmtTpInf? PaymentTypeInformation28, InstgAgt?
  BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6
OriginalGroupHeader18 = OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime,
  RtrRsnInf* PaymentReturnReason6
OriginalTransactionReference36 = IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt?
  AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt?
  DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification135, SttlmInf?
  SettlementInstruction11, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code,
  MndtRltdInf? MandateRelatedData2Choice, RmtInf? RemittanceInformation21, UltmtDbtr?
  Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount40, DbtrAgt?
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, CdtrAgt?
  BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr? Party40Choice,
  CdtrAcct? CashAccount40, UltmtCdtr? Party40Choice, Purp? Purpose2Choice, UndrlygCstmrCdtTrf?
  CreditTransferTransaction52
PaymentReturnReason6 = Orgtr? PartyIdentification135, Rsn? ReturnReason5Choice, AddtlInf*
  Max105Text
PaymentReturnV09 = GrpHdr GroupHeader90, OrgnlGrpInf? OriginalGroupHeader18, TxInf*
  PaymentTransaction112, SplmtryData* SupplementaryData1
PaymentReturnV11 = GrpHdr GroupHeader99, OrgnlGrpInf? OriginalGroupHeader18, TxInf*
  PaymentTransaction133, SplmtryData* SupplementaryData1
PaymentTransaction112 = RtrId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId?
  Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier,
  OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount,
  OrgnlIntrBkSttlmDt? ISODate, RtrdIntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt?
  ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, RtrdInstdAmt?
  ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, CompstnAmt?
  ActiveOrHistoricCurrencyAndAmount, ChrgBr? ChargeBearerType1Code, ChrgsInf* Charges7,
  ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6, RtrChain? TransactionParties7, RtrRsnInf*
  PaymentReturnReason6, OrgnlTxRef? OriginalTransactionReference28, SplmtryData*
  SupplementaryData1
PaymentTransaction133 = RtrId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId?
  Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier,
  OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount,
  OrgnlIntrBkSttlmDt? ISODate, PmtTpInf? PaymentTypeInformation28, RtrdIntrBkSttlmAmt
  ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn?
  SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, RtrdInstdAmt?
  ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, CompstnAmt?
  ActiveOrHistoricCurrencyAndAmount, ChrgBr? ChargeBearerType1Code, ChrgsInf* Charges7,
  ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6, RtrChain? TransactionParties10, RtrRsnInf*
  PaymentReturnReason6, OrgnlTxRef? OriginalTransactionReference36, SplmtryData*
  SupplementaryData1
TransactionParties10 = UltmtDbtr? Party40Choice, Dbtr Party40Choice, DbtrAcct? CashAccount40,
  InitgPty? Party40Choice, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct?
  CashAccount40, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct?
  CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct?
  CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct?
  CashAccount40, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct?
  CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct?
  CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct?
  CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct?
  CashAccount40, Cdtr Party40Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party40Choice
TransactionParties7 = UltmtDbtr? Party40Choice, Dbtr Party40Choice, InitgPty? Party40Choice,
  DbtrAgt? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1?
  BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2?
  BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt2?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt3?
  BranchAndFinancialInstitutionIdentification6, CdtrAgt?
  BranchAndFinancialInstitutionIdentification6, Cdtr Party40Choice, UltmtCdtr? Party40Choice
`;
