// The ISO 20022 types that only pain.008 uses, in the notation that ../notation.ts reads.

export const pain008Types = `
AmendmentInformationDetails15 = OrgnlMndtId? Max35Text, OrgnlCdtrSchmeId?
  PartyIdentification272, OrgnlCdtrAgt? BranchAndFinancialInstitutionIdentification8,
  OrgnlCdtrAgtAcct? CashAccount40, OrgnlDbtr? PartyIdentification272, OrgnlDbtrAcct?
  CashAccount40, OrgnlDbtrAgt? BranchAndFinancialInstitutionIdentification8, OrgnlDbtrAgtAcct?
  CashAccount40, OrgnlFnlColltnDt? ISODate, OrgnlFrqcy? Frequency36Choice, OrgnlRsn?
  MandateSetupReason1Choice, OrgnlTrckgDays? Exact2NumericText
CustomerDirectDebitInitiationV02 = GrpHdr GroupHeader39, PmtInf+ PaymentInstructionInformation4
CustomerDirectDebitInitiationV08 = GrpHdr GroupHeader83, PmtInf+ PaymentInstruction29,
  SplmtryData* SupplementaryData1
CustomerDirectDebitInitiationV11 = GrpHdr GroupHeader118, PmtInf+ PaymentInstruction45,
  SplmtryData* SupplementaryData1
DirectDebitTransaction12 = MndtRltdInf? MandateRelatedInformation16, CdtrSchmeId?
  PartyIdentification272, PreNtfctnId? Max35Text, PreNtfctnDt? ISODate
DirectDebitTransaction6 = MndtRltdInf? MandateRelatedInformation6, CdtrSchmeId?
  PartyIdentification32, PreNtfctnId? Max35Text, PreNtfctnDt? ISODate
DirectDebitTransactionInformation23 = PmtId PaymentIdentification6, PmtTpInf?
  PaymentTypeInformation29, InstdAmt ActiveOrHistoricCurrencyAndAmount, ChrgBr?
  ChargeBearerType1Code, DrctDbtTx? DirectDebitTransaction10, UltmtCdtr? PartyIdentification135,
  DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, Dbtr
  PartyIdentification135, DbtrAcct CashAccount38, UltmtDbtr? PartyIdentification135,
  InstrForCdtrAgt? Max140Text, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax?
  TaxInformation8, RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation16,
  SplmtryData* SupplementaryData1
DirectDebitTransactionInformation32 = PmtId PaymentIdentification6, PmtTpInf?
  PaymentTypeInformation29, InstdAmt ActiveOrHistoricCurrencyAndAmount, ChrgBr?
  ChargeBearerType1Code, DrctDbtTx? DirectDebitTransaction12, UltmtCdtr? PartyIdentification272,
  DbtrAgt BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, Dbtr
  PartyIdentification272, DbtrAcct CashAccount40, UltmtDbtr? PartyIdentification272,
  InstrForCdtrAgt? Max140Text, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax?
  TaxData1, RltdRmtInf{0,10} RemittanceLocation8, RmtInf? RemittanceInformation22, SplmtryData*
  SupplementaryData1
DirectDebitTransactionInformation9 = PmtId PaymentIdentification1, PmtTpInf?
  PaymentTypeInformation20, InstdAmt ActiveOrHistoricCurrencyAndAmount, ChrgBr?
  ChargeBearerType1Code, DrctDbtTx? DirectDebitTransaction6, UltmtCdtr? PartyIdentification32,
  DbtrAgt BranchAndFinancialInstitutionIdentification4, DbtrAgtAcct? CashAccount16, Dbtr
  PartyIdentification32, DbtrAcct CashAccount16, UltmtDbtr? PartyIdentification32,
  InstrForCdtrAgt? Max140Text, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax?
  TaxInformation3, RltdRmtInf{0,10} RemittanceLocation2, RmtInf? RemittanceInformation5
GroupHeader118 = MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice,
  NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, InitgPty PartyIdentification272, FwdgAgt?
  BranchAndFinancialInstitutionIdentification8
GroupHeader39 = MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice, NbOfTxs
  Max15NumericText, CtrlSum? DecimalNumber, InitgPty PartyIdentification32, FwdgAgt?
  BranchAndFinancialInstitutionIdentification4
GroupHeader83 = MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice, NbOfTxs
  Max15NumericText, CtrlSum? DecimalNumber, InitgPty PartyIdentification135, FwdgAgt?
  BranchAndFinancialInstitutionIdentification6
MandateRelatedInformation16 = MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd?
  TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails15, ElctrncSgntr? Max1025Text,
  FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency36Choice, Rsn?
  MandateSetupReason1Choice, TrckgDays? Exact2NumericText
PaymentInstruction29 = PmtInfId Max35Text, PmtMtd PaymentMethod2Code, BtchBookg?
  BatchBookingIndicator, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber, PmtTpInf?
  PaymentTypeInformation29, ReqdColltnDt ISODate, Cdtr PartyIdentification135, CdtrAcct
  CashAccount38, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct?
  CashAccount38, UltmtCdtr? PartyIdentification135, ChrgBr? ChargeBearerType1Code, ChrgsAcct?
  CashAccount38, ChrgsAcctAgt? BranchAndFinancialInstitutionIdentification6, CdtrSchmeId?
  PartyIdentification135, DrctDbtTxInf+ DirectDebitTransactionInformation23
PaymentInstruction45 = PmtInfId Max35Text, PmtMtd PaymentMethod2Code, ReqdAdvcTp? AdviceType1,
  BtchBookg? BatchBookingIndicator, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber, PmtTpInf?
  PaymentTypeInformation29, ReqdColltnDt ISODate, Cdtr PartyIdentification272, CdtrAcct
  CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct?
  CashAccount40, UltmtCdtr? PartyIdentification272, ChrgBr? ChargeBearerType1Code, ChrgsAcct?
  CashAccount40, ChrgsAcctAgt? BranchAndFinancialInstitutionIdentification8, CdtrSchmeId?
  PartyIdentification272, DrctDbtTxInf+ DirectDebitTransactionInformation32
PaymentInstructionInformation4 = PmtInfId Max35Text, PmtMtd PaymentMethod2Code, BtchBookg?
  BatchBookingIndicator, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber, PmtTpInf?
  PaymentTypeInformation20, ReqdColltnDt ISODate, Cdtr PartyIdentification32, CdtrAcct
  CashAccount16, CdtrAgt BranchAndFinancialInstitutionIdentification4, CdtrAgtAcct?
  CashAccount16, UltmtCdtr? PartyIdentification32, ChrgBr? ChargeBearerType1Code, ChrgsAcct?
  CashAccount16, ChrgsAcctAgt? BranchAndFinancialInstitutionIdentification4, CdtrSchmeId?
  PartyIdentification32, DrctDbtTxInf+ DirectDebitTransactionInformation9
PaymentTypeInformation20 = InstrPrty? Priority2Code, SvcLvl? ServiceLevel8Choice, LclInstrm?
  LocalInstrument2Choice, SeqTp? SequenceType1Code, CtgyPurp? CategoryPurpose1Choice
PaymentTypeInformation29 = InstrPrty? Priority2Code, SvcLvl* ServiceLevel8Choice, LclInstrm?
  LocalInstrument2Choice, SeqTp? SequenceType3Code, CtgyPurp? CategoryPurpose1Choice
`;
