// The words that the standard abbreviates in its tags, so that every element has a name a person
// can read.

/** Abbreviation and word, as the naming rules of ISO 20022 pair them. */
export const abbreviations = `
AML AML, Idr identifier, Pctg percentage, Prt part, Trgt target, Vldty validity,
Accptd accepted, Accptnc acceptance, Acct account, Actl actual, Actn action, Actvty
activity, Addtl additional, Adjstmnt adjustment, Admstn administration, Admstr administrator,
Adr address, Advc advice, Aggtd aggregated, Agt agent, Agts agents, Amdmnt amendment, Amt
amount, Amtsd amounts, Anncd announced, Apld applied, App application, Apprvl approval, Assgne
assignee, Assgnmt assignment, Assgnr assigner, Attndnc attendance, Attndnt attendant, Authntcn
authentication, Authrty authority, Authstn authorisation, Avlbty availability, BEI BEI, BIC BIC,
BICFI BIC, Bal balance, Bdry boundary, Biz business, Bk bank, Bldg building, Bookg booking, Br
bearer, Brnch branch, Brnd brand, Btch batch, Bx box, CLS CLS, CSC CSC, Ccy currency, Cd code,
Cdt credit, Cdtr creditor, Cert certificate, Chanl channel, Char character, Chq cheque, Chrg
charge, Chrgs charges, Clm claim, Clr clearing, Clssfctn classification, Cmpnt component, Cnt
count, Cntr counter, Cntxt context, Colltn collection, Compstn compensation, Comssn commission,
Conf confirmation, Confd confirmed, Corp corporate, Cpbl capable, Cpblties capabilities, Cpy
copy, Crdhldr cardholder, Cre creation, Cretr creator, Crrctd corrected, Crrctn correction, Csh
cash, Cstmr customer, Ctct contact, Ctgy category, Ctrct contract, Ctrctl contractual, Ctrl
control, Ctry country, Cur current, Cxl cancellation, Dbt debit, Dbtr debtor, Def definition,
Dept department, Desc description, Disp display, Dlvr deliver, Dlvrg delivering, Dlvry delivery,
Dnmtn denomination, Doc document, Domn domain, Dplct duplicate, Dpst deposit, Drct direct, Dscnt
discount, Dstrct district, Dt date, Dtld detailed, Dtls details, Dts dates, Dvsn division, EQ
EQ, Elctrnc electronic, Envlp envelope, Envt environment, Eqvt equivalent, Evt event, Exctn
execution, FI FI, Fcst forecast, Fctv effective, Fin financial, Fld field, Fllbck fallback, Flr
floor, Fmly family, Fnl final, Fr from, Frms forms, Frqcy frequency, Frst first, Fwdg
forwarding, Grnshee garnishee, Grnshmt garnishment, Grp group, Hdr header, IBAN IBAN, ICC ICC,
ISIN ISIN, Id identification, Incl including, Incrrct incorrect, Ind indicator, Indctn
indication, Indv individual, Inf information, Infrstrctr infrastructure, Initg initiating, Initn
initiation, Inpt input, Insrnc insurance, Instd instructed, Instg instructing, Instn
institution, Instr instruction, Instrm instrument, Intr inter, Intrmy intermediary, Intrst
interest, Invcee invoicee, Invcr invoicer, Invstgtn investigation, Issg issuing, Issr issuer,
Itm item, Justfn justification, LEI LEI, Lang language, Lcl local, Lctn location, Lgl legal, Lmt
limit, Lvl level, Manfctr manufacturer, Md mode, Mdcl medical, Mdl model, Measr measure, Mgmt
management, Mkt market, Mmb member, Mndt mandate, Mob mobile, Mod modification, Modfy modify,
Mplyee employee, Msg message, Mssng missing, Mtd method, Mtrty maturity, NEQ NEQ, Nb number, Nm
name, Ntfctn notification, Ntries entries, Ntry entry, Ntty entity, Nxt next, Org organisation,
Orgnl original, Orgtr originator, Othr other, Ownr owner, PAN PAN, POI POI, Pd paid, Pdct
product, Pg page, Pgntn pagination, Phne phone, Plc place, Pmt payment, Poolg pooling, Prcd
procedure, Prcg pricing, Prctc practice, Prd period, Prefrd preferred, Pres presence, Presntmnt
presentment, Prfx prefix, Pric price, Prtry proprietary, Prty priority, Prvc province, Prvdr
provider, Prvs previous, Prvt private, Prxy proxy, Pssbl possible, Pst post, Pstl postal, Pstng
posting, Pt point, Pties parties, Pty party, Purp purpose, Pybl payable, Qry query, Qties
quantities, Qtn quotation, Qty quantity, Rcncltn reconciliation, Rcpt receipt, Rcrd record, Rct
receipt, Rcv receive, Rcvg receiving, Rdng reading, Ref reference, Refs references, Regn
registration, Regy regulatory, Reop reopened, Req request, Reqd requested, Res residence, Rfrd
referred, Rg region, Rgltry regulatory, Rgnl regional, Rjct reject, Rjctd rejected, Rltd
related, Rmbrsmnt reimbursement, Rmt remittance, Rmtd remitted, Rpt report, Rptg reporting,
Rsltn resolution, Rslvd resolved, Rsn reason, Rspnsblty responsibility, Rtr return, Rtrd
returned, Rvsd revised, Rvsl reversal, Schme scheme, Scty security, Seq sequence, Sfkpg
safekeeping, Sfx suffix, Sgntr signature, Shrt short, Sndr sender, Splmtry supplementary, Src
source, Srl serial, Stmt statement, Strd structured, Strt street, Sts status, Sttlm settlement,
Summry summary, Svc service, Svcr servicer, Sys system, Taxbl taxable, Tech technical, Termntn
termination, Thrd third, Titl title, Tm time, Tp type, Trad trade, Tradg trading, Trck track,
Trckg tracking, Trckr tracker, Trf transfer, Ttl total, Twn town, Tx transaction, Txs
transactions, UETR UETR, URL URL, Ubl unable, Ultmt ultimate, Undrlyg underlying, Ustrd
unstructured, Val value, Vldtn validation, Vrfctn verification, Vrsn version, Wvr waiver, Xchg
exchange, Xpctd expected, Xpry expiry, Yldd yielded, Yr year, Zn zone
`;
