// The ISO 20022 types that only pain.001 uses, in the notation that ../notation.ts reads.

export const pain001Types = `
Cheque11 = ChqTp? ChequeType2Code, ChqNb? Max35Text, ChqFr? NameAndAddress16, DlvryMtd?
  ChequeDeliveryMethod1Choice, DlvrTo? NameAndAddress16, InstrPrty? Priority2Code, ChqMtrtyDt?
  ISODate, FrmsCd? Max35Text, MemoFld{0,2} Max35Text, RgnlClrZone? Max35Text, PrtLctn?
  Max35Text, Sgntr{0,5} Max70Text
Cheque19 = ChqTp? ChequeType2Code, ChqNb? Max35Text, ChqFr? NameAndAddress18, DlvryMtd?
  ChequeDeliveryMethod1Choice, DlvrTo? NameAndAddress18, InstrPrty? Priority2Code, ChqMtrtyDt?
  ISODate, FrmsCd? Max35Text, MemoFld{0,2} Max35Text, RgnlClrZone? Max35Text, PrtLctn?
  Max35Text, Sgntr{0,5} Max70Text
Cheque6 = ChqTp? ChequeType2Code, ChqNb? Max35Text, ChqFr? NameAndAddress10, DlvryMtd?
  ChequeDeliveryMethod1Choice, DlvrTo? NameAndAddress10, InstrPrty? Priority2Code, ChqMtrtyDt?
  ISODate, FrmsCd? Max35Text, MemoFld{0,2} Max35Text, RgnlClrZone? Max35Text, PrtLctn? Max35Text
ChequeDeliveryMethod1Choice | Cd ChequeDelivery1Code, Prtry Max35Text
CreditTransferTransaction34 = PmtId PaymentIdentification6, PmtTpInf? PaymentTypeInformation26,
  Amt AmountType4Choice, XchgRateInf? ExchangeRate1, ChrgBr? ChargeBearerType1Code, ChqInstr?
  Cheque11, UltmtDbtr? PartyIdentification135, IntrmyAgt1?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, CdtrAgt?
  BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr?
  PartyIdentification135, CdtrAcct? CashAccount38, UltmtCdtr? PartyIdentification135,
  InstrForCdtrAgt* InstructionForCreditorAgent1, InstrForDbtrAgt? Max140Text, Purp?
  Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxInformation8, RltdRmtInf{0,10}
  RemittanceLocation7, RmtInf? RemittanceInformation16, SplmtryData* SupplementaryData1
CreditTransferTransaction54 = PmtId PaymentIdentification6, PmtTpInf? PaymentTypeInformation26,
  Amt AmountType4Choice, XchgRateInf? ExchangeRate1, ChrgBr? ChargeBearerType1Code, MndtRltdInf?
  CreditTransferMandateData1, ChqInstr? Cheque11, UltmtDbtr? PartyIdentification135, IntrmyAgt1?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount40, CdtrAgt?
  BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr?
  PartyIdentification135, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification135,
  InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForDbtrAgt? InstructionForDebtorAgent1,
  Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxInformation10,
  RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation21, SplmtryData*
  SupplementaryData1
CreditTransferTransaction61 = PmtId PaymentIdentification6, PmtTpInf? PaymentTypeInformation26,
  Amt AmountType4Choice, XchgRateInf? ExchangeRate1, ChrgBr? ChargeBearerType1Code, MndtRltdInf?
  CreditTransferMandateData1, ChqInstr? Cheque19, UltmtDbtr? PartyIdentification272, IntrmyAgt1?
  BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2?
  BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3?
  BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, CdtrAgt?
  BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr?
  PartyIdentification272, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification272,
  InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForDbtrAgt? InstructionForDebtorAgent1,
  Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxData1, RltdRmtInf{0,10}
  RemittanceLocation8, RmtInf? RemittanceInformation22, SplmtryData* SupplementaryData1
CreditTransferTransactionInformation10 = PmtId PaymentIdentification1, PmtTpInf?
  PaymentTypeInformation19, Amt AmountType3Choice, XchgRateInf? ExchangeRateInformation1,
  ChrgBr? ChargeBearerType1Code, ChqInstr? Cheque6, UltmtDbtr? PartyIdentification32,
  IntrmyAgt1? BranchAndFinancialInstitutionIdentification4, IntrmyAgt1Acct? CashAccount16,
  IntrmyAgt2? BranchAndFinancialInstitutionIdentification4, IntrmyAgt2Acct? CashAccount16,
  IntrmyAgt3? BranchAndFinancialInstitutionIdentification4, IntrmyAgt3Acct? CashAccount16,
  CdtrAgt? BranchAndFinancialInstitutionIdentification4, CdtrAgtAcct? CashAccount16, Cdtr?
  PartyIdentification32, CdtrAcct? CashAccount16, UltmtCdtr? PartyIdentification32,
  InstrForCdtrAgt* InstructionForCreditorAgent1, InstrForDbtrAgt? Max140Text, Purp?
  Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxInformation3, RltdRmtInf{0,10}
  RemittanceLocation2, RmtInf? RemittanceInformation5
CustomerCreditTransferInitiationV03 = GrpHdr GroupHeader32, PmtInf+ PaymentInstructionInformation3
CustomerCreditTransferInitiationV09 = GrpHdr GroupHeader85, PmtInf+ PaymentInstruction30,
  SplmtryData* SupplementaryData1
CustomerCreditTransferInitiationV11 = GrpHdr GroupHeader95, PmtInf+ PaymentInstruction40,
  SplmtryData* SupplementaryData1
CustomerCreditTransferInitiationV12 = GrpHdr GroupHeader114, PmtInf+ PaymentInstruction44,
  SplmtryData* SupplementaryData1
ExchangeRate1 = UnitCcy? ActiveOrHistoricCurrencyCode, XchgRate? BaseOneRate, RateTp?
  ExchangeRateType1Code, CtrctId? Max35Text
ExchangeRateInformation1 = XchgRate? BaseOneRate, RateTp? ExchangeRateType1Code, CtrctId?
  Max35Text
GroupHeader114 = MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice,
  NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, InitgPty PartyIdentification272, FwdgAgt?
  BranchAndFinancialInstitutionIdentification8, InitnSrc? PaymentInitiationSource1
GroupHeader32 = MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice, NbOfTxs
  Max15NumericText, CtrlSum? DecimalNumber, InitgPty PartyIdentification32, FwdgAgt?
  BranchAndFinancialInstitutionIdentification4
GroupHeader85 = MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice, NbOfTxs
  Max15NumericText, CtrlSum? DecimalNumber, InitgPty PartyIdentification135, FwdgAgt?
  BranchAndFinancialInstitutionIdentification6
GroupHeader95 = MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice, NbOfTxs
  Max15NumericText, CtrlSum? DecimalNumber, InitgPty PartyIdentification135, FwdgAgt?
  BranchAndFinancialInstitutionIdentification6, InitnSrc? PaymentInitiationSource1
InstructionForDebtorAgent1 = Cd? ExternalDebtorAgentInstruction1Code, InstrInf? Max140Text
PaymentInitiationSource1 = Nm Max140Text, Prvdr? Max35Text, Vrsn? Max35Text
PaymentInstruction30 = PmtInfId Max35Text, PmtMtd PaymentMethod3Code, BtchBookg?
  BatchBookingIndicator, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber, PmtTpInf?
  PaymentTypeInformation26, ReqdExctnDt DateAndDateTime2Choice, PoolgAdjstmntDt? ISODate, Dbtr
  PartyIdentification135, DbtrAcct CashAccount38, DbtrAgt
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, InstrForDbtrAgt?
  Max140Text, UltmtDbtr? PartyIdentification135, ChrgBr? ChargeBearerType1Code, ChrgsAcct?
  CashAccount38, ChrgsAcctAgt? BranchAndFinancialInstitutionIdentification6, CdtTrfTxInf+
  CreditTransferTransaction34
PaymentInstruction40 = PmtInfId Max35Text, PmtMtd PaymentMethod3Code, ReqdAdvcTp? AdviceType1,
  BtchBookg? BatchBookingIndicator, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber, PmtTpInf?
  PaymentTypeInformation26, ReqdExctnDt DateAndDateTime2Choice, PoolgAdjstmntDt? ISODate, Dbtr
  PartyIdentification135, DbtrAcct CashAccount40, DbtrAgt
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, InstrForDbtrAgt?
  Max140Text, UltmtDbtr? PartyIdentification135, ChrgBr? ChargeBearerType1Code, ChrgsAcct?
  CashAccount40, ChrgsAcctAgt? BranchAndFinancialInstitutionIdentification6, CdtTrfTxInf+
  CreditTransferTransaction54
PaymentInstruction44 = PmtInfId Max35Text, PmtMtd PaymentMethod3Code, ReqdAdvcTp? AdviceType1,
  BtchBookg? BatchBookingIndicator, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber, PmtTpInf?
  PaymentTypeInformation26, ReqdExctnDt DateAndDateTime2Choice, PoolgAdjstmntDt? ISODate, Dbtr
  PartyIdentification272, DbtrAcct CashAccount40, DbtrAgt
  BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, InstrForDbtrAgt?
  Max140Text, UltmtDbtr? PartyIdentification272, ChrgBr? ChargeBearerType1Code, ChrgsAcct?
  CashAccount40, ChrgsAcctAgt? BranchAndFinancialInstitutionIdentification8, CdtTrfTxInf+
  CreditTransferTransaction61
PaymentInstructionInformation3 = PmtInfId Max35Text, PmtMtd PaymentMethod3Code, BtchBookg?
  BatchBookingIndicator, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber, PmtTpInf?
  PaymentTypeInformation19, ReqdExctnDt ISODate, PoolgAdjstmntDt? ISODate, Dbtr
  PartyIdentification32, DbtrAcct CashAccount16, DbtrAgt
  BranchAndFinancialInstitutionIdentification4, DbtrAgtAcct? CashAccount16, UltmtDbtr?
  PartyIdentification32, ChrgBr? ChargeBearerType1Code, ChrgsAcct? CashAccount16, ChrgsAcctAgt?
  BranchAndFinancialInstitutionIdentification4, CdtTrfTxInf+
  CreditTransferTransactionInformation10
PaymentTypeInformation19 = InstrPrty? Priority2Code, SvcLvl? ServiceLevel8Choice, LclInstrm?
  LocalInstrument2Choice, CtgyPurp? CategoryPurpose1Choice
PaymentTypeInformation26 = InstrPrty? Priority2Code, SvcLvl* ServiceLevel8Choice, LclInstrm?
  LocalInstrument2Choice, CtgyPurp? CategoryPurpose1Choice
`;
