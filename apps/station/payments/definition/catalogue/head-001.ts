// The ISO 20022 types that only head.001 uses, in the notation that ../notation.ts reads.

export const head001Types = `
BranchAndFinancialInstitutionIdentification5 = FinInstnId FinancialInstitutionIdentification8,
  BrnchId? BranchData2
BusinessApplicationHeader1 = CharSet? UnicodeChartsCode, Fr Party9Choice, To Party9Choice,
  BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, CreDt ISONormalisedDateTime,
  CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode,
  Sgntr? SignatureEnvelope
BusinessApplicationHeader5 = CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice,
  BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, CreDt ISODateTime, CpyDplct?
  CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr?
  SignatureEnvelope
BusinessApplicationHeader7 = CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice,
  BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, MktPrctc?
  ImplementationSpecification1, CreDt ISODateTime, BizPrcgDt? ISODateTime, CpyDplct?
  CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr?
  SignatureEnvelope
BusinessApplicationHeaderV01 = CharSet? UnicodeChartsCode, Fr Party9Choice, To Party9Choice,
  BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, CreDt ISONormalisedDateTime,
  CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode,
  Sgntr? SignatureEnvelope, Rltd? BusinessApplicationHeader1
BusinessApplicationHeaderV02 = CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice,
  BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, MktPrctc?
  ImplementationSpecification1, CreDt ISODateTime, BizPrcgDt? ISODateTime, CpyDplct?
  CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr?
  SignatureEnvelope, Rltd* BusinessApplicationHeader5
BusinessApplicationHeaderV03 = CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice,
  BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, MktPrctc?
  ImplementationSpecification1, CreDt ISODateTime, BizPrcgDt? ISODateTime, CpyDplct?
  CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr?
  SignatureEnvelope, Rltd* BusinessApplicationHeader7
FinancialInstitutionIdentification8 = BICFI? BICFIIdentifier, ClrSysMmbId?
  ClearingSystemMemberIdentification2, Nm? Max140Text, PstlAdr? PostalAddress6, Othr?
  GenericFinancialIdentification1
ImplementationSpecification1 = Regy Max350Text, Id Max2048Text
OrganisationIdentification7 = AnyBIC? AnyBICIdentifier, Othr* GenericOrganisationIdentification1
Party10Choice | OrgId OrganisationIdentification7, PrvtId PersonIdentification5
Party44Choice | OrgId PartyIdentification135, FIId BranchAndFinancialInstitutionIdentification6
Party9Choice | OrgId PartyIdentification42, FIId BranchAndFinancialInstitutionIdentification5
PartyIdentification42 = Nm? Max140Text, PstlAdr? PostalAddress6, Id? Party10Choice, CtryOfRes?
  CountryCode, CtctDtls? ContactDetails2
SignatureEnvelope = any http://www.w3.org/2000/09/xmldsig#
`;
