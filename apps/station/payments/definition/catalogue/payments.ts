// The ISO 20022 building blocks that several messages share, in the notation that ../notation.ts
// reads.

export const paymentsTypes = `
ActiveOrHistoricCurrencyAndAmountRange2 = Amt ImpliedCurrencyAmountRange1Choice, CdtDbtInd?
  CreditDebitCode, Ccy ActiveOrHistoricCurrencyCode
AdviceType1 = CdtAdvc? AdviceType1Choice, DbtAdvc? AdviceType1Choice
AdviceType1Choice | Cd AdviceType1Code, Prtry Max35Text
AmountAndCurrencyExchange3 = InstdAmt? AmountAndCurrencyExchangeDetails3, TxAmt?
  AmountAndCurrencyExchangeDetails3, CntrValAmt? AmountAndCurrencyExchangeDetails3,
  AnncdPstngAmt? AmountAndCurrencyExchangeDetails3, PrtryAmt* AmountAndCurrencyExchangeDetails4
AmountAndCurrencyExchangeDetails3 = Amt ActiveOrHistoricCurrencyAndAmount, CcyXchg?
  CurrencyExchange5
AmountAndCurrencyExchangeDetails4 = Tp Max35Text, Amt ActiveOrHistoricCurrencyAndAmount,
  CcyXchg? CurrencyExchange5
AmountAndDirection35 = Amt NonNegativeDecimalNumber, CdtDbtInd CreditDebitCode
AmountRangeBoundary1 = BdryAmt ImpliedCurrencyAndAmount, Incl YesNoIndicator
AmountType3Choice | InstdAmt ActiveOrHistoricCurrencyAndAmount, EqvtAmt EquivalentAmount2
AmountType4Choice | InstdAmt ActiveOrHistoricCurrencyAndAmount, EqvtAmt EquivalentAmount2
Authorisation1Choice | Cd Authorisation1Code, Prtry Max128Text
BalanceSubType1Choice | Cd ExternalBalanceSubType1Code, Prtry Max35Text
BalanceType10Choice | Cd ExternalBalanceType1Code, Prtry Max35Text
BalanceType13 = CdOrPrtry BalanceType10Choice, SubTp? BalanceSubType1Choice
BankTransactionCodeStructure4 = Domn? BankTransactionCodeStructure5, Prtry?
  ProprietaryBankTransactionCodeStructure1
BankTransactionCodeStructure5 = Cd ExternalBankTransactionDomain1Code, Fmly
  BankTransactionCodeStructure6
BankTransactionCodeStructure6 = Cd ExternalBankTransactionFamily1Code, SubFmlyCd
  ExternalBankTransactionSubFamily1Code
BatchInformation2 = MsgId? Max35Text, PmtInfId? Max35Text, NbOfTxs? Max15NumericText, TtlAmt?
  ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode
CancellationReason33Choice | Cd ExternalCancellationReason1Code, Prtry Max35Text
CardAggregated2 = AddtlSvc? CardPaymentServiceType2Code, TxCtgy?
  ExternalCardTransactionCategory1Code, SaleRcncltnId? Max35Text, SeqNbRg?
  CardSequenceNumberRange1, TxDtRg? DateOrDateTimePeriod1Choice
CardEntry4 = Card? PaymentCard4, POI? PointOfInteraction1, AggtdNtry? CardAggregated2,
  PrePdAcct? CashAccount38
CardIndividualTransaction2 = ICCRltdData? Max1025Text, PmtCntxt? PaymentContext3, AddtlSvc?
  CardPaymentServiceType2Code, TxCtgy? ExternalCardTransactionCategory1Code, SaleRcncltnId?
  Max35Text, SaleRefNb? Max35Text, RePresntmntRsn? ExternalRePresentmentReason1Code, SeqNb?
  Max35Text, TxId? TransactionIdentifier1, Pdct? Product2, VldtnDt? ISODate, VldtnSeqNb?
  Max35Text
CardSecurityInformation1 = CSCMgmt CSCManagement1Code, CSCVal? Min3Max4NumericText
CardSequenceNumberRange1 = FrstTx? Max35Text, LastTx? Max35Text
CardTransaction17 = Card? PaymentCard4, POI? PointOfInteraction1, Tx? CardTransaction3Choice,
  PrePdAcct? CashAccount38
CardTransaction3Choice | Aggtd CardAggregated2, Indv CardIndividualTransaction2
CardholderAuthentication2 = AuthntcnMtd AuthenticationMethod1Code, AuthntcnNtty
  AuthenticationEntity1Code
Case5 = Id Max35Text, Cretr Party40Choice, ReopCaseIndctn? YesNoIndicator
CaseAssignment5 = Id Max35Text, Assgnr Party40Choice, Assgne Party40Choice, CreDtTm ISODateTime
CashAvailability1 = Dt CashAvailabilityDate1Choice, Amt ActiveOrHistoricCurrencyAndAmount,
  CdtDbtInd CreditDebitCode
CashAvailabilityDate1Choice | NbOfDays Max15PlusSignedNumericText, ActlDt ISODate
CashBalance8 = Tp BalanceType13, CdtLine* CreditLine3, Amt ActiveOrHistoricCurrencyAndAmount,
  CdtDbtInd CreditDebitCode, Dt DateAndDateTime2Choice, Avlbty* CashAvailability1
CashDeposit1 = NoteDnmtn ActiveCurrencyAndAmount, NbOfNotes Max15NumericText, Amt
  ActiveCurrencyAndAmount
CategoryPurpose1Choice | Cd ExternalCategoryPurpose1Code, Prtry Max35Text
ChargeType3Choice | Cd ExternalChargeType1Code, Prtry GenericIdentification3
Charges6 = TtlChrgsAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd* ChargesRecord3
Charges7 = Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification6
ChargesRecord3 = Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, ChrgInclInd?
  ChargeIncludedIndicator, Tp? ChargeType3Choice, Rate? PercentageRate, Br?
  ChargeBearerType1Code, Agt? BranchAndFinancialInstitutionIdentification6, Tax? TaxCharges2
ControlData1 = NbOfTxs Max15NumericText, CtrlSum? DecimalNumber
CorporateAction9 = EvtTp Max35Text, EvtId Max35Text
CreditLine3 = Incl TrueFalseIndicator, Tp? CreditLineType1Choice, Amt?
  ActiveOrHistoricCurrencyAndAmount, Dt? DateAndDateTime2Choice
CreditLineType1Choice | Cd ExternalCreditLineType1Code, Prtry Max35Text
CreditTransferTransaction52 = UltmtDbtr? PartyIdentification135, InitgPty?
  PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount40, DbtrAgt
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, PrvsInstgAgt1?
  BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2?
  BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3?
  BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount40, IntrmyAgt1?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount40, CdtrAgt
  BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr
  PartyIdentification135, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification135,
  InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Tax?
  TaxInformation10, RmtInf? RemittanceInformation21, InstdAmt? ActiveOrHistoricCurrencyAndAmount
CurrencyExchange5 = SrcCcy ActiveOrHistoricCurrencyCode, TrgtCcy? ActiveOrHistoricCurrencyCode,
  UnitCcy? ActiveOrHistoricCurrencyCode, XchgRate BaseOneRate, CtrctId? Max35Text, QtnDt?
  ISODateTime
DateAndDateTime2Choice | Dt ISODate, DtTm ISODateTime
DateAndPlaceOfBirth = BirthDt ISODate, PrvcOfBirth? Max35Text, CityOfBirth Max35Text,
  CtryOfBirth CountryCode
DateAndPlaceOfBirth1 = BirthDt ISODate, PrvcOfBirth? Max35Text, CityOfBirth Max35Text,
  CtryOfBirth CountryCode
DateAndType1 = Tp DateType2Choice, Dt ISODate
DateOrDateTimePeriod1Choice | Dt DatePeriod2, DtTm DateTimePeriod1
DatePeriod2 = FrDt ISODate, ToDt ISODate
DatePeriodDetails = FrDt ISODate, ToDt ISODate
DateTimePeriod1 = FrDtTm ISODateTime, ToDtTm ISODateTime
DateType2Choice | Cd ExternalDateType1Code, Prtry Max35Text
DisplayCapabilities1 = DispTp UserInterface2Code, NbOfLines Max3NumericText, LineWidth
  Max3NumericText
EntryDetails9 = Btch? BatchInformation2, TxDtls* EntryTransaction10
EntryStatus1Choice | Cd ExternalEntryStatus1Code, Prtry Max35Text
EntryTransaction10 = Refs? TransactionReferences6, Amt? ActiveOrHistoricCurrencyAndAmount,
  CdtDbtInd? CreditDebitCode, AmtDtls? AmountAndCurrencyExchange3, Avlbty* CashAvailability1,
  BkTxCd? BankTransactionCodeStructure4, Chrgs? Charges6, Intrst? TransactionInterest4,
  RltdPties? TransactionParties6, RltdAgts? TransactionAgents5, LclInstrm?
  LocalInstrument2Choice, Purp? Purpose2Choice, RltdRmtInf{0,10} RemittanceLocation7, RmtInf?
  RemittanceInformation16, RltdDts? TransactionDates3, RltdPric? TransactionPrice4Choice,
  RltdQties* TransactionQuantities3Choice, FinInstrmId? SecurityIdentification19, Tax?
  TaxInformation8, RtrInf? PaymentReturnReason5, CorpActn? CorporateAction9, SfkpgAcct?
  SecuritiesAccount19, CshDpst* CashDeposit1, CardTx? CardTransaction17, AddtlTxInf? Max500Text,
  SplmtryData* SupplementaryData1
EquivalentAmount2 = Amt ActiveOrHistoricCurrencyAndAmount, CcyOfTrf ActiveOrHistoricCurrencyCode
FromToAmountRange1 = FrAmt AmountRangeBoundary1, ToAmt AmountRangeBoundary1
GenericIdentification1 = Id Max35Text, SchmeNm? Max35Text, Issr? Max35Text
GenericIdentification3 = Id Max35Text, Issr? Max35Text
GenericIdentification30 = Id Exact4AlphaNumericText, Issr Max35Text, SchmeNm? Max35Text
GenericIdentification32 = Id Max35Text, Tp? PartyType3Code, Issr? PartyType4Code, ShrtNm?
  Max35Text
GroupHeader77 = MsgId Max35Text, CreDtTm ISODateTime, MsgSndr? Party40Choice
GroupHeader81 = MsgId Max35Text, CreDtTm ISODateTime, MsgRcpt? PartyIdentification135, MsgPgntn?
  Pagination1, OrgnlBizQry? OriginalBusinessQuery1, AddtlInf? Max500Text
GroupHeader91 = MsgId Max35Text, CreDtTm ISODateTime, InstgAgt?
  BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6
GroupHeader93 = MsgId Max35Text, CreDtTm ISODateTime, BtchBookg? BatchBookingIndicator, NbOfTxs
  Max15NumericText, CtrlSum? DecimalNumber, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount,
  IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction7, PmtTpInf? PaymentTypeInformation28,
  InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6
GroupHeader96 = MsgId Max35Text, CreDtTm ISODateTime, BtchBookg? BatchBookingIndicator, NbOfTxs
  Max15NumericText, CtrlSum? DecimalNumber, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount,
  IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction11, PmtTpInf? PaymentTypeInformation28,
  InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6
IdentificationSource3Choice | Cd ExternalFinancialInstrumentIdentificationType1Code, Prtry
  Max35Text
ImpliedCurrencyAmountRange1Choice | FrAmt AmountRangeBoundary1, ToAmt AmountRangeBoundary1,
  FrToAmt FromToAmountRange1, EQAmt ImpliedCurrencyAndAmount, NEQAmt ImpliedCurrencyAndAmount
InstructionForAssignee1 = Cd? ExternalAgentInstruction1Code, InstrInf? Max140Text
InterestRecord2 = Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, Tp?
  InterestType1Choice, Rate? Rate4, FrToDt? DateTimePeriod1, Rsn? Max35Text, Tax? TaxCharges2
InterestType1Choice | Cd InterestType1Code, Prtry Max35Text
LocalInstrument2Choice | Cd ExternalLocalInstrument1Code, Prtry Max35Text
MessageIdentification2 = MsgNmId? Max35Text, MsgId? Max35Text
NumberAndSumOfTransactions1 = NbOfNtries? Max15NumericText, Sum? DecimalNumber
NumberAndSumOfTransactions4 = NbOfNtries? Max15NumericText, Sum? DecimalNumber, TtlNetNtry?
  AmountAndDirection35
NumberOfTransactionsPerStatus5 = DtldNbOfTxs Max15NumericText, DtldSts
  ExternalPaymentTransactionStatus1Code, DtldCtrlSum? DecimalNumber
OriginalAndCurrentQuantities1 = FaceAmt ImpliedCurrencyAndAmount, AmtsdVal
  ImpliedCurrencyAndAmount
OriginalBusinessQuery1 = MsgId Max35Text, MsgNmId? Max35Text, CreDtTm? ISODateTime
OriginalGroupHeader15 = GrpCxlId? Max35Text, Case? Case5, OrgnlMsgId Max35Text, OrgnlMsgNmId
  Max35Text, OrgnlCreDtTm? ISODateTime, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber,
  GrpCxl? GroupCancellationIndicator, CxlRsnInf* PaymentCancellationReason5
OriginalGroupHeader16 = OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime,
  RvslRsnInf* PaymentReversalReason9
OriginalGroupHeader17 = OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime,
  OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpSts?
  ExternalPaymentGroupStatus1Code, StsRsnInf* StatusReasonInformation12, NbOfTxsPerSts*
  NumberOfTransactionsPerStatus5
OriginalGroupInformation29 = OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm?
  ISODateTime
OriginalTransactionReference28 = IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt?
  AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt?
  DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification135, SttlmInf? SettlementInstruction7,
  PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf?
  MandateRelatedInformation14, RmtInf? RemittanceInformation16, UltmtDbtr? Party40Choice, Dbtr?
  Party40Choice, DbtrAcct? CashAccount38, DbtrAgt? BranchAndFinancialInstitutionIdentification6,
  DbtrAgtAcct? CashAccount38, CdtrAgt? BranchAndFinancialInstitutionIdentification6,
  CdtrAgtAcct? CashAccount38, Cdtr? Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr?
  Party40Choice, Purp? Purpose2Choice
OriginalTransactionReference35 = IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt?
  AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt?
  DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification135, SttlmInf?
  SettlementInstruction11, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code,
  MndtRltdInf? MandateRelatedData2Choice, RmtInf? RemittanceInformation21, UltmtDbtr?
  Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount40, DbtrAgt?
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, CdtrAgt?
  BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr? Party40Choice,
  CdtrAcct? CashAccount40, UltmtCdtr? Party40Choice, Purp? Purpose2Choice
OtherIdentification1 = Id Max35Text, Sfx? Max16Text, Tp IdentificationSource3Choice
Pagination1 = PgNb Max5NumericText, LastPgInd YesNoIndicator
PaymentCancellationReason5 = Orgtr? PartyIdentification135, Rsn? CancellationReason33Choice,
  AddtlInf* Max105Text
PaymentCard4 = PlainCardData? PlainCardData1, CardCtryCd? Exact3NumericText, CardBrnd?
  GenericIdentification1, AddtlCardData? Max70Text
PaymentContext3 = CardPres? TrueFalseIndicator, CrdhldrPres? TrueFalseIndicator, OnLineCntxt?
  TrueFalseIndicator, AttndncCntxt? AttendanceContext1Code, TxEnvt? TransactionEnvironment1Code,
  TxChanl? TransactionChannel1Code, AttndntMsgCpbl? TrueFalseIndicator, AttndntLang?
  ISO2ALanguageCode, CardDataNtryMd CardDataReading1Code, FllbckInd? TrueFalseIndicator,
  AuthntcnMtd? CardholderAuthentication2
PaymentIdentification1 = InstrId? Max35Text, EndToEndId Max35Text
PaymentIdentification13 = InstrId? Max35Text, EndToEndId Max35Text, TxId? Max35Text, UETR?
  UUIDv4Identifier, ClrSysRef? Max35Text
PaymentIdentification6 = InstrId? Max35Text, EndToEndId Max35Text, UETR? UUIDv4Identifier
PaymentIdentification7 = InstrId? Max35Text, EndToEndId Max35Text, TxId? Max35Text, UETR?
  UUIDv4Identifier, ClrSysRef? Max35Text
PaymentReturnReason5 = OrgnlBkTxCd? BankTransactionCodeStructure4, Orgtr?
  PartyIdentification135, Rsn? ReturnReason5Choice, AddtlInf* Max105Text
PaymentReversalReason9 = Orgtr? PartyIdentification135, Rsn? ReversalReason4Choice, AddtlInf*
  Max105Text
PaymentTypeInformation27 = InstrPrty? Priority2Code, ClrChanl? ClearingChannel2Code, SvcLvl*
  ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, SeqTp? SequenceType3Code, CtgyPurp?
  CategoryPurpose1Choice
PaymentTypeInformation28 = InstrPrty? Priority2Code, ClrChanl? ClearingChannel2Code, SvcLvl*
  ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, CtgyPurp? CategoryPurpose1Choice
PlainCardData1 = PAN Min8Max28NumericText, CardSeqNb? Min2Max3NumericText, FctvDt? ISOYearMonth,
  XpryDt ISOYearMonth, SvcCd? Exact3NumericText, TrckData* TrackData1, CardSctyCd?
  CardSecurityInformation1
PointOfInteraction1 = Id GenericIdentification32, SysNm? Max70Text, GrpId? Max35Text, Cpblties?
  PointOfInteractionCapabilities1, Cmpnt* PointOfInteractionComponent1
PointOfInteractionCapabilities1 = CardRdngCpblties* CardDataReading1Code, CrdhldrVrfctnCpblties*
  CardholderVerificationCapability1Code, OnLineCpblties? OnLineCapability1Code, DispCpblties*
  DisplayCapabilities1, PrtLineWidth? Max3NumericText
PointOfInteractionComponent1 = POICmpntTp POIComponentType1Code, ManfctrId? Max35Text, Mdl?
  Max35Text, VrsnNb? Max16Text, SrlNb? Max35Text, ApprvlNb* Max70Text
Price7 = Tp YieldedOrValueType1Choice, Val PriceRateOrAmount3Choice
PriceRateOrAmount3Choice | Rate PercentageRate, Amt ActiveOrHistoricCurrencyAnd13DecimalAmount
Product2 = PdctCd Max70Text, UnitOfMeasr? UnitOfMeasure1Code, PdctQty? DecimalNumber, UnitPric?
  ImpliedCurrencyAndAmount, PdctAmt? ImpliedCurrencyAndAmount, TaxTp? Max35Text, AddtlPdctInf?
  Max35Text
ProprietaryBankTransactionCodeStructure1 = Cd Max35Text, Issr? Max35Text
ProprietaryDate3 = Tp Max35Text, Dt DateAndDateTime2Choice
ProprietaryPrice2 = Tp Max35Text, Pric ActiveOrHistoricCurrencyAndAmount
ProprietaryQuantity1 = Tp Max35Text, Qty Max35Text
ProprietaryReference1 = Tp Max35Text, Ref Max35Text
Purpose2Choice | Cd ExternalPurpose1Code, Prtry Max35Text
Rate4 = Tp RateType4Choice, VldtyRg? ActiveOrHistoricCurrencyAndAmountRange2
RateType4Choice | Pctg PercentageRate, Othr Max35Text
RegulatoryAuthority2 = Nm? Max140Text, Ctry? CountryCode
RegulatoryReporting3 = DbtCdtRptgInd? RegulatoryReportingType1Code, Authrty?
  RegulatoryAuthority2, Dtls* StructuredRegulatoryReporting3
ReportEntry10 = NtryRef? Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd
  CreditDebitCode, RvslInd? TrueFalseIndicator, Sts EntryStatus1Choice, BookgDt?
  DateAndDateTime2Choice, ValDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, Avlbty*
  CashAvailability1, BkTxCd BankTransactionCodeStructure4, ComssnWvrInd? YesNoIndicator,
  AddtlInfInd? MessageIdentification2, AmtDtls? AmountAndCurrencyExchange3, Chrgs? Charges6,
  TechInptChanl? TechnicalInputChannel1Choice, Intrst? TransactionInterest4, CardTx? CardEntry4,
  NtryDtls* EntryDetails9, AddtlNtryInf? Max500Text
ReportingSource1Choice | Cd ExternalReportingSource1Code, Prtry Max35Text
ReturnReason5Choice | Cd ExternalReturnReason1Code, Prtry Max35Text
ReversalReason4Choice | Cd ExternalReversalReason1Code, Prtry Max35Text
SecurityIdentification19 = ISIN? ISINOct2015Identifier, OthrId* OtherIdentification1, Desc?
  Max140Text
SequenceRange1 = FrSeq Max35Text, ToSeq Max35Text
SequenceRange1Choice | FrSeq Max35Text, ToSeq Max35Text, FrToSeq+ SequenceRange1, EQSeq+
  Max35Text, NEQSeq+ Max35Text
ServiceLevel8Choice | Cd ExternalServiceLevel1Code, Prtry Max35Text
SettlementDateTimeIndication1 = DbtDtTm? ISODateTime, CdtDtTm? ISODateTime
SettlementInstruction11 = SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount40, ClrSys?
  ClearingSystemIdentification3Choice, InstgRmbrsmntAgt?
  BranchAndFinancialInstitutionIdentification6, InstgRmbrsmntAgtAcct? CashAccount40,
  InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, InstdRmbrsmntAgtAcct?
  CashAccount40, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6,
  ThrdRmbrsmntAgtAcct? CashAccount40
SettlementInstruction6 = InstgRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6,
  InstgRmbrsmntAgtAcct? CashAccount38, InstdRmbrsmntAgt?
  BranchAndFinancialInstitutionIdentification6, InstdRmbrsmntAgtAcct? CashAccount38
SettlementInstruction7 = SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount38, ClrSys?
  ClearingSystemIdentification3Choice, InstgRmbrsmntAgt?
  BranchAndFinancialInstitutionIdentification6, InstgRmbrsmntAgtAcct? CashAccount38,
  InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, InstdRmbrsmntAgtAcct?
  CashAccount38, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6,
  ThrdRmbrsmntAgtAcct? CashAccount38
SettlementTimeRequest2 = CLSTm? ISOTime, TillTm? ISOTime, FrTm? ISOTime, RjctTm? ISOTime
StatusReason6Choice | Cd ExternalStatusReason1Code, Prtry Max35Text
StatusReasonInformation12 = Orgtr? PartyIdentification135, Rsn? StatusReason6Choice, AddtlInf*
  Max105Text
StructuredRegulatoryReporting3 = Tp? Max35Text, Dt? ISODate, Ctry? CountryCode, Cd? Max10Text,
  Amt? ActiveOrHistoricCurrencyAndAmount, Inf* Max35Text
SupplementaryData1 = PlcAndNm? Max350Text, Envlp SupplementaryDataEnvelope1
SupplementaryDataEnvelope1 = any *
TechnicalInputChannel1Choice | Cd ExternalTechnicalInputChannel1Code, Prtry Max35Text
TotalTransactions6 = TtlNtries? NumberAndSumOfTransactions4, TtlCdtNtries?
  NumberAndSumOfTransactions1, TtlDbtNtries? NumberAndSumOfTransactions1, TtlNtriesPerBkTxCd*
  TotalsPerBankTransactionCode5
TotalsPerBankTransactionCode5 = NbOfNtries? Max15NumericText, Sum? DecimalNumber, TtlNetNtry?
  AmountAndDirection35, CdtNtries? NumberAndSumOfTransactions1, DbtNtries?
  NumberAndSumOfTransactions1, FcstInd? TrueFalseIndicator, BkTxCd
  BankTransactionCodeStructure4, Avlbty* CashAvailability1, Dt? DateAndDateTime2Choice
TrackData1 = TrckNb? Exact1NumericText, TrckVal Max140Text
TransactionDates3 = AccptncDtTm? ISODateTime, TradActvtyCtrctlSttlmDt? ISODate, TradDt? ISODate,
  IntrBkSttlmDt? ISODate, StartDt? ISODate, EndDt? ISODate, TxDtTm? ISODateTime, Prtry*
  ProprietaryDate3
TransactionIdentifier1 = TxDtTm ISODateTime, TxRef Max35Text
TransactionInterest4 = TtlIntrstAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd*
  InterestRecord2
TransactionPrice4Choice | DealPric Price7, Prtry+ ProprietaryPrice2
TransactionQuantities3Choice | Qty FinancialInstrumentQuantity1Choice, OrgnlAndCurFaceAmt
  OriginalAndCurrentQuantities1, Prtry ProprietaryQuantity1
TransactionReferences6 = MsgId? Max35Text, AcctSvcrRef? Max35Text, PmtInfId? Max35Text, InstrId?
  Max35Text, EndToEndId? Max35Text, UETR? UUIDv4Identifier, TxId? Max35Text, MndtId? Max35Text,
  ChqNb? Max35Text, ClrSysRef? Max35Text, AcctOwnrTxId? Max35Text, AcctSvcrTxId? Max35Text,
  MktInfrstrctrTxId? Max35Text, PrcgId? Max35Text, Prtry* ProprietaryReference1
UnderlyingGroupInformation1 = OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm?
  ISODateTime, OrgnlMsgDlvryChanl? Max35Text
UnderlyingPaymentInstruction5 = OrgnlGrpInf? UnderlyingGroupInformation1, OrgnlPmtInfId?
  Max35Text, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlUETR? UUIDv4Identifier,
  OrgnlInstdAmt ActiveOrHistoricCurrencyAndAmount, ReqdExctnDt? DateAndDateTime2Choice,
  ReqdColltnDt? ISODate, OrgnlTxRef? OriginalTransactionReference28
UnderlyingPaymentTransaction4 = OrgnlGrpInf? UnderlyingGroupInformation1, OrgnlInstrId?
  Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier,
  OrgnlIntrBkSttlmAmt ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt ISODate, OrgnlTxRef?
  OriginalTransactionReference28
UnderlyingStatementEntry3 = OrgnlGrpInf? OriginalGroupInformation29, OrgnlStmtId? Max35Text,
  OrgnlNtryId? Max35Text, OrgnlUETR? UUIDv4Identifier
UnderlyingTransaction5Choice | Initn UnderlyingPaymentInstruction5, IntrBk
  UnderlyingPaymentTransaction4, StmtNtry UnderlyingStatementEntry3
YieldedOrValueType1Choice | Yldd YesNoIndicator, ValTp PriceValueType1Code
`;
