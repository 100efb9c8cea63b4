// The ISO 20022 code lists written in the messages themselves, in the notation that ../notation.ts
// reads.

export const codesTypes = `
AddressType2Code: code ADDR PBOX HOME BIZZ MLTO DLVY
AdviceType1Code: code ADWD ADND
AttendanceContext1Code: code ATTD SATT UATT
AuthenticationEntity1Code: code ICCD AGNT MERC
AuthenticationMethod1Code: code UKNW BYPS NPIN FPIN CPSG PPSG MANU MERC SCRT SNCT SCNL
Authorisation1Code: code AUTH FDET FSUM ILEV
CSCManagement1Code: code PRST BYPS UNRD NCSC
CancellationIndividualStatus1Code: code RJCR ACCR PDCR
CardDataReading1Code: code TAGC PHYS BRCD MGST CICC DFLE CTLS ECTL
CardPaymentServiceType2Code: code AGGR DCCV GRTT INSP LOYT NRES PUCO RECP SOAF UNAF VCAU
CardholderVerificationCapability1Code: code MNSG NPIN FCPN FEPN FDSG FBIO MNVR FBIG APKI PKIS
  CHDT SCEC
CashAccountType4Code: code CASH CHAR COMM TAXE CISH TRAS SACC CACC SVGS ONDP MGLD NREX MOMA LOAN
  SLRY ODFT
ChargeBearerType1Code: code DEBT CRED SHAR SLEV
ChequeDelivery1Code: code MLDB MLCD MLFA CRDB CRCD CRFA PUDB PUCD PUFA RGDB RGCD RGFA
ChequeType2Code: code CCHQ CCCH BCHQ DRFT ELDR
ClearingChannel2Code: code RTGS RTNS MPNS BOOK
CopyDuplicate1Code: code CODU COPY DUPL
CreditDebitCode: code CRDT DBIT
DocumentType3Code: code RADM RPIN FXDR DISP PUOR SCOR
DocumentType5Code: code MSIN CNFA DNFA CINV CREN DEBN HIRI SBIN CMCN SOAC DISP BOLD VCHR AROI TSUT
DocumentType6Code: code MSIN CNFA DNFA CINV CREN DEBN HIRI SBIN CMCN SOAC DISP BOLD VCHR AROI
  TSUT PUOR
ExchangeRateType1Code: code SPOT SALE AGRD
FloorLimitType1Code: code CRED DEBT BOTH
Frequency1Code: code YEAR MNTH QURT MIAN WEEK DAIL ADHO INDA
Frequency6Code: code YEAR MNTH QURT MIAN WEEK DAIL ADHO INDA FRTN
GroupCancellationStatus1Code: code PACR RJCR ACCR PDCR
Instruction3Code: code CHQB HOLD PHOB TELB
Instruction4Code: code PHOA TELA
Instruction5Code: code PHOB TELB
InterestType1Code: code INDY OVRN
MandateClassification1Code: code FIXE USGB VARI
NamePrefix1Code: code DOCT MIST MISS MADM
NamePrefix2Code: code DOCT MADM MISS MIST MIKS
OnLineCapability1Code: code OFLN ONLN SMON
POIComponentType1Code: code SOFT EMVK EMVO MRIT CHIT SECM PEDV
PartyType3Code: code OPOI MERC ACCP ITAG ACQR CISS DLIS
PartyType4Code: code MERC ACCP ITAG ACQR CISS TAXH
PaymentMethod2Code: code DD
PaymentMethod3Code: code CHK TRF TRA
PaymentMethod4Code: code CHK TRF DD TRA
PreferredContactMethod1Code: code LETT MAIL PHON FAXX CELL
PreferredContactMethod2Code: code MAIL FAXX LETT CELL ONLI PHON
PriceValueType1Code: code DISC PREM PARV
Priority2Code: code HIGH NORM
Priority3Code: code URGT HIGH NORM
QueryType3Code: code ALLL CHNG MODF
RegulatoryReportingType1Code: code CRED DEBT BOTH
RemittanceLocationMethod2Code: code FAXI EDIC URID EMAL POST SMSM
SequenceType1Code: code FRST RCUR FNAL OOFF
SequenceType3Code: code FRST RCUR FNAL OOFF RPRE
SettlementMethod1Code: code INDA INGA COVE CLRG
SettlementMethod2Code: code INDA INGA CLRG
TaxRecordPeriod1Code: code MM01 MM02 MM03 MM04 MM05 MM06 MM07 MM08 MM09 MM10 MM11 MM12 QTR1 QTR2
  QTR3 QTR4 HLF1 HLF2
TransactionChannel1Code: code MAIL TLPH ECOM TVPY
TransactionEnvironment1Code: code MERC PRIV PUBL
TransactionGroupStatus3Code: code ACTC RCVD PART RJCT PDNG ACCP ACSP ACSC ACWC
TransactionIndividualStatus1Code: code ACTC RJCT PDNG ACCP ACSP ACSC ACCR ACWC
TransactionIndividualStatus3Code: code ACTC RJCT PDNG ACCP ACSP ACSC ACWC
UnableToApplyIncorrectInformation4Code: code IN01 IN02 IN03 IN04 IN05 IN06 IN07 IN08 IN09 IN10
  IN11 IN12 IN13 IN14 IN15 IN16 IN17 IN18 IN19 MM20 MM21 MM22 MM25 MM26 MM27 MM28 MM29 MM30 MM31
  MM32 IN33 MM34 MM35 IN36 IN37 IN38 IN39 NARR
UnableToApplyMissingInformation3Code: code MS01 MS02 MS03 MS04 MS05 MS06 MS07 MS08 MS09 MS10
  MS11 MS12 MS13 MS14 MS15 MS16 MS17 NARR
UnitOfMeasure1Code: code PIEC TONS FOOT GBGA USGA GRAM INCH KILO PUND METR CMET MMET LITR CELI
  MILI GBOU USOU GBQA USQA GBPI USPI MILE KMET YARD SQKI HECT ARES SMET SCMT SMIL SQMI SQYA SQFO
  SQIN ACRE
UserInterface2Code: code MDSP CDSP
`;
