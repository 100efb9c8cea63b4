// Closes the day: nothing may stand in the way, and what it was is signed and written to the branch's folder.
import { addDays } from '#station/bank/calendar.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import { type Counter, openDate } from './counter.ts';
import { blockersOf } from './day-blockers.ts';
import type { PackFiles } from './day-files.ts';
import { makePack, packDigest, packText, trialBalanceHash } from './day-pack.ts';
import type { KeyedHandler } from './desk.ts';

export function closeHandler(counter: Counter, files: PackFiles): KeyedHandler<'day.close'> {
  return {
    record(_input, { person }, moment) {
      const date = openDate(moment);
      const [blocker] = blockersOf(counter);
      refuseUnless(!blocker, 'day-blocked', blocker?.message ?? '');
      const day = counter.days.day(date);
      if (!day) throw new Error(`the open date ${date} has no day`);
      const { seq, hash } = counter.ledger.head();
      const head = { seq, hash: Buffer.from(hash).toString('hex') };
      const frame = { day, closedAt: moment.at, closedBy: person.id, head };
      const pack = makePack(counter, frame, counter.ledger.events(day.opened, seq));
      const signature = counter.ledger.sign(Buffer.from(packText(pack))).toString('hex');
      const { journals } = pack;
      const asleep = addDays(date, -counter.policies.policy().dormantDays);
      const states = counter.activity
        .idleSince(asleep)
        .map((account) => ({ account, state: 'dormant' as const }));
      const digest = packDigest(pack);
      const signed = { pack, digest, signature };
      return {
        type: 'date.closed',
        data: {
          dateClosed: date,
          // What nobody has moved for as long as the policy says sleeps from the next day on.
          ...(states.length === 0 ? {} : { states }),
          day: { date, journals, head, digest, signature },
          trialBalanceHash: trialBalanceHash(pack),
        },
        result: { date, headSeq: seq },
        topics: ['day', 'session', 'till', ...(states.length === 0 ? [] : (['account'] as const))],
        announce: () => {
          files.write(signed).catch((error: unknown) => counter.report('day pack', error));
        },
      };
    },
  };
}
