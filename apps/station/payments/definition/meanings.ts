// Says what the codes mean that a teller meets: who pays, what became of a payment, why it came
// back.
// From the ISO 20022 external code sets of May 2025 and the code lists of the messages, put
// shortly.

const listed = `
DEBT the debtor pays all charges; CRED the creditor pays all charges; SHAR each pays their own
bank; SLEV as the scheme says: each pays their own bank; TRF transfer; CHK cheque; DD direct
debit; FRST first of several; RCUR one of several; FNAL last of several; OOFF once only; CRDT
credit; DBIT debit; CLRG through a clearing system; INDA on the books of the instructed bank;
INGA on the books of the instructing bank; COVE by a cover payment; HIGH urgent; NORM normal;
URGP urgent; SEPA SEPA payment; INST instant payment; CORE Core direct debit; B2B direct debit
between businesses; BOOK booked; PDNG pending; INFO for information; OPBD opening balance,
booked; CLBD closing balance, booked; ITBD balance during the day, booked; ITAV balance during
the day, available; CLAV closing balance, available; PRCD closing balance of the day before;
ACTC accepted as to its form; ACCP accepted by the customer's profile; ACSP accepted, settlement
is under way; ACSC settled on the debtor's account; ACCC settled on the creditor's account; ACWC
accepted with a change; ACWP accepted, not yet credited; ACFC accepted, funds checked; RCVD
received; PART accepted in part; RJCT rejected; CANC cancelled; ACIS cheque issued; CNCL
cancelled as asked; RJCR cancellation refused; PDCR cancellation is being looked at; ACNR
accepted without reply; AC01 account number is wrong; AC03 creditor's account number is wrong;
AC04 account is closed; AC06 account is blocked; AC13 debtor is a consumer; AC14 creditor's
account cannot take this payment; AG01 this account may not take this kind of payment; AG02
wrong operation code; AM01 amount is zero; AM02 amount is over the limit; AM03 currency cannot
be paid; AM04 not enough money; AM05 sent twice; AM06 amount is under the limit; AM07 amount is
blocked; AM09 wrong amount; AM10 control sum is wrong; ARDT already returned; BE01 name and
account do not fit; BE04 creditor's address is missing; BE05 who started it is not known; BE06
customer is not known; BE07 debtor's address is missing; CNOR creditor's bank is not registered;
DNOR debtor's bank is not registered; CURR wrong currency; CUST the customer asked for it; CUTA
sent without authority; DS28 wrong technical return; DT01 date is wrong; DUPL sent twice; ED05
settlement failed; ERIN the bank does not offer this; FF01 format is wrong; FF05 wrong kind of
direct debit; FOCR returned after a request to cancel; FR01 fraud; FRAD fraud; FRTR final
answer, still tracked; LEGL a law forbids it; MD01 no mandate; MD02 mandate is not complete;
MD06 debtor asked for the money back; MD07 debtor or creditor has died; MS02 the customer gives
no reason; MS03 the bank gives no reason; NARR see the words beside; NOAS the customer did not
answer; NOOR the payment never came; RC01 BIC is wrong; RC04 creditor's bank is wrong; RC07
creditor's BIC is wrong; RF01 reference is not unique; RR01 debtor's account or identification
is missing; RR02 debtor's name or address is missing; RR03 creditor's name or address is
missing; RR04 a law asks for more; SL01 the debtor's bank has a list against it; SVNR the
service was not given; TECH technical fault; TM01 too late; UPAY not owed; AC02 debtor's account
number is wrong; AB05 the creditor's bank did not answer in time; AB06 the instant payment was
not answered in time; AB08 the creditor's bank is not on line; AB09 fault at the creditor's
bank; PHOB tell the creditor by phone; TELB tell the creditor by telecommunication; CHQB pay by
cheque; HOLD keep for the creditor to fetch; SALA salary; PENS pension; TAXS taxes; SUPP to a
supplier; TRAD trade; CASH cash management; INTC within a group; GDDS goods; RENT rent; CBFF
saving; OTHR other; STRD structured; SCOR creditor's reference; CINV invoice; CREN credit note;
DISP dispatch advice; COPY copy; CODU copy of a duplicate`;

const meanings: ReadonlyMap<string, string> = new Map(
  listed
    .trim()
    .replaceAll('\n', ' ')
    .split('; ')
    .map((entry) => [entry.slice(0, entry.indexOf(' ')), entry.slice(entry.indexOf(' ') + 1)]),
);

/** What a code means in a few words; null where we have none for it. */
export function meaningOf(code: string): string | null {
  return meanings.get(code) ?? null;
}
