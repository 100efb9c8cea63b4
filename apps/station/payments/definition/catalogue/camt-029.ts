// The ISO 20022 types that only camt.029 uses, in the notation that ../notation.ts reads.

export const camt029Types = `
CancellationStatusReason3Choice | Cd ExternalPaymentCancellationRejection1Code, Prtry Max35Text
CancellationStatusReason4 = Orgtr? PartyIdentification135, Rsn? CancellationStatusReason3Choice,
  AddtlInf* Max105Text
Charges9 = Amt ActiveOrHistoricCurrencyAndAmount, Agt
  BranchAndFinancialInstitutionIdentification6, AgtAcct? CashAccount40
ClaimNonReceipt2 = DtPrcd ISODate, OrgnlNxtAgt? BranchAndFinancialInstitutionIdentification6
ClaimNonReceipt2Choice | Accptd ClaimNonReceipt2, Rjctd ClaimNonReceiptRejectReason1Choice
ClaimNonReceiptRejectReason1Choice | Cd ExternalClaimNonReceiptRejection1Code, Prtry Max35Text
Compensation2 = Amt ActiveCurrencyAndAmount, DbtrAgt
  BranchAndFinancialInstitutionIdentification6, CdtrAgt
  BranchAndFinancialInstitutionIdentification6, Rsn CompensationReason1Choice
Compensation4 = Amt ActiveCurrencyAndAmount, DbtrAgt
  BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, CdtrAgt
  BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Rsn
  CompensationReason1Choice
CompensationReason1Choice | Cd ExternalPaymentCompensationReason1Code, Prtry Max35Text
CorrectiveGroupInformation1 = MsgId Max35Text, MsgNmId Max35Text, CreDtTm? ISODateTime
CorrectiveInterbankTransaction2 = GrpHdr? CorrectiveGroupInformation1, InstrId? Max35Text,
  EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, IntrBkSttlmAmt
  ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt ISODate
CorrectiveInterbankTransaction3 = GrpHdr? CorrectiveGroupInformation1, InstrId? Max35Text,
  EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, IntrBkSttlmAmt
  ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt ISODate
CorrectivePaymentInitiation4 = GrpHdr? CorrectiveGroupInformation1, PmtInfId? Max35Text,
  InstrId? Max35Text, EndToEndId? Max35Text, UETR? UUIDv4Identifier, InstdAmt
  ActiveOrHistoricCurrencyAndAmount, ReqdExctnDt? DateAndDateTime2Choice, ReqdColltnDt? ISODate
CorrectivePaymentInitiation5 = GrpHdr? CorrectiveGroupInformation1, PmtInfId? Max35Text,
  InstrId? Max35Text, EndToEndId? Max35Text, UETR? UUIDv4Identifier, InstdAmt
  ActiveOrHistoricCurrencyAndAmount, ReqdExctnDt? DateAndDateTime2Choice, ReqdColltnDt? ISODate
CorrectiveTransaction4Choice | Initn CorrectivePaymentInitiation4, IntrBk
  CorrectiveInterbankTransaction2
CorrectiveTransaction5Choice | Initn CorrectivePaymentInitiation5, IntrBk
  CorrectiveInterbankTransaction3
InvestigationStatus5Choice | Conf ExternalInvestigationExecutionConfirmation1Code, RjctdMod+
  ModificationStatusReason1Choice, DplctOf Case5, AssgnmtCxlConf YesNoIndicator
ModificationStatusReason1Choice | Cd ExternalPaymentModificationRejection1Code, Prtry Max35Text
ModificationStatusReason2 = Orgtr? PartyIdentification135, Rsn? ModificationStatusReason1Choice,
  AddtlInf* Max105Text
NumberOfCancellationsPerStatus1 = DtldNbOfTxs Max15NumericText, DtldSts
  CancellationIndividualStatus1Code, DtldCtrlSum? DecimalNumber
NumberOfTransactionsPerStatus1 = DtldNbOfTxs Max15NumericText, DtldSts
  TransactionIndividualStatus1Code, DtldCtrlSum? DecimalNumber
OriginalGroupHeader14 = OrgnlGrpCxlId? Max35Text, RslvdCase? Case5, OrgnlMsgId Max35Text,
  OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText,
  OrgnlCtrlSum? DecimalNumber, GrpCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf*
  CancellationStatusReason4, NbOfTxsPerCxlSts* NumberOfTransactionsPerStatus1
OriginalPaymentInstruction30 = OrgnlPmtInfCxlId? Max35Text, RslvdCase? Case5, OrgnlPmtInfId
  Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlNbOfTxs? Max15NumericText,
  OrgnlCtrlSum? DecimalNumber, PmtInfCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf*
  CancellationStatusReason4, NbOfTxsPerCxlSts* NumberOfCancellationsPerStatus1, TxInfAndSts*
  PaymentTransaction103
OriginalPaymentInstruction43 = OrgnlPmtInfCxlId? Max35Text, RslvdCase? Case5, OrgnlPmtInfId
  Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlNbOfTxs? Max15NumericText,
  OrgnlCtrlSum? DecimalNumber, PmtInfCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf*
  CancellationStatusReason4, NbOfTxsPerCxlSts* NumberOfCancellationsPerStatus1, TxInfAndSts*
  PaymentTransaction139
PaymentTransaction102 = CxlStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf?
  OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId?
  Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, TxCxlSts?
  CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, RsltnRltdInf?
  ResolutionData1, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt?
  ISODate, Assgnr? Party40Choice, Assgne? Party40Choice, OrgnlTxRef?
  OriginalTransactionReference28
PaymentTransaction103 = CxlStsId? Max35Text, RslvdCase? Case5, OrgnlInstrId? Max35Text,
  OrgnlEndToEndId? Max35Text, UETR? UUIDv4Identifier, TxCxlSts?
  CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, OrgnlInstdAmt?
  ActiveOrHistoricCurrencyAndAmount, OrgnlReqdExctnDt? DateAndDateTime2Choice,
  OrgnlReqdColltnDt? ISODate, OrgnlTxRef? OriginalTransactionReference28
PaymentTransaction107 = ModStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf
  OriginalGroupInformation29, OrgnlPmtInfId? Max35Text, OrgnlInstrId? Max35Text,
  OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR?
  UUIDv4Identifier, ModStsRsnInf* ModificationStatusReason2, RsltnRltdInf? ResolutionData1,
  OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr?
  Party40Choice, Assgne? Party40Choice, OrgnlTxRef? OriginalTransactionReference28
PaymentTransaction132 = ModStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf
  OriginalGroupInformation29, OrgnlPmtInfId? Max35Text, OrgnlInstrId? Max35Text,
  OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR?
  UUIDv4Identifier, ModStsRsnInf* ModificationStatusReason2, RsltnRltdInf? ResolutionData3,
  OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr?
  Party40Choice, Assgne? Party40Choice, OrgnlTxRef? OriginalTransactionReference35
PaymentTransaction138 = CxlStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf?
  OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId?
  Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, TxCxlSts?
  CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, RsltnRltdInf?
  ResolutionData3, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt?
  ISODate, Assgnr? Party40Choice, Assgne? Party40Choice, OrgnlTxRef?
  OriginalTransactionReference35
PaymentTransaction139 = CxlStsId? Max35Text, RslvdCase? Case5, OrgnlInstrId? Max35Text,
  OrgnlEndToEndId? Max35Text, UETR? UUIDv4Identifier, TxCxlSts?
  CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, OrgnlInstdAmt?
  ActiveOrHistoricCurrencyAndAmount, OrgnlReqdExctnDt? DateAndDateTime2Choice,
  OrgnlReqdColltnDt? ISODate, OrgnlTxRef? OriginalTransactionReference35
ResolutionData1 = EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier,
  IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt? ISODate, ClrChanl?
  ClearingChannel2Code, Compstn? Compensation2, Chrgs* Charges7
ResolutionData3 = EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier,
  IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt? ISODate, ClrChanl?
  ClearingChannel2Code, Compstn? Compensation4, Chrgs* Charges9
ResolutionOfInvestigationV09 = Assgnmt CaseAssignment5, RslvdCase? Case5, Sts
  InvestigationStatus5Choice, CxlDtls* UnderlyingTransaction22, ModDtls? PaymentTransaction107,
  ClmNonRctDtls? ClaimNonReceipt2Choice, StmtDtls? StatementResolutionEntry4, CrrctnTx?
  CorrectiveTransaction4Choice, RsltnRltdInf? ResolutionData1, SplmtryData* SupplementaryData1
ResolutionOfInvestigationV11 = Assgnmt CaseAssignment5, RslvdCase? Case5, Sts
  InvestigationStatus5Choice, CxlDtls* UnderlyingTransaction29, ModDtls? PaymentTransaction132,
  ClmNonRctDtls? ClaimNonReceipt2Choice, StmtDtls? StatementResolutionEntry4, CrrctnTx?
  CorrectiveTransaction5Choice, RsltnRltdInf? ResolutionData3, SplmtryData* SupplementaryData1
StatementResolutionEntry4 = OrgnlGrpInf? OriginalGroupInformation29, OrgnlStmtId? Max35Text,
  UETR? UUIDv4Identifier, AcctSvcrRef? Max35Text, CrrctdAmt? ActiveOrHistoricCurrencyAndAmount,
  Chrgs* Charges6, Purp? Purpose2Choice
UnderlyingTransaction22 = OrgnlGrpInfAndSts? OriginalGroupHeader14, OrgnlPmtInfAndSts*
  OriginalPaymentInstruction30, TxInfAndSts* PaymentTransaction102
UnderlyingTransaction29 = OrgnlGrpInfAndSts? OriginalGroupHeader14, OrgnlPmtInfAndSts*
  OriginalPaymentInstruction43, TxInfAndSts* PaymentTransaction138
`;
