// Lets this branch go on with an older copy of head office: says what it had, and takes the word of people on both sides.
import { setImmediate as breathe } from 'node:timers/promises';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { createOfficeLine, type OfficeLine } from '#station/office/client/calls.ts';
import { connectOffice } from '#station/office/client/connect.ts';
import { deadlineMs, type LinkState, resumed } from '#station/office/protocol/link.ts';
import {
  admissionNote,
  type Declaration,
  declarationNote,
  type LostLink,
  lostBytesMost,
  lostItemsMost,
} from '#station/office/protocol/rejoin.ts';
import { nowhere, type OfficePart, type Position } from '#station/office/protocol/values.ts';
import { greet, type LineWork, type OfficeLinkParts, refuseOther } from './office-steps.ts';
import { signatureCheck } from './office-visit.ts';

/** What stops a line that people on both sides can let go on: head office is older than it was. */
const causes = new Set(['office-behind', 'office-older']);

export function canRejoin({ cause }: Pick<LinkState, 'cause'>): boolean {
  return causes.has(cause);
}

/** How often head office is asked whether a person there has let us in, in ms. */
const askMs = 2_000;

/** Asks for the word while people here want it; with it the line is opened as any other. */
export function createRejoining(parts: OfficeLinkParts, work: LineWork): () => Promise<void> {
  let askedAt = Number.NEGATIVE_INFINITY;
  const lost: Lost = { known: null };
  return async () => {
    const reason = parts.rejoins?.asked();
    const now = parts.clock.now();
    // Head office came back as it was: what people agreed to was another one.
    if (reason != null && work.state.stage === 'open') {
      const event = { type: 'office.rejoin-ended', actor: 'system', data: {} };
      await parts.ledger.submit(() => parts.ledger.append(event));
      return;
    }
    if (reason == null || !canRejoin(work.state) || Math.abs(now - askedAt) < askMs) return;
    askedAt = now;
    try {
      await ask(parts, work, { reason, lost });
    } catch (error) {
      if (!(error instanceof Refusal)) parts.report('office rejoin', error);
      const why = error instanceof Error ? error.message : String(error);
      if (why !== work.state.why) parts.announcer.changed(['office']);
      work.state = { ...work.state, why };
    }
  };
}

/** What was last found to be lacking: read once, as nothing comes from head office while people decide. */
interface Lost {
  known: Declaration | null;
}

async function ask(
  parts: OfficeLinkParts,
  work: LineWork,
  { reason, lost }: { readonly reason: string; readonly lost: Lost },
): Promise<void> {
  const { bundle } = work;
  const address = bundle.addresses[work.attempt % bundle.addresses.length];
  work.attempt += 1;
  if (!address) throw new Refusal('office-unreachable', 'No address of head office is known.');
  const line = createOfficeLine(await connectOffice({ bundle, address, deadlineMs }));
  try {
    const answer = await greet(parts, line);
    refuseOther(parts, answer);
    const declaration = (await stillLost(parts, line, lost)) ?? (await declarationFor(parts, line));
    lost.known = declaration;
    // It lacks nothing after all: the right one is back, and opening the line says so to everybody.
    if (declaration.items.length === 0 && work.state.cause === 'office-behind') {
      work.state = resumed(work.state);
      return;
    }
    if (!(await line.isDeclared(declaration))) {
      const signature = parts.ledger.sign(declarationNote(declaration));
      const signed = { ...declaration, signature: Buffer.from(signature).toString('hex') };
      await line.declare({ ...signed, reason });
    }
    const word = await line.admission();
    const isOurs =
      word?.back === declaration.back.hash &&
      word.from === declaration.from.hash &&
      signatureCheck(bundle.officeKey)(admissionNote(declaration), word.signature);
    if (!word || !isOurs) return;
    await goOn(parts, declaration, { answer, admission: word.signature });
    work.state = resumed({ ...work.state, stage: 'stopped' });
  } finally {
    await line.close().catch(() => undefined);
  }
}

/** Recorded: from which item on another list is followed, and by whose word. */
async function goOn(
  { ledger, announcer }: OfficeLinkParts,
  { back, from, items }: Declaration,
  word: {
    readonly answer: { readonly systemIdentifier: string; readonly timeline: number };
    readonly admission: string;
  },
): Promise<void> {
  const office: OfficePart = { kind: 'rejoined', back, from };
  const { systemIdentifier: cluster, timeline } = word.answer;
  await ledger.submit(() => {
    const data = { office, admission: word.admission, items: items.length };
    ledger.append({ type: 'office.rejoined', actor: 'system', data: data as never });
    // A copy from before a fail-over has an older timeline: a person has said that it is the right one.
    ledger.append({ type: 'office.recognised', actor: 'system', data: { cluster, timeline } });
  });
  announcer.changed(['office']);
}

/** What was found before, where our list and head office's still part at the same place. */
async function stillLost(
  { reads }: OfficeLinkParts,
  line: OfficeLine,
  { known }: Lost,
): Promise<Declaration | null> {
  const first = known?.items[0];
  if (!known || !first || known.from.hash !== reads.place().hash) return null;
  const ends = known.back.seq > 0 ? [known.back, first] : [first];
  return (await line.commonItem(ends)) === known.back.seq ? known : null;
}

/** Items compared in one question, newest first. */
const compareMost = 2_000;

/** Our own list back to the newest item head office has too. Refuses `too-much-lost`. */
async function declarationFor(parts: OfficeLinkParts, line: OfficeLine): Promise<Declaration> {
  const { reads, ledger } = parts;
  const { seq, hash } = reads.place();
  const items: LostLink[] = [];
  let bytes = 0;
  let back: Position = nowhere;
  for await (const run of ownItems(parts)) {
    const common = await line.commonItem(run);
    back = run.find((each) => each.seq === common) ?? nowhere;
    const lost = run.filter((each) => each.seq > common);
    for (const each of lost) bytes += each.body?.length ?? 0;
    items.push(...lost);
    refuseUnless(
      items.length <= lostItemsMost && bytes <= lostBytesMost,
      'too-much-lost',
      `Head office lacks more than ${items.length} items of this branch: enrol the branch anew.`,
    );
    if (common > 0) break;
  }
  const device = Buffer.from(ledger.publicKey).toString('hex');
  return {
    ...{ branch: parts.code(), device, from: { seq, hash } },
    ...{ back: { seq: back.seq, hash: back.hash }, items: items.reverse() },
  };
}

/** Our list of head office's items, newest first, some at a time; between them others have their turn. */
async function* ownItems({ reads, ledger }: OfficeLinkParts): AsyncGenerator<readonly LostLink[]> {
  let run: LostLink[] = [];
  let most = Number.MAX_SAFE_INTEGER;
  for (let top = ledger.head().seq; top > 0 && most > 0; ) {
    const page = reads.officeEvents(top);
    for (const { type, data } of page.events) {
      if (type === 'office.rejoined') {
        most = Math.min(most, data.office?.back.seq ?? most);
        continue;
      }
      const all: LostLink[] = [
        ...(data.items ?? []),
        ...(data.refused ?? []).map((each) => ({ seq: each.seq, hash: each.hash, body: null })),
      ];
      const taken = all
        .filter((each) => each.seq <= most)
        .sort((one, other) => other.seq - one.seq);
      run.push(...taken.map((each) => ({ seq: each.seq, hash: each.hash, body: each.body })));
      most = Math.min(most, (taken.at(-1)?.seq ?? most + 1) - 1);
    }
    top = page.before;
    if (run.length < compareMost && top > 0 && most > 0) {
      await breathe();
      continue;
    }
    if (run.length > 0) yield run;
    run = [];
  }
}
