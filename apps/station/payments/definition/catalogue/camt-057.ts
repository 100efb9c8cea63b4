// The ISO 20022 types that only camt.057 uses, in the notation that ../notation.ts reads.

export const camt057Types = `
AccountNotification16 = Id Max35Text, Acct? CashAccount38, AcctOwnr? Party40Choice, AcctSvcr?
  BranchAndFinancialInstitutionIdentification6, RltdAcct? CashAccount38, TtlAmt?
  ActiveOrHistoricCurrencyAndAmount, XpctdValDt? ISODate, Dbtr? Party40Choice, DbtrAgt?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt?
  BranchAndFinancialInstitutionIdentification6, Itm+ NotificationItem7
NotificationItem7 = Id Max35Text, EndToEndId? Max35Text, UETR? UUIDv4Identifier, Acct?
  CashAccount38, AcctOwnr? Party40Choice, AcctSvcr?
  BranchAndFinancialInstitutionIdentification6, RltdAcct? CashAccount38, Amt
  ActiveOrHistoricCurrencyAndAmount, XpctdValDt? ISODate, Dbtr? Party40Choice, DbtrAgt?
  BranchAndFinancialInstitutionIdentification6, IntrmyAgt?
  BranchAndFinancialInstitutionIdentification6, Purp? Purpose2Choice, RltdRmtInf?
  RemittanceLocation7, RmtInf? RemittanceInformation16
NotificationToReceiveV06 = GrpHdr GroupHeader77, Ntfctn AccountNotification16, SplmtryData*
  SupplementaryData1
`;
