// The ISO 20022 types that only camt.027 uses, in the notation that ../notation.ts reads.

export const camt027Types = `
ClaimNonReceiptV07 = Assgnmt CaseAssignment5, Case? Case5, Undrlyg UnderlyingTransaction5Choice,
  CoverDtls? MissingCover4, InstrForAssgne? InstructionForAssignee1, SplmtryData*
  SupplementaryData1
MissingCover4 = MssngCoverInd YesNoIndicator, CoverCrrctn? SettlementInstruction6
`;
