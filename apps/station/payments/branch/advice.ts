// Reads what comes in from other banks into plain advices: a status, a return, an entry, a payment, a question.
import type { MxNode } from '../translation/tree.ts';
import { minorOf } from './write.ts';

/** The references by which an advice finds its payment; '' where the message has none. */
export interface AdviceIds {
  readonly uetr: string;
  readonly endToEndId: string;
  readonly transactionId: string;
  readonly messageId: string;
}

export interface AdviceParty {
  readonly name: string;
  readonly iban: string;
  readonly bic: string;
}

interface Common {
  /** `pacs.002`. */
  readonly message: string;
  readonly ids: AdviceIds;
  readonly reason: string;
  readonly text: string;
}

/** What an amount says; null where its decimals are not the currency's. */
interface Amount {
  readonly amountMinor: bigint | null;
  readonly currency: string;
}

export type Advice = Common &
  (
    | { readonly kind: 'status'; readonly status: string }
    | { readonly kind: 'recall-answer'; readonly status: string }
    | ({ readonly kind: 'return' } & Amount)
    | ({ readonly kind: 'recall' } & Amount)
    | ({ readonly kind: 'enquiry' } & Amount)
    | {
        readonly kind: 'entry';
        readonly amountMinor: bigint | null;
        readonly currency: string;
        readonly side: 'CRDT' | 'DBIT';
        readonly isBooked: boolean;
      }
    | {
        readonly kind: 'incoming';
        readonly amountMinor: bigint | null;
        readonly currency: string;
        readonly settlementDate: string;
        readonly debtor: AdviceParty;
        readonly creditor: AdviceParty;
      }
  );

/** A message that came in: what it is, its own number, who sent it, and what it says. */
export interface Incoming {
  /** `pacs.002.001.10`. */
  readonly type: string;
  readonly messageId: string;
  readonly sender: string;
  readonly advices: readonly Advice[];
}

function nodes(node: MxNode | undefined, path: string): readonly MxNode[] {
  let found: readonly MxNode[] = node ? [node] : [];
  for (const tag of path.split('/')) {
    found = found.flatMap(({ children }) => children.filter((child) => child.tag === tag));
  }
  return found;
}

/** Text of the first of the paths that is there; '' for none. */
function text(node: MxNode | undefined, ...paths: readonly string[]): string {
  for (const path of paths) {
    const [found] = nodes(node, path);
    if (found && found.text.trim() !== '') return found.text.trim();
  }
  return '';
}

function money(node: MxNode, path: string): { amountMinor: bigint | null; currency: string } {
  const [found] = nodes(node, path);
  const currency = found?.attributes.Ccy ?? '';
  const amountMinor = found && currency !== '' ? minorOf(found.text.trim(), currency) : null;
  return { amountMinor, currency };
}

const originalIds = (node: MxNode, group?: MxNode): AdviceIds => ({
  uetr: text(node, 'OrgnlUETR'),
  endToEndId: text(node, 'OrgnlEndToEndId'),
  transactionId: text(node, 'OrgnlTxId'),
  messageId: text(node, 'OrgnlGrpInf/OrgnlMsgId') || text(group, 'OrgnlMsgId'),
});

const reasonOf = (node: MxNode | undefined, tag: string): string =>
  text(node, `${tag}/Rsn/Cd`, `${tag}/Rsn/Prtry`);
const wordsOf = (node: MxNode | undefined, tag: string): string =>
  nodes(node, `${tag}/AddtlInf`)
    .map((each) => each.text.trim())
    .join(' ')
    .slice(0, 280);

/** A status of the whole group is the status of every payment of that message. */
function statuses(root: MxNode): readonly Advice[] {
  const message = 'pacs.002';
  const single = nodes(root, 'TxInfAndSts').map((node) => ({
    ...{ kind: 'status' as const, message, ids: originalIds(node) },
    status: text(node, 'TxSts'),
    reason: reasonOf(node, 'StsRsnInf'),
    text: wordsOf(node, 'StsRsnInf'),
  }));
  if (single.length > 0) return single;
  return nodes(root, 'OrgnlGrpInfAndSts').map((node) => ({
    ...{ kind: 'status' as const, message },
    ids: { uetr: '', endToEndId: '', transactionId: '', messageId: text(node, 'OrgnlMsgId') },
    status: text(node, 'GrpSts'),
    reason: reasonOf(node, 'StsRsnInf'),
    text: wordsOf(node, 'StsRsnInf'),
  }));
}

function returns(root: MxNode): readonly Advice[] {
  const [group] = nodes(root, 'OrgnlGrpInf');
  return nodes(root, 'TxInf').map((node) => ({
    ...{ kind: 'return', message: 'pacs.004', ids: originalIds(node, group) },
    ...money(node, 'RtrdIntrBkSttlmAmt'),
    reason: reasonOf(node, 'RtrRsnInf'),
    text: wordsOf(node, 'RtrRsnInf'),
  }));
}

function recalls(root: MxNode): readonly Advice[] {
  return nodes(root, 'Undrlyg/TxInf').map((node) => ({
    ...{ kind: 'recall', message: 'camt.056', ids: originalIds(node) },
    ...money(node, 'OrgnlIntrBkSttlmAmt'),
    reason: reasonOf(node, 'CxlRsnInf'),
    text: wordsOf(node, 'CxlRsnInf'),
  }));
}

function recallAnswers(root: MxNode): readonly Advice[] {
  const overall = text(root, 'Sts/Conf');
  return nodes(root, 'CxlDtls/TxInfAndSts').map((node) => ({
    ...{ kind: 'recall-answer', message: 'camt.029', ids: originalIds(node) },
    status: text(node, 'TxCxlSts') || overall,
    reason: reasonOf(node, 'CxlStsRsnInf'),
    text: wordsOf(node, 'CxlStsRsnInf'),
  }));
}

function enquiries(root: MxNode): readonly Advice[] {
  return nodes(root, 'TxInf').map((node) => ({
    ...{ kind: 'enquiry', message: 'pacs.028', ids: originalIds(node) },
    ...{ amountMinor: null, currency: '', reason: '', text: '' },
  }));
}

function entryAdvices(entry: MxNode): readonly Advice[] {
  const side = text(entry, 'CdtDbtInd') === 'CRDT' ? ('CRDT' as const) : ('DBIT' as const);
  const isBooked = text(entry, 'Sts/Cd', 'Sts') === 'BOOK';
  const transactions = nodes(entry, 'NtryDtls/TxDtls');
  const whole = money(entry, 'Amt');
  return transactions.map((node) => {
    const own = money(node, 'Amt');
    return {
      ...{ kind: 'entry', message: 'camt.054', side, isBooked },
      ids: {
        uetr: text(node, 'Refs/UETR'),
        endToEndId: text(node, 'Refs/EndToEndId'),
        transactionId: text(node, 'Refs/TxId', 'Refs/InstrId'),
        messageId: text(node, 'Refs/MsgId'),
      },
      ...(own.currency === '' && transactions.length === 1 ? whole : own),
      ...{ reason: text(node, 'RtrInf/Rsn/Cd'), text: text(node, 'AddtlTxInf').slice(0, 280) },
    };
  });
}

const entries = (root: MxNode): readonly Advice[] =>
  nodes(root, 'Ntfctn/Ntry').flatMap(entryAdvices);

function party(node: MxNode, tag: 'Dbtr' | 'Cdtr'): AdviceParty {
  return {
    name: text(node, `${tag}/Nm`),
    iban: text(node, `${tag}Acct/Id/IBAN`, `${tag}Acct/Id/Othr/Id`),
    bic: text(node, `${tag}Agt/FinInstnId/BICFI`),
  };
}

function transfers(root: MxNode): readonly Advice[] {
  const [group] = nodes(root, 'GrpHdr');
  return nodes(root, 'CdtTrfTxInf').map((node) => ({
    ...{ kind: 'incoming', message: 'pacs.008' },
    ids: {
      uetr: text(node, 'PmtId/UETR'),
      endToEndId: text(node, 'PmtId/EndToEndId'),
      transactionId: text(node, 'PmtId/TxId', 'PmtId/InstrId'),
      messageId: text(group, 'MsgId'),
    },
    ...money(node, 'IntrBkSttlmAmt'),
    settlementDate: text(node, 'IntrBkSttlmDt') || text(group, 'IntrBkSttlmDt'),
    ...{ debtor: party(node, 'Dbtr'), creditor: party(node, 'Cdtr'), reason: '' },
    text: text(node, 'RmtInf/Ustrd', 'RmtInf/Strd/CdtrRefInf/Ref').slice(0, 140),
  }));
}

const readers: Readonly<Record<string, (root: MxNode) => readonly Advice[]>> = {
  'pacs.002': statuses,
  'pacs.004': returns,
  'pacs.008': transfers,
  'pacs.028': enquiries,
  'camt.029': recallAnswers,
  'camt.054': entries,
  'camt.056': recalls,
};

/** The messages the inbox knows what to do with. */
export const takenIn: readonly string[] = Object.freeze(Object.keys(readers));

/**
 * What a message says; null where the inbox has nothing to do with its kind. `document` is the element
 * Document, `header` the business header where there is one.
 */
export function adviceOf(type: string, document: MxNode, header: MxNode | null): Incoming | null {
  const read = readers[type.slice(0, 8)];
  const [root] = document.children;
  if (!read || !root) return null;
  const messageId =
    text(root, 'GrpHdr/MsgId', 'Assgnmt/Id') || text(header ?? undefined, 'BizMsgIdr');
  const sender =
    text(header ?? undefined, 'Fr/FIId/FinInstnId/BICFI') ||
    text(root, 'GrpHdr/InstgAgt/FinInstnId/BICFI', 'Assgnmt/Assgnr/Agt/FinInstnId/BICFI');
  return { type, messageId, sender, advices: read(root) };
}
