// The ISO 20022 types that only camt.026 uses, in the notation that ../notation.ts reads.

export const camt026Types = `
MissingOrIncorrectInformation3 = AMLReq? AMLIndicator, MssngInf{0,10} UnableToApplyMissing1,
  IncrrctInf{0,10} UnableToApplyIncorrect1
UnableToApplyIncorrect1 = Cd UnableToApplyIncorrectInformation4Code, AddtlIncrrctInf? Max140Text
UnableToApplyJustification3Choice | AnyInf YesNoIndicator, MssngOrIncrrctInf
  MissingOrIncorrectInformation3, PssblDplctInstr TrueFalseIndicator
UnableToApplyMissing1 = Cd UnableToApplyMissingInformation3Code, AddtlMssngInf? Max140Text
UnableToApplyV07 = Assgnmt CaseAssignment5, Case? Case5, Undrlyg UnderlyingTransaction5Choice,
  Justfn UnableToApplyJustification3Choice, SplmtryData* SupplementaryData1
`;
