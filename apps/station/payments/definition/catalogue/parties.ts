// The ISO 20022 parties, agents, accounts and addresses, in the notation that ../notation.ts reads.

export const partiesTypes = `
AccountIdentification4Choice | IBAN IBAN2007Identifier, Othr GenericAccountIdentification1
AccountInterest4 = Tp? InterestType1Choice, Rate* Rate4, FrToDt? DateTimePeriod1, Rsn?
  Max35Text, Tax? TaxCharges2
AccountSchemeName1Choice | Cd ExternalAccountIdentification1Code, Prtry Max35Text
AddressType3Choice | Cd AddressType2Code, Prtry GenericIdentification30
BranchAndFinancialInstitutionIdentification4 = FinInstnId FinancialInstitutionIdentification7,
  BrnchId? BranchData2
BranchAndFinancialInstitutionIdentification6 = FinInstnId FinancialInstitutionIdentification18,
  BrnchId? BranchData3
BranchAndFinancialInstitutionIdentification8 = FinInstnId FinancialInstitutionIdentification23,
  BrnchId? BranchData5
BranchData2 = Id? Max35Text, Nm? Max140Text, PstlAdr? PostalAddress6
BranchData3 = Id? Max35Text, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress24
BranchData5 = Id? Max35Text, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress27
CashAccount16 = Id AccountIdentification4Choice, Tp? CashAccountType2, Ccy?
  ActiveOrHistoricCurrencyCode, Nm? Max70Text
CashAccount38 = Id AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy?
  ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1
CashAccount39 = Id AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy?
  ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1, Ownr?
  PartyIdentification135, Svcr? BranchAndFinancialInstitutionIdentification6
CashAccount40 = Id? AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy?
  ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1
CashAccountType2 | Cd CashAccountType4Code, Prtry Max35Text
CashAccountType2Choice | Cd ExternalCashAccountType1Code, Prtry Max35Text
ClearingSystemIdentification2Choice | Cd ExternalClearingSystemIdentification1Code, Prtry
  Max35Text
ClearingSystemIdentification3Choice | Cd ExternalCashClearingSystem1Code, Prtry Max35Text
ClearingSystemMemberIdentification2 = ClrSysId? ClearingSystemIdentification2Choice, MmbId
  Max35Text
Contact13 = NmPrfx? NamePrefix2Code, Nm? Max140Text, PhneNb? PhoneNumber, MobNb? PhoneNumber,
  FaxNb? PhoneNumber, URLAdr? Max2048Text, EmailAdr? Max256Text, EmailPurp? Max35Text, JobTitl?
  Max35Text, Rspnsblty? Max35Text, Dept? Max70Text, Othr* OtherContact1, PrefrdMtd?
  PreferredContactMethod2Code
Contact4 = NmPrfx? NamePrefix2Code, Nm? Max140Text, PhneNb? PhoneNumber, MobNb? PhoneNumber,
  FaxNb? PhoneNumber, EmailAdr? Max2048Text, EmailPurp? Max35Text, JobTitl? Max35Text,
  Rspnsblty? Max35Text, Dept? Max70Text, Othr* OtherContact1, PrefrdMtd?
  PreferredContactMethod1Code
ContactDetails2 = NmPrfx? NamePrefix1Code, Nm? Max140Text, PhneNb? PhoneNumber, MobNb?
  PhoneNumber, FaxNb? PhoneNumber, EmailAdr? Max2048Text, Othr? Max35Text
FinancialIdentificationSchemeName1Choice | Cd ExternalFinancialInstitutionIdentification1Code,
  Prtry Max35Text
FinancialInstitutionIdentification18 = BICFI? BICFIDec2014Identifier, ClrSysMmbId?
  ClearingSystemMemberIdentification2, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr?
  PostalAddress24, Othr? GenericFinancialIdentification1
FinancialInstitutionIdentification23 = BICFI? BICFIDec2014Identifier, ClrSysMmbId?
  ClearingSystemMemberIdentification2, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr?
  PostalAddress27, Othr? GenericFinancialIdentification1
FinancialInstitutionIdentification7 = BIC? BICIdentifier, ClrSysMmbId?
  ClearingSystemMemberIdentification2, Nm? Max140Text, PstlAdr? PostalAddress6, Othr?
  GenericFinancialIdentification1
FinancialInstrumentQuantity1Choice | Unit DecimalNumber, FaceAmt ImpliedCurrencyAndAmount,
  AmtsdVal ImpliedCurrencyAndAmount
GenericAccountIdentification1 = Id Max34Text, SchmeNm? AccountSchemeName1Choice, Issr? Max35Text
GenericFinancialIdentification1 = Id Max35Text, SchmeNm?
  FinancialIdentificationSchemeName1Choice, Issr? Max35Text
GenericOrganisationIdentification1 = Id Max35Text, SchmeNm?
  OrganisationIdentificationSchemeName1Choice, Issr? Max35Text
GenericOrganisationIdentification3 = Id Max256Text, SchmeNm?
  OrganisationIdentificationSchemeName1Choice, Issr? Max35Text
GenericPersonIdentification1 = Id Max35Text, SchmeNm? PersonIdentificationSchemeName1Choice,
  Issr? Max35Text
GenericPersonIdentification2 = Id Max256Text, SchmeNm? PersonIdentificationSchemeName1Choice,
  Issr? Max35Text
InstructionForCreditorAgent1 = Cd? Instruction3Code, InstrInf? Max140Text
InstructionForCreditorAgent2 = Cd? Instruction5Code, InstrInf? Max140Text
InstructionForCreditorAgent3 = Cd? ExternalCreditorAgentInstruction1Code, InstrInf? Max140Text
InstructionForNextAgent1 = Cd? Instruction4Code, InstrInf? Max140Text
NameAndAddress10 = Nm Max140Text, Adr PostalAddress6
NameAndAddress16 = Nm Max140Text, Adr PostalAddress24
NameAndAddress18 = Nm Max140Text, Adr PostalAddress27
OrganisationIdentification29 = AnyBIC? AnyBICDec2014Identifier, LEI? LEIIdentifier, Othr*
  GenericOrganisationIdentification1
OrganisationIdentification39 = AnyBIC? AnyBICDec2014Identifier, LEI? LEIIdentifier, Othr*
  GenericOrganisationIdentification3
OrganisationIdentification4 = BICOrBEI? AnyBICIdentifier, Othr* GenericOrganisationIdentification1
OrganisationIdentificationSchemeName1Choice | Cd ExternalOrganisationIdentification1Code, Prtry
  Max35Text
OtherContact1 = ChanlTp Max4Text, Id? Max128Text
Party38Choice | OrgId OrganisationIdentification29, PrvtId PersonIdentification13
Party40Choice | Pty PartyIdentification135, Agt BranchAndFinancialInstitutionIdentification6
Party52Choice | OrgId OrganisationIdentification39, PrvtId PersonIdentification18
Party6Choice | OrgId OrganisationIdentification4, PrvtId PersonIdentification5
PartyIdentification135 = Nm? Max140Text, PstlAdr? PostalAddress24, Id? Party38Choice, CtryOfRes?
  CountryCode, CtctDtls? Contact4
PartyIdentification272 = Nm? Max140Text, PstlAdr? PostalAddress27, Id? Party52Choice, CtryOfRes?
  CountryCode, CtctDtls? Contact13
PartyIdentification32 = Nm? Max140Text, PstlAdr? PostalAddress6, Id? Party6Choice, CtryOfRes?
  CountryCode, CtctDtls? ContactDetails2
PersonIdentification13 = DtAndPlcOfBirth? DateAndPlaceOfBirth1, Othr* GenericPersonIdentification1
PersonIdentification18 = DtAndPlcOfBirth? DateAndPlaceOfBirth1, Othr* GenericPersonIdentification2
PersonIdentification5 = DtAndPlcOfBirth? DateAndPlaceOfBirth, Othr* GenericPersonIdentification1
PersonIdentificationSchemeName1Choice | Cd ExternalPersonIdentification1Code, Prtry Max35Text
PostalAddress24 = AdrTp? AddressType3Choice, Dept? Max70Text, SubDept? Max70Text, StrtNm?
  Max70Text, BldgNb? Max16Text, BldgNm? Max35Text, Flr? Max70Text, PstBx? Max16Text, Room?
  Max70Text, PstCd? Max16Text, TwnNm? Max35Text, TwnLctnNm? Max35Text, DstrctNm? Max35Text,
  CtrySubDvsn? Max35Text, Ctry? CountryCode, AdrLine{0,7} Max70Text
PostalAddress27 = AdrTp? AddressType3Choice, CareOf? Max140Text, Dept? Max70Text, SubDept?
  Max70Text, StrtNm? Max140Text, BldgNb? Max16Text, BldgNm? Max140Text, Flr? Max70Text, UnitNb?
  Max16Text, PstBx? Max16Text, Room? Max70Text, PstCd? Max16Text, TwnNm? Max140Text, TwnLctnNm?
  Max140Text, DstrctNm? Max140Text, CtrySubDvsn? Max35Text, Ctry? CountryCode, AdrLine{0,7}
  Max70Text
PostalAddress6 = AdrTp? AddressType2Code, Dept? Max70Text, SubDept? Max70Text, StrtNm?
  Max70Text, BldgNb? Max16Text, PstCd? Max16Text, TwnNm? Max35Text, CtrySubDvsn? Max35Text,
  Ctry? CountryCode, AdrLine{0,7} Max70Text
ProprietaryAgent4 = Tp Max35Text, Agt BranchAndFinancialInstitutionIdentification6
ProprietaryParty5 = Tp Max35Text, Pty Party40Choice
ProxyAccountIdentification1 = Tp? ProxyAccountType1Choice, Id Max2048Text
ProxyAccountType1Choice | Cd ExternalProxyAccountType1Code, Prtry Max35Text
SecuritiesAccount19 = Id Max35Text, Tp? GenericIdentification30, Nm? Max70Text
TaxParty1 = TaxId? Max35Text, RegnId? Max35Text, TaxTp? Max35Text
TaxParty2 = TaxId? Max35Text, RegnId? Max35Text, TaxTp? Max35Text, Authstn? TaxAuthorisation1
TransactionAgents5 = InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt?
  BranchAndFinancialInstitutionIdentification6, DbtrAgt?
  BranchAndFinancialInstitutionIdentification6, CdtrAgt?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt1?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt2?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt3?
  BranchAndFinancialInstitutionIdentification6, RcvgAgt?
  BranchAndFinancialInstitutionIdentification6, DlvrgAgt?
  BranchAndFinancialInstitutionIdentification6, IssgAgt?
  BranchAndFinancialInstitutionIdentification6, SttlmPlc?
  BranchAndFinancialInstitutionIdentification6, Prtry* ProprietaryAgent4
TransactionParties6 = InitgPty? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount38,
  UltmtDbtr? Party40Choice, Cdtr? Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr?
  Party40Choice, TradgPty? Party40Choice, Prtry* ProprietaryParty5
`;
