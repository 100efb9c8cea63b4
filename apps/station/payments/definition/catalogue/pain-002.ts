// The ISO 20022 types that only pain.002 uses, in the notation that ../notation.ts reads.

export const pain002Types = `
ChargesInformation5 = Amt ActiveOrHistoricCurrencyAndAmount, Pty
  BranchAndFinancialInstitutionIdentification4
CurrencyExchange13 = SrcCcy ActiveCurrencyCode, TrgtCcy ActiveCurrencyCode, XchgRate
  BaseOneRate, UnitCcy? ActiveCurrencyCode
CustomerPaymentStatusReportV03 = GrpHdr GroupHeader36, OrgnlGrpInfAndSts
  OriginalGroupInformation20, OrgnlPmtInfAndSts* OriginalPaymentInformation1
CustomerPaymentStatusReportV10 = GrpHdr GroupHeader86, OrgnlGrpInfAndSts OriginalGroupHeader17,
  OrgnlPmtInfAndSts* OriginalPaymentInstruction32, SplmtryData* SupplementaryData1
CustomerPaymentStatusReportV11 = GrpHdr GroupHeader86, OrgnlGrpInfAndSts OriginalGroupHeader17,
  OrgnlPmtInfAndSts* OriginalPaymentInstruction38, SplmtryData* SupplementaryData1
GroupHeader36 = MsgId Max35Text, CreDtTm ISODateTime, InitgPty? PartyIdentification32, FwdgAgt?
  BranchAndFinancialInstitutionIdentification4, DbtrAgt?
  BranchAndFinancialInstitutionIdentification4, CdtrAgt?
  BranchAndFinancialInstitutionIdentification4
GroupHeader86 = MsgId Max35Text, CreDtTm ISODateTime, InitgPty? PartyIdentification135, FwdgAgt?
  BranchAndFinancialInstitutionIdentification6, DbtrAgt?
  BranchAndFinancialInstitutionIdentification6, CdtrAgt?
  BranchAndFinancialInstitutionIdentification6
MandateRelatedData1Choice | DrctDbtMndt? MandateRelatedInformation14, CdtTrfMndt?
  CreditTransferMandateData1
NumberOfTransactionsPerStatus3 = DtldNbOfTxs Max15NumericText, DtldSts
  TransactionIndividualStatus3Code, DtldCtrlSum? DecimalNumber
OriginalGroupInformation20 = OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm?
  ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpSts?
  TransactionGroupStatus3Code, StsRsnInf* StatusReasonInformation8, NbOfTxsPerSts*
  NumberOfTransactionsPerStatus3
OriginalPaymentInformation1 = OrgnlPmtInfId Max35Text, OrgnlNbOfTxs? Max15NumericText,
  OrgnlCtrlSum? DecimalNumber, PmtInfSts? TransactionGroupStatus3Code, StsRsnInf*
  StatusReasonInformation8, NbOfTxsPerSts* NumberOfTransactionsPerStatus3, TxInfAndSts*
  PaymentTransactionInformation25
OriginalPaymentInstruction32 = OrgnlPmtInfId Max35Text, OrgnlNbOfTxs? Max15NumericText,
  OrgnlCtrlSum? DecimalNumber, PmtInfSts? ExternalPaymentGroupStatus1Code, StsRsnInf*
  StatusReasonInformation12, NbOfTxsPerSts* NumberOfTransactionsPerStatus5, TxInfAndSts*
  PaymentTransaction105
OriginalPaymentInstruction38 = OrgnlPmtInfId Max35Text, OrgnlNbOfTxs? Max15NumericText,
  OrgnlCtrlSum? DecimalNumber, PmtInfSts? ExternalPaymentGroupStatus1Code, StsRsnInf*
  StatusReasonInformation12, NbOfTxsPerSts* NumberOfTransactionsPerStatus5, TxInfAndSts*
  PaymentTransaction126
OriginalTransactionReference13 = IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt?
  AmountType3Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? ISODate,
  CdtrSchmeId? PartyIdentification32, SttlmInf? SettlementInformation13, PmtTpInf?
  PaymentTypeInformation22, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedInformation6,
  RmtInf? RemittanceInformation5, UltmtDbtr? PartyIdentification32, Dbtr? PartyIdentification32,
  DbtrAcct? CashAccount16, DbtrAgt? BranchAndFinancialInstitutionIdentification4, DbtrAgtAcct?
  CashAccount16, CdtrAgt? BranchAndFinancialInstitutionIdentification4, CdtrAgtAcct?
  CashAccount16, Cdtr? PartyIdentification32, CdtrAcct? CashAccount16, UltmtCdtr?
  PartyIdentification32
OriginalTransactionReference31 = IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt?
  AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt?
  DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification135, SttlmInf? SettlementInstruction7,
  PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf?
  MandateRelatedData1Choice, RmtInf? RemittanceInformation16, UltmtDbtr? Party40Choice, Dbtr?
  Party40Choice, DbtrAcct? CashAccount38, DbtrAgt? BranchAndFinancialInstitutionIdentification6,
  DbtrAgtAcct? CashAccount38, CdtrAgt? BranchAndFinancialInstitutionIdentification6,
  CdtrAgtAcct? CashAccount38, Cdtr? Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr?
  Party40Choice, Purp? Purpose2Choice
PaymentTransaction105 = StsId? Max35Text, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text,
  OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf*
  StatusReasonInformation12, ChrgsInf* Charges7, TrckrData? TrackerData1, AccptncDtTm?
  ISODateTime, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, OrgnlTxRef?
  OriginalTransactionReference28, SplmtryData* SupplementaryData1
PaymentTransaction126 = StsId? Max35Text, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text,
  OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf*
  StatusReasonInformation12, ChrgsInf* Charges7, TrckrData? TrackerData1, AccptncDtTm?
  ISODateTime, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, OrgnlTxRef?
  OriginalTransactionReference31, SplmtryData* SupplementaryData1
PaymentTransactionInformation25 = StsId? Max35Text, OrgnlInstrId? Max35Text, OrgnlEndToEndId?
  Max35Text, TxSts? TransactionIndividualStatus3Code, StsRsnInf* StatusReasonInformation8,
  ChrgsInf* ChargesInformation5, AccptncDtTm? ISODateTime, AcctSvcrRef? Max35Text, ClrSysRef?
  Max35Text, OrgnlTxRef? OriginalTransactionReference13
PaymentTypeInformation22 = InstrPrty? Priority2Code, ClrChanl? ClearingChannel2Code, SvcLvl?
  ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, SeqTp? SequenceType1Code, CtgyPurp?
  CategoryPurpose1Choice
SettlementInformation13 = SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount16, ClrSys?
  ClearingSystemIdentification3Choice, InstgRmbrsmntAgt?
  BranchAndFinancialInstitutionIdentification4, InstgRmbrsmntAgtAcct? CashAccount16,
  InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification4, InstdRmbrsmntAgtAcct?
  CashAccount16, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification4,
  ThrdRmbrsmntAgtAcct? CashAccount16
StatusReasonInformation8 = Orgtr? PartyIdentification32, Rsn? StatusReason6Choice, AddtlInf*
  Max105Text
TrackerData1 = ConfdDt DateAndDateTime2Choice, ConfdAmt ActiveCurrencyAndAmount, TrckrRcrd+
  TrackerRecord1
TrackerRecord1 = Agt BranchAndFinancialInstitutionIdentification6, ChrgBr?
  ChargeBearerType1Code, ChrgsAmt? ActiveCurrencyAndAmount, XchgRateData? CurrencyExchange13
`;
