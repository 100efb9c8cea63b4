// The ISO 20022 mandates of direct debits and credit transfers, in the notation that
// ../notation.ts reads.

export const mandatesTypes = `
AmendmentInformationDetails13 = OrgnlMndtId? Max35Text, OrgnlCdtrSchmeId?
  PartyIdentification135, OrgnlCdtrAgt? BranchAndFinancialInstitutionIdentification6,
  OrgnlCdtrAgtAcct? CashAccount38, OrgnlDbtr? PartyIdentification135, OrgnlDbtrAcct?
  CashAccount38, OrgnlDbtrAgt? BranchAndFinancialInstitutionIdentification6, OrgnlDbtrAgtAcct?
  CashAccount38, OrgnlFnlColltnDt? ISODate, OrgnlFrqcy? Frequency36Choice, OrgnlRsn?
  MandateSetupReason1Choice, OrgnlTrckgDays? Exact2NumericText
AmendmentInformationDetails14 = OrgnlMndtId? Max35Text, OrgnlCdtrSchmeId?
  PartyIdentification135, OrgnlCdtrAgt? BranchAndFinancialInstitutionIdentification6,
  OrgnlCdtrAgtAcct? CashAccount40, OrgnlDbtr? PartyIdentification135, OrgnlDbtrAcct?
  CashAccount40, OrgnlDbtrAgt? BranchAndFinancialInstitutionIdentification6, OrgnlDbtrAgtAcct?
  CashAccount40, OrgnlFnlColltnDt? ISODate, OrgnlFrqcy? Frequency36Choice, OrgnlRsn?
  MandateSetupReason1Choice, OrgnlTrckgDays? Exact2NumericText
AmendmentInformationDetails6 = OrgnlMndtId? Max35Text, OrgnlCdtrSchmeId? PartyIdentification32,
  OrgnlCdtrAgt? BranchAndFinancialInstitutionIdentification4, OrgnlCdtrAgtAcct? CashAccount16,
  OrgnlDbtr? PartyIdentification32, OrgnlDbtrAcct? CashAccount16, OrgnlDbtrAgt?
  BranchAndFinancialInstitutionIdentification4, OrgnlDbtrAgtAcct? CashAccount16,
  OrgnlFnlColltnDt? ISODate, OrgnlFrqcy? Frequency1Code
CreditTransferMandateData1 = MndtId? Max35Text, Tp? MandateTypeInformation2, DtOfSgntr? ISODate,
  DtOfVrfctn? ISODateTime, ElctrncSgntr? Max10KBinary, FrstPmtDt? ISODate, FnlPmtDt? ISODate,
  Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice
DirectDebitTransaction10 = MndtRltdInf? MandateRelatedInformation14, CdtrSchmeId?
  PartyIdentification135, PreNtfctnId? Max35Text, PreNtfctnDt? ISODate
Frequency36Choice | Tp Frequency6Code, Prd FrequencyPeriod1, PtInTm FrequencyAndMoment1
FrequencyAndMoment1 = Tp Frequency6Code, PtInTm Exact2NumericText
FrequencyPeriod1 = Tp Frequency6Code, CntPerPrd DecimalNumber
MandateClassification1Choice | Cd MandateClassification1Code, Prtry Max35Text
MandateRelatedData2Choice | DrctDbtMndt? MandateRelatedInformation15, CdtTrfMndt?
  CreditTransferMandateData1
MandateRelatedInformation14 = MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd?
  TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails13, ElctrncSgntr? Max1025Text,
  FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency36Choice, Rsn?
  MandateSetupReason1Choice, TrckgDays? Exact2NumericText
MandateRelatedInformation15 = MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd?
  TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails14, ElctrncSgntr? Max1025Text,
  FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency36Choice, Rsn?
  MandateSetupReason1Choice, TrckgDays? Exact2NumericText
MandateRelatedInformation6 = MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd?
  TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails6, ElctrncSgntr? Max1025Text,
  FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency1Code
MandateSetupReason1Choice | Cd ExternalMandateSetupReason1Code, Prtry Max70Text
MandateTypeInformation2 = SvcLvl? ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice,
  CtgyPurp? CategoryPurpose1Choice, Clssfctn? MandateClassification1Choice
`;
