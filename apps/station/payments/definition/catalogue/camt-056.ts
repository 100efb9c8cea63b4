// The ISO 20022 types that only camt.056 uses, in the notation that ../notation.ts reads.

export const camt056Types = `
FIToFIPaymentCancellationRequestV08 = Assgnmt CaseAssignment5, Case? Case5, CtrlData?
  ControlData1, Undrlyg+ UnderlyingTransaction23, SplmtryData* SupplementaryData1
FIToFIPaymentCancellationRequestV10 = Assgnmt CaseAssignment5, Case? Case5, CtrlData?
  ControlData1, Undrlyg+ UnderlyingTransaction28, SplmtryData* SupplementaryData1
PaymentTransaction106 = CxlId? Max35Text, Case? Case5, OrgnlGrpInf? OriginalGroupInformation29,
  OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR?
  UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt?
  ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr?
  BranchAndFinancialInstitutionIdentification6, Assgne?
  BranchAndFinancialInstitutionIdentification6, CxlRsnInf* PaymentCancellationReason5,
  OrgnlTxRef? OriginalTransactionReference28, SplmtryData* SupplementaryData1
PaymentTransaction137 = CxlId? Max35Text, Case? Case5, OrgnlGrpInf? OriginalGroupInformation29,
  OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR?
  UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt?
  ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr?
  BranchAndFinancialInstitutionIdentification6, Assgne?
  BranchAndFinancialInstitutionIdentification6, CxlRsnInf* PaymentCancellationReason5,
  OrgnlTxRef? OriginalTransactionReference35, SplmtryData* SupplementaryData1
UnderlyingTransaction23 = OrgnlGrpInfAndCxl? OriginalGroupHeader15, TxInf* PaymentTransaction106
UnderlyingTransaction28 = OrgnlGrpInfAndCxl? OriginalGroupHeader15, TxInf* PaymentTransaction137
`;
