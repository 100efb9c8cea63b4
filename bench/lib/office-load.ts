// Makes postings as branches write them, chained and signed, for measuring head office without a branch.
import { canonicalText } from '#station/bank/canonical.ts';
import type { OfficeLine, PushBytes } from '#station/office/client/calls.ts';
import { pack } from '#station/office/client/pack.ts';
import { linkTo } from '#station/office/protocol/chain.ts';
import { type Link, nowhere, type Position } from '#station/office/protocol/values.ts';
import {
  openLine,
  pushBytes,
  type TestOffice,
  testDevice,
} from '../../apps/host/office/office.fixture.ts';

/** A deposit over the counter, with everything a real one carries: legs, notes, entry, whose cash it was. */
export function depositText(seq: number, at: number): string {
  const account = 40 + (seq % 400);
  const number = String(10_000_000 + account);
  return canonicalText({
    ...{
      actor: '5',
      at,
      date: '2026-11-20',
      digest: 'c'.repeat(64),
      key: seq.toString(16).padStart(32, '0'),
    },
    data: {
      journal: {
        kind: 'cash.deposit',
        legs: [
          {
            debit: 9,
            credit: account,
            amountMinor: '25000',
            currency: 'EUR',
            label: 'cash deposit',
            valueDate: '2026-11-20',
          },
        ],
        cash: [{ account: 9, pieces: { '5000': 1, '10000': 2 } }],
        customer: account,
        narrative: '',
        till: 2,
      },
      entry: {
        ...{
          kind: 'cash.deposit',
          what: `Cash deposit 250.00 EUR to ${number}`,
          account: number,
          name: 'Marta Keller',
        },
        ...{
          amountMinor: '25000',
          currency: 'EUR',
          valueDate: '2026-11-20',
          narrative: '',
          till: 2,
          customer: account,
        },
        ...{
          conductor: `Marta Keller (customer ${account})`,
          fees: [],
          reversalOf: null,
          correctionOf: null,
          approval: null,
        },
      },
      activity: [
        {
          persons: [`customer:${account}`],
          account: number,
          direction: 'in',
          currency: 'EUR',
          amountMinor: '25000',
        },
      ],
      moved: [account],
      result: { state: 'posted', journal: seq, receiptCode: '', journals: [seq] },
    },
    type: 'journal.posted',
  });
}

/**
 * The same texts some tenfold faster, for filling books with millions: everything but the number is written
 * once for each account.
 */
export function depositTexts(at: number): (seq: number) => string {
  const keyed = '0123456789abcdef';
  const templates = new Map<number, readonly string[]>();
  const parts = (seq: number): readonly string[] => {
    const kept = templates.get(seq % 400);
    if (kept) return kept;
    // A number of this account that occurs nowhere else in the text.
    const stand = 7_777_777_600 + (seq % 400);
    const text = depositText(stand, at).replace(stand.toString(16).padStart(32, '0'), keyed);
    const made = text.replaceAll(String(stand), '#').split('#');
    templates.set(seq % 400, made);
    return made;
  };
  return (seq) => parts(seq).join(String(seq)).replace(keyed, seq.toString(16).padStart(32, '0'));
}

export interface LoadBranch {
  readonly line: OfficeLine;
  /** Sends the next push that was made ready; false when there is none left. */
  send(): Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** A branch with its pushes made ready, so that only sending and taking them is measured. */
export async function openLoadBranch(
  office: TestOffice,
  load: {
    readonly code: string;
    readonly pushes: number;
    readonly events: number;
    /** Whether the texts travel packed. */
    readonly isPacked?: boolean;
  },
): Promise<LoadBranch> {
  const device = testDevice(load.code);
  const bundle = await office.enrol({ branch: load.code, name: load.code });
  const line = await openLine(bundle);
  await line.open(device.publicKey, { head: 0, down: 0 });
  const ready: PushBytes[] = [];
  let at: Position = nowhere;
  const sentAt = Date.now();
  for (let each = 0; each < load.pushes; each++) {
    const before = at;
    const events: Link[] = [];
    for (let event = 0; event < load.events; event++) {
      const link = linkTo(at, depositText(at.seq + 1, sentAt));
      events.push(link);
      at = link;
    }
    const push = pushBytes(device, { before, events, sentAt });
    ready.push(load.isPacked ? { ...push, packed: await pack(push.bodies) } : push);
  }
  let next = 0;
  return {
    line,
    async send() {
      const push = ready[next];
      if (!push) return false;
      next += 1;
      const reply = await line.push(push);
      if (reply.kind !== 'accepted') throw new Error(`push ${next}: ${JSON.stringify(reply)}`);
      return true;
    },
    close: () => line.close(),
  };
}
