// Plays the tills: opened, closed, cash moved between them, and what waits for a supervisor.
import type { Post } from './acts.ts';
import { countsOf, type Of, type Outcome, type PlayerParts, type Step } from './player-parts.ts';

export function tillHands(parts: PlayerParts) {
  const { clerk, tills } = parts;
  const simple = ({ act, by, till }: Of<'till.pause'>): Step[] => [
    () => void clerk.record({ name: act, by, input: { till: tills[till] } }),
  ];
  return {
    'till.pause': simple,
    'till.resume': simple,
    'till.open': ({ by, till, counted }: Of<'till.open'>): Step[] => [
      () => {
        const input = { till: tills[till], counts: countsOf(counted) };
        clerk.record({ name: 'till.open', by, input });
      },
    ],
    'till.close': (act: Of<'till.close'>) => closeSteps(parts, act),
    movement: ({ by, from, to, cash, receiver }: Of<'movement'>): Step[] => {
      let movement = 0;
      const { denominations } = cash;
      return [
        () => {
          const input = { from: tills[from], to: tills[to], ...cash };
          const offer = clerk.record<{ movement: number }>({ name: 'movement.offer', by, input });
          movement = offer.result.movement;
        },
        () => {
          const input = { movement, denominations };
          clerk.record({ name: 'movement.accept', by: receiver, input });
        },
      ];
    },
  };
}

interface Found {
  readonly count: number;
  readonly disclosed: boolean;
}

/** Counts blind, closes, and has a difference approved where there is one. */
function closeSteps(parts: PlayerParts, act: Of<'till.close'>): Step[] {
  const { clerk, tills } = parts;
  const { by, counted, explanation, second } = act;
  const till = tills[act.till];
  let found: Found = { count: 0, disclosed: true };
  const look = (): void => {
    const input = { till, counts: countsOf(counted) };
    found = clerk.record<Found>({ name: 'till.count', by, input }).result;
  };
  let outcome: Outcome = { state: 'closed' };
  const decision = { approve: true, by: second, comment: 'Counted again together.' };
  return [
    () => void clerk.record({ name: 'till.beginCount', by, input: { till } }),
    look,
    () => {
      // The figures are told after a second count only.
      if (!found.disclosed) look();
    },
    () => {
      const input = { till, count: found.count, explanation };
      outcome = clerk.record<Outcome>({ name: 'till.close', by, input }).result;
    },
    ...approvalSteps(parts, { by, decision, outcome: () => outcome, resumed: () => undefined }),
  ];
}

interface Waiting {
  /** Who asked. */
  readonly by: string;
  readonly decision: Post['decision'];
  readonly outcome: () => Outcome;
  /** What the maker adds when it is carried out. */
  readonly denominations?: Readonly<Record<string, number>> | undefined;
  readonly resumed: (journals: readonly number[]) => void;
}

/** Decides and carries out what was parked; nothing where it was not. */
export function approvalSteps({ clerk, digestOf, person }: PlayerParts, waiting: Waiting): Step[] {
  const { by, decision, denominations, outcome, resumed } = waiting;
  return [
    () => {
      const parked = outcome();
      if (parked.state !== 'parked') return;
      clerk.record({
        ...{ name: 'approval.decide', by: decision.by, prepared: person(decision.by) },
        input: {
          approval: parked.approval,
          decision: decision.approve ? 'approve' : 'decline',
          contentDigest: digestOf(parked.approval),
          code: '000000',
          comment: decision.comment,
        },
      });
    },
    () => {
      const parked = outcome();
      if (parked.state !== 'parked' || !decision.approve) return;
      const input = { approval: parked.approval, ...(denominations ? { denominations } : {}) };
      const done = clerk.record<{ journal: number | null }>({ name: 'approval.resume', by, input });
      resumed(done.result.journal === null ? [] : [done.result.journal]);
    },
  ];
}
