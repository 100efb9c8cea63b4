// Translates a FIN message into the MX message of the CBPR+ pairs, with a report of every loss.
import { refuseUnless } from '#station/bank/refusal.ts';
import { checkMessage } from '../../mt/check.ts';
import { type ApplicationHeader, bicOfTerminal } from '../../mt/header.ts';
import type { MtProblem } from '../../mt/problem.ts';
import { createReport, type Loss } from '../losses.ts';
import { createTarget, type MxNode, type MxTarget } from '../tree.ts';
import { type MxContext, type MxKind, mxKinds } from './kinds.ts';
import { type MxMapping, mxMappings } from './mappings.ts';
import { createMtSource } from './source.ts';

export interface MxTranslation {
  /** "pacs.008.001.08". */
  readonly name: string;
  /** Envelope with AppHdr and Document, elements in schema order. */
  readonly envelope: MxNode;
  readonly losses: readonly Loss[];
  /** What is wrong with the FIN message itself. */
  readonly problems: readonly MtProblem[];
}

/** Fields that say what the MX says by being what it is. */
const carried: ReadonlySet<string> = new Set(['23B', '71A', '19']);

/**
 * Translates a FIN message. `createdAt` (ISO 8601 with offset) dates a message going in to Swift;
 * one
 * that came out says its own time. Refuses text that is no message, and one without MX counterpart.
 */
export function translateToMx(text: string, createdAt: string): MxTranslation {
  const checked = checkMessage(text);
  const { basic, application, user } = checked.headers;
  const [first] = checked.problems;
  refuseUnless(basic && application, 'no-header', first?.message ?? 'No FIN header.', 'header');
  const source = createMtSource(checked);
  const mapping = mxMappings.find(
    ({ from, flag, fits }) =>
      from === application.type &&
      (flag === undefined || flag === user.get('119')) &&
      (fits?.(source) ?? true),
  );
  const type = `MT${application.type}`;
  refuseUnless(mapping, 'no-counterpart', `${type} has no MX counterpart we know.`, 'type');
  const incoming = application.direction === 'O';
  const [own, other] = [basic.terminal, application.terminal].map((each) => bicOfTerminal(each));
  const context: MxContext = {
    // A fresh source: choosing the mapping must not tick fields off.
    source: createMtSource(checked),
    target: createTarget('Envelope'),
    report: createReport(),
    sender: (incoming ? other : own) ?? '',
    receiver: (incoming ? own : other) ?? '',
    uetr: user.get('121') ?? '',
    createdAt: timeOf(application) ?? createdAt,
  };
  putHeader(context, mapping);
  putRows(context, mapping);
  reportUnread(context);
  const { losses } = context.report;
  return { name: mapping.to, envelope: context.target.root, losses, problems: checked.problems };
}

/** Time of output of block 2, in UTC: "2026-11-21T09:25:00+00:00". */
function timeOf({ outputDate, outputTime }: ApplicationHeader): string | undefined {
  if (!outputDate || !outputTime) return undefined;
  const date = `20${outputDate.slice(0, 2)}-${outputDate.slice(2, 4)}-${outputDate.slice(4)}`;
  return `${date}T${outputTime.slice(0, 2)}:${outputTime.slice(2)}:00+00:00`;
}

function putHeader({ target, source, sender, receiver, createdAt }: MxContext, mapping: MxMapping) {
  target.put('AppHdr/Fr/FIId/FinInstnId/BICFI', sender);
  target.put('AppHdr/To/FIId/FinInstnId/BICFI', receiver);
  target.put('AppHdr/BizMsgIdr', source.field('20')?.value ?? '');
  target.put('AppHdr/MsgDefIdr', mapping.to);
  target.put('AppHdr/BizSvc', mapping.service);
  target.put('AppHdr/CreDt', createdAt);
}

function putRows(context: MxContext, { root, rows }: MxMapping): void {
  const { target } = context;
  const inside: MxTarget = {
    root: target.root,
    put: (path, text, options) => target.put(`Document/${root}/${path}`, text, options),
  };
  for (const [kind, path, ...keys] of rows) {
    const put: MxKind = mxKinds[kind];
    put({ ...context, target: inside }, path, ...keys);
  }
}

function reportUnread({ source, report, target, uetr }: MxContext): void {
  const put = new Set(leafTexts(target.root));
  for (const { tag, value } of source.unread()) {
    // A value that stands elsewhere in the MX is not lost, nor is the UETR, carried from block 3.
    const isUetr = uetr !== '' && value.replaceAll('\n//', '').includes(`/UETR/${uetr}`);
    if (!carried.has(tag) && !isUetr && !put.has(value)) report.dropped(tag, value);
  }
}

function leafTexts({ text, children }: MxNode): readonly string[] {
  return children.length === 0 ? [text] : children.flatMap((each) => leafTexts(each));
}
