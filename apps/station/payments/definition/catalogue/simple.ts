// The ISO 20022 simple types: texts, numbers, dates, and amounts with their currency, in the
// notation that ../notation.ts reads.

export const simpleTypes = String.raw`
AMLIndicator: boolean
ActiveCurrencyAndAmount: ActiveCurrencyAndAmount_SimpleType @Ccy ActiveCurrencyCode
ActiveCurrencyAndAmount_SimpleType: decimal 18.5 >=0
ActiveCurrencyCode: text /[A-Z]{3,3}/
ActiveOrHistoricCurrencyAnd13DecimalAmount:
  ActiveOrHistoricCurrencyAnd13DecimalAmount_SimpleType @Ccy ActiveOrHistoricCurrencyCode
ActiveOrHistoricCurrencyAnd13DecimalAmount_SimpleType: decimal 18.13 >=0
ActiveOrHistoricCurrencyAndAmount: ActiveOrHistoricCurrencyAndAmount_SimpleType @Ccy
  ActiveOrHistoricCurrencyCode
ActiveOrHistoricCurrencyAndAmount_SimpleType: decimal 18.5 >=0
ActiveOrHistoricCurrencyCode: text /[A-Z]{3,3}/
AnyBICDec2014Identifier: text /[A-Z0-9]{4,4}[A-Z]{2,2}[A-Z0-9]{2,2}([A-Z0-9]{3,3}){0,1}/
AnyBICIdentifier: text /[A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}/
BICFIDec2014Identifier: text /[A-Z0-9]{4,4}[A-Z]{2,2}[A-Z0-9]{2,2}([A-Z0-9]{3,3}){0,1}/
BICFIIdentifier: text /[A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}/
BICIdentifier: text /[A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}/
BaseOneRate: decimal 11.10
BatchBookingIndicator: boolean
BusinessMessagePriorityCode: text
ChargeIncludedIndicator: boolean
CountryCode: text /[A-Z]{2,2}/
DecimalNumber: decimal 18.17
Exact1NumericText: text /[0-9]/
Exact2NumericText: text /[0-9]{2}/
Exact3NumericText: text /[0-9]{3}/
Exact4AlphaNumericText: text /[a-zA-Z0-9]{4}/
ExternalAccountIdentification1Code: text 1..4
ExternalAgentInstruction1Code: text 1..4
ExternalBalanceSubType1Code: text 1..4
ExternalBalanceType1Code: text 1..4
ExternalBankTransactionDomain1Code: text 1..4
ExternalBankTransactionFamily1Code: text 1..4
ExternalBankTransactionSubFamily1Code: text 1..4
ExternalCancellationReason1Code: text 1..4
ExternalCardTransactionCategory1Code: text 1..4
ExternalCashAccountType1Code: text 1..4
ExternalCashClearingSystem1Code: text 1..3
ExternalCategoryPurpose1Code: text 1..4
ExternalChargeType1Code: text 1..4
ExternalClaimNonReceiptRejection1Code: text 1..4
ExternalClearingSystemIdentification1Code: text 1..5
ExternalCreditLineType1Code: text 1..4
ExternalCreditorAgentInstruction1Code: text 1..4
ExternalCreditorReferenceType1Code: text 1..4
ExternalDateType1Code: text 1..4
ExternalDebtorAgentInstruction1Code: text 1..4
ExternalDiscountAmountType1Code: text 1..4
ExternalDocumentAmountType1Code: text 1..4
ExternalDocumentLineType1Code: text 1..4
ExternalDocumentType1Code: text 1..4
ExternalEntryStatus1Code: text 1..4
ExternalFinancialInstitutionIdentification1Code: text 1..4
ExternalFinancialInstrumentIdentificationType1Code: text 1..4
ExternalGarnishmentType1Code: text 1..4
ExternalInvestigationExecutionConfirmation1Code: text 1..4
ExternalLocalInstrument1Code: text 1..35
ExternalMandateSetupReason1Code: text 1..4
ExternalOrganisationIdentification1Code: text 1..4
ExternalPaymentCancellationRejection1Code: text 1..4
ExternalPaymentCompensationReason1Code: text 1..4
ExternalPaymentGroupStatus1Code: text 1..4
ExternalPaymentModificationRejection1Code: text 1..4
ExternalPaymentTransactionStatus1Code: text 1..4
ExternalPersonIdentification1Code: text 1..4
ExternalProxyAccountType1Code: text 1..4
ExternalPurpose1Code: text 1..4
ExternalRePresentmentReason1Code: text 1..4
ExternalReportingSource1Code: text 1..4
ExternalReturnReason1Code: text 1..4
ExternalReversalReason1Code: text 1..4
ExternalServiceLevel1Code: text 1..4
ExternalStatusReason1Code: text 1..4
ExternalTaxAmountType1Code: text 1..4
ExternalTechnicalInputChannel1Code: text 1..4
GroupCancellationIndicator: boolean
IBAN2007Identifier: text /[A-Z]{2,2}[0-9]{2,2}[a-zA-Z0-9]{1,30}/
ISINOct2015Identifier: text /[A-Z]{2,2}[A-Z0-9]{9,9}[0-9]{1,1}/
ISO2ALanguageCode: text /[a-z]{2,2}/
ISODate: date
ISODateTime: dateTime
ISONormalisedDateTime: dateTime /.*Z/
ISOTime: time
ISOYear: gYear
ISOYearMonth: gYearMonth
ImpliedCurrencyAndAmount: decimal 18.5 >=0
LEIIdentifier: text /[A-Z0-9]{18,18}[0-9]{2,2}/
Max1025Text: text 1..1025
Max105Text: text 1..105
Max10KBinary: binary 1..10240
Max10Text: text 1..10
Max128Text: text 1..128
Max140Text: text 1..140
Max15NumericText: text /[0-9]{1,15}/
Max15PlusSignedNumericText: text /[\+]{0,1}[0-9]{1,15}/
Max16Text: text 1..16
Max2048Text: text 1..2048
Max210Text: text 1..210
Max256Text: text 1..256
Max34Text: text 1..34
Max350Text: text 1..350
Max35Text: text 1..35
Max3NumericText: text /[0-9]{1,3}/
Max4Text: text 1..4
Max500Text: text 1..500
Max5NumericText: text /[0-9]{1,5}/
Max70Text: text 1..70
Min2Max3NumericText: text /[0-9]{2,3}/
Min3Max4NumericText: text /[0-9]{3,4}/
Min8Max28NumericText: text /[0-9]{8,28}/
NonNegativeDecimalNumber: decimal 18.17 >=0
Number: decimal 18.0
PercentageRate: decimal 11.10
PhoneNumber: text /\+[0-9]{1,3}-[0-9()+\-]{1,30}/
TrueFalseIndicator: boolean
UUIDv4Identifier: text /[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}/
UnicodeChartsCode: text
YesNoIndicator: boolean
`;
