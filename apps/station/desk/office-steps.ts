// Does one step of the line at a time: opens it, delivers a stretch, fetches what is for us.

import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { checkpointNote } from '#station/ledger/checkpoint.ts';
import type { RejoinReads } from '#station/ledger/projections/office-rejoin.ts';
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import { type Answered, createOfficeLine, type OfficeLine } from '#station/office/client/calls.ts';
import { connectOffice } from '#station/office/client/connect.ts';
import { pack } from '#station/office/client/pack.ts';
import { firstBroken } from '#station/office/protocol/chain.ts';
import {
  type BranchFacts,
  deadlineMs,
  failed,
  type LinkState,
  opened,
  pulled,
  pushed,
  type Step,
} from '#station/office/protocol/link.ts';
import { judgeItems } from '#station/office/protocol/orders.ts';
import type { Link, OfficePart, Position } from '#station/office/protocol/values.ts';
import type { Chance, Clock } from '#station/ports.ts';
import type { Announcer } from './desk.ts';
import type { CardPlace } from './office-cards.ts';
import type { OfficeBooks } from './office-desk.ts';
import type { OrderPlace } from './office-orders.ts';
import { recoverBooks } from './office-sagas.ts';
import { signatureCheck } from './office-visit.ts';

export interface OfficeLinkParts extends OfficeBooks {
  readonly bundle: OfficeBundle;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly announcer: Pick<Announcer, 'changed'>;
  readonly report: (where: string, error: unknown) => void;
  /** What reference data acts on; a bench has none. */
  readonly orders?: OrderPlace;
  /** What people here have asked for after an older copy took head office's place; a bench has none. */
  readonly rejoins?: RejoinReads;
  /** What cards of visiting customers are made of and kept in; a bench has none. */
  readonly cards?: CardPlace;
  /** Keeps a renewed certificate for the next start; without it none is asked for. */
  readonly keepBundle?: (bundle: OfficeBundle) => void;
  /** What head office was known to have when the branch was closed: a figure to show until the line opens. */
  readonly received?: Position;
  /** Keeps that for the next start; without it none is kept. */
  readonly keepReceived?: (received: Position) => void;
}

/** Where the line stands between two steps. */
export interface LineWork {
  state: LinkState;
  line: OfficeLine | null;
  readsAll: boolean;
  /** Whether head office opens packed pushes: asked once a line. */
  opensPacked: boolean;
  attempt: number;
  /** The older copy of head office that was told everything, or "". */
  recovered: string;
  /** The event after which catching up began; null while nothing has piled up. */
  catchingUpFrom: number | null;
  /** What the line is opened with: the certificate in it is renewed. */
  bundle: OfficeBundle;
}

/** Events of a push at most: one stretch is read in a millisecond or two, so no key waits for it. */
const stretchMost = 256;
const stretchBytesMost = 1024 * 1024;
const pullMost = 200;

/** What no waiting mends: a person must look. */
const stopping = new Set([
  'device-foreign',
  'device-unknown',
  'office-behind',
  'office-forked',
  'office-other',
  'branch-other',
]);

export function factsOf({ ledger, reads, clock }: OfficeLinkParts): BranchFacts {
  const { seq, hash } = ledger.head();
  const place = reads.place();
  const head = { seq, hash: Buffer.from(hash).toString('hex') };
  return { now: clock.now(), head, down: { seq: place.seq, hash: place.hash } };
}

export async function dropLine(work: LineWork): Promise<void> {
  const { line } = work;
  work.line = null;
  await line?.close().catch(() => undefined);
}

/** Notes why it failed and when it is tried again; a wrong answer stops the line until a person looks. */
export async function failLine(
  parts: OfficeLinkParts,
  work: LineWork,
  error: unknown,
): Promise<void> {
  const { clock, chance, report } = parts;
  const isRefusal = error instanceof Refusal;
  const why = error instanceof Error ? error.message : String(error);
  if (!isRefusal) report('office link', error);
  const [byte = 0] = chance.bytes(1);
  const now = clock.now();
  const cause = isRefusal ? error.reason : '';
  const state: LinkState = stopping.has(cause)
    ? { ...work.state, stage: 'stopped', why, offlineSince: work.state.offlineSince ?? now }
    : failed(work.state, why, { now, chance: byte / 255 });
  work.state = { ...state, cause };
  await dropLine(work);
}

export async function greet(parts: OfficeLinkParts, line: OfficeLine): Promise<Answered> {
  const { head, down } = factsOf(parts);
  const device = Buffer.from(parts.ledger.publicKey).toString('hex');
  return line.open(device, { head: head.seq, down: down.seq });
}

export async function openLine(parts: OfficeLinkParts, work: LineWork): Promise<void> {
  const { clock, reads } = parts;
  const { bundle } = work;
  await dropLine(work);
  const address = bundle.addresses[work.attempt % bundle.addresses.length];
  work.attempt += 1;
  if (!address) throw new Refusal('office-unreachable', 'No address of head office is known.');
  work.line = createOfficeLine(await connectOffice({ bundle, address, deadlineMs }));
  const answer = await greet(parts, work.line);
  await recognise(parts, answer);
  const { seq, hash } = reads.place();
  const { isFollowed, copy } = await work.line.recovery({ seq, hash });
  // Its next items would bear the numbers of those we have, and never be asked for.
  if (!isFollowed) {
    throw new Refusal(
      'office-behind',
      `We have item ${seq} of head office and it does not know it: it was put back to an older copy.`,
    );
  }
  if (copy !== '') await recoverBooks(parts, work, copy);
  work.readsAll = answer.readsAll;
  work.opensPacked = await work.line.opensPacked();
  const at = { now: clock.now(), hashAt: reads.hashAt };
  work.state = opened(work.state, { received: answer.received, down: answer.down }, at);
}

/** An idle line that is dead says nothing, so it is asked; the answer tells what waits for us. */
export async function proveLine(parts: OfficeLinkParts, work: LineWork): Promise<void> {
  if (!work.line) return;
  const { down } = await greet(parts, work.line);
  const downKnown = Math.max(work.state.downKnown, down);
  work.state = { ...work.state, reachedAt: parts.clock.now(), downKnown };
}

export async function pushStretch(
  parts: OfficeLinkParts,
  work: LineWork,
  step: Extract<Step, { kind: 'push' }>,
): Promise<void> {
  const { reads, clock, ledger } = parts;
  const count = Math.min(step.count, stretchMost);
  const stretch = reads.stretch(step.before.seq, count, Math.min(step.bytes, stretchBytesMost));
  if (!stretch || !work.line) return;
  const sentAt = Math.trunc(clock.now());
  const { hashes, bodies } = stretch;
  const signature = ledger.sign(checkpointNote(stretch.last, sentAt));
  const packed = work.opensPacked ? await pack(bodies) : null;
  if (!work.line) return;
  const push = { before: step.before, hashes, bodies, packed, sentAt, signedAt: sentAt, signature };
  const reply = await work.line.push(push);
  work.state = pushed(work.state, reply, clock.now());
  const { received } = work.state;
  if (reply.kind === 'refused' || received.seq === 0) return;
  if (reads.hashAt(received.seq) === received.hash) return;
  throw new Refusal('office-forked', `Head office says it has another event ${received.seq}.`);
}

export async function pullItems(
  parts: OfficeLinkParts,
  work: LineWork,
  step: Extract<Step, { kind: 'pull' }>,
): Promise<void> {
  const { clock, announcer } = parts;
  if (!work.line) return;
  const items = await work.line.pull(step.after, pullMost);
  const broken = firstBroken(step.after, items);
  if (broken !== null) {
    throw new Refusal(
      'office-forked',
      `Item ${broken} of head office does not follow from the one before it.`,
    );
  }
  if (items.length > 0) await receive(parts, items);
  work.state = pulled(work.state, items.at(-1)?.seq ?? step.after.seq, clock.now());
  announcer.changed(['office']);
}

/**
 * Records what came. What head office's key has not signed for this branch, or what is older than what is
 * known, is kept by name and acts on nothing; head office is told, as it may be its database that was written.
 */
async function receive(parts: OfficeLinkParts, items: readonly Link[]): Promise<void> {
  const { ledger, reads, bundle } = parts;
  const { taken, refused } = judgeItems(items, {
    branch: parts.code(),
    isSigned: signatureCheck(bundle.officeKey),
    newest: (name) => reads.reference(name)?.version ?? 0,
  });
  const data = { items: taken, ...(refused.length === 0 ? {} : { refused }) };
  await ledger.submit(() => {
    ledger.append({ type: 'office.received', actor: 'system', data: data as never });
    for (const { name, version, message } of refused) {
      const office: OfficePart = { kind: 'order-refused', name, version, message };
      ledger.append({ type: 'order.refused', actor: 'system', data: { office } as never });
    }
  });
}

/** Only the head office that was given: another branch's, another key's or another cluster is refused. */
export function refuseOther(parts: OfficeLinkParts, answer: Answered): void {
  const { bundle, reads } = parts;
  const { cluster } = reads.place();
  refuseUnless(
    answer.branch === bundle.branch && parts.code() === bundle.branch,
    'branch-other',
    `Head office let branch ${bundle.branch} in; this is branch ${parts.code()}.`,
  );
  refuseUnless(
    answer.officeKey === bundle.officeKey,
    'office-other',
    'Who answers has another signing key than the head office this branch belongs to.',
  );
  refuseUnless(
    cluster === '' || cluster === answer.systemIdentifier,
    'office-other',
    `Who answers is database ${answer.systemIdentifier}; head office is ${cluster}.`,
  );
}

/**
 * Only the head office that was given, and never an older primary of it: a cluster we did not know, or
 * one whose timeline is behind the one we spoke to, is refused before anything is sent to it.
 */
async function recognise(parts: OfficeLinkParts, answer: Answered): Promise<void> {
  const { ledger, reads } = parts;
  const { cluster, timeline } = reads.place();
  const { systemIdentifier } = answer;
  refuseOther(parts, answer);
  refuseUnless(
    answer.timeline >= timeline,
    'office-older',
    `Who answers is an older primary (timeline ${answer.timeline}, we know ${timeline}).`,
  );
  if (cluster === systemIdentifier && timeline === answer.timeline) return;
  const data = { cluster: systemIdentifier, timeline: answer.timeline };
  await ledger.submit(() => ledger.append({ type: 'office.recognised', actor: 'system', data }));
}
