// Translates an MX message into the MT message of the CBPR+ pairs, with a report of every loss.
import { refuseUnless } from '#station/bank/refusal.ts';
import { type Block, writeEnvelope } from '../../mt/envelope.ts';
import { terminalOfBic, writeApplicationHeader, writeBasicHeader } from '../../mt/header.ts';
import { createReport, type Loss } from '../losses.ts';
import { createSource, type MxNode, type MxSource } from '../tree.ts';
import { type Kind, kinds } from './kinds.ts';
import { type MtMapping, mtMappings } from './mappings.ts';
import type { Context, FieldOut } from './values.ts';

export interface MtTranslation {
  /** "103", "202.COV". */
  readonly type: string;
  readonly text: string;
  readonly losses: readonly Loss[];
}

/** Elements the headers of an MT say in their own way, or that are always so in an MT. */
const carried =
  /^[^/]+\/AppHdr\/(?!Rltd)|\/GrpHdr\/(MsgId|CreDtTm|NbOfTxs|NbOfChqs)$|\/SttlmInf\/SttlmMtd$|\/Inst[gd]Agt\/FinInstnId\/BICFI$|\/Sts\/Cd$|\/LastPgInd$|\/NbOfChrgsBrkdwnItms$/;

/**
 * Translates the envelope of AppHdr and Document, as it would come out of Swift (an O message) or
 * go
 * in (I). Refuses a message of which no MT counterpart is known.
 */
export function translateToMt(envelope: MxNode, direction: 'I' | 'O'): MtTranslation {
  const root = createSource(envelope);
  const name = root.text('AppHdr/MsgDefIdr');
  const [document] = root.all('Document');
  refuseUnless(document, 'no-document', 'There is no Document beside the AppHdr.', 'Document');
  const mapping = mtMappings.find(
    ({ from, fits }) => name.startsWith(from) && (fits?.(document) ?? true),
  );
  refuseUnless(mapping, 'no-counterpart', `${name} has no MT counterpart we know.`, 'MsgDefIdr');
  const [at] = document.all(mapping.at);
  refuseUnless(at, 'no-transaction', `${name} holds no ${mapping.at}.`, mapping.at);
  const report = createReport();
  const bics = {
    sender: root.text('AppHdr/Fr/FIId/FinInstnId/BICFI'),
    receiver: root.text('AppHdr/To/FIId/FinInstnId/BICFI'),
  };
  const context: Context = { root, at, report, ...bics };
  const fields = mapping.rows.flatMap((row) => rowFields(context, row));
  const text = writeMessage(context, mapping, fields, direction);
  for (const { path, text: lost } of root.unread()) {
    if (!carried.test(path)) report.dropped(path, lost);
  }
  const type = mapping.flag ? `${mapping.to}.${mapping.flag}` : mapping.to;
  return { type, text, losses: report.losses };
}

function rowFields(context: Context, row: MtMapping['rows'][number]): readonly FieldOut[] {
  const [kind, tag, ...paths] = row;
  // Paths that begin at the root are read there: group header and settlement information.
  const fromRoot = (kind === 'agent' || kind === 'party') && paths[0]?.startsWith('Document/');
  const make: Kind = kinds[kind];
  return make(fromRoot ? { ...context, at: context.root } : context, tag, ...paths);
}

function writeMessage(
  context: Context,
  mapping: MtMapping,
  fields: readonly FieldOut[],
  direction: 'I' | 'O',
): string {
  const { root, at, sender, receiver } = context;
  const own = terminalOfBic(direction === 'O' ? receiver : sender);
  const other = terminalOfBic(direction === 'O' ? sender : receiver);
  const basic = { application: 'F', service: '01', terminal: own, session: '0000' };
  const blocks: Block[] = [
    { id: '1', line: 1, before: '', value: writeBasicHeader({ ...basic, sequence: '000000' }) },
    { id: '2', line: 1, before: '', value: applicationOf(root, mapping.to, other, direction) },
  ];
  const uetr = mapping.uetr && at.text(mapping.uetr);
  const tags = [
    ...(mapping.flag ? [{ tag: '119', value: mapping.flag }] : []),
    ...(uetr ? [{ tag: '121', value: uetr }] : []),
  ];
  if (tags.length > 0) blocks.push({ id: '3', line: 1, before: '', tags });
  const body = fields.map(([tag, value]) => ({ tag, value, line: 0 }));
  blocks.push({ id: '4', line: 1, before: '', fields: body });
  return writeEnvelope({ blocks, newline: '\r\n', after: '' });
}

/** Block 2; times of an O message are the creation time in UTC. */
function applicationOf(
  root: MxSource,
  type: string,
  terminal: string,
  direction: 'I' | 'O',
): string {
  if (direction === 'I') {
    return writeApplicationHeader({ direction, type, terminal, priority: 'N' });
  }
  const { date, time } = utcOf(root.text('AppHdr/CreDt'));
  return writeApplicationHeader({
    direction,
    type,
    terminal,
    priority: 'N',
    inputTime: time,
    inputDate: date,
    session: '0000',
    sequence: '000000',
    outputDate: date,
    outputTime: time,
  });
}

/** YYMMDD and HHMM in UTC of an ISO date and time with offset; refuses what is none. */
function utcOf(text: string): { readonly date: string; readonly time: string } {
  const at = Date.parse(text);
  refuseUnless(!Number.isNaN(at), 'creation-time', `"${text}" is no date and time.`, 'CreDt');
  const iso = new Date(at).toISOString();
  return { date: iso.slice(2, 10).replaceAll('-', ''), time: iso.slice(11, 16).replace(':', '') };
}
